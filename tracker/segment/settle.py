"""What letters and words left open, settled by the page: short stretches inherit, long ones go to langdetect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.segment.doubt import KNOWN, UNDETERMINED, Detector
from tracker.segment.languages import Guesser
from tracker.segment.stretches import Stretch

_INHERITS = 8
"""Words below which a stretch without evidence takes the language the page has in its script."""
_FEW = 3
"""Words up to which letter sequences tell more than langdetect."""
_WORTH_ASKING = 12
"""Letters langdetect needs to be asked at all."""
_TRUSTED = 0.8


def page_languages(stretches: Sequence[Stretch]) -> dict[str, str]:
    """For each script the language most of its words on the page are in, as far as that is known."""
    words: dict[str, dict[str, int]] = {}
    for stretch in stretches:
        if stretch.lang is not None and stretch.script:
            found = words.setdefault(stretch.script, {})
            found[stretch.lang] = found.get(stretch.lang, 0) + stretch.words
    return {script: max(sorted(found), key=lambda lang: found[lang]) for script, found in words.items()}


def settle(
    stretch: Stretch, text: str, by_script: Mapping[str, str], guessers: Mapping[str, Guesser], detector: Detector
) -> Stretch:
    """``stretch`` with a language, ``und`` at worst; ``text`` is what it covers."""
    if stretch.lang is not None:
        return stretch
    inherited = by_script.get(stretch.script)
    if inherited is not None and stretch.words < _INHERITS:
        return stretch._replace(lang=inherited, confidence=0.5)
    guesser = guessers[stretch.script]
    if stretch.words <= _FEW:
        alone = guesser.guess_words(text)
        return stretch._replace(lang=alone.lang, confidence=alone.confidence)
    made = guesser.made_like_home(text, expected=inherited in guesser.home)
    if made is not None:
        return stretch._replace(lang=made, confidence=0.7)
    if (guesser.codes - guesser.home) & KNOWN and sum(char.isalpha() for char in text[:100]) >= _WORTH_ASKING:
        lang, probability = detector.detect(text)
        if probability >= _TRUSTED:
            found = lang if lang in guesser.codes else UNDETERMINED
            return stretch._replace(lang=found, confidence=round(0.8 * probability, 4))
    if inherited is not None:
        return stretch._replace(lang=inherited, confidence=0.4)
    weak = guesser.guess_words(text)
    return stretch._replace(lang=weak.lang, confidence=weak.confidence)
