"""The pieces of a page that blocks are decided for: a line, or what a post's signature leaves of one."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.records import Block
from tracker.segment.labels import Label
from tracker.segment.stretches import Stretch


@dataclass(slots=True)
class Unit:
    """``text`` stands at ``start_char`` of the page; the rest is filled in as it becomes known."""

    start_char: int
    text: str
    apart: bool
    """An empty line, or the edge of the page, is before it."""
    block: Block | None = None
    handle: str | None = None
    label: Label | None = None
    lang: str | None = None
    """The language of all of it, where something else than its words says so (the label, the month of a signature)."""
    stretches: list[Stretch] = field(default_factory=list)
    article: int | None = None
    opens_article: bool = False
    told: bool = False
    """The markup of the page said what it is, or that it is text of the story."""
    value: str | None = None
    """The date or the outlet that the markup gives for it."""

    @property
    def lettered(self) -> bool:
        """Whether it has letters, addresses aside; its stretches are known."""
        return self.stretches[0].script != ""

    @property
    def end_char(self) -> int:
        """One past its last character."""
        return self.start_char + len(self.text)
