"""PDF to a document: its paragraphs, and what the file says of itself. Needs pdfminer.six (the extra ``pdf``)."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import InputError
from tracker.read.html.moments import iso_day, iso_moment
from tracker.read.identity import document_id, text_sha256
from tracker.read.pdf.glyphs import TextLine
from tracker.read.pdf.paragraphs import Paragraph, paragraphs_of, without_running_lines
from tracker.records import BlockHint, Diagnostic, Document, MetadataField

MAX_PAGES, MAX_SECONDS = 1_000, 120
_UNKNOWN_SHARE = 0.5
"""Share of glyphs without a meaning from which there is no text to speak of."""
_SHOWN = 5
_PACKAGE = Path(__file__).parents[3]
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"(?:untitled|document|microsoft \w{4,10} - |.{0,200}\.(?:docx?|pdf|indd|qxp|xlsx?|pptx?)$)", re.IGNORECASE
)


class PdfLimits(NamedTuple):
    """Pages a file may have, and seconds that reading it may take."""

    pages: int = MAX_PAGES
    seconds: float = MAX_SECONDS


def read_pdf(data: bytes, origin: str, limits: PdfLimits | None = None) -> Document:
    """The document that the bytes of a PDF are. Raises InputError where no text is found in them.

    The file is parsed in a process of its own, whose time and memory are bounded.
    """
    limits = limits or PdfLimits()
    if importlib.util.find_spec("pdfminer") is None:
        raise InputError("reading PDF needs pdfminer.six: pip install 'tracker[pdf]'")
    answer = _ask_worker(data, limits)
    problem = _PROBLEMS.get(str(answer.get("problem")))
    if problem is not None:
        raise InputError(problem.format(pages=f"{limits.pages:,}", told=answer.get("told", "")))
    if answer["unknown"] > _UNKNOWN_SHARE * answer["glyphs"]:
        raise InputError("its fonts do not tell which letters their shapes are; have its text recognised (OCR) first")
    pages = [[TextLine(*line) for line in page] for page in answer["pages"]]
    pages, running = without_running_lines(pages)
    paragraphs = [one for one in paragraphs_of(pages) if any(map(str.isalnum, one.text))]
    if not paragraphs:
        raise InputError("holds no text: it is scanned, or pictures; have its text recognised (OCR) first")
    turned = any(line.turned for page in pages for line in page)
    return _document(data, origin, paragraphs, answer["info"], _diagnostics(answer, running, turned=turned))


_PROBLEMS = {
    "encrypted": "is encrypted: save it without a password",
    "broken": "no PDF that can be read ({told})",
    "memory": "takes too much memory to read",
    "pages": "has more than {pages} pages, the limit (read.max_pdf_pages)",
}


def _ask_worker(data: bytes, limits: PdfLimits) -> dict[str, Any]:
    # With the paths of this process, because the package need not be installed.
    program = f"import sys; sys.path[:] = {sys.path!r}; from tracker.read.pdf.worker import main; main()"
    command = [sys.executable, "-c", program, str(limits.pages)]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603 (our own program)
    except subprocess.TimeoutExpired as error:
        raise InputError(f"takes longer than {limits.seconds:g} seconds to read (read.max_pdf_seconds)") from error
    if run.returncode < 0:  # by a signal: the system wanted its memory back
        raise InputError(_PROBLEMS["memory"])
    if run.returncode:
        raise RuntimeError(f"the reader of PDF failed:\n{run.stderr.decode('utf-8', 'replace')[-4000:]}")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _document(
    data: bytes, origin: str, paragraphs: list[Paragraph], info: Mapping[str, str], diagnostics: list[Diagnostic]
) -> Document:
    hints: list[BlockHint] = []
    place = 0
    for one in paragraphs:
        hints.append(BlockHint(place, place + len(one.text), "headline" if one.headline else "body"))
        place += len(one.text) + 1
    text = "\n".join(one.text for one in paragraphs)
    title = " ".join(info.get("Title", "").split())
    if not title or _NO_TITLE.match(title):
        title = next((one.text for one in paragraphs[:3] if one.headline), "")
    created = _created(info.get("CreationDate", ""))
    fields = [("title", title), ("author", " ".join(info.get("Author", "").split())), ("published", created or "")]
    return Document(
        document_id(data),
        text,
        origin,
        text_sha256(text),
        title=title or None,
        published=iso_day(created),
        authors=_authors(info.get("Author", "")),
        input_format="pdf",
        metadata=tuple(MetadataField(name, value[:1000], "pdf") for name, value in fields if value),
        hints=tuple(hints),
        diagnostics=tuple(diagnostics),
    )


def _diagnostics(answer: Mapping[str, Any], running: list[str], *, turned: bool) -> list[Diagnostic]:
    found = []
    if turned:
        found.append(Diagnostic("visual-order", "its Arabic or Hebrew stood as it is seen; put in reading order"))
    if running:
        told = "; ".join(line[:60] for line in running[:_SHOWN])
        found.append(Diagnostic("running-lines", f"lines that stand on many pages were left out: {told}"))
    if answer["bad_pages"]:
        told = ", ".join(map(str, answer["bad_pages"][:20]))
        found.append(Diagnostic("pdf-page-unread", f"pages that could not be read: {told}"))
    if answer["unknown"]:
        found.append(Diagnostic("glyph-unknown", f"{answer['unknown']} glyphs without a meaning are shown as U+FFFD"))
    if _created(answer["info"].get("CreationDate", "")):
        found.append(Diagnostic("date-of-file", "published is the day on which the PDF was made"))
    return found


def _created(written: str) -> str | None:
    match = _DATE.match(written)
    if match is None:
        return None
    year, month, day = match.groups()
    return iso_moment(f"{year}-{month}-{day}") if month and day else None


def _authors(written: str) -> tuple[str, ...]:
    from tracker.read.html.authors import split_names

    return tuple(split_names(" ".join(written[:300].split())))
