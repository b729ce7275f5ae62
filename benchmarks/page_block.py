"""A block of README.md between two marks: written anew, or only compared."""

from __future__ import annotations

import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def with_block(page: str, name: str, block: str) -> str:
    """``page`` with ``block`` between the marks ``name:begin`` and ``name:end``. Raises ValueError without them."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    head, found_begin, rest = page.partition(begin)
    _, found_end, tail = rest.partition(end)
    if not found_begin or not found_end:
        raise ValueError(f"README.md has no {begin} … {end}")
    return head + begin + block + end + tail


def write_or_compare(page: str, wanted: str, arguments: list[str]) -> int:
    """Write ``wanted`` to README.md, or with ``--check`` only compare it with ``page``; the exit code."""
    if "--check" in arguments:
        if page != wanted:
            print("README.md is out of date; run: make readme", file=sys.stderr)
        return int(page != wanted)
    README.write_text(wanted, encoding="utf-8")
    return 0
