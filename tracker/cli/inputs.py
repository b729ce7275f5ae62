"""Paths of the command line to documents, with what could not be used said the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.config import Config
from tracker.records import Document
from tracker.store.ingestion import Unusable


def read_items(
    paths: Sequence[str], input_format: str, config: Config, *, columns: Mapping[str, str] | None = None
) -> Iterator[Document | Unusable]:
    """The documents behind ``paths``, and the inputs that could not be used, in order.

    ``columns`` are what the call says of the columns of tables; it wins over the settings.
    """
    from tracker.read import ReadFailure, read_inputs
    from tracker.read.pdf.document import PdfLimits

    inputs = read_inputs(
        paths,
        input_format=input_format,
        max_bytes=config.read.max_file_bytes,
        max_html_bytes=config.read.max_html_bytes,
        max_archive_bytes=config.read.max_archive_bytes,
        columns={**config.read.columns.given(), **(columns or {})},
        date_order=config.read.date_order,
        fetch=config.read.fetch,
        pdf=PdfLimits(config.read.max_pdf_pages, config.read.max_pdf_seconds),
    )
    for item in inputs:
        # A file name that is no UTF-8 reaches Python as half pairs, which neither a terminal nor SQLite takes.
        origin = item.origin.encode("utf-8", "backslashreplace").decode()
        if isinstance(item, ReadFailure):
            yield Unusable(origin, item.message)
        else:
            yield item if origin == item.origin else replace(item, origin=origin)


def read_documents(
    paths: Sequence[str],
    input_format: str,
    config: Config,
    *,
    on_failure: Callable[[str, str], None],
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document]:
    """The documents behind ``paths``; ``on_failure`` gets origin and message of each input that could not be used."""
    for item in read_items(paths, input_format, config, columns=columns):
        if isinstance(item, Unusable):
            on_failure(item.origin, item.message)
        else:
            yield item
