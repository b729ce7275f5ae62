"""The document-wide pass: who an implied, pronominal, short or described speaker is.

It walks the drafts of one article in text order and keeps what a reader would: the names met so far in their fullest
form (``people``), and who spoke when (``antecedents``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.attribution.antecedents import Antecedent, Told
from tracker.attribution.drafts import Draft
from tracker.attribution.lexicon import SURNAME
from tracker.attribution.naming import name_phrase
from tracker.attribution.people import People, Person, gender_of
from tracker.attribution.scoring import shares, weights_of
from tracker.attribution.speakers import joined_source
from tracker.attribution.tokens import Paragraph
from tracker.records import Mention, ResolvedBy, Span

Observer = Callable[[Draft, list[Antecedent]], None]


class Discourse:
    """What one article has told so far about who is who."""

    def __init__(self, paragraphs: Sequence[Paragraph], observe: Observer | None = None) -> None:
        """``observe`` is shown every draft whose speaker is looked for, with the candidates (for learning)."""
        self._observe = observe
        self._people = People(paragraphs)
        self._told = Told(self._people)
        self._interviewee: Person | None = None
        self._numbers = {id(paragraph): number for number, paragraph in enumerate(paragraphs)}

    def resolve(self, draft: Draft) -> tuple[Mention | None, Person | None]:
        """The speaker of ``draft`` as a mention, and who that is."""
        phrase = draft.speaker.phrase
        paragraph = draft.paragraph
        if phrase is None:
            return self._implied(draft)
        if draft.cue is not None and (letters := joined_source(paragraph, draft.cue, draft.speaker)):
            paragraph.joined_prepositions[phrase[0]] = letters
        named = name_phrase(paragraph, phrase)
        span: Span | None = _mention_span(paragraph, phrase)
        gender = _gender(draft, paragraph, phrase)
        if draft.cue is not None and draft.cue.form.cue_class == "participle" and paragraph.lexicon.pro_drop:
            span = None  # implied by the participle, though it stands elsewhere in the sentence
        if named.pronoun and draft.speaker.names is not None:
            head = name_phrase(paragraph, draft.speaker.names)
            person, _ = self._people.identify(paragraph, head, draft.speaker.names, gender)
            return Mention(person.name, span, head.title, person.type, "pronoun"), person
        if named.pronoun:
            return self._pronoun(draft, phrase, span)
        person, how = self._people.identify(paragraph, named, phrase, gender)
        return Mention(person.name, span, named.title, person.type, how), person

    def note(self, draft: Draft, person: Person | None) -> None:
        """Remember who spoke; what is said inside another's words does not count."""
        if draft.following is None:
            self._told.note_content(self._numbers[id(draft.paragraph)], draft.reading.content)
        if person is None or draft.nested_in is not None or person.doubtful:
            return
        token = draft.cue.first if draft.cue is not None else draft.reading.content[0][0]
        self._told.note(person, self._told.place(self._numbers[id(draft.paragraph)], token))

    def antecedent(self, draft: Draft, how: str, gender: str, count: str) -> Person | None:
        """Who is most likely meant, or None for nobody."""
        number = self._numbers[id(draft.paragraph)]
        candidates = self._told.candidates(draft, number, how, gender, count)
        if self._observe is not None:
            self._observe(draft, candidates)
        table = weights_of(draft.paragraph.lexicon.code).antecedent
        scores = [table.score(candidate.parts) for candidate in candidates]
        place = max(range(len(candidates)), key=scores.__getitem__)
        draft.antecedent_share = shares(scores)[place]
        best = candidates[place].person
        if best is not None:
            self._people.add(best)
        return best

    def _implied(self, draft: Draft) -> tuple[Mention | None, Person | None]:
        how, gender, count = asked_for(draft)
        if draft.speaker.place == "answer":
            self._interviewee = self._interviewee or self._told.most_named(self._numbers[id(draft.paragraph)])
            person = self._interviewee
        else:
            person = self.antecedent(draft, how, gender, count)
        if person is None:
            return None, None
        resolved_by: ResolvedBy = "context" if how == "context" else "pro-drop"
        return Mention(person.name, None, None, person.type, resolved_by), person

    def _pronoun(self, draft: Draft, phrase: tuple[int, int], span: Span | None) -> tuple[Mention, Person | None]:
        paragraph = draft.paragraph
        written = paragraph.word(phrase[0])
        _, gender, count = asked_for(draft)
        speaks_of_others = paragraph.lexicon.pronouns.get(paragraph.norms[phrase[0]], ("", "", 3, "personal"))[2] == 3
        person = self.antecedent(draft, "pronoun", gender, count) if speaks_of_others else None
        if person is None:
            return Mention(written, span, None, "person", "pronoun"), None
        return Mention(person.name, span, None, person.type, "pronoun"), person


def asked_for(draft: Draft) -> tuple[str, str, str]:
    """How the speaker of ``draft`` is to be found (pro-drop, pronoun, context), and the gender and number asked for."""
    phrase, paragraph, cue = draft.speaker.phrase, draft.paragraph, draft.cue
    if phrase is not None:
        gender, count, _, _ = paragraph.lexicon.pronouns.get(paragraph.norms[phrase[0]], ("", "", 3, "personal"))
        return "pronoun", gender, count
    if cue is None:
        return "context", "", ""
    return "pro-drop", cue.form.gender, cue.form.number


def _gender(draft: Draft, paragraph: Paragraph, phrase: tuple[int, int]) -> str:
    gender = gender_of(paragraph, phrase)
    if not gender and draft.cue is not None and draft.cue.form.gender:
        return draft.cue.form.gender
    return gender


def _mention_span(paragraph: Paragraph, phrase: tuple[int, int]) -> Span:
    """The phrase without a preposition or conjunction that is written as one with its first word."""
    start, end = paragraph.span(*phrase)
    if phrase[0] in paragraph.joined_prepositions:
        start += paragraph.joined_prepositions[phrase[0]]
    elif paragraph.lexicon.conjunctions and not paragraph.flags[phrase[0]] & SURNAME:
        start += paragraph.lexicon.particle_length(paragraph.norms[phrase[0]])
    return start, end
