"""The document-wide pass: who an implied, pronominal, short or described speaker is.

It walks the drafts of one article in text order and keeps what a reader would: the names met so far in their fullest
form, and who spoke last. Agreement in gender and number rules candidates out where a language shows it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.attribution.drafts import Draft
from tracker.attribution.lexicon import (
    CLOSED,
    DEMONSTRATIVE,
    DETERMINER,
    DOCUMENT,
    FEMALE_NAME,
    FEMININE,
    GENERIC_HEAD,
    GIVEN_NAME,
    GROUP,
    KNOWN,
    ORGANISATION,
    PERSON_WORD,
    PLACE,
    SOURCE_WORD,
    SURNAME,
)
from tracker.attribution.naming import Named, name_phrase, text_of
from tracker.attribution.phrases import has_article
from tracker.attribution.speakers import named_phrase, topic_phrase
from tracker.attribution.tokens import Paragraph
from tracker.records import Mention, ResolvedBy, Span, SpeakerType

MAX_PLAIN_PHRASE = 3


@dataclass(slots=True)
class Person:
    """A source met in the article."""

    words: tuple[str, ...]
    name: str
    title: str | None
    type: SpeakerType
    gender: str = ""
    number: str = "s"
    title_words: frozenset[str] = frozenset()
    doubtful: bool = False
    """A long phrase that no known word opens: perhaps no source at all, so nobody else's words are laid to it."""


@dataclass(slots=True)
class Discourse:
    """What one article has told so far about who is who."""

    paragraphs: Sequence[Paragraph]
    people: list[Person] = field(default_factory=list)
    last: Person | None = None
    _spoken: dict[int, set[int]] = field(default_factory=dict)
    """Sentences of each paragraph that hold a statement already."""

    def resolve(self, draft: Draft) -> tuple[Mention | None, Person | None]:
        """The speaker of ``draft`` as a mention, and who that is."""
        phrase = draft.speaker.phrase
        paragraph = draft.paragraph
        if phrase is None:
            return self._implied(draft)
        named = name_phrase(paragraph, phrase)
        span: Span | None = _mention_span(paragraph, phrase)
        gender = self._gender(draft, paragraph, phrase)
        if draft.cue is not None and draft.cue.form.cue_class == "participle" and paragraph.lexicon.pro_drop:
            span = None  # implied by the participle, though it stands elsewhere in the sentence
        if named.pronoun and draft.speaker.names is not None:
            head = name_phrase(paragraph, draft.speaker.names)
            person, _ = self._person(paragraph, head, draft.speaker.names, gender, draft)
            return Mention(person.name, span, head.title, person.type, "pronoun"), person
        if named.pronoun:
            return self._pronoun(paragraph, phrase, span)
        person, how = self._person(paragraph, named, phrase, gender, draft)
        return Mention(person.name, span, named.title, person.type, how), person

    def note(self, draft: Draft, person: Person | None) -> None:
        """Remember who spoke last and where; what is said inside another's words does not change it."""
        if draft.cue is not None:
            self._spoken.setdefault(id(draft.paragraph), set()).add(draft.cue.sentence)
        elif draft.reading.content:
            place = draft.reading.content[0][0]
            self._spoken.setdefault(id(draft.paragraph), set()).add(draft.paragraph.sentence_of[place])
        if person is not None and draft.nested_in is None and not person.doubtful:
            self.last = person

    # -------------------------------------------------------------- named and described

    def _person(
        self, paragraph: Paragraph, named: Named, phrase: tuple[int, int], gender: str, draft: Draft
    ) -> tuple[Person, ResolvedBy]:
        words = _name_words(paragraph, named.name)
        name = text_of(paragraph, named.name)
        how: ResolvedBy = "named"
        known = self._known(words, named.type)
        if known is not None:
            if len(words) > len(known.words) or (len(words) == len(known.words) and known.title is None):
                if len(words) > len(known.words):
                    known.words, known.name = words, name
                known.title = known.title or named.title
            if len(known.words) > len(words):
                how = "short-name"
            known.gender = known.gender or gender
            return known, how
        if (named.type == "person" and named.title is None) or named.type == "organisation":
            described = self._described(paragraph, phrase, gender, named.type)
            if described is not None:
                return described, "description"
        unplaced = not paragraph.flags[named.name[0]] & _NO_SHORT_NAME
        if named.type in ("person", "organisation") and len(words) == 1 and unplaced:
            fuller = self._fuller(paragraph, named)
            if fuller is not None:
                name, words = fuller
                how = "short-name"
                if named.type == "organisation" and len(words) > 1:
                    named.type = "person"
                known = self._known(words, "person")
                if known is not None:
                    known.gender = known.gender or gender
                    return known, how
        person = Person(
            words,
            name,
            named.title,
            named.type,
            gender,
            "p" if named.type == "group" else "s",
            _title_words(paragraph, phrase),
            doubtful=phrase[1] - phrase[0] > MAX_PLAIN_PHRASE
            and not paragraph.flags[phrase[0]] & (SOURCE_WORD | GIVEN_NAME | SURNAME | DETERMINER)
            and not paragraph.lexicon.cased,
        )
        if named.type != "anonymous":
            self.people.append(person)
        return person, how

    def _known(self, words: tuple[str, ...], kind: SpeakerType) -> Person | None:
        """The person whose name holds all of ``words``, or whose words are all among them; the latest first."""
        if not words or kind == "anonymous":
            return None
        wanted = set(words)
        for person in reversed(self.people):
            have = set(person.words)
            if wanted == have:
                return person
            if kind in ("person", "organisation") and person.type == "person" and person.words:
                if wanted < have and words[-1] in person.words and (len(words) > 1 or words[-1] == person.words[-1]):
                    return person
                if have < wanted and kind == "person" and person.words[-1] == words[-1]:
                    return person
        return None

    def _described(
        self, paragraph: Paragraph, phrase: tuple[int, int], gender: str, kind: SpeakerType
    ) -> Person | None:
        """The source of an earlier title or head that the phrase repeats: the minister, the site, الوزير, الموقع."""
        words = _title_words(paragraph, phrase)
        first = phrase[0]
        definite = paragraph.flags[first] & (DETERMINER | DEMONSTRATIVE) or has_article(paragraph, first)
        if not words or phrase[1] - first > 3 or not (definite or kind == "person"):
            return None
        for person in reversed(self.people):
            if person.type == kind and _share_stem(words, person.title_words) and _agrees(person.gender, gender):
                return person
        return None

    def _fuller(self, paragraph: Paragraph, named: Named) -> tuple[str, tuple[str, ...]] | None:
        """A longer form of a one-word name anywhere in the article, with its words: اللافي -> عبد الله اللافي."""
        token = named.name[0]
        wanted = paragraph.norms[token]
        best: tuple[str, tuple[str, ...]] | None = None
        written = paragraph.word(token)
        bare = paragraph.lexicon.name_key(wanted)
        for other, place in self._occurrences(written[-len(bare) :] if len(bare) > 3 else written, bare):
            if other.lexicon is not paragraph.lexicon or (other is paragraph and place == token):
                continue
            first = place
            while first > 0 and place - first < 3 and _is_forename(other, first - 1, place):
                first -= 1
            if first < place and (best is None or place - first + 1 > len(best[1])):
                best = text_of(other, (first, place + 1)), _name_words(other, (first, place + 1))
        return best

    def _occurrences(self, word: str, norm: str) -> Iterator[tuple[Paragraph, int]]:
        """Tokens of the article that are ``word``; searched as text, because few articles ask for it."""
        for paragraph in self.paragraphs:
            place = paragraph.text.find(word, paragraph.start_char, paragraph.end_char)
            while place >= 0:
                token = bisect_right(paragraph.starts, place) - 1
                if token >= 0 and paragraph.lexicon.name_key(paragraph.norms[token]) == norm:
                    yield paragraph, token
                place = paragraph.text.find(word, place + 1, paragraph.end_char)

    # -------------------------------------------------------------- implied and pronouns

    def _gender(self, draft: Draft, paragraph: Paragraph, phrase: tuple[int, int]) -> str:
        gender = self._gender_of(paragraph, phrase)
        if not gender and draft.cue is not None and draft.cue.form.gender:
            return draft.cue.form.gender
        return gender

    def _gender_of(self, paragraph: Paragraph, phrase: tuple[int, int]) -> str:
        kinds = [paragraph.flags[token] for token in range(*phrase)]
        if any(bits & (FEMININE | FEMALE_NAME) for bits in kinds):
            return "f"
        if any(bits & GIVEN_NAME for bits in kinds):
            return "m"
        return ""

    def _implied(self, draft: Draft) -> tuple[Mention | None, Person | None]:
        cue = draft.cue
        if draft.antecedent is not None:
            return None, None  # the caller copies the antecedent's speaker
        if cue is not None and cue.form.cue_class == "passive":
            return None, None
        if cue is not None and cue.form.cue_class == "noun" and not cue.form.pronoun:
            return None, None
        gender = cue.form.gender if cue is not None else ""
        number = cue.form.number if cue is not None else ""
        person = self._topic(draft, gender, number) or self._latest(gender, number)
        if person is None:
            return None, None
        how: ResolvedBy = "pro-drop" if cue is not None else "context"
        return Mention(person.name, None, None, person.type, how), person

    def _topic(self, draft: Draft, gender: str, number: str) -> Person | None:
        """Who the sentences before are about, where that is a person or body named after the last speaker spoke.

        The mayor rejected the plan. "It is dead."
        """
        paragraph = draft.paragraph
        first = draft.reading.content[0][0] if draft.following is None else len(paragraph)
        cue = draft.cue
        end = min(first, cue.group_first) if cue is not None else first
        if draft.nested_in is not None or end < 2:
            return None
        if cue is None:
            sentence = paragraph.sentences[paragraph.sentence_of[end - 1]]
            phrase = named_phrase(paragraph, sentence.first, end)
            if phrase is not None:
                return self._person(paragraph, name_phrase(paragraph, phrase), phrase, "", draft)[0]
        for index in range(paragraph.sentence_of[end - 1], -1, -1):
            sentence = paragraph.sentences[index]
            if index in self._spoken.get(id(paragraph), ()):
                return None
            if paragraph.inside[min(sentence.first + 1, len(paragraph) - 1)] >= 0:
                continue
            phrase = topic_phrase(paragraph, sentence.first, min(sentence.last, end))
            if phrase is None:
                continue
            named = name_phrase(paragraph, phrase)
            if named.pronoun:
                return None
            person, _ = self._person(paragraph, named, phrase, self._gender_of(paragraph, phrase), draft)
            if _agrees(person.gender, gender) and _same_number(person, number):
                return person
            return None
        return None

    def _pronoun(
        self, paragraph: Paragraph, phrase: tuple[int, int], span: Span | None
    ) -> tuple[Mention, Person | None]:
        form = paragraph.norms[phrase[0]]
        gender, number, person_number, _ = paragraph.lexicon.pronouns.get(form, ("", "", 3, "personal"))
        person = self._latest(gender, number) if person_number == 3 else None
        if person is None:
            return Mention(paragraph.word(phrase[0]), span, None, "person", "pronoun"), None
        return Mention(person.name, span, None, person.type, "pronoun"), person

    def _latest(self, gender: str, number: str) -> Person | None:
        if self.last is not None and _agrees(self.last.gender, gender) and _same_number(self.last, number):
            return self.last
        for person in reversed(self.people):
            if not person.doubtful and _agrees(person.gender, gender) and _same_number(person, number):
                return person
        return self.last if not gender else None


_NO_SHORT_NAME = PLACE | KNOWN | GROUP | ORGANISATION | GENERIC_HEAD | DOCUMENT


def _mention_span(paragraph: Paragraph, phrase: tuple[int, int]) -> Span:
    """The phrase without a preposition or conjunction that is written as one with its first word."""
    start, end = paragraph.span(*phrase)
    if paragraph.lexicon.conjunctions and not paragraph.flags[phrase[0]] & SURNAME:
        start += paragraph.lexicon.particle_length(paragraph.norms[phrase[0]])
    return start, end


def _share_stem(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word of one set is a word of the other, but for the last letter of a construct (חברה, חברת)."""
    if words & others:
        return True
    return any(
        len(word) == len(other) and len(word) > 3 and word[:-1] == other[:-1] for word in words for other in others
    )


def _agrees(known: str, asked: str) -> bool:
    return not known or not asked or known == asked


def _same_number(person: Person, number: str) -> bool:
    if number == "p":
        return person.type != "person" or person.number == "p"
    return True


def _name_words(paragraph: Paragraph, name: tuple[int, int]) -> tuple[str, ...]:
    words = []
    for token in range(*name):
        if paragraph.is_word(token):
            word = paragraph.norms[token]
            for tail in ("'s", "'"):
                word = word.removesuffix(tail)
            words.append(paragraph.lexicon.name_key(word))
    return tuple(words)


def _title_words(paragraph: Paragraph, phrase: tuple[int, int]) -> frozenset[str]:
    """The bare title words of a phrase, by which a later description finds it."""
    return frozenset(
        paragraph.lexicon.bare(paragraph.norms[token])
        for token in range(*phrase)
        if paragraph.flags[token] & (PERSON_WORD | GENERIC_HEAD | DOCUMENT | ORGANISATION)
    )


def _is_forename(paragraph: Paragraph, token: int, surname: int) -> bool:
    """Whether the word at ``token`` can be part of the name that ends at ``surname``."""
    if not paragraph.is_word(token) or paragraph.ends[token] + 1 != paragraph.starts[token + 1]:
        return False
    flags = paragraph.flags[token]
    if flags & (CLOSED | SOURCE_WORD):
        return False
    norm = paragraph.norms[token]
    if norm in paragraph.lexicon.cue_forms or norm[0].isdigit():
        return False
    if paragraph.lexicon.cased:
        return paragraph.is_capitalised(token)
    if len(norm) < 2:
        return False
    for article in paragraph.lexicon.articles:
        if norm.startswith(article) and len(norm) > len(article) + 1:
            return token > 0 and paragraph.norms[token - 1] in paragraph.lexicon.name_particles
    return surname - token <= 1 or paragraph.norms[token] in paragraph.lexicon.name_particles
