"""Candidate speakers of a cue and what speaks for each: phrases beside it, subjects of its sentence, nobody.

A candidate without a phrase (``implied``) leaves the speaker to the document-wide pass in ``discourse``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.attribution.clauses import opened_topic, places_of, skip_asides
from tracker.attribution.cuefinder import CueMatch, is_coordinated, is_joined
from tracker.attribution.features import Part, word_kind
from tracker.attribution.lexicon import (
    ADJUNCT,
    AUXILIARY,
    COMPLEMENTISER,
    COORDINATOR,
    DATE,
    DETERMINER,
    DOCUMENT,
    FEMALE_NAME,
    FEMININE,
    FILLER,
    GIVEN_NAME,
    GLUED,
    HONORIFIC,
    NAME_PREPOSITION,
    PERSONAL_NAME,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SOURCE_WORD,
    SUBORDINATOR,
    THING,
    TITLE,
    VERB,
)
from tracker.attribution.phrases import (
    is_glued_complementiser,
    is_oblique,
    names_nobody,
    phrase_after,
    phrase_before,
    phrase_kind,
)
from tracker.attribution.reading import Reading, Scope
from tracker.attribution.tokens import Paragraph

TokenRange = tuple[int, int]
MAX_RELAYED = 16
"""Tokens between the preposition of a relay and the noun for what was said."""


@dataclass(slots=True)
class SpeakerCandidate:
    """One possible speaker: a phrase and where it stands, or None where the speaker is implied."""

    place: str
    phrase: TokenRange | None
    parts: list[Part]
    names: TokenRange | None = None
    """The phrase that a relative pronoun stands for."""
    antecedent: int = -1
    """Index of the earlier cue of the same sentence whose speaker is meant (place ``same``)."""


def speaker_candidates(
    paragraph: Paragraph, cue: CueMatch, reading: Reading, scope: Scope, earlier: int
) -> list[SpeakerCandidate]:
    """Candidates for the speaker of ``cue`` when ``reading`` is what was said.

    ``earlier`` is the index of the nearest earlier statement cue of the same sentence, or -1.
    """
    phrases: list[tuple[str, TokenRange]] = []
    names: TokenRange | None = None
    places = places_of(cue, paragraph)
    cue_class = cue.form.cue_class
    content = reading.content
    limit = _limit_after(cue, reading, scope)
    if cue.form.pronoun:
        if cue_class == "noun":
            found = _relayed(paragraph, cue, scope) or phrase_before(paragraph, cue.first, scope.first)
            if found is not None:
                phrases.append(("before-noun", found))
    elif cue_class in ("finite", "preposition", "noun", "passive") and places != ("none",):
        if "from" in places and (found := _behind_source(paragraph, cue, limit)):
            phrases.append(("from", found))
        if "from" in places and (found := _source_before(paragraph, cue, scope)):
            phrases.append(("from-before", found))
        start = cue.last
        if cue_class == "preposition" and start < limit and _is_bare_letter(paragraph, start):
            start += 1  # the preposition's letter before a mark: وفقا لـ "X"
        found = phrase_after(paragraph, start, limit) if "after" in places or "possessor" in places else None
        if found and cue_class == "finite" and is_oblique(paragraph, found[0]):
            found = None
        if found and not (paragraph.flags[found[0]] & GLUED and cue_class in ("finite", "passive")):
            phrases.append(("possessor" if cue_class == "noun" else "after", found))
    if cue_class == "label":
        if reading.complement == "quote-before":
            if phrase := phrase_after(paragraph, cue.last, scope.last):
                phrases.append(("behind-label", phrase))
        elif phrase := phrase_before(paragraph, cue.first, scope.first):
            phrases.append(("label", phrase))
    elif cue_class != "preposition" and not cue.form.pronoun:
        phrases.extend(_before(paragraph, cue, scope, reading))
    candidates = []
    seen: set[TokenRange] = set()
    for place, phrase in phrases:
        if phrase in seen or _overlaps(phrase, content) or phrase[0] <= cue.first < phrase[1]:
            continue
        if place not in _BEHIND_PREPOSITION and _cannot_speak(paragraph, phrase):
            continue
        if place == "before" and _says_in_it(paragraph, cue, phrase):
            continue
        seen.add(phrase)
        if place == "relative" and paragraph.flags[cue.group_first - 1] & PRONOUN:
            names, phrase = phrase, (cue.group_first - 1, cue.group_first)
        candidate = _candidate(paragraph, cue, reading, place, phrase)
        candidate.names = names if place == "relative" else None
        candidates.append(candidate)
    explicit = any(place in ("after", "from") and _fills_gap(paragraph, cue, phrase) for place, phrase in phrases)
    if earlier >= 0 and cue_class != "preposition":
        candidates.append(_implied(paragraph, cue, reading, "same", earlier, explicit=explicit))
    candidates.append(_implied(paragraph, cue, reading, "implied", -1, explicit=explicit))
    return candidates


def _cannot_speak(paragraph: Paragraph, phrase: TokenRange) -> bool:
    """Whether the phrase begins with a word that is known to name nobody: a thing, a preposition, a verb."""
    first = phrase[0]
    bits = paragraph.flags[first]
    if paragraph.lexicon.cased or bits & (SOURCE_WORD | PRONOUN | PERSONAL_NAME):
        return False
    nobody = bits & _BEHIND_NOBODY or _is_bare_letter(paragraph, first)
    return bool(nobody) or is_verb(paragraph, first) or names_nobody(paragraph, first)


def _says_in_it(paragraph: Paragraph, cue: CueMatch, phrase: TokenRange) -> bool:
    """Whether the phrase is a document in which somebody else says so: published (a letter) in which he said."""
    if cue.last >= len(paragraph) or paragraph.norms[cue.last] not in paragraph.lexicon.resumptives:
        return False
    return bool(paragraph.flags[phrase[0]] & (DOCUMENT | THING))


def _is_bare_letter(paragraph: Paragraph, token: int) -> bool:
    """Whether the token is a preposition's letter that stands apart before a mark (ל"קול ישראל", لـ«الضفة»)."""
    return paragraph.norms[token].rstrip("-") in paragraph.lexicon.glued_prepositions


_BEHIND_PREPOSITION = frozenset(("from", "from-before"))


def joined_source(paragraph: Paragraph, cue: CueMatch, speaker: SpeakerCandidate) -> int:
    """Letters of the preposition of a source that is written as one with its unknown first word."""
    if speaker.phrase is None or speaker.place not in _BEHIND_PREPOSITION:
        return 0
    first = speaker.phrase[0]
    norm = paragraph.norms[first]
    if paragraph.flags[first] & (SOURCE_WORD | GIVEN_NAME | GLUED) or norm in paragraph.lexicon.words:
        return 0
    if first and paragraph.norms[first - 1] in cue.form.sources:
        return 0
    lengths = [len(source) for source in paragraph.lexicon.joined(cue.form.sources) if norm.startswith(source)]
    return max((length for length in lengths if len(norm) - length >= 2), default=0)


_BEHIND_NOBODY = PREPOSITION | FILLER | GLUED


def _relayed(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> TokenRange | None:
    """Whom a preposition before the cue relays, where more than a phrase stands between: from a source (who was there)
    his saying.
    """
    for token in range(cue.first - 2, max(scope.first, cue.first - MAX_RELAYED) - 1, -1):
        norm = paragraph.norms[token]
        if norm in (":", ";", '"') or paragraph.flags[token] & COMPLEMENTISER:
            return None
        if norm in cue.form.sources:
            phrase = phrase_after(paragraph, token + 1, cue.first)
            return phrase if phrase is not None and phrase[0] == token + 1 else None
    return None


def _fills_gap(paragraph: Paragraph, cue: CueMatch, phrase: TokenRange) -> bool:
    """Whether the phrase stands between the cue and what announces the content, with nothing else there."""
    first, last = phrase
    if first != cue.last or last >= len(paragraph):
        return False
    return bool(paragraph.flags[last] & COMPLEMENTISER) or paragraph.norms[last] in (":", '"', ",")


def _limit_after(cue: CueMatch, reading: Reading, scope: Scope) -> int:
    """How far a speaker behind the cue may reach: to the content where that stands behind the cue."""
    starts = [first for first, _ in reading.content if first >= cue.last]
    marks = [quotation.opens_at for quotation in reading.quotations if quotation.opens_at >= cue.last]
    return min([scope.last, *starts, *marks])


def _sources(cue: CueMatch) -> frozenset[str]:
    """The prepositions that may lead to the speaker; a letter does only where nobody else can be the verb's subject.

    "In the party they said" is impersonal and so plural; "he said in English" has its subject elsewhere.
    """
    sources = cue.form.sources
    if cue.form.cue_class == "finite" and cue.form.number == "s":
        return frozenset(source for source in sources if len(source) > 1)
    return sources


def _behind_source(paragraph: Paragraph, cue: CueMatch, limit: int) -> TokenRange | None:
    sources = _sources(cue)
    glued = paragraph.lexicon.joined(sources)
    for token in range(cue.last, min(limit, cue.last + 12)):
        norm = paragraph.norms[token]
        if norm in sources:
            return phrase_after(paragraph, token + 1, limit)
        if norm.startswith(glued) and any(norm.startswith(source) and len(norm) - len(source) >= 2 for source in glued):
            return phrase_after(paragraph, token, limit)
    return None


def _source_before(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> TokenRange | None:
    """A source phrase with its preposition before the cue: מהמשרד נמסר."""
    sources = _sources(cue)
    if not sources:
        return None
    glued, conjunctions = paragraph.lexicon.joined(sources), paragraph.lexicon.conjunctions
    for token in range(cue.group_first - 1, max(scope.first, cue.group_first - 12) - 1, -1):
        norm = paragraph.norms[token]
        bare = norm
        if len(norm) > 3 and norm.startswith(conjunctions):
            bare = norm[len(next(prefix for prefix in conjunctions if norm.startswith(prefix))) :]
        if bare in sources:
            return phrase_after(paragraph, token + 1, cue.group_first)
        if norm.startswith(glued) or bare.startswith(glued):
            phrase = phrase_after(paragraph, token, cue.group_first)
            if phrase and phrase[1] == cue.group_first:
                return phrase
    return None


def _before(paragraph: Paragraph, cue: CueMatch, scope: Scope, reading: Reading) -> list[tuple[str, TokenRange]]:
    norms, flags = paragraph.norms, paragraph.flags
    floor = scope.first
    for _, last in reading.content:
        if last <= cue.group_first:
            floor = max(floor, last)
    found: list[tuple[str, TokenRange]] = []
    end = cue.group_first
    floor = _behind_topic(paragraph, floor, end)
    if cue.relative:
        end -= 1
        if end - 1 >= floor and norms[end - 1] == ",":
            end -= 1
        if phrase := phrase_before(paragraph, end, floor):
            found.append(("relative", phrase))
        return found
    if end - 1 >= floor and norms[end - 1] in (",", ")", "-", "--"):
        opening = _matching_comma(paragraph, end - 1, floor)
        if opening >= floor and (phrase := phrase_before(paragraph, opening, floor)):
            if not any(flags[token] & (RELATIVE | VERB | AUXILIARY) for token in range(opening, end)):
                phrase = (phrase[0], end - 1)
            found.append(("before-apposition", phrase))
    elif phrase := phrase_before(paragraph, end, floor):
        if phrase[0] - 1 >= floor and norms[phrase[0] - 1] == ",":
            wider = phrase_before(paragraph, phrase[0] - 1, floor)
            if wider is not None and phrase[1] - phrase[0] > 0:
                found.append(("before-comma", wider))
        run = _capital_run_at_end(paragraph, phrase)
        found.append(("relative-glued" if _opens_relative(paragraph, cue) else "before", phrase))
        if run is not None:
            found.append(("before-run", run))
        if (short := _up_to_preposition(paragraph, phrase)) is not None:
            found.append(("before-short", short))
    subject = _clause_subject(paragraph, floor, end)
    if subject is not None:
        found.append(("subject", subject))
    found.extend(_clause_openers(paragraph, floor, end))
    if not paragraph.lexicon.cased:
        found.extend(_behind_verbs(paragraph, floor, end))
    if (named := named_phrase(paragraph, floor, end)) is not None:
        found.append(("named", named))
    return found


def _behind_topic(paragraph: Paragraph, floor: int, end: int) -> int:
    """First token behind a topic with which the clause opens: (asked about the minister,) he said."""
    first = opened_topic(paragraph, floor, end)
    if first is None:
        return floor
    for token in range(end - 1, first - 1, -1):
        if paragraph.norms[token] == "," and paragraph.inside[token] < 0:
            return token + 1
    phrase = phrase_after(paragraph, first, end)
    return end if phrase is not None and phrase[1] == end else floor


def _up_to_preposition(paragraph: Paragraph, phrase: TokenRange) -> TokenRange | None:
    """The part of an uncased phrase before a preposition or adjunct: the mayor (after the meeting, to reporters)."""
    if paragraph.lexicon.cased:
        return None
    for token in range(phrase[0] + 1, phrase[1]):
        bits = paragraph.flags[token]
        if bits & (PREPOSITION | ADJUNCT | DATE) and not bits & (NAME_PREPOSITION | SOURCE_WORD):
            return phrase[0], token
    return None


def _opens_relative(paragraph: Paragraph, cue: CueMatch) -> bool:
    """Whether the particle written as one with the cue opens a relative clause (יועץ שאמר)."""
    if not cue.form.clitic or cue.group_first != cue.first:
        return False
    return paragraph.norms[cue.first][: cue.form.clitic] in paragraph.lexicon.glued_complementisers


def _behind_verbs(paragraph: Paragraph, floor: int, end: int) -> list[tuple[str, TokenRange]]:
    """Subjects behind the verbs of the clauses before the cue, nearest verb first (responded X to Y and said)."""
    found: list[tuple[str, TokenRange]] = []
    for token in range(end - 2, floor - 1, -1):
        if paragraph.inside[token] < 0 and not paragraph.flags[token] & SOURCE_WORD and is_verb(paragraph, token):
            phrase = phrase_after(paragraph, token + 1, end)
            if phrase is not None and phrase[0] == token + 1 and not paragraph.flags[phrase[0]] & GLUED:
                found.append((f"behind-verb-{len(found) + 1}", phrase))
                if len(found) == 2:
                    break
    return found


def named_phrase(paragraph: Paragraph, floor: int, end: int) -> TokenRange | None:
    """The nearest phrase before ``end`` that begins with a title or a name, wherever in the sentence it stands."""
    flags, inside = paragraph.flags, paragraph.inside
    for token in range(end - 1, floor - 1, -1):
        if flags[token] & (TITLE | PERSONAL_NAME) and inside[token] < 0 and not flags[token] & GLUED:
            if token > floor and flags[token - 1] & (TITLE | PERSONAL_NAME | HONORIFIC):
                continue
            phrase = phrase_after(paragraph, token, end)
            return phrase if phrase is not None and phrase[0] == token else None
    return None


def _clause_openers(paragraph: Paragraph, floor: int, end: int) -> list[tuple[str, TokenRange]]:
    """The noun phrases that open the clauses before the cue, nearest clause first."""
    flags, norms, inside = paragraph.flags, paragraph.norms, paragraph.inside
    found: list[tuple[str, TokenRange]] = []
    for token in range(end - 2, floor - 1, -1):
        boundary = norms[token] in (",", "-", "--", ";", ":") or bool(flags[token] & (SUBORDINATOR | COORDINATOR))
        if not boundary or inside[token] >= 0:
            continue
        phrase = _opening_phrase(paragraph, token + 1, end)
        if phrase is not None:
            found.append((f"clause-{len(found) + 1}", phrase))
            if len(found) == 3:
                break
    return found


def _opening_phrase(paragraph: Paragraph, first: int, end: int) -> TokenRange | None:
    """The noun phrase that opens a clause at ``first``; where verbs come first, the one behind the verb."""
    flags = paragraph.flags
    if flags[first] & (PREPOSITION | ADJUNCT | COMPLEMENTISER | AUXILIARY) and not flags[first] & SOURCE_WORD:
        return None
    verb_first = paragraph.lexicon.default_order[:1] == ("after",)
    if not flags[first] & SOURCE_WORD and (verb_first or is_verb(paragraph, first)):
        first += 1
        if first >= end or (not verb_first and flags[first] & (PREPOSITION | ADJUNCT)):
            return None
    phrase = phrase_after(paragraph, first, end)
    return phrase if phrase is not None and phrase[0] == first else None


def is_verb(paragraph: Paragraph, token: int) -> bool:
    """Whether the word is a verb form as far as the language's lists know."""
    if paragraph.flags[token] & VERB:
        return True
    if paragraph.lexicon.cased and paragraph.is_capitalised(token):
        return False
    if paragraph.lexicon.glued_complementisers and is_glued_complementiser(paragraph, token):
        return True
    return paragraph.lexicon.is_verb_form(paragraph.norms[token])


def _capital_run_at_end(paragraph: Paragraph, phrase: TokenRange) -> TokenRange | None:
    """The capitalised words that end a phrase which begins otherwise: (Few believed) Brink's."""
    if not paragraph.lexicon.cased:
        return None
    first, last = phrase
    run = last
    while run > first and (paragraph.is_capitalised(run - 1) or paragraph.norms[run - 1] in ("'s", "'", ".")):
        run -= 1
    return (run, last) if first < run < last else None


def _matching_comma(paragraph: Paragraph, comma: int, floor: int) -> int:
    """The comma that opens what the comma at ``comma`` closes: X, the minister, said."""
    for token in range(comma - 1, max(floor, comma - 30) - 1, -1):
        if paragraph.norms[token] == paragraph.norms[comma] or paragraph.norms[token] == ",":
            return token
    return -1


def _clause_subject(paragraph: Paragraph, floor: int, end: int) -> TokenRange | None:
    """The first noun phrase of the clause, behind an opening adjunct set off by a comma."""
    flags, norms = paragraph.flags, paragraph.norms
    first = floor
    while first < end and (not paragraph.is_word(first) or flags[first] & COORDINATOR):
        first += 1
    if first < end and flags[first] & (ADJUNCT | PREPOSITION) and not flags[first] & (PRONOUN | SOURCE_WORD):
        for token in range(first, min(end, first + 18)):
            if norms[token] == ",":
                first = token + 1
                break
        else:
            return None
    return _opening_phrase(paragraph, first, end) if first < end else None


def topic_phrase(paragraph: Paragraph, first: int, end: int) -> TokenRange | None:
    """The noun phrase a sentence opens with, where it names a person or a body."""
    phrase = _clause_subject(paragraph, skip_asides(paragraph, first, end), end)
    if phrase is None or phrase_kind(paragraph, phrase) not in _TOPICS:
        return None
    first = phrase[0]
    while first < phrase[1] and paragraph.flags[first] & DETERMINER:
        first += 1
    named = first < phrase[1] and paragraph.flags[first] & (SOURCE_WORD | PERSONAL_NAME | PRONOUN)
    return phrase if named and not paragraph.flags[first] & GLUED else None


_TOPICS = frozenset(("title", "name", "known", "organisation", "pronoun"))


def _overlaps(phrase: TokenRange, content: list[TokenRange]) -> bool:
    return any(phrase[0] < last and first < phrase[1] for first, last in content)


def _implied(
    paragraph: Paragraph, cue: CueMatch, reading: Reading, place: str, antecedent: int, *, explicit: bool
) -> SpeakerCandidate:
    first = paragraph.sentences[cue.sentence].first
    part = (
        "implied",
        place,
        cue.form.cue_class,
        _side(reading),
        cue.form.clitic > 0,
        cue.form.pronoun,
        is_coordinated(paragraph, cue),
        "start" if cue.group_first == first else word_kind(paragraph, cue.group_first - 1),
        word_kind(paragraph, first),
        word_kind(paragraph, cue.last) if cue.last < len(paragraph) else "end",
        reading.complement,
        explicit,
        is_joined(paragraph, cue),
    )
    return SpeakerCandidate(place, None, [part], antecedent=antecedent)


def _side(reading: Reading) -> str:
    return "said-before" if reading.complement.startswith(_SAID_BEFORE) else "said-after"


_SAID_BEFORE = ("quote-before", "quote-split", "inverted")


def _neighbour(paragraph: Paragraph, token: int, cue: CueMatch) -> str:
    """What stands right beside a phrase: the cue, an edge, a verb, a mark, …"""
    if not 0 <= token < len(paragraph.starts) or paragraph.sentence_of[token] != cue.sentence:
        return "edge"
    if cue.group_first <= token < cue.last:
        return "cue"
    if not paragraph.flags[token] & (PREPOSITION | SOURCE_WORD) and is_verb(paragraph, token):
        return "verb"
    return word_kind(paragraph, token)


def _gender(bits: Sequence[int]) -> str:
    """Gender of a phrase as far as its title or given name shows it."""
    for kinds in bits:
        if kinds & (FEMININE | FEMALE_NAME):
            return "f"
        if kinds & (TITLE | GIVEN_NAME):
            return "m"
    return ""


def _glued_role(paragraph: Paragraph, cue: CueMatch, token: int) -> str:
    """Whom the preposition that an unknown word may begin with leads to: addressee, source, other, or nothing."""
    if paragraph.flags[token] & (SOURCE_WORD | PERSONAL_NAME) & ~GLUED:
        return ""
    norm = paragraph.norms[token]
    if not norm.startswith(paragraph.lexicon.glued_prepositions):
        return ""
    for letter in paragraph.lexicon.glued_prepositions:
        if norm.rstrip("-") == letter or (norm.startswith(letter) and len(norm) >= 4):
            if letter in paragraph.lexicon.addressee_letters:
                return "addressee"
            return "source" if letter in cue.form.sources else "other"
    return ""


def shown_agreement(paragraph: Paragraph, cue: CueMatch, token: int, kind: str) -> str:
    """Gender that the verb asks for, then what the ending of the phrase's first word shows of gender and case."""
    endings = paragraph.lexicon.feminine_endings
    if not endings or kind in ("name", "pronoun"):
        return ""
    written = paragraph.word(token)
    if paragraph.lexicon.oblique_endings and len(written) > 5 and written.endswith(paragraph.lexicon.oblique_endings):
        return "oblique"
    shown = "f" if len(written) > 3 and written.endswith(endings) else "-"
    return f"{cue.form.gender or '?'}{shown}"


def _candidate(
    paragraph: Paragraph, cue: CueMatch, reading: Reading, place: str, phrase: TokenRange
) -> SpeakerCandidate:
    first, last = phrase
    flags = paragraph.flags
    kind = phrase_kind(paragraph, phrase)
    size = last - first
    distance = first - cue.last if first >= cue.last else cue.group_first - last
    kinds = 0
    for bits in flags[first:last]:
        kinds |= bits
    gender = _gender(flags[first:last])
    mismatch = bool(cue.form.gender and gender and kind != "pronoun" and gender != cue.form.gender)
    part = (
        "phrase",
        place,
        cue.form.cue_class,
        _side(reading),
        kind,
        "1" if size == 1 else "2-3" if size <= 3 else "4-8" if size <= 8 else "9+",
        "0"
        if distance <= 0
        else "1"
        if distance == 1
        else "2-4"
        if distance <= 4
        else "5-12"
        if distance <= 12
        else "13+",
        bool(kinds & VERB),
        bool(kinds & RELATIVE),
        bool(kinds & COMPLEMENTISER),
        bool(kinds & DATE) and kind == "word",
        bool(flags[first] & (PREPOSITION | ADJUNCT)),
        paragraph.norms[first][0].isdigit(),
        paragraph.lexicon.cased and kind == "word" and not paragraph.is_capitalised(first),
        bool(flags[first] & SOURCE_WORD),
        mismatch,
        bool(flags[first] & GLUED),
        _glued_role(paragraph, cue, first),
        shown_agreement(paragraph, cue, first, kind),
        is_joined(paragraph, cue),
        _neighbour(paragraph, first - 1, cue),
        _neighbour(paragraph, last, cue),
        cue.form.number,
        reading.complement,
    )
    return SpeakerCandidate(place, phrase, [part])
