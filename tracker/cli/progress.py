"""How far a run is, on stderr where that is a terminal; nowhere else is anything said."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

EVERY = 0.25
"""Seconds between two looks at the screen."""
PLAIN = frozenset((".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".jsonl", ".ndjson", ".csv", ".tsv", ".json"))
"""Files in which a character of text is about a byte of the file."""


class Progress:
    """Counts documents, failures and bytes; what remains is known where all inputs are files."""

    def __init__(
        self,
        draw: Callable[[Progress], None] | None = None,
        sizes: dict[str, int] | None = None,
        clear: Callable[[], None] = lambda: None,
    ) -> None:
        self.documents = self.failures = self.done_bytes = 0
        self.sizes = sizes or {}
        self.total_bytes = sum(self.sizes.values())
        self._draw = draw
        self._clear = clear
        self._partly: dict[str, int] = {}
        self._drawn = 0.0

    def on_document(self) -> None:
        """A document is stored, or was before, or failed."""
        self.documents += 1
        self._show()

    def on_failure(self) -> None:
        """An input could not be used; what is said of it next has a line of its own."""
        self.failures += 1
        self._clear()

    def on_text(self, path: str, chars: int) -> None:
        """So many characters of a file were read."""
        if Path(path).suffix.lower() not in PLAIN:
            return
        so_far = self._partly.get(path, 0)
        step = min(chars, self.sizes.get(path, 0) - so_far)
        self._partly[path] = so_far + step
        self.done_bytes += step
        self._show()

    def on_file(self, path: str) -> None:
        """A file was read to its end."""
        self.done_bytes += self.sizes.get(path, 0) - self._partly.pop(path, 0)
        self._show()

    def _show(self) -> None:
        moment = time.monotonic()
        if self._draw is not None and moment - self._drawn >= EVERY:
            self._drawn = moment
            self._draw(self)


@contextlib.contextmanager
def progress(paths: Sequence[str]) -> Iterator[Progress]:
    """Counts, and shows what it counts where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from tqdm import tqdm

    sizes = file_sizes(paths)
    known = sum(sizes.values()) if sizes else None
    with tqdm(
        total=known,
        unit="B" if known else " documents",
        unit_scale=bool(known),
        unit_divisor=1000,
        file=sys.stderr,
        leave=False,
        dynamic_ncols=True,
        bar_format=None
        if known is None
        else "{percentage:3.0f}%|{bar}| {n_fmt} of {total_fmt} [{elapsed}<{remaining}{postfix}]",
    ) as bar:
        started = time.monotonic()

        def draw(counts: Progress) -> None:
            rate = counts.documents / max(time.monotonic() - started, 1e-6)
            bar.n = counts.done_bytes if known else counts.documents
            told: list[Any] = [f"{counts.documents} documents", f"{rate:.0f}/s"] if known else []
            if counts.failures:
                told.append(f"{counts.failures} failed")
            bar.set_postfix_str(", ".join(told), refresh=False)
            bar.refresh()

        yield Progress(draw, sizes, bar.clear)


def file_sizes(paths: Sequence[str]) -> dict[str, int] | None:
    """The bytes of every file behind ``paths``; None where one of them is no file, so that nothing is known."""
    from tracker.read import list_inputs

    sizes: dict[str, int] = {}
    for path in list_inputs(paths):
        if not isinstance(path, str):
            continue
        try:
            found = Path(path)
            if not found.is_file():
                return None
            sizes[path] = found.stat().st_size
        except (OSError, ValueError):
            continue
    return sizes
