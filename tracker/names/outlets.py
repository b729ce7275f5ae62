"""News outlets and agencies as one name each, by address or by whatever a page calls them (outlets.toml).

The forms in ``bodies.toml`` of the languages count as names too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tracker.errors import ConfigError
from tracker.lang import language_codes, load_pack
from tracker.lang.tables import build_record, read_toml
from tracker.text import fold

FILE = Path(__file__).with_name("outlets.toml")
_LONGEST = 120
_EDGES = " \t.,:;!|-–—\"'()[]\u200e\u200f"


@dataclass(frozen=True)
class Outlet:
    """One outlet; ``name`` is what it calls itself.

    ``home``     the script of that name: ``en``, ``ar`` or ``he``
    ``en``       its name in Latin script, ``ar`` in Arabic, ``he`` in Hebrew
    ``domains``  its hosts, without www; with the beginning of a path where that tells it from another
    ``country``  where it is made, ISO 3166
    ``kind``     what it is
    ``aliases``  other names it goes by
    """

    home: Literal["en", "ar", "he"]
    en: str
    ar: str
    he: str
    country: str
    kind: Literal["agency", "broadcaster", "magazine", "newspaper", "website"]
    domains: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    outlet_id: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The name that is stored."""
        return {"en": self.en, "ar": self.ar, "he": self.he}[self.home]


@cache
def load_outlets() -> dict[str, Outlet]:
    """All outlets by id. Raises ConfigError where the table is wrong."""
    found = {}
    for identity, table in read_toml(FILE).items():
        if not isinstance(table, dict):
            raise ConfigError(f"{FILE}: {identity}: a table is expected")
        found[identity] = build_record(Outlet, {**table, "outlet_id": identity}, f"{FILE}: {identity}")
    return found


@cache
def _by_name() -> dict[str, Outlet]:
    names: dict[str, Outlet] = {}
    for outlet in load_outlets().values():
        for written in (outlet.en, outlet.ar, outlet.he, *outlet.aliases):
            names.setdefault(_key(written), outlet)
    for code in language_codes():
        pack = load_pack(code)
        if (pack.folder / "bodies.toml").is_file():
            for identity, forms in pack.bodies.outlets.items():
                if identity in load_outlets():
                    for written in forms:
                        names.setdefault(_key(written), load_outlets()[identity])
    return names


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in load_outlets().values() for domain in outlet.domains}


def find_outlet(*, name: str | None = None, url: str | None = None) -> Outlet | None:
    """The outlet of that address, else of that name in any of its spellings; None where the table has neither."""
    if url is not None:
        found = _at(url)
        if found is not None:
            return found
    if name is not None and 0 < len(name) <= _LONGEST:
        return _by_name().get(_key(name))
    return None


def _key(name: str) -> str:
    return " ".join(fold(name).strip(_EDGES).split())


def _at(url: str) -> Outlet | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # a bracket that is no IPv6 address
        return None
    domains = _by_domain()
    section = parts.path.strip("/").partition("/")[0]
    labels = host.split(".")
    for first in range(len(labels) - 1):
        domain = ".".join(labels[first:])
        found = domains.get(f"{domain}/{section}") or domains.get(domain)
        if found is not None:
            return found
    return None
