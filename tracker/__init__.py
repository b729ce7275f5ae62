"""Who said what in Arabic, Hebrew and English news: statements with speaker, date and source.

``tracker.extract(text)`` gives what was found in a text; the command line is ``tracker --help``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.pipeline import annotate as annotate
    from tracker.pipeline import extract as extract

__version__ = "0.1.0"
__all__ = ["annotate", "extract"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from tracker import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
