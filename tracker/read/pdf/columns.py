"""The lines of a page in the order of its columns: cut along the white between them, over and over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from tracker.read.pdf.glyphs import TextLine

_GUTTER = 0.9
"""Width of the white between columns, in sizes of the glyphs."""
_GAP = 0.5
"""Height of the white at which a page may be cut across, in sizes of the glyphs."""
_DEPTH = 40
_HEIGHT, _DEEP = 0.8, 0.2
"""How far glyphs reach over and under their baseline, in sizes."""


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """``lines`` column by column; columns from the right where most of the page is read so."""
    rtl = 2 * sum(line.rtl for line in lines) > len(lines)
    return _cut(list(lines), rtl=rtl, depth=0)


def _cut(lines: list[TextLine], *, rtl: bool, depth: int) -> list[TextLine]:
    if len(lines) < 2 or depth == _DEPTH:
        return _from_above(lines, rtl=rtl)
    size = median(line.size for line in lines)
    columns = _parts(lines, [(line.left, line.right) for line in lines], _GUTTER * size)
    if len(columns) > 1:
        return [one for part in (reversed(columns) if rtl else columns) for one in _cut(part, rtl=rtl, depth=depth + 1)]
    spans = [(-line.base - _HEIGHT * line.size, -line.base + _DEEP * line.size) for line in lines]
    across = _parts(lines, spans, _GAP * size, widest=True)
    if len(across) > 1:
        return [one for part in across for one in _cut(part, rtl=rtl, depth=depth + 1)]
    return _from_above(lines, rtl=rtl)


def _from_above(lines: list[TextLine], *, rtl: bool) -> list[TextLine]:
    return sorted(lines, key=lambda line: (-line.base, -line.right if rtl else line.left))


def _parts(
    lines: list[TextLine], spans: list[tuple[float, float]], gap: float, *, widest: bool = False
) -> list[list[TextLine]]:
    """``lines`` parted where their ``spans`` leave a gap at least so wide; only at the ``widest`` one, if so asked."""
    order = sorted(range(len(lines)), key=lambda place: spans[place])
    cuts: list[tuple[float, int]] = []
    end = spans[order[0]][1]
    for rank, place in enumerate(order[1:], start=1):
        if spans[place][0] - end >= gap:
            cuts.append((spans[place][0] - end, rank))
        end = max(end, spans[place][1])
    if widest and cuts:
        cuts = [max(cuts)]
    ranks = [0, *(rank for _, rank in cuts), len(lines)]
    return [[lines[place] for place in order[first:last]] for first, last in pairwise(ranks)]
