"""Paths to units of work, with what could not be used said the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tracker.config import Config
from tracker.store.units import PageFile, Unit, Unusable, clean_origin, read_path

PAGE_FORMATS = ("html", "text")
"""Files of these formats, by their names, are one page each."""


def read_units(
    paths: Iterable[str],
    input_format: str,
    config: Config,
    *,
    on_file: Callable[[str], None] = lambda path: None,
    on_text: Callable[[str, int], None] = lambda path, chars: None,
) -> Iterator[Unit | Unusable]:
    """What is behind ``paths``, in order: files of one page still to be read, all else as documents.

    ``on_file`` is called with each file (or other input) when it is done with, ``on_text`` with the length of each
    document that was read from one.
    """
    from tracker.read import ReadFailure, list_inputs
    from tracker.read.addresses import is_address

    fetcher: Fetcher | None = None
    for path in list_inputs(paths):
        if isinstance(path, ReadFailure):
            yield Unusable(clean_origin(path.origin), path.message)
            continue
        page = _page_file(path, input_format, config)
        if page is not None:
            yield page
            on_file(path)
            continue
        if fetcher is None and is_address(path):
            from tracker.read.fetch import Fetcher

            fetcher = Fetcher(config.read.fetch)
        for item in read_path(path, input_format, config, fetcher=fetcher):
            if not isinstance(item, Unusable):
                on_text(path, len(item.text))
            yield item
        on_file(path)


def _page_file(path: str, input_format: str, config: Config) -> PageFile | None:
    """The file where it is one page, which any process may read; None where it has to be read here."""
    from tracker.read.formats import ARCHIVE_MAGIC, named_format
    from tracker.read.identity import document_id

    suffix = Path(path).suffix.lower()
    if (named_format(suffix) if input_format == "auto" else input_format) not in PAGE_FORMATS:
        return None

    try:
        with Path(path).open("rb") as stream:
            data = stream.read(config.read.max_file_bytes + 1)
    except (OSError, ValueError):  # the reader says what is wrong with it
        return None
    if not data or len(data) > config.read.max_file_bytes or data.startswith(ARCHIVE_MAGIC):
        return None
    read_as = f"{input_format} {suffix}" if input_format == "auto" else input_format
    return PageFile(path, clean_origin(path), input_format, document_id(data), read_as, len(data))
