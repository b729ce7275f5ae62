"""Interviews: paragraphs that answer a question, whether labels or marks show it or not.

An article is an interview where questions alternate with answers at least twice. The paragraphs between one question
and the next are the answer, and the first paragraph behind the last question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.attribution.clauses import skip_asides
from tracker.attribution.tokens import Paragraph

MIN_QUESTIONS = 3
MIN_MARKED_QUESTIONS = 2
"""Enough where a label or a dash marks them as questions."""
MAX_ANSWER = 4
"""Paragraphs from one question to the next."""
MAX_QUESTION = 40
"""Words of an interviewer's question."""
MAX_LABEL = 5
"""Tokens of a name before the colon of an answer."""
_BULLETS = frozenset(("-", "--", "*", *"•–—■□▪▫●○◆◇◄►▶◀❖"))
_DASHES = frozenset(("-", "–", "—"))
_BEHIND_NUMBER = frozenset(("-", "–", ".", ")", "/"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A paragraph that is an answer: where its words begin, and whose name stands before its colon, if any."""

    number: int
    first: int
    label: tuple[int, int] | None
    quoted: bool
    """It opens with a quotation mark."""


def find_answers(paragraphs: Sequence[Paragraph]) -> list[Answer]:
    """The answers of an article in order; none where it is no interview."""
    body = [number for number, paragraph in enumerate(paragraphs) if paragraph.block == "body" and len(paragraph)]
    answers: list[Answer] = []
    for run in _runs([place for place, number in enumerate(body) if _is_question(paragraphs[number])]):
        marked = all(_is_marked(paragraphs[body[place]]) for place in run)
        if len(run) < (MIN_MARKED_QUESTIONS if marked else MIN_QUESTIONS):
            continue
        between = [body[place] for place in range(run[0] + 1, min(run[-1] + 2, len(body))) if place not in run]
        found = [_answer(paragraphs[number], number) for number in between]
        answers.extend(answer for answer in found if answer is not None)
    return answers


def _runs(questions: list[int]) -> list[list[int]]:
    """Questions that follow each other with an answer of a few paragraphs between."""
    runs: list[list[int]] = []
    for place in questions:
        if runs and 1 < place - runs[-1][-1] <= MAX_ANSWER:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _is_marked(paragraph: Paragraph) -> bool:
    norms = paragraph.norms
    if norms[0] in _BULLETS or (norms[0].isdigit() and len(norms) > 1 and norms[1] in _BEHIND_NUMBER):
        return True
    colon = _label_end(paragraph)
    return colon > 0 and norms[colon - 1] in paragraph.lexicon.question_labels


def _label_end(paragraph: Paragraph) -> int:
    """Token of the colon (or the dash behind Q and A) that ends a label at the front of the paragraph, or -1."""
    norms, lexicon = paragraph.norms, paragraph.lexicon
    if (
        norms[1:2]
        and norms[1] in _DASHES
        and (norms[0] in lexicon.question_labels or norms[0] in lexicon.answer_labels)
    ):
        return 1
    for token in range(1, min(MAX_LABEL + 1, len(paragraph))):
        if norms[token] == ":":
            return token
    return -1


def _is_question(paragraph: Paragraph) -> bool:
    norms, lexicon = paragraph.norms, paragraph.lexicon
    colon = _label_end(paragraph)
    if colon > 0 and colon <= 2 and norms[colon - 1] in lexicon.question_labels:
        return True
    last = len(norms) - 1
    while last > 0 and not paragraph.is_word(last) and norms[last] != "?":
        last -= 1
    return norms[last] == "?" and len(paragraph.words()) <= MAX_QUESTION and '"' not in norms[:1]


def _answer(paragraph: Paragraph, number: int) -> Answer | None:
    """The answer that fills the paragraph."""
    colon = _label_end(paragraph)
    first, label = 0, None
    if colon > 0:
        start = skip_asides(paragraph, 0, colon)
        if paragraph.norms[colon - 1] not in paragraph.lexicon.answer_labels:
            label = (start, colon)
        first = colon + 1
    while first < len(paragraph) and not paragraph.is_word(first):
        if paragraph.norms[first] == '"':
            return Answer(number, first, label, quoted=True)
        first += 1
    return Answer(number, first, label, quoted=False) if first < len(paragraph) else None
