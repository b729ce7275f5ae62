"""Candidate contents of according-to phrases and of clauses that only report (as X said)."""

from __future__ import annotations

from tracker.attribution.clauses import clause_ends, skip_asides
from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.lexicon import DOCUMENT, NORM
from tracker.attribution.phrases import phrase_after
from tracker.attribution.reading import Reading, Scope, clause
from tracker.attribution.tokens import Paragraph


def according_readings(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[Reading]:
    """All candidates for a phrase that tells where its sentence comes from; the sentence is the content."""
    norms = paragraph.norms
    found: list[Reading] = []
    phrase = None if cue.form.pronoun else phrase_after(paragraph, cue.last, scope.last)
    if phrase and paragraph.flags[phrase[0]] & NORM and not paragraph.flags[phrase[0]] & DOCUMENT:
        return found  # a law or an agreement says nothing to anybody
    behind = phrase[1] if phrase else cue.last
    if phrase and behind >= scope.last - 1 and cue.group_first - scope.first <= 2:
        # Nothing would be left to have been said: what looks like an apposition is the content.
        behind = next((token for token in range(*phrase) if norms[token] == ","), behind)
    comma = behind
    while comma < scope.last and comma - behind < 25 and norms[comma] not in (",", ":", "."):
        comma += 1
    before = cue.group_first
    for token in range(max(scope.first, before - 10), before):
        if cue.form.cue_class == "finite" and norms[token] in paragraph.lexicon.report_openers:
            before = token  # the clause that only reports begins there: …, as X said
            break
    while before > scope.first and norms[before - 1] in (",", "-", "("):
        before -= 1
    begin = skip_asides(paragraph, scope.first, before)
    gap = (cue.last, behind)
    leads = cue.group_first - scope.first <= 2 or norms[cue.group_first - 1] == ","
    # A phrase joined by "and" opens a clause of its own: what stands before it is not what it reports.
    reaches_back = before - begin >= 2 and not cue.form.clitic
    if comma < scope.last - 2 and norms[comma] in (",", ":"):
        for name, last in clause_ends(paragraph, comma + 1, cue, cues, number, scope):
            if last > comma + 1:
                found.append(clause("sentence-after", comma + 1, last, gap, name))
        if reaches_back:
            reading = clause("sentence-around", begin, before, gap, "sentence")
            reading.content.append((comma + 1, scope.last))
            found.append(reading)
    elif phrase and phrase[1] < scope.last - 2 and leads:
        found.append(clause("sentence-after-bare", phrase[1], scope.last, gap, "sentence"))
    elif cue.form.pronoun and cue.last < scope.last - 2:
        found.append(clause("sentence-after-bare", cue.last, scope.last, gap, "sentence"))
    if reaches_back:
        found.append(clause("sentence-before", begin, before, gap, "sentence"))
        found.extend(
            clause("sentence-before-clause", start, before, gap, "comma")
            for start in _clause_starts(paragraph, begin, before, cue)
        )
    for reading in found:
        reading.parts.append(
            ("according", reading.complement, leads, comma >= scope.last - 2, before != cue.group_first)
        )
    return found


def _clause_starts(paragraph: Paragraph, first: int, last: int, cue: CueMatch) -> list[int]:
    """First token of the last clause before ``last``: behind a comma followed by a new clause."""
    norms, inside = paragraph.norms, paragraph.inside
    for token in range(last - 3, first + 1, -1):
        if norms[token] in (",", ";") and inside[token] == cue.quotation:
            return [token + 1]
    return []
