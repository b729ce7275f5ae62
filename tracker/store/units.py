"""What a run works on, one at a time: a document that was read, or a file that is one page and still to be read.

Files are read where they are searched, in whichever process that is: taking a page's markup apart costs as much as
finding what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from tracker.config import Config
from tracker.records import Annotations, Document
from tracker.store.extraction import entities_of
from tracker.store.rows import DocumentRows, document_row, make_rows

if TYPE_CHECKING:
    from tracker.read.fetch import Fetcher

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Unusable:
    """An input that could not be used, and why, in one line."""

    origin: str
    message: str


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that holds one page.

    ``document_id`` is the id its document will have, ``read_as`` the way of reading it: what is stored under both need
    not be read. ``path`` may hold bytes that are no text, as file names do; ``origin`` is fit to be stored.
    """

    path: str
    origin: str
    input_format: str
    document_id: str
    read_as: str
    size: int


Unit = Document | PageFile


def size_of(unit: Unit) -> int:
    """About how many characters there are to read."""
    return unit.size if isinstance(unit, PageFile) else len(unit.text)


def annotations_of(unit: Unit, config: Config) -> list[Annotations | Unusable]:
    """All that is found in a unit: one result, or more where a file turns out to hold several documents."""
    return _each(unit, config, lambda found: found)


def rows_of(unit: Unit, config: Config) -> list[DocumentRows | Unusable]:
    """The rows of a unit, as ``annotations_of``."""
    read_as = unit.read_as if isinstance(unit, PageFile) else None
    return _each(unit, config, lambda found: make_rows(found, read_as=read_as))


def fit_to_store(document: Document) -> Document | Unusable:
    """``document`` with an origin that can be stored, or why it cannot be stored at all."""
    origin = clean_origin(document.origin)
    if origin != document.origin:
        document = replace(document, origin=origin)
    try:
        "".join(value for value in document_row(document) if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        return Unusable(origin, "holds half a surrogate pair, which no valid text does; mend its encoding")
    return document


def clean_origin(origin: str) -> str:
    """``origin`` as text: a file name that is no UTF-8 has half pairs in it, which SQLite and terminals refuse."""
    return origin.encode("utf-8", "backslashreplace").decode()


def _each(unit: Unit, config: Config, make: Callable[[Annotations], Found]) -> list[Found | Unusable]:
    from tracker.pipeline import annotate  # here: programs that only read the store never need it

    results: list[Found | Unusable] = []
    try:
        for item in _documents(unit, config):
            document = item if isinstance(item, Unusable) else fit_to_store(item)
            if isinstance(document, Unusable):
                results.append(document)
                continue
            langs = config.languages
            entities = entities_of(document, langs, config.pipelines, config.models)
            results.append(make(annotate(document, langs=langs, entities=entities)))
    except MemoryError:
        return [Unusable(clean_origin(unit.origin), "needs more memory than there is; split it, or give it more")]
    return results


def read_path(
    path: str, input_format: str, config: Config, *, fetcher: Fetcher | None = None
) -> Iterator[Document | Unusable]:
    """What is behind one path, read as ``config`` says: the one place that calls the readers.

    ``fetcher`` fetches addresses; the same for several keeps the pauses between them.
    """
    from tracker.read import ReadFailure, read_inputs
    from tracker.read.pdf.document import PdfLimits

    for item in read_inputs(
        [path],
        input_format=input_format,
        max_bytes=config.read.max_file_bytes,
        max_html_bytes=config.read.max_html_bytes,
        max_archive_bytes=config.read.max_archive_bytes,
        columns=config.read.columns.given(),
        date_order=config.read.date_order,
        fetch=config.read.fetch,
        fetcher=fetcher,
        pdf=PdfLimits(config.read.max_pdf_pages, config.read.max_pdf_seconds),
    ):
        yield Unusable(clean_origin(item.origin), item.message) if isinstance(item, ReadFailure) else item


def _documents(unit: Unit, config: Config) -> Iterator[Document | Unusable]:
    if isinstance(unit, Document):
        return iter((unit,))
    return read_path(unit.path, unit.input_format, config)
