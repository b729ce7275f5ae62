"""Pairs quotation marks, paragraph by paragraph, and carries an open quotation on.

Marks of any style may open and close: papers mix « » “ ” " freely and turn them round. What decides is what stands
beside a mark (a space or leading punctuation on the left: it opens; on the right: it closes); its shape decides only
where that leaves doubt. A stray mark costs one quotation at most and becomes a Diagnostic.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from tracker.attribution.tokens import SINGLE_MARKS, Paragraph, Quotation, mark_sides
from tracker.records import Diagnostic

MAX_CARRIED_PARAGRAPHS = 6
MAX_LABEL = 4
"""Words of a speaker's label in a transcript."""
_OPENING_SHAPES = frozenset(("<<", *"«“„‹‘"))
_CLOSING_SHAPES = frozenset((">>", *"»”›’"))
_STOPS = frozenset((",", ".", ";", "…", "!", "?"))
_SENTENCE_STOPS = frozenset((".", "!", "?", "…"))

OPENS, CLOSES, EITHER = "opens", "closes", "either"


def find_quotations(paragraphs: Sequence[Paragraph]) -> list[Diagnostic]:
    """Fill ``quotations`` and ``inside`` of every paragraph of one article, in order; give what was strange."""
    diagnostics: list[Diagnostic] = []
    for paragraph in paragraphs:
        _drop_doubles(paragraph)
    _drop_before_labels(paragraphs)
    roles = [[_role(paragraph, mark) for mark in paragraph.marks] for paragraph in paragraphs]
    carried: Quotation | None = None
    for number, paragraph in enumerate(paragraphs):
        paragraph.inside = [-1] * len(paragraph)
        if carried is None and not paragraph.marks:
            _single_quotations(paragraph)
            continue
        opened = _pair(paragraph, roles[number], carried, diagnostics)
        carried = None
        if opened is not None:
            if _goes_on(paragraphs, roles, number):
                carried = opened
            elif not _leads_in(paragraph, opened):
                paragraph.quotations.remove(opened)
                diagnostics.append(_unclosed(opened))
            else:
                diagnostics.append(_unclosed(opened))
        for index, quotation in enumerate(paragraph.quotations):
            if quotation.level == 1:
                paragraph.inside[quotation.first : quotation.last] = [index] * (quotation.last - quotation.first)
        _single_quotations(paragraph)
    return diagnostics


def _drop_doubles(paragraph: Paragraph) -> None:
    """Take a mark that is written twice or more for one: the innermost, beside the words."""
    marks = paragraph.marks
    if len(marks) < 2:
        return
    doubled = set()
    for before, mark in itertools.pairwise(marks):
        if paragraph.ends[before] == paragraph.starts[mark] and paragraph.word(before) == paragraph.word(mark):
            opens = mark_sides(paragraph, mark) == (True, False)
            doubled.add(before if opens else mark)
    if doubled:
        marks[:] = [mark for mark in marks if mark not in doubled]
        for mark in doubled:
            paragraph.norms[mark] = "*"  # a mark that means nothing


def _drop_before_labels(paragraphs: Sequence[Paragraph]) -> None:
    """Take no mark before a speaker's label for one where the label comes again, as it does in a transcript."""
    labelled = [(paragraph, label) for paragraph in paragraphs if (label := _label_behind_mark(paragraph))]
    counts = Counter(label for _, label in labelled)
    for paragraph, label in labelled:
        if counts[label] > 1:
            del paragraph.marks[0]
            paragraph.norms[0] = "*"


def _label_behind_mark(paragraph: Paragraph) -> tuple[str, ...]:
    """The words between an opening mark at the start of the paragraph and a colon, or nothing."""
    if not paragraph.marks or paragraph.marks[0] != 0:
        return ()
    for token in range(1, min(MAX_LABEL + 2, len(paragraph) - 1)):
        if paragraph.norms[token] == ":":
            return tuple(paragraph.norms[1:token]) if paragraph.is_word(token + 1) else ()
        if not paragraph.is_word(token):
            return ()
    return ()


def _unclosed(quotation: Quotation) -> Diagnostic:
    return Diagnostic(
        "unclosed-quotation", "a quotation mark without its partner", quotation.start_char - 1, quotation.start_char
    )


def _role(paragraph: Paragraph, mark: int) -> str:
    left, right = mark_sides(paragraph, mark)
    if left and not right:
        return OPENS
    if right and not left:
        return CLOSES
    shape = paragraph.word(mark)
    if left and right and _closes_behind_stop(paragraph, mark):
        return CLOSES
    if not left and shape in ('"', "״") and _behind_particle(paragraph, mark):
        return OPENS
    if shape in _OPENING_SHAPES:
        return OPENS
    if shape in _CLOSING_SHAPES and not left:
        return CLOSES
    return EITHER


def _closes_behind_stop(paragraph: Paragraph, mark: int) -> bool:
    """Whether a mark stands right behind a comma or stop, with a space or the end behind it (closed,« he said)."""
    if mark == 0 or paragraph.norms[mark - 1] not in _STOPS or paragraph.ends[mark - 1] != paragraph.starts[mark]:
        return False
    return mark_sides(paragraph, mark)[1]


def _behind_particle(paragraph: Paragraph, mark: int) -> bool:
    """Whether the word glued to the left of the mark is nothing but attached particles (ש"המצב, و"نحن)."""
    if mark == 0:
        return False
    before = paragraph.norms[mark - 1].rstrip("-")
    particles = paragraph.lexicon.proclitics
    return bool(before) and len(before) <= 3 and all(char in particles for char in before)


def _pair(
    paragraph: Paragraph, roles: list[str], carried: Quotation | None, diagnostics: list[Diagnostic]
) -> Quotation | None:
    """Pair the marks; ``carried`` is an open quotation of the paragraph before. Gives the one left open, if any."""
    marks = paragraph.marks
    opened: int | None = None
    """Token of the opening mark, -1 for a quotation carried in without a mark."""
    before = carried
    if carried is not None and not (marks and marks[0] == 0 and roles[0] != CLOSES):
        opened = -1
    depth = 0
    for place, mark in enumerate(marks):
        role = roles[place]
        if opened is None:
            if role == CLOSES and not (place + 1 < len(marks) and roles[place + 1] == CLOSES):
                diagnostics.append(
                    Diagnostic(
                        "stray-quotation-mark",
                        "a closing quotation mark that nothing opened",
                        paragraph.starts[mark],
                        paragraph.ends[mark],
                    )
                )
                continue
            opened = mark
            continue
        if role == OPENS:
            # A mark that opens inside an open quotation: nested where two closing marks follow, else the first of
            # the two was never closed.
            following = roles[place + 1 : place + 3]
            if following == [CLOSES, CLOSES] or (depth == 0 and following[:1] == [CLOSES] and opened == -1):
                depth += 1
                continue
            end = _last_stop(paragraph, max(opened, 0), mark)
            if opened == -1 or _leads_in(paragraph, _quotation(paragraph, opened, end, None, closed=False)):
                paragraph.quotations.append(_quotation(paragraph, opened, end, before, closed=False))
            diagnostics.append(
                Diagnostic(
                    "unclosed-quotation",
                    "a quotation mark without its partner",
                    paragraph.starts[max(opened, 0)],
                    paragraph.ends[max(opened, 0)],
                )
            )
            before = None
            opened = mark
            continue
        if depth:
            depth -= 1
            continue
        paragraph.quotations.append(_quotation(paragraph, opened, mark, before, closed=True))
        before = None
        opened = None
    if opened is None:
        return None
    quotation = _quotation(paragraph, opened, len(paragraph), before, closed=False)
    if quotation.first >= quotation.last:
        return None
    paragraph.quotations.append(quotation)
    return quotation


def _last_stop(paragraph: Paragraph, opened: int, mark: int) -> int:
    """Where a quotation that was never closed ends before the next one opens: behind its last full stop, if any."""
    for token in range(mark - 1, opened + 1, -1):
        if paragraph.norms[token] in _SENTENCE_STOPS:
            return token + 1
    return mark


def _quotation(paragraph: Paragraph, opened: int, end: int, before: Quotation | None, *, closed: bool) -> Quotation:
    first = opened + 1
    last = end
    start_char = paragraph.starts[first] if first < len(paragraph) else paragraph.end_char
    end_char = paragraph.ends[last - 1] if last > first else start_char
    continues = before if opened == -1 or (before is not None and opened == 0) else None
    words = sum(1 for token in range(first, last) if paragraph.is_word(token))
    return Quotation(
        first=first,
        last=last,
        start_char=start_char,
        end_char=end_char,
        closed=closed,
        continues=continues,
        words=words,
        opens_at=max(opened, 0),
        closes_at=min(end + 1, len(paragraph)) if closed else end,
    )


def _leads_in(paragraph: Paragraph, quotation: Quotation) -> bool:
    """Whether an unclosed quotation is announced (colon before it, or it opens the paragraph) and so worth keeping."""
    before = quotation.opens_at - 1
    return quotation.words >= 4 and (before < 0 or paragraph.norms[before] in (":", ",", "-"))


def _goes_on(paragraphs: Sequence[Paragraph], roles: list[list[str]], number: int) -> bool:
    """Whether the quotation left open in paragraph ``number`` goes on in the next one.

    It does where the next paragraph opens with a mark again (the English way), or where a closing mark comes first
    in one of the next paragraphs (the Hebrew and Arabic way).
    """
    following = number + 1
    if following >= len(paragraphs) or paragraphs[following].block != paragraphs[number].block:
        return False
    marks = paragraphs[following].marks
    if marks and marks[0] == 0 and roles[following][0] != CLOSES:
        return True
    for later in range(following, min(following + MAX_CARRIED_PARAGRAPHS, len(paragraphs))):
        if paragraphs[later].block != paragraphs[number].block:
            return False
        if roles[later]:
            return roles[later][0] == CLOSES and roles[later].count(OPENS) < len(roles[later])
    return False


def _single_quotations(paragraph: Paragraph) -> None:
    """Quotations in single marks: level 2 inside another quotation, level 1 where they stand alone."""
    norms = paragraph.norms
    if "'" not in norms:
        return
    opened = -1
    text = paragraph.text
    found: list[Quotation] = []
    for token, norm in enumerate(norms):
        if norm != "'" or text[paragraph.starts[token]] not in SINGLE_MARKS:
            continue
        left, right = mark_sides(paragraph, token)
        if left and not right:
            opened = token
        elif right and not left and opened >= 0:
            if paragraph.inside[opened] == paragraph.inside[token] and token - opened > 2:
                quotation = _quotation(paragraph, opened, token, None, closed=True)
                quotation.level = 2
                found.append(quotation)
            opened = -1
    for quotation in found:
        if paragraph.inside[quotation.first] < 0:
            quotation.level = 1
            paragraph.quotations.append(quotation)
            index = len(paragraph.quotations) - 1
            paragraph.inside[quotation.first : quotation.last] = [index] * (quotation.last - quotation.first)
        else:
            paragraph.quotations.append(quotation)
