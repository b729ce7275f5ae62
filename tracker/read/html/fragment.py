"""A piece of HTML that is the text of one article and nothing else, as tables, databases and feeds hold it.

There is no page around it to be told from the story, so that no line is left out, however short. What the markup says
of a line (a heading, a post, a caption) is kept.
"""

from __future__ import annotations

import html
import re

from tracker.errors import InputError
from tracker.read.html.body import Weights
from tracker.read.html.layout import lay_out
from tracker.read.html.lines import Line, LineMaker
from tracker.read.html.tree import parse_page
from tracker.records import BlockHint

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|ul|ol|li|blockquote|article|section|table|figure|html|body|strong|em)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:quot|nbsp|amp|lt|gt|apos|[lr][sd]quo|[lr]aquo|[nm]dash|hellip|rlm|lrm|#\d{2,6}|#x[\da-fA-F]{2,5});"
)


def is_markup(text: str) -> bool:
    """Whether ``text`` is written in HTML: elements that make lines or mark stretches stand in it."""
    return _MARKUP.search(text) is not None


def unescape(text: str) -> str:
    """``text`` with the entities of HTML (``&quot;``, ``&#8217;``) as the characters they mean."""
    return html.unescape(text) if _ENTITY.search(text) else text


def read_fragment(markup: str) -> tuple[str, tuple[BlockHint, ...]]:
    """The text of ``markup``, and what each of its lines is. Raises InputError where there is none."""
    blocks = lay_out(parse_page(f"<html><body><article>{markup}</article></body></html>")).blocks
    told = LineMaker(blocks, Weights(blocks), (0, len(blocks))).story((0, len(blocks)))
    lines: list[Line] = []
    for block in blocks:
        if told and told[0].text == block.text:
            lines.append(told.pop(0))
        elif any(map(str.isalnum, block.text)):
            lines.append(Line(block.text, "body"))
    if not lines:
        raise InputError("its HTML holds no text")
    hints, place = [], 0
    for line in lines:
        end = place + len(line.text)
        hints.append(BlockHint(place, end, line.block, line.handle, False, line.value))
        place = end + 1
    return "\n".join(line.text for line in lines), tuple(hints)
