"""A candidate content of a cue, and the stretch of text a cue may govern."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.features import Part
from tracker.attribution.tokens import Paragraph, Quotation, Sentence

TokenRange = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """One candidate content of one cue: token ranges in one paragraph, and the feature parts that speak for it."""

    complement: str
    content: list[TokenRange]
    parts: list[Part] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    gap: TokenRange = (0, 0)
    """Tokens between cue and content, where an inverted speaker stands."""
    skip_letters: int = 0
    """Letters of a glued complementiser at the start of the content."""
    end: str = ""
    """What the content ends at: sentence, comma, participle, …"""
    colon: bool = False


def clause(complement: str, first: int, last: int, gap: TokenRange, end: str) -> Reading:
    """A reading whose content is the clause of tokens ``first`` to ``last``."""
    return Reading(complement, [(first, last)], gap=gap, end=end)


def quoted(quotations: list[Quotation], gap: TokenRange, complement: str, *, colon: bool = False) -> Reading:
    """A reading whose content is what stands between quotation marks."""
    content = [(quotation.first, quotation.last) for quotation in quotations]
    return Reading(complement, content, quotations=list(quotations), gap=gap, end="mark", colon=colon)


Scope = Sentence
"""The stretch a cue may govern: its sentence, or the part of the quotation it stands in."""


def scope_of(paragraph: Paragraph, cue: CueMatch) -> Scope:
    """Sentence of the cue; inside a quotation the sentence within it."""
    sentence = paragraph.sentences[cue.sentence]
    if cue.quotation < 0:
        return sentence
    quotation = paragraph.quotations[cue.quotation]
    first, last = max(sentence.first, quotation.first), min(sentence.last, quotation.last)
    for token in range(cue.first - 1, first - 1, -1):
        if _inner_end(paragraph, token):
            first = token + 1
            break
    for token in range(cue.last, last):
        if _inner_end(paragraph, token):
            last = token + 1
            break
    return Scope(first, last)


_INNER_ENDS = frozenset((".", "!", "?", "…", "..", "..."))


def _inner_end(paragraph: Paragraph, token: int) -> bool:
    if paragraph.norms[token] not in _INNER_ENDS:
        return False
    following = token + 1
    if following >= len(paragraph):
        return True
    if paragraph.starts[following] == paragraph.ends[token] and paragraph.lexicon.cased:
        return False
    return not paragraph.lexicon.cased or paragraph.is_capitalised(following)
