"""robots.txt after RFC 9309: who may read what of a site.

The parser of the standard library knows no wildcards, so that it allows what most sites mean to forbid; others make
regular expressions of what a stranger wrote. The rules are few, and matched here in time that their length bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote

from tracker.errors import InputError
from tracker.read.encodings import decode

MAX_BYTES = 512_000
"""What is read of a robots.txt; RFC 9309 asks for 500 KiB at least."""
_MAX_STARS = 20
_SAFE = "/%:@!$&'()*+,;=~-._?"


class Rule(NamedTuple):
    """What paths that match ``pattern`` are: allowed or not."""

    pattern: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site for one reader, and how many seconds it asks to leave between requests."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether ``path`` (with its query) may be read: the longest rule that matches counts, allowing where equal."""
        path = _normal(path)
        best = max(
            ((len(rule.pattern), rule.allows) for rule in self.rules if _matches(rule.pattern, path)), default=None
        )
        return best is None or best[1] or path == "/robots.txt"


def read_robots(data: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for the reader that calls itself ``agent``."""
    try:
        text = decode(data[:MAX_BYTES])
    except InputError:
        return Robots()
    groups: dict[str, list[Rule]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    heading = False
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if heading else [value.lower()]
            heading = True
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow"):
            heading = False
            for name in agents if value else ():
                groups[name].append(Rule(_normal(value), key == "allow"))
        elif key == "crawl-delay":
            heading = False
            for name in agents:
                delays[name] = _seconds(value)
    name = agent if agent in groups else "*"
    return Robots(tuple(groups.get(name, ())), delays.get(name, 0.0))


def _seconds(value: str) -> float:
    try:
        found = float(value[:20])
    except ValueError:
        return 0.0
    return found if 0.0 < found < 3600.0 else 0.0


def _normal(path: str) -> str:
    return quote(unquote(path, errors="replace"), safe=_SAFE)


def _matches(pattern: str, path: str) -> bool:
    """Whether ``path`` begins as ``pattern`` says, in which ``*`` is anything and a last ``$`` the end."""
    to_end = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")[: _MAX_STARS + 1]
    if not path.startswith(pieces[0]):
        return False
    place = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if len(pieces) == 1:
        return not to_end or place == len(path)
    if to_end:
        return path.endswith(pieces[-1]) and len(path) - len(pieces[-1]) >= place
    return path.find(pieces[-1], place) >= 0
