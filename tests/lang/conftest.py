"""What the tests of several languages ask of their cues."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tracker.attribution.lexicon import inflected_forms
from tracker.lang import load_pack
from tracker.text import fold


@cache
def classes_of(code: str) -> dict[str, set[str]]:
    """Folded form of a cue of language ``code`` -> the classes it may be of."""
    pack = load_pack(code)
    table: dict[str, set[str]] = {}
    for cue in pack.cues.cue:
        for form, cue_class, _ in inflected_forms(cue, pack):
            table.setdefault(fold(form), set()).add(cue_class)
    return table


@pytest.fixture
def cue_classes() -> Callable[[str], dict[str, set[str]]]:
    """The function ``classes_of``."""
    return classes_of
