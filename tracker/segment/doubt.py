"""langdetect, for stretches that letters and frequent words leave in doubt: seeded, so the answer never changes.

It is slow (milliseconds a call, and half a second to load), so it is not imported before it is needed, at most
``_LONGEST`` characters are shown to it, and answers are remembered.
"""

from __future__ import annotations

from functools import lru_cache

UNDETERMINED = "und"
_LONGEST = 300
_CODES = (
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr "
    "nb ne nl pa pl pt ro ru sk sl so sq sv sw ta te th tl tr uk ur vi zh"
)
KNOWN = frozenset(_CODES.split())
"""Languages langdetect tells apart."""
_QUESTIONS = 60
"""Times langdetect is asked about one page, so that a page without end does not take time without end."""
_RENAMED = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh", "iw": "he"}


class Detector:
    """langdetect for one page, which may be asked ``_QUESTIONS`` times; then it does not know any more."""

    def __init__(self) -> None:
        self._left = _QUESTIONS

    def detect(self, text: str) -> tuple[str, float]:
        """As the function ``detect``."""
        if self._left == 0:
            return UNDETERMINED, 0.0
        self._left -= 1
        return detect(text[:_LONGEST])


@lru_cache(maxsize=1024)
def detect(text: str) -> tuple[str, float]:
    """The language langdetect gives for ``text`` and its probability; ``("und", 0.0)`` where it cannot tell."""
    from langdetect import DetectorFactory, detect_langs
    from langdetect.lang_detect_exception import LangDetectException

    DetectorFactory.seed = 0
    try:
        found = detect_langs(text)
    except LangDetectException:
        return UNDETERMINED, 0.0
    if not found:
        return UNDETERMINED, 0.0
    return _RENAMED.get(found[0].lang, found[0].lang), float(found[0].prob)
