"""negation.toml: the words that turn a proposition into its opposite, and those that leave it open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Negation:
    """negation.toml; forms may have several words and are compared folded.

    ``negators``   words that negate what follows (not, لم, לא)
    ``denials``    words by which a speaker rejects a proposition (denied, نفى, הכחיש)
    ``reversals``  words that say that something did not come about (refused, failed, فشل, נמנע)
    ``harmless``   phrases with a negator that negate nothing (not only, لا سيما, לא רק)
    ``hedges``     words that leave a proposition open (may, reportedly, ربما, ייתכן)
    """

    negators: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    reversals: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
