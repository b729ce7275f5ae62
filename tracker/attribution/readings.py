"""Candidate contents of a cue: where what was said may stand, and the features that speak for each candidate.

Each complement a cue takes proposes at most a few candidates; ``scoring`` weighs them against each other and against
"this is no statement". Features are readable names with a value, the same in every language.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.lexicon import (
    ADJUNCT,
    AUXILIARY,
    COMPLEMENTISER,
    COORDINATOR,
    DATE,
    DETERMINER,
    FILLER,
    INFINITIVE,
    KEPT_COMPLEMENTISER,
    NEGATOR,
    PERSON_WORD,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SOURCE_WORD,
    SUBORDINATOR,
    VERB,
)
from tracker.attribution.phrases import is_glued_complementiser, phrase_after, phrase_before
from tracker.attribution.tokens import Paragraph, Quotation

MAX_GAP = 45
"""Tokens between a cue and what was said."""
SHORT_QUOTATION = 3

TokenRange = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """One candidate content of one cue: token ranges in one paragraph, and its features."""

    complement: str
    content: list[TokenRange]
    features: dict[str, float]
    quotations: list[Quotation] = field(default_factory=list)
    gap: TokenRange = (0, 0)
    """Tokens between cue and content, where an inverted speaker stands."""
    skip_letters: int = 0
    """Letters of a glued complementiser at the start of the content."""
    end: str = ""


@dataclass(slots=True)
class Scope:
    """The stretch a cue may govern: its sentence, or the part of the quotation it stands in."""

    first: int
    last: int


def scope_of(paragraph: Paragraph, cue: CueMatch) -> Scope:
    """Sentence of the cue; inside a quotation the sentence within it."""
    sentence = paragraph.sentences[cue.sentence]
    first, last = sentence.first, sentence.last
    if cue.quotation >= 0:
        quotation = paragraph.quotations[cue.quotation]
        first, last = max(first, quotation.first), min(last, quotation.last)
        for token in range(cue.first - 1, first - 1, -1):
            if _inner_end(paragraph, token):
                first = token + 1
                break
        for token in range(cue.last, last):
            if _inner_end(paragraph, token):
                last = token + 1
                break
    return Scope(first, last)


def _inner_end(paragraph: Paragraph, token: int) -> bool:
    norm = paragraph.norms[token]
    if norm not in (".", "!", "?", "…", "..", "..."):
        return False
    following = token + 1
    if following >= len(paragraph):
        return True
    if paragraph.starts[following] == paragraph.ends[token] and paragraph.lexicon.cased:
        return False
    return not paragraph.lexicon.cased or paragraph.is_capitalised(following)


def readings_of(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int
) -> list[Reading]:
    """All candidate contents of ``cue``, which is ``cues[number]``."""
    scope = scope_of(paragraph, cue)
    takes = cue.form.cue.takes
    found: list[Reading] = []
    if cue.form.cue_class == "preposition" or "sentence" in takes or _reports(paragraph, cue, scope):
        found.extend(_sentence_readings(paragraph, cue, cues, number, scope))
    found.extend(_right_readings(paragraph, cue, cues, number, scope))
    found.extend(_left_readings(paragraph, cue, cues, number, scope))
    common = _cue_features(paragraph, cue, scope)
    for reading in found:
        _content_features(paragraph, cue, reading)
        reading.features.update(common)
        reading.features[f"class={cue.form.cue_class}&{reading.complement}"] = 1.0
    return found


def _reports(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> bool:
    """Whether the cue stands in a clause that only tells where the sentence comes from: As X reported, …"""
    if cue.form.cue_class != "finite" or "that" not in cue.form.cue.takes:
        return False
    openers = paragraph.lexicon.report_openers
    return any(
        paragraph.norms[token] in openers for token in range(max(scope.first, cue.group_first - 10), cue.group_first)
    )


# ------------------------------------------------------------------ to the right of the cue


def _right_readings(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[Reading]:
    takes = cue.form.cue.takes
    norms, flags = paragraph.norms, paragraph.flags
    found: list[Reading] = []
    start = cue.last
    limit = min(scope.last, start + MAX_GAP)
    blocked = _next_verb(cues, number, limit)
    prepositions = cue.form.cue.prepositions
    subject = phrase_after(paragraph, start, min(limit, blocked)) if "after" in places_of(cue, paragraph) else None
    token = start
    crossed = 0
    while token < limit:
        norm, bits = norms[token], flags[token]
        if norm == '"' and cue.quotation < 0:
            quotation = quotation_at(paragraph, token)
            if quotation is not None:
                colon = token > start and norms[token - 1] == ":"
                found.append(_quoted(paragraph, cue, [quotation], (start, token), "quote-after", colon))
                if quotation.words > 4 or colon:
                    break
                token = quotation.closes_at
                continue
        if norm == "'" and (quotation := quotation_at(paragraph, token)) is not None:
            found.append(_quoted(paragraph, cue, [quotation], (start, token), "quote-after", False))
            break
        if norm == ":" and token + 1 < scope.last and norms[token + 1] not in ('"', "'"):
            if "colon" in takes or "quote" in takes:
                found.append(_clause("colon", token + 1, scope.last, (start, token), "sentence"))
                last = _paragraph_end(paragraph, cue, scope)
                if last > scope.last:
                    found.append(_clause("colon", token + 1, last, (start, token), "paragraph"))
            break
        if token >= blocked and crossed == 0:
            break
        if bits & COMPLEMENTISER and "that" in takes:
            content = token if bits & KEPT_COMPLEMENTISER else token + 1
            found.extend(_clauses("that", content, cue, cues, number, scope, (start, token), paragraph))
            break
        if (
            "that" in takes
            and paragraph.lexicon.glued_complementisers
            and (token == start or (subject and token == subject[1]) or (token == start + 1))
            and is_glued_complementiser(paragraph, token)
        ):
            skip, content = _glued(paragraph, token)
            clauses = _clauses("that", content, cue, cues, number, scope, (start, token), paragraph)
            for reading in clauses:
                reading.skip_letters = skip
            found.extend(clauses)
            break
        if "preposition" in takes and bits & PREPOSITION and norm in _folded(prepositions):
            content = token + 1
            if content < scope.last and flags[content] & COMPLEMENTISER and not flags[content] & KEPT_COMPLEMENTISER:
                content += 1
            found.extend(_clauses("preposition", content, cue, cues, number, scope, (start, token), paragraph))
            if "that" not in takes:
                break
            token = content
            continue
        if "preposition" in takes and (prefix := _glued_preposition(paragraph, token, cue)):
            found.extend(_clauses("preposition", token, cue, cues, number, scope, (start, token), paragraph))
            if prefix and token > start:
                break
        token += 1
        if norm in (";",):
            break
    content = _after_fillers(paragraph, start, scope.last)
    for complement in ("object", "infinitive", "bare"):
        if complement not in takes:
            continue
        begin = content
        if subject is not None and places_of(cue, paragraph)[0] == "after":
            begin = _after_fillers(paragraph, subject[1], scope.last)
            if begin < scope.last and norms[begin] == ",":
                begin = _after_fillers(paragraph, begin + 1, scope.last)
        elif complement != "object" and cue.form.cue.addressee:
            begin = _behind_addressee(paragraph, begin, scope, cue)
        if begin < scope.last and norms[begin] not in (".", ":", ";", ")") and not flags[begin] & COMPLEMENTISER:
            if norms[begin] in (",", "-") :
                continue
            if norms[begin] == '"' and complement == "bare":
                continue
            found.extend(_clauses(complement, begin, cue, cues, number, scope, (start, begin), paragraph))
    return found


def places_of(cue: CueMatch, paragraph: Paragraph) -> tuple[str, ...]:
    """Where the speaker of this cue may stand, most usual first."""
    if cue.form.cue.places and cue.form.cue_class not in ("participle",):
        return cue.form.cue.places
    if cue.form.cue_class == "finite":
        return paragraph.lexicon.default_order
    if cue.form.cue_class == "preposition":
        return ("none",) if cue.form.pronoun else ("after",)
    if cue.form.cue_class == "noun":
        return ("none",) if cue.form.pronoun else ("possessor",)
    if cue.form.cue_class == "infinitive":
        return ("before",)
    return ("none",)


def quotation_at(paragraph: Paragraph, token: int) -> Quotation | None:
    """The quotation whose opening mark is at ``token``."""
    for quotation in paragraph.quotations:
        if quotation.opens_at == token and quotation.first == token + 1:
            return quotation
    return None


def _next_verb(cues: list[CueMatch], number: int, limit: int) -> int:
    for other in cues[number + 1 :]:
        if other.first >= limit:
            break
        if other.form.cue_class in ("finite", "passive", "participle") and other.form.cue.prior >= 0.3:
            return other.first
    return limit


def _after_fillers(paragraph: Paragraph, token: int, limit: int) -> int:
    flags = paragraph.flags
    while token < limit and flags[token] & (FILLER | DATE) and not flags[token] & (COMPLEMENTISER | SOURCE_WORD):
        token += 1
    return token


def _behind_addressee(paragraph: Paragraph, token: int, scope: Scope, cue: CueMatch) -> int:
    """One past whom it was said to: told reporters on Monday | the plan …"""
    norms = paragraph.norms
    if token < scope.last and norms[token] in _folded(cue.form.cue.addressee):
        token += 1
    phrase = phrase_after(paragraph, token, min(scope.last, token + 12))
    return _after_fillers(paragraph, phrase[1], scope.last) if phrase else token


_FOLDED: dict[tuple[str, ...], frozenset[str]] = {}


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    known = _FOLDED.get(words)
    if known is None:
        from tracker.text import fold

        known = _FOLDED[words] = frozenset(fold(word) for word in words)
    return known


def _glued_preposition(paragraph: Paragraph, token: int, cue: CueMatch) -> str:
    """The preposition of the cue that is written as one with the word at ``token``, or nothing."""
    proclitics = paragraph.lexicon.proclitics
    if not proclitics or paragraph.flags[token] & (COMPLEMENTISER | PREPOSITION | ADJUNCT):
        return ""
    norm = paragraph.norms[token]
    for preposition in _folded(cue.form.cue.prepositions):
        if preposition in proclitics and norm.startswith(preposition) and len(norm) - len(preposition) >= 2:
            return preposition
    return ""


def _glued(paragraph: Paragraph, token: int) -> tuple[int, int]:
    """Letters to skip and first content token behind a glued complementiser at ``token``."""
    norm = paragraph.norms[token]
    for form in paragraph.lexicon.glued_complementisers:
        if norm.startswith(form):
            if norm.rstrip("-") == form:
                return 0, token + 1
            return len(form), token
    return 0, token


def _paragraph_end(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> int:
    if cue.quotation >= 0:
        return scope.last
    return len(paragraph)


def _clause(complement: str, first: int, last: int, gap: TokenRange, end: str) -> Reading:
    return Reading(complement, [(first, last)], {}, gap=gap, end=end)


def _clauses(
    complement: str,
    first: int,
    cue: CueMatch,
    cues: list[CueMatch],
    number: int,
    scope: Scope,
    gap: TokenRange,
    paragraph: Paragraph,
) -> list[Reading]:
    """The clause from ``first`` to each place where it may end."""
    return [
        _clause(complement, first, last, gap, name)
        for name, last in clause_ends(paragraph, first, cue, cues, number, scope)
        if last > first
    ]


def clause_ends(
    paragraph: Paragraph, first: int, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[tuple[str, int]]:
    """Where a content that begins at ``first`` may end: the sentence, the next cue, a comma that opens a clause."""
    norms, flags = paragraph.norms, paragraph.flags
    ends: list[tuple[str, int]] = [("sentence", scope.last)]
    for other in cues[number + 1 :]:
        if other.first >= scope.last:
            break
        if other.first <= first or other.quotation != cue.quotation:
            continue
        before = other.group_first - 1
        while before > first and flags[before] & (COORDINATOR | FILLER | RELATIVE):
            before -= 1
        at_comma = norms[before] in (",", ";", "-")
        joined = other.start_offset > 0 or bool(flags[other.group_first - 1] & COORDINATOR)
        if other.form.cue_class == "participle" and (at_comma or not paragraph.lexicon.cased):
            ends.append(("participle", other.group_first))
        elif other.form.cue_class == "preposition" and at_comma:
            ends.append(("according", other.group_first))
        elif other.form.cue_class == "preposition":
            ends.append(("according-bare", other.group_first))
        elif other.form.cue_class == "finite" and (at_comma or joined):
            ends.append(("cue-comma" if at_comma and not joined else "cue-joined", other.group_first))
        if len(ends) >= 4:
            break
    inside = paragraph.inside
    for token in range(first + 2, scope.last - 2):
        if inside[token] != cue.quotation and inside[token] >= 0:
            continue
        if norms[token] == "," and token + 1 < scope.last:
            following = flags[token + 1]
            if following & SUBORDINATOR:
                ends.append(("subordinator", token))
                break
    for token in range(first + 2, scope.last - 1):
        if flags[token] & SUBORDINATOR and norms[token - 1] != "," and inside[token] == cue.quotation:
            ends.append(("subordinator-bare", token))
            break
    if "object" in cue.form.cue.takes or "preposition" in cue.form.cue.takes or "bare" in cue.form.cue.takes:
        for token in range(first + 1, scope.last - 1):
            if norms[token] == "," and inside[token] == cue.quotation:
                ends.append(("comma", token))
                break
    return ends


# ------------------------------------------------------------------ quotations


def _quoted(
    paragraph: Paragraph, cue: CueMatch, quotations: list[Quotation], gap: TokenRange, complement: str, colon: bool
) -> Reading:
    reading = Reading(
        complement, [(quotation.first, quotation.last) for quotation in quotations], {}, list(quotations), gap, end="mark"
    )
    if colon:
        reading.features["quotation.colon"] = 1.0
    return reading


# ------------------------------------------------------------------ to the left of the cue


def _left_readings(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[Reading]:
    takes = cue.form.cue.takes
    norms = paragraph.norms
    found: list[Reading] = []
    if cue.form.cue_class in ("noun",) and "inverted" not in takes:
        return found
    if cue.quotation < 0 and ("quote" in takes or "inverted" in takes):
        quotation = _quotation_before(paragraph, cue)
        if quotation is not None:
            gap = (quotation.closes_at, cue.group_first)
            found.append(_quoted(paragraph, cue, [quotation], gap, "quote-before", False))
            second = _quotation_behind(paragraph, cue)
            if second is not None:
                reading = _quoted(paragraph, cue, [quotation, second], gap, "quote-split", False)
                found.append(reading)
    if "inverted" in takes and cue.form.cue_class in ("finite", "passive"):
        comma = _comma_before(paragraph, cue, scope)
        if comma > scope.first:
            first = skip_asides(paragraph, scope.first, comma)
            if comma - first >= 2:
                gap = (comma + 1, cue.group_first)
                found.append(_clause("inverted", first, comma, gap, "comma"))
                resume = _resumed(paragraph, cue, scope)
                if resume is not None:
                    reading = _clause("inverted-split", first, comma, gap, "comma")
                    reading.content.append((resume, scope.last))
                    found.append(reading)
    return found


def _quotation_before(paragraph: Paragraph, cue: CueMatch) -> Quotation | None:
    """The quotation that ends before the cue with nothing but the speaker's phrase between."""
    norms, flags = paragraph.norms, paragraph.flags
    token = cue.group_first - 1
    steps = 0
    while token >= 0 and steps < 30:
        if norms[token] in ('"', "'"):
            for quotation in paragraph.quotations:
                if quotation.closes_at == token + 1 and quotation.closed:
                    if quotation.words <= 2 and steps and norms[token - 1] not in (",", ".", "?", "!", "…"):
                        break  # a name in marks inside the speaker's phrase
                    return quotation
            else:
                return None
            token = quotation.opens_at - 1
            steps += 1
            continue
        if norms[token] in (":", ";", "?", "!", ".") or flags[token] & COMPLEMENTISER:
            return None
        token -= 1
        steps += 1
    return None


def _quotation_behind(paragraph: Paragraph, cue: CueMatch) -> Quotation | None:
    """The quotation that goes on behind the cue: "A," said X. "B"."""
    norms = paragraph.norms
    token = cue.last
    steps = 0
    while token < len(norms) and steps < 40:
        if norms[token] in ('"', "'"):
            quotation = quotation_at(paragraph, token)
            if quotation is not None and (quotation.words > SHORT_QUOTATION or norms[token - 1] in (",", ".", ":")):
                return quotation
            if quotation is None:
                return None
            token = quotation.closes_at
            continue
        if paragraph.sentence_of[token] > cue.sentence + 1:
            return None
        if paragraph.sentence_of[token] == cue.sentence + 1:
            return None
        token += 1
        steps += 1
    return None


def _comma_before(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> int:
    """The comma that sets the clause before off from the cue and its speaker, or -1."""
    norms, inside = paragraph.norms, paragraph.inside
    for token in range(cue.group_first - 1, max(scope.first, cue.group_first - 24), -1):
        if inside[token] != cue.quotation:
            continue
        if norms[token] in (",", "-") and paragraph.starts[token] >= paragraph.ends[token - 1]:
            return token
        if norms[token] in (":", ";") or paragraph.flags[token] & COMPLEMENTISER:
            return -1
    return -1


def _resumed(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> int | None:
    """First token of a clause that goes on behind the cue's comma: The plan, he said, will fail."""
    norms = paragraph.norms
    for token in range(cue.last, min(scope.last - 2, cue.last + 14)):
        if norms[token] == ",":
            return token + 1
    return None


def skip_asides(paragraph: Paragraph, first: int, limit: int) -> int:
    """First token behind a coordinator or an opening aside (in turn, من جهته) with its comma."""
    norms, flags = paragraph.norms, paragraph.flags
    while first < limit and norms[first] in ("-", "*", "'", "•"):
        first += 1
    for rest in paragraph.lexicon.asides.get(norms[first], ()) if first < limit else ():
        if tuple(norms[first + 1 : first + 1 + len(rest)]) == rest:
            first += 1 + len(rest)
            if first < limit and norms[first] == ",":
                first += 1
            break
    if first < limit and flags[first] & COORDINATOR:
        first += 1
    return first


# ------------------------------------------------------------------ according to X


def _sentence_readings(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[Reading]:
    norms = paragraph.norms
    found: list[Reading] = []
    phrase = None if cue.form.pronoun else phrase_after(paragraph, cue.last, scope.last)
    behind = phrase[1] if phrase else cue.last
    comma = behind
    while comma < scope.last and comma - behind < 25 and norms[comma] not in (",", ":", "."):
        comma += 1
    before = cue.group_first
    while before > scope.first and norms[before - 1] in (",", "-", "("):
        before -= 1
    begin = skip_asides(paragraph, scope.first, before)
    gap = (cue.last, behind)
    leads = cue.group_first - scope.first <= 2 or norms[cue.group_first - 1] == ","
    if comma < scope.last - 2 and norms[comma] in (",", ":"):
        for name, last in clause_ends(paragraph, comma + 1, cue, cues, number, scope):
            if last > comma + 1:
                found.append(_clause("sentence-after", comma + 1, last, gap, name))
        if before - begin >= 2:
            reading = _clause("sentence-around", begin, before, gap, "sentence")
            reading.content.append((comma + 1, scope.last))
            found.append(reading)
    elif phrase and phrase[1] < scope.last - 2 and leads:
        found.append(_clause("sentence-after-bare", phrase[1], scope.last, gap, "sentence"))
    elif cue.form.pronoun and cue.last < scope.last - 2:
        found.append(_clause("sentence-after-bare", cue.last, scope.last, gap, "sentence"))
    if before - begin >= 2:
        found.append(_clause("sentence-before", begin, before, gap, "sentence"))
        starts = _clause_starts(paragraph, begin, before, cue)
        for start in starts:
            found.append(_clause("sentence-before-clause", start, before, gap, "comma"))
    for reading in found:
        if leads:
            reading.features["according.leads"] = 1.0
        if comma >= scope.last - 2:
            reading.features[f"according.trails&{reading.complement}"] = 1.0
        if before != cue.group_first:
            reading.features[f"according.comma&{reading.complement}"] = 1.0
    return found


def _clause_starts(paragraph: Paragraph, first: int, last: int, cue: CueMatch) -> list[int]:
    """First token of the last clause before ``last``: behind a comma followed by a new clause."""
    norms, inside = paragraph.norms, paragraph.inside
    for token in range(last - 3, first + 1, -1):
        if norms[token] in (",", ";") and inside[token] == cue.quotation:
            return [token + 1]
    return []


# ------------------------------------------------------------------ features


def _bucket(count: int, bounds: tuple[int, ...]) -> str:
    for bound in bounds:
        if count <= bound:
            return f"<={bound}"
    return f">{bounds[-1]}"


def _cue_features(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> dict[str, float]:
    """What is known from the cue and its left side alone."""
    form = cue.form
    flags, norms = paragraph.flags, paragraph.norms
    features = {"prior": _logit(form.cue.prior), f"act={form.cue.act}": 1.0, f"class={form.cue_class}": 1.0, "bias": 1.0}
    if cue.negated:
        features["cue.negated"] = 1.0
    if cue.auxiliary:
        features["cue.auxiliary"] = 1.0
    if cue.infinitive:
        features["cue.infinitive"] = 1.0
    if cue.relative:
        features["cue.relative"] = 1.0
    if cue.quotation >= 0:
        features["cue.in-quotation"] = 1.0
    if paragraph.block == "headline":
        features["cue.in-headline"] = 1.0
    if form.clitic:
        features["cue.conjunction"] = 1.0
    if form.pronoun:
        features["cue.pronoun"] = 1.0
    if cue.group_first == scope.first:
        features["left=start"] = 1.0
    else:
        features["left=" + _word_kind(paragraph, cue.group_first - 1)] = 1.0
    if cue.last < scope.last:
        features["right=" + _word_kind(paragraph, cue.last)] = 1.0
    else:
        features["right=end"] = 1.0
    if flags[scope.first] & SUBORDINATOR or norms[scope.first] in ("if",):
        features["sentence.subordinate"] = 1.0
    if norms[scope.last - 1] == "?":
        features["sentence.question"] = 1.0
    return features


def _word_kind(paragraph: Paragraph, token: int) -> str:
    bits = paragraph.flags[token]
    for bit, name in _KINDS:
        if bits & bit:
            return name
    norm = paragraph.norms[token]
    if not paragraph.is_word(token):
        return norm if norm in (",", ":", '"', ".", "-", ";", "(", ")") else "mark"
    if paragraph.lexicon.cased and paragraph.is_capitalised(token):
        return "capital"
    if norm[0].isdigit():
        return "number"
    return "word"


_KINDS = (
    (COMPLEMENTISER, "complementiser"),
    (PRONOUN, "pronoun"),
    (PERSON_WORD, "title"),
    (SOURCE_WORD, "source"),
    (AUXILIARY, "auxiliary"),
    (NEGATOR, "negator"),
    (INFINITIVE, "infinitive"),
    (DETERMINER, "determiner"),
    (COORDINATOR, "coordinator"),
    (SUBORDINATOR, "subordinator"),
    (RELATIVE, "relative"),
    (PREPOSITION, "preposition"),
    (ADJUNCT, "adjunct"),
    (DATE, "date"),
    (FILLER, "filler"),
    (VERB, "verb"),
)


def _logit(probability: float) -> float:
    import math

    probability = min(max(probability, 0.02), 0.98)
    return math.log(probability / (1 - probability))


def _content_features(paragraph: Paragraph, cue: CueMatch, reading: Reading) -> None:
    features = reading.features
    complement = reading.complement
    flags, norms = paragraph.flags, paragraph.norms
    features[f"complement={complement}"] = 1.0
    if reading.end:
        features[f"end={reading.end}&{complement}"] = 1.0
        features[f"end={reading.end}"] = 1.0
    words = sum(last - first for first, last in reading.content)
    features[f"length{_bucket(words, (1, 2, 4, 8, 16, 32, 64))}"] = 1.0
    gap = reading.gap[1] - reading.gap[0]
    features[f"gap{_bucket(gap, (0, 1, 3, 6, 10, 20))}&{'quote' if reading.quotations else complement}"] = 1.0
    features[f"act={cue.form.cue.act}&{complement}"] = 1.0
    kinds = 0
    for token in range(*reading.gap):
        kinds |= flags[token]
    if kinds & VERB:
        features["gap.verb"] = 1.0
    if kinds & COMPLEMENTISER:
        features["gap.complementiser"] = 1.0
    if any(norms[token] == "," for token in range(*reading.gap)):
        features[f"gap.comma&{complement}"] = 1.0
    if reading.quotations:
        quotation = reading.quotations[0]
        features[f"quotation{_bucket(quotation.words, (1, 2, 3, 5, 10, 20))}"] = 1.0
        if not quotation.closed:
            features["quotation.unclosed"] = 1.0
        if quotation.last > quotation.first and norms[quotation.last - 1] in (",", ".", "!", "?"):
            features["quotation.ends-in-mark"] = 1.0
        if paragraph.lexicon.cased and paragraph.is_capitalised(quotation.first):
            features["quotation.capital"] = 1.0
        if gap == 0:
            features["quotation.beside"] = 1.0
        if complement == "quote-after" and reading.gap[1] > reading.gap[0]:
            features["gap.last=" + _word_kind(paragraph, reading.gap[1] - 1)] = 1.0
        if complement.startswith("quote-before") and norms[reading.gap[0] : reading.gap[0] + 1] == [","]:
            features["quotation.comma-behind"] = 1.0
        if "quote" not in cue.form.cue.takes:
            features["quotation.untaken"] = 1.0
    else:
        first = reading.content[0][0]
        features[f"first={_word_kind(paragraph, first)}&{complement}"] = 1.0
        if gap:
            features[f"gap.first={_word_kind(paragraph, reading.gap[0])}&{complement}"] = 1.0


def subject_before(paragraph: Paragraph, cue: CueMatch, floor: int) -> TokenRange | None:
    """The noun phrase right before the cue's verb group."""
    return phrase_before(paragraph, cue.group_first, floor)
