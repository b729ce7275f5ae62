"""What an element of a page is, by the words of its attributes (roles.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tracker.lang.tables import read_record

SIGNS = frozenset(
    (
        "class",
        "id",
        "role",
        "itemprop",
        "itemtype",
        "rel",
        "name",
        "data-component",
        "data-testid",
        "data-e2e",
        "data-test",
    )
)
"""Attributes that say what an element is."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STATE = re.compile(
    r" (?:has|no|with|without|hide|show) (?!print)[a-z]+(?= )| [a-z]+ (?:open|closed|enabled|disabled)(?= )"
)
"""What an element has beside it, or not (has-sidebar, comments-open), is not what it is."""
_LONGEST = 300
_POST_CLASSES = ("hentry", "type-post", "status-publish")
_TOPICS = ("tag-", "category-")
"""Among the classes that WordPress gives a story's element are its tags and categories, which say nothing here."""
_ROLES = ("skip", "related", "tags", "caption", "byline", "dateline", "lead", "body")


@dataclass(frozen=True)
class Words:
    """Words, or words in a row, of one role; ``joined`` are looked for inside longer words."""

    words: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleWords:
    """roles.toml."""

    skip: Words = field(default_factory=Words)
    never: Words = field(default_factory=Words)
    related: Words = field(default_factory=Words)
    tags: Words = field(default_factory=Words)
    caption: Words = field(default_factory=Words)
    byline: Words = field(default_factory=Words)
    dateline: Words = field(default_factory=Words)
    lead: Words = field(default_factory=Words)
    body: Words = field(default_factory=Words)
    live: Words = field(default_factory=Words)
    story: Words = field(default_factory=Words)


class Signs(NamedTuple):
    """What the attributes say: one ``role`` or none, and whether the element may be one of several stories, is live
    coverage, and is left out wherever it stands (``never``)."""

    role: str = ""
    story: bool = False
    live: bool = False
    never: bool = False


NO_SIGNS = Signs()


def _alternatives(words: Words) -> str:
    """A pattern over the words of an element: with spaces around each, and as one."""
    whole = "|".join(sorted(map(re.escape, words.words), key=len, reverse=True))
    return f" (?:{whole}) " + "".join(f"|{re.escape(joined)}" for joined in words.joined)


_TABLE = read_record(RoleWords, Path(__file__).with_name("roles.toml"))
_PATTERNS = {section.name: re.compile(_alternatives(getattr(_TABLE, section.name))) for section in fields(RoleWords)}


@lru_cache(maxsize=20_000)
def read_signs(tag: str, written: str) -> Signs:
    """What an element is, from its tag and the values of its ``SIGNS`` attributes."""
    if any(one in written for one in _POST_CLASSES):
        written = " ".join(one for one in written.split() if not one.startswith(_TOPICS))
    words = [word.lower() for word in _WORD.findall(written[:_LONGEST])]
    phrase = _STATE.sub("", f" {' '.join(words)} ")
    looked_at = f"{phrase}\n{phrase.replace(' ', '')}"

    def has(section: str) -> bool:
        return _PATTERNS[section].search(looked_at) is not None

    story = tag == "article" or has("story")
    live = has("live")
    if "articleBody" in written:
        return Signs("body", story, live)
    if tag in ("html", "body", "main", "article") or any(one in written for one in _POST_CLASSES):
        return Signs("body" if has("body") else "", story, live, tag != "body" and tag != "html" and has("never"))
    role = next((one for one in _ROLES if has(one)), "")
    if role in ("skip", "related") and has("body") and not has("never"):
        role = "body"
    return Signs(role, story, live, has("never"))
