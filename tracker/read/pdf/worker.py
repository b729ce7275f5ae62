"""The glyphs of a PDF, in a process of its own: ``python -m tracker.read.pdf.worker``, the file on its standard input.

Whoever makes a PDF decides what a parser does with it, and no parser bounds what a file may ask of time and memory. So
it works where both can be taken away. The answer is one JSON object on standard output.
"""

from __future__ import annotations

import io
import json
import math
import struct
import sys
from collections.abc import Iterator
from typing import Any

from tracker.read.failures import in_one_line
from tracker.read.pdf.columns import in_reading_order
from tracker.read.pdf.glyphs import Glyph, TextLine, lines_of

MEMORY = 1_000_000_000
"""Bytes of address space that the process may have."""
_MOST_GLYPHS = 200_000
"""Glyphs of a page; a newspaper's has some 30,000."""
_LONGEST_GLYPH = 20
_INFO = ("Title", "Author", "CreationDate")
_UNKNOWN = "\ufffd"


def main() -> None:
    """Read the file on standard input and print what is in it: ``pages``, ``info``, ``bad_pages``; or ``problem``."""
    most_pages = int(sys.argv[1])
    _bound_memory()
    data = sys.stdin.buffer.read()
    try:
        answer = read(data, most_pages)
    except MemoryError:
        answer = {"problem": "memory"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode())


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; time is bounded there too
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def read(data: bytes, most_pages: int) -> dict[str, Any]:
    """The lines of each page of ``data``, in reading order; or, under ``problem``, why there are none."""
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.psexceptions import PSException

    broken = (
        *(PDFException, PSException, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError),
        *(TypeError, ValueError, OSError, EOFError, struct.error),
    )
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        info = _info(document.info)
        pages = PDFPage.create_pages(document)
        first = next(pages, None)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return {"problem": "encrypted"}
    except broken as error:
        return {"problem": "broken", "told": in_one_line(error)}
    render = _Renderer()
    read_pages: list[list[TextLine]] = []
    bad: list[int] = []
    unknown = known = 0
    number = 0
    page = first
    while page is not None:
        number += 1
        if number > most_pages:
            return {"problem": "pages"}
        try:
            glyphs = render.glyphs(page)
        except broken:
            glyphs = []
            bad.append(number)
        unknown += sum(glyph.text == _UNKNOWN for glyph in glyphs)
        known += len(glyphs)
        read_pages.append(in_reading_order(lines_of(glyphs)))
        try:
            page = next(pages, None)
        except broken:
            bad.append(number + 1)
            page = None
    return {"pages": read_pages, "info": info, "bad_pages": bad, "unknown": unknown, "glyphs": known}


class _Renderer:
    """Goes through pages and notes where their glyphs stand."""

    def __init__(self) -> None:
        from pdfminer.converter import PDFLayoutAnalyzer
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

        found: list[Any] = []

        class Device(PDFLayoutAnalyzer):
            def receive_layout(self, ltpage: Any) -> None:
                found.append(ltpage)

        resources = PDFResourceManager()
        self._found = found
        self._interpreter = PDFPageInterpreter(resources, Device(resources, laparams=None))

    def glyphs(self, page: Any) -> list[Glyph]:
        self._found.clear()
        self._interpreter.process_page(page)
        glyphs: list[Glyph] = []
        for glyph in _glyphs(self._found[-1] if self._found else ()):
            glyphs.append(glyph)
            if len(glyphs) > _MOST_GLYPHS:
                raise ValueError("too many glyphs")
        return glyphs


def _glyphs(container: Any) -> Iterator[Glyph]:
    """The upright glyphs of a page and of the figures on it. What stands aslant is a mark of the paper, not text."""
    from pdfminer.layout import LTChar, LTFigure

    waiting = [iter(container)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTFigure):
            waiting.append(iter(item))
        elif isinstance(item, LTChar) and item.upright:
            text = item.get_text()
            if text.startswith("(cid:"):
                text = _UNKNOWN
            text = "".join(char for char in text[:_LONGEST_GLYPH] if char >= " " and not "\ud800" <= char <= "\udfff")
            places = (float(item.x0), float(item.x1), float(item.matrix[5]), float(item.size))
            if text and all(map(math.isfinite, places)) and item.size > 0.5:
                yield Glyph(text, *places)


def _info(found: Any) -> dict[str, str]:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    info: dict[str, str] = {}
    for one in reversed(list(found)[:10]):
        for name in _INFO:
            value = resolve1(one.get(name)) if isinstance(one, dict) else None
            if isinstance(value, bytes) and value:
                text = decode_text(value[:2000]).replace("\x00", "").strip()
                info[name] = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
    return info


if __name__ == "__main__":
    main()
