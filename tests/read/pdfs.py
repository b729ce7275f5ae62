"""PDF files made by hand: glyphs at places, as producers write them, without a library and without a font.

A font that is not embedded, with a table that tells each glyph's characters, is all that reading needs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

WIDTH = 0.5
"""Width of every glyph, in sizes of the font."""
RIGHT, LEFT, TOP = 540.0, 60.0, 760.0

Glyphs = Sequence[str]
"""The characters of each glyph."""


def visual(text: str) -> list[str]:
    """The glyphs of a line of Arabic or Hebrew as they stand from left to right; numbers and Latin words keep theirs."""
    glyphs: list[str] = []
    place = 0
    for match in _LATIN.finditer(text):
        glyphs[:0] = [*match.group(), *(_MIRROR.get(char, char) for char in reversed(text[place : match.start()]))]
        place = match.end()
    return [*(_MIRROR.get(char, char) for char in reversed(text[place:])), *glyphs]


_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .'-]*[A-Za-z0-9])?|\d(?:[\d.,:/]*\d)?[%₪]?")
_MIRROR = {"(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«"}


class Pdf:
    """A file that is written page by page, line by line."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.pages: list[list[str]] = []
        self.info: dict[str, str] = {}

    def page(self) -> Pdf:
        """Begin a page."""
        self.pages.append([])
        return self

    def _hex(self, glyphs: Glyphs) -> str:
        return "".join(f"{self.codes.setdefault(glyph, len(self.codes) + 1):04x}" for glyph in glyphs)

    def glyphs(self, glyphs: Glyphs, x: float, y: float, size: float = 12.0) -> None:
        """Draw glyphs from left to right, beginning at ``x``."""
        self.pages[-1].append(f"BT /F1 {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{self._hex(glyphs)}> Tj ET")

    def ltr(self, text: str, y: float, size: float = 12.0, x: float = LEFT) -> None:
        """A line that is written from left to right."""
        self.glyphs(list(text), x, y, size)

    def rtl(self, text: str | Glyphs, y: float, size: float = 12.0) -> None:
        """A line that is read from right to left, its glyphs in the order in which they are seen from the left."""
        glyphs = visual(text) if isinstance(text, str) else text
        self.glyphs(glyphs, RIGHT - WIDTH * size * len(glyphs), y, size)

    def rtl_one_by_one(self, text: str, y: float, size: float = 12.0) -> None:
        """The same line, as it looks, written glyph after glyph in the order in which it is read."""
        x = RIGHT
        for glyph in reversed(visual(text)):
            x -= WIDTH * size
            self.glyphs([glyph], x, y, size)

    def paragraphs(self, texts: Sequence[str], *, rtl: bool, columns: int = 60, top: float = TOP - 40) -> float:
        """Paragraphs of wrapped lines with a space between them; where the next would stand."""
        y = top
        for text in texts:
            line: list[str] = []
            for word in [*text.split(" "), None]:
                if word is None or len(" ".join([*line, word])) > columns:
                    (self.rtl if rtl else self.ltr)(" ".join(line), y)
                    y -= 15
                    line = []
                if word is not None:
                    line.append(word)
            y -= 12
        return y

    def data(self, *, compressed: bool = True, info: str = "") -> bytes:
        """The bytes of the file."""
        mapping = "".join(f"<{code:04x}> <{glyph.encode('utf-16-be').hex()}>\n" for glyph, code in self.codes.items())
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(self.codes)} beginbfchar\n{mapping}endbfchar\nendcmap end end"
        )
        objects: list[bytes] = [b"", b"", b"", b"", b"", b""]
        kids = []
        for lines in self.pages:
            kids.append(len(objects) + 1)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
            )
            objects.append(stream("\n".join(lines).encode(), compressed=compressed))
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
        objects[2] = (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R]"
            b" /ToUnicode 5 0 R >>"
        )
        objects[3] = (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 500 /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor"
            b" /FontName /Own /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80"
            b" /FontBBox [0 -200 1000 800] >> >>"
        )
        objects[4] = stream(cmap.encode(), compressed=compressed)
        objects[5] = (
            "<< " + " ".join(f"/{key} {text_string(value)}" for key, value in self.info.items()) + f" {info} >>"
        ).encode()
        return file_of(objects)


def text_string(text: str) -> str:
    """A string of the document's information."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def stream(data: bytes, *, compressed: bool = True) -> bytes:
    """A stream object."""
    packed = zlib.compress(data) if compressed else data
    told = b" /Filter /FlateDecode" if compressed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(packed), told, packed)


def file_of(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    """A file of numbered objects, of which the first is the catalogue and the sixth the information."""
    body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    told = f"/Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R {trailer}".encode()
    body += b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (told, start)
    return bytes(body)
