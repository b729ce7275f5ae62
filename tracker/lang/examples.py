"""examples.toml: sentences that travel with the language and what must come out of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExampleStatement:
    """One statement an example must yield; ``content`` has one string a span, each occurring in the text."""

    kind: str
    content: tuple[str, ...]
    cue: str = ""
    speaker: str = ""
    """The mention as written; empty where the speaker is implied or there is none."""
    name: str = ""
    """The bare name; empty where nobody is named."""
    polarity: str = "asserts"


@dataclass(frozen=True)
class Example:
    """A short text of our own and all the statements in it; none where it must stay silent."""

    id: str
    text: str
    statement: tuple[ExampleStatement, ...] = ()


@dataclass(frozen=True)
class Examples:
    """examples.toml."""

    example: tuple[Example, ...] = ()
