"""Candidate contents behind a cue."""

from __future__ import annotations

from tracker.attribution.clauses import (
    after_fillers,
    behind_addressee,
    behind_glued,
    clauses,
    glued_preposition,
    next_verb,
    paragraph_end,
    places_of,
)
from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.lexicon import (
    COMPLEMENTISER,
    INFINITIVE,
    KEPT_COMPLEMENTISER,
    PERSON_WORD,
    PREPOSITION,
    SUBORDINATOR,
)
from tracker.attribution.phrases import is_glued_complementiser, is_oblique, phrase_after
from tracker.attribution.reading import Reading, Scope, TokenRange, clause, quoted
from tracker.attribution.tokens import Paragraph, quotation_at

MAX_GAP = 45
"""Tokens between a cue and what was said."""
_NO_START = frozenset((".", ":", ";", ")", ",", "-"))
MAX_FAR = 2
"""Words away from the cue that may begin with a complementiser, a relative clause more often."""
MAX_ADDRESSEE = 10
"""Words of whom something is asked, before the infinitive that says what."""


def right_readings(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[Reading]:
    """All candidates behind ``cue``, which is ``cues[number]``."""
    if cue.form.cue_class == "label":
        return _labelled(paragraph, cue, scope)
    limit = min(scope.last, cue.last + MAX_GAP)
    blocked = next_verb(cues, number, limit)
    subject = None
    if "after" in places_of(cue, paragraph):
        subject = phrase_after(paragraph, cue.last, min(limit, blocked, _complement_start(paragraph, cue, limit)))
        if subject is not None and is_oblique(paragraph, subject[0]):
            subject = None
    return [
        *_marked(paragraph, cue, cues, number, scope, subject, blocked),
        *_unmarked(paragraph, cue, cues, number, scope, subject),
    ]


def _complement_start(paragraph: Paragraph, cue: CueMatch, limit: int) -> int:
    """First token that begins with the preposition that ``cue`` takes, written as one with it; else ``limit``."""
    if "preposition" in cue.form.takes:
        for token in range(cue.last, limit):
            if glued_preposition(paragraph, token, cue):
                return token
    return limit


def _labelled(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> list[Reading]:
    """What a label before a colon leads to: a quotation, the sentence, the rest of the paragraph."""
    start, gap = cue.last, (cue.last, cue.last)
    if start >= scope.last or paragraph.norms[cue.first - 1] == '"':
        return []  # behind a quotation the colon leads to who said it, or to the story
    if (quotation := quotation_at(paragraph, start)) is not None:
        return [quoted([quotation], gap, "quote-after", colon=True)]
    found = [clause("colon", start, scope.last, gap, "sentence")]
    last = paragraph_end(paragraph, cue, scope)
    if last > scope.last:
        found.append(clause("colon", start, last, gap, "paragraph"))
    return found


def _marked(
    paragraph: Paragraph,
    cue: CueMatch,
    cues: list[CueMatch],
    number: int,
    scope: Scope,
    subject: TokenRange | None,
    blocked: int,
) -> list[Reading]:
    """Complements that a word or mark announces: a quotation, a colon, a complementiser, a preposition."""
    takes = cue.form.takes
    norms, flags = paragraph.norms, paragraph.flags
    found: list[Reading] = []
    start = cue.last
    limit = min(scope.last, start + MAX_GAP)
    token = start
    prepositional = "preposition" in takes
    far = 0
    while token < limit:
        norm, bits = norms[token], flags[token]
        if norm == '"' and cue.quotation < 0:
            quotation = quotation_at(paragraph, token)
            if quotation is not None:
                colon = token > start and norms[token - 1] == ":"
                found.append(quoted([quotation], (start, token), "quote-after", colon=colon))
                if quotation.words > 4 or colon:
                    break
                token = quotation.closes_at
                continue
        if norm == "'" and (quotation := quotation_at(paragraph, token)) is not None:
            found.append(quoted([quotation], (start, token), "quote-after"))
            break
        if norm == ":" and token + 1 < scope.last and norms[token + 1] not in ('"', "'"):
            if "colon" in takes or "quote" in takes:
                found.append(clause("colon", token + 1, scope.last, (start, token), "sentence"))
                last = paragraph_end(paragraph, cue, scope)
                if last > scope.last:
                    found.append(clause("colon", token + 1, last, (start, token), "paragraph"))
            break
        if token >= blocked:
            break
        if bits & SUBORDINATOR and bits & COMPLEMENTISER and norms[token - 1] not in cue.form.prepositions:
            token += 1  # before that, without that: no complement
            continue
        if bits & COMPLEMENTISER and "that" in takes:
            content = token if bits & KEPT_COMPLEMENTISER else token + 1
            found.extend(clauses("that", content, cue, cues, number, scope, (start, token), paragraph))
            break
        if "that" in takes and paragraph.lexicon.glued_complementisers and is_glued_complementiser(paragraph, token):
            beside = token <= start + 1 or (subject is not None and token == subject[1])
            if beside or far < MAX_FAR:
                skip, content = behind_glued(paragraph, token)
                name = "that" if beside else "that-far"
                complements = clauses(name, content, cue, cues, number, scope, (start, token), paragraph)
                for reading in complements:
                    reading.skip_letters = skip
                found.extend(complements)
                far += 1
            if beside:
                break
        if prepositional and bits & PREPOSITION and norm in cue.form.prepositions:
            content = token + 1
            if content < scope.last and flags[content] & COMPLEMENTISER and not flags[content] & KEPT_COMPLEMENTISER:
                content += 1
            found.extend(clauses("preposition", content, cue, cues, number, scope, (start, token), paragraph))
            if "that" not in takes:
                break
            prepositional = False
            token = content
            continue
        if bits & INFINITIVE and not paragraph.lexicon.cased and token > start:
            prepositional = False  # what a preposition leads to behind an infinitive belongs to that
        in_subject = subject is not None and subject[0] <= token < subject[1]
        if prepositional and not in_subject and (prefix := glued_preposition(paragraph, token, cue)):
            found.extend(clauses("preposition", token, cue, cues, number, scope, (start, token), paragraph))
            if prefix and token > start:
                break
            prepositional = False
        token += 1
        if norm in (";",):
            break
    return found


def _unmarked(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope, subject: TokenRange | None
) -> list[Reading]:
    """Complements that begin right behind the cue or its subject: an object, an infinitive, a bare clause."""
    takes = cue.form.takes
    norms, flags = paragraph.norms, paragraph.flags
    found: list[Reading] = []
    start = cue.last
    content = after_fillers(paragraph, start, scope.last)
    for complement in ("object", "infinitive", "bare"):
        if complement not in takes:
            continue
        if (
            subject is not None
            and complement != "bare"
            and paragraph.lexicon.pro_drop
            and content < subject[1]
            and norms[content] not in _NO_START
            and not flags[content] & COMPLEMENTISER
        ):
            # What looks like the subject may be the object of a verb without one.
            own = clauses(f"{complement}-own", content, cue, cues, number, scope, (start, content), paragraph)
            found.extend(_that_hold(paragraph, own, cue) if complement == "object" else own)
        begin = content
        if subject is not None and places_of(cue, paragraph)[0] == "after":
            begin = after_fillers(paragraph, subject[1], scope.last)
            if begin < scope.last and norms[begin] == ",":
                begin = after_fillers(paragraph, begin + 1, scope.last)
        elif complement != "object" and (cue.form.addressee or cue.form.cue.addressee_bare):
            begin = behind_addressee(paragraph, begin, scope, cue)
        if begin < scope.last and norms[begin] not in (".", ":", ";", ")") and not flags[begin] & COMPLEMENTISER:
            if norms[begin] in (",", "-"):
                continue
            if complement == "bare" and (norms[begin] == '"' or _is_only_speaker(paragraph, begin, cue, scope)):
                continue
            if complement == "infinitive" and not paragraph.lexicon.cased:
                verb = _infinitive_behind(paragraph, begin, scope)
                if verb > begin:
                    found.extend(clauses("infinitive-verb", verb, cue, cues, number, scope, (start, verb), paragraph))
            readings = clauses(complement, begin, cue, cues, number, scope, (start, begin), paragraph)
            found.extend(_that_hold(paragraph, readings, cue) if complement == "object" else readings)
    return found


def _is_only_speaker(paragraph: Paragraph, begin: int, cue: CueMatch, scope: Scope) -> bool:
    """Whether a clause before the cue's comma was said, and all that follows is by whom: …, said his lawyer, X."""
    before = cue.group_first - 1
    if before < scope.first or paragraph.norms[before] != ",":
        return False
    last = scope.last
    while last > begin and not paragraph.is_word(last - 1):
        last -= 1
    phrase = phrase_after(paragraph, begin, last)
    if phrase is None or phrase[1] != last:
        return False
    return paragraph.is_capitalised(last - 1) or bool(paragraph.flags[last - 1] & PERSON_WORD)


def _infinitive_behind(paragraph: Paragraph, begin: int, scope: Scope) -> int:
    """The infinitive behind whom it is asked of (קרא לממשלה להקפיא), or -1."""
    for token in range(begin, min(scope.last, begin + MAX_ADDRESSEE)):
        if paragraph.flags[token] & INFINITIVE:
            return token
        if not paragraph.is_word(token) and paragraph.norms[token] != '"':
            return -1
    return -1


def _that_hold(paragraph: Paragraph, readings: list[Reading], cue: CueMatch) -> list[Reading]:
    """The readings that hold one of the words without which the cue's object is no statement."""
    words = cue.form.within
    if not words:
        return readings
    return [reading for reading in readings if not words.isdisjoint(paragraph.norms[slice(*reading.content[0])])]
