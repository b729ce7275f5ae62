"""Who may be meant where nobody is named at the cue: candidates from the article, and what speaks for each.

Candidates are those who spoke before and those whom the sentences before name; "nobody" is one too. The features are
the ones of the literature on pronoun resolution and quote attribution (recency, grammatical role, agreement, who
spoke last; Hobbs 1978, Elson and McKeown 2010), weighed by the table ``antecedent`` of ``scoring``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.attribution.clauses import opened_topic
from tracker.attribution.cuefinder import is_joined
from tracker.attribution.drafts import Draft
from tracker.attribution.features import Part, bucket
from tracker.attribution.lexicon import (
    ADJUNCT,
    FILLER,
    GENERIC_HEAD,
    GIVEN_NAME,
    GLUED,
    GROUP,
    HONORIFIC,
    KNOWN,
    ORGANISATION,
    PERSON_WORD,
    PRONOUN,
    SURNAME,
    TITLE,
)
from tracker.attribution.naming import name_phrase
from tracker.attribution.people import People, Person, gender_of, genders_agree
from tracker.attribution.phrases import phrase_after
from tracker.attribution.speakers import is_verb, topic_phrase
from tracker.attribution.tokens import Paragraph

MAX_BACK = 2
"""Sentences before that of the statement whose people are looked at."""
MAX_SPOKEN = 5
"""Earlier speakers who are candidates."""
MAX_SIGHTINGS = 6
"""People looked at in one sentence."""
TokenRange = tuple[int, int]
_NAMES_SOMEBODY = TITLE | GIVEN_NAME | SURNAME | HONORIFIC | ORGANISATION | KNOWN | GROUP | GENERIC_HEAD


@dataclass(slots=True)
class Antecedent:
    """One candidate: somebody of the article, or nobody (``person`` None), and what speaks for it."""

    person: Person | None
    parts: list[Part]


@dataclass(slots=True)
class Told:
    """What the article has told so far about who speaks."""

    people: People
    spoken: dict[int, tuple[Person, int]] = field(default_factory=dict)
    """Who spoke, by identity, latest last, each with the number of the sentence in the article."""
    contents: dict[int, list[TokenRange]] = field(default_factory=dict)
    """What was said, by paragraph."""
    _firsts: dict[int, int] = field(default_factory=dict)
    """Number in the article of the first sentence of each paragraph, by the paragraph's place."""
    _seen: dict[tuple[int, int, int], list[tuple[TokenRange, str]]] = field(default_factory=dict)

    def place(self, number: int, token: int) -> int:
        """Number in the article of the sentence of ``token`` in paragraph ``number``."""
        if not self._firsts:
            total = 0
            for index, paragraph in enumerate(self.people.paragraphs):
                self._firsts[index] = total
                total += len(paragraph.sentences)
        paragraph = self.people.paragraphs[number]
        return self._firsts[number] + paragraph.sentence_of[min(token, len(paragraph) - 1)]

    def note(self, person: Person, place: int) -> None:
        """Remember that ``person`` spoke in sentence ``place`` of the article."""
        self.spoken.pop(id(person), None)
        self.spoken[id(person)] = (person, place)

    def note_content(self, number: int, content: list[TokenRange]) -> None:
        """Remember that these tokens of paragraph ``number`` are somebody's words."""
        self.contents.setdefault(number, []).extend(content)

    def candidates(self, draft: Draft, number: int, how: str, gender: str, count: str) -> list[Antecedent]:
        """All candidates for the speaker of ``draft``, whose cue stands in paragraph ``number``, nobody last.

        ``how``: pro-drop, pronoun or context; ``gender`` and ``count``: what the cue or pronoun asks for.
        """
        start = draft.reading.content[0][0] if draft.following is None else len(draft.paragraph)
        cue = draft.cue
        end = min(start, cue.group_first) if cue is not None else start
        here = self.place(number, end - 1 if end else 0)
        start_of_paragraph = self._firsts[number]
        opens = end == 0
        wheres: dict[int, tuple[Person, list[str]]] = {}

        def meet(person: Person) -> tuple[Person, list[str]]:
            return wheres.setdefault(id(person), (person, []))

        ranks: dict[int, tuple[int, int]] = {}
        for person, place in itertools.islice(reversed(self.spoken.values()), MAX_SPOKEN):
            ranks[id(person)] = (len(ranks) + 1, place)
            meet(person)
        steps = 0
        for index, sentence, limit in self._sentences_before(number, end):
            distance = steps if not opens else steps + 1
            for phrase, role in self._sightings(index, sentence, limit):
                paragraph = self.people.paragraphs[index]
                named = name_phrase(paragraph, phrase)
                if named.pronoun or named.type == "anonymous":
                    continue
                person, _ = self.people.find(paragraph, named, phrase, gender_of(paragraph, phrase))
                known = next((other for other, _ in wheres.values() if other.words == person.words), person)
                if known.doubtful:
                    continue
                if any(first <= phrase[0] < last for first, last in self.contents.get(index, ())):
                    role = "said"
                meet(known)[1].append(f"{role}-{distance}")
            steps += 1
        parts = []
        outer = draft.nested_in is not None
        joined = cue is not None and is_joined(draft.paragraph, cue)
        for person, seen in wheres.values():
            rank, place = ranks.get(id(person), (0, -1))
            since = bucket(here - place, (0, 1, 2, 4)) if rank else "never"
            where = seen[0] if seen else "nowhere"
            again = seen[1] if len(seen) > 1 else ""
            if not genders_agree(person.gender, gender):
                continue
            agreement = "match" if gender and person.gender else "unknown"
            number_agrees = count != "p" or person.type != "person" or person.number == "p"
            plural_asked = "plural" if count == "p" else "singular" if count == "s" else "any"
            parts.append(
                Antecedent(
                    person,
                    [
                        (
                            "antecedent",
                            how,
                            cue.form.cue_class if cue is not None else "",
                            str(min(rank, 3)) if rank else "never",
                            since,
                            where,
                            again,
                            f"{person.kind}+name" if person.named else person.kind,
                            person.type,
                            agreement,
                            f"{plural_asked}-{person.type}" if number_agrees else "mismatch",
                            opens,
                            outer,
                            joined,
                            place >= start_of_paragraph,
                            bool(person.title),
                        )
                    ],
                )
            )
        parts.append(
            Antecedent(
                None,
                [
                    (
                        "nobody",
                        how,
                        cue.form.cue_class if cue is not None else "",
                        cue.form.pronoun if cue is not None else False,
                        bool(ranks),
                        draft.paragraph.block,
                        outer,
                    )
                ],
            )
        )
        return parts

    def most_named(self, number: int) -> Person | None:
        """The person whom the article names most often, among those named before paragraph ``number``."""
        found: dict[int, Person] = {}
        for index, paragraph in enumerate(self.people.paragraphs[:number]):
            for sentence in range(len(paragraph.sentences)):
                for phrase, _ in self._sightings(index, sentence, paragraph.sentences[sentence].last):
                    named = name_phrase(paragraph, phrase)
                    if named.pronoun or named.type != "person":
                        continue
                    person, _ = self.people.identify(paragraph, named, phrase, gender_of(paragraph, phrase))
                    if person.words and person.type == "person":
                        found.setdefault(id(person), person)
        if not found:
            return None
        mentions = self.people.mentions
        return max(found.values(), key=lambda one: (one.named, len(one.words) > 1, mentions(one)))

    def _sentences_before(self, number: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The sentence that ends in or at ``end`` and those before, nearest first: paragraph, sentence, end token."""
        left = MAX_BACK + 1
        paragraph = self.people.paragraphs[number]
        sentence = paragraph.sentence_of[end - 1] if end else -1
        limit = end
        while left:
            if sentence < 0:
                number -= 1
                if number < 0 or self.people.paragraphs[number].lexicon is not paragraph.lexicon:
                    return
                sentence = len(self.people.paragraphs[number].sentences) - 1
                limit = len(self.people.paragraphs[number])
                continue
            yield number, sentence, min(limit, self.people.paragraphs[number].sentences[sentence].last)
            left -= 1
            sentence -= 1

    def _sightings(self, number: int, sentence: int, limit: int) -> list[tuple[TokenRange, str]]:
        key = (number, sentence, limit)
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = list(_sightings(self.people.paragraphs[number], sentence, limit))
        return known


def _sightings(paragraph: Paragraph, sentence: int, limit: int) -> Iterator[tuple[TokenRange, str]]:
    """Phrases before ``limit`` in the sentence that name somebody, each with its role, in text order.

    Roles: ``topic`` (the sentence opens with it), ``subject`` (behind a verb), ``named`` (elsewhere), ``object``
    (behind an attached preposition), ``about`` (in what the sentence opens with as its topic or question).
    """
    first = paragraph.sentences[sentence].first
    about = _end_of_topic(paragraph, sentence, limit)
    flags, inside = paragraph.flags, paragraph.inside
    topic = topic_phrase(paragraph, first, limit) if limit - first > 1 else None
    token = first
    found = 0
    if topic is not None and inside[topic[0]] < 0:
        yield topic, "topic"
        found += 1
    while token < limit and found < MAX_SIGHTINGS:
        bits = flags[token]
        if (
            not bits & _NAMES_SOMEBODY
            or inside[token] >= 0
            or bits & PRONOUN
            or (bits & (ADJUNCT | FILLER) and not bits & PERSON_WORD)
            or (topic and topic[0] <= token < topic[1])
        ):
            token += 1
            continue
        phrase = phrase_after(paragraph, token, limit)
        if phrase is None or phrase[0] != token:
            token += 1
            continue
        behind_verb = token > first and not flags[token - 1] & _NAMES_SOMEBODY and is_verb(paragraph, token - 1)
        yield phrase, "about" if token < about else "object" if bits & GLUED else "subject" if behind_verb else "named"
        found += 1
        token = phrase[1]


def _end_of_topic(paragraph: Paragraph, sentence: int, limit: int) -> int:
    """One past the question or topic with which the sentence opens, which a comma ends; else its first token.

    Before a cue (``limit``) it is the last comma: the question may hold others.
    """
    first, last = paragraph.sentences[sentence].first, paragraph.sentences[sentence].last
    start = opened_topic(paragraph, first, limit)
    if start is None:
        return first
    commas = [token for token in range(start, limit) if paragraph.norms[token] == ","]
    return commas[0 if limit == last else -1] if commas else limit
