"""Which column of a table, or key of a record, is what of an article: as the user says, else by its usual names.

The names are in ``tracker/lang/<code>/columns.toml``, because they are words of a language like any others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tracker.errors import InputError, UsageError
from tracker.lang import language_codes, load_pack
from tracker.lang.columns import FIELDS
from tracker.text import fold

_SHOWN = 12
_SHOWN_CHARS = 40
_ROWS_TRIED = 10
_LONGEST = 80
"""Characters of a heading; what is longer is text."""


def column_key(name: str) -> str:
    """``name`` as names of columns are compared: folded, letters and digits only."""
    return "".join(char for char in fold(name[: 2 * _LONGEST]) if char.isalnum())


@cache
def column_names() -> dict[str, tuple[str, int]]:
    """What a column of that key is, with its rank among the names of the same field: the smaller is the likelier."""
    names: dict[str, tuple[str, int]] = {}
    for code in language_codes():
        pack = load_pack(code)
        if (pack.folder / "columns.toml").is_file():
            for field in FIELDS:
                for rank, form in enumerate(getattr(pack.columns, field)):
                    names.setdefault(column_key(form), (field, rank))
    return names


def field_of(name: str) -> tuple[str, int] | None:
    """What a column of that name is, with its rank; None where the name tells nothing."""
    return column_names().get(column_key(name)) if len(name) <= _LONGEST else None


def check_columns(given: Mapping[str, str]) -> None:
    """Raises UsageError where ``given`` names a field that there is not, or a column without a name."""
    for field, name in given.items():
        if field not in FIELDS:
            raise UsageError(f"unknown field {field!r} of a column: allowed are {', '.join(FIELDS)}")
        if not name.strip():
            raise UsageError(f"the column of {field} has no name")


def find_columns(headings: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Field -> place of its column among ``headings``.

    ``given`` (field -> heading) wins over the usual names. Raises InputError, in one line that lists the columns there
    are, where there is none for the text, or none of a name that was given.
    """
    found: dict[str, int] = {}
    for field, name in given.items():
        place = _place(headings, name)
        if place is None:
            raise InputError(f"has no column {name!r} for {field}; its columns are {listed(headings)}")
        found[field] = place
    taken = set(found.values())
    best: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        usual = field_of(heading) if place not in taken else None
        if usual is not None and usual[0] not in found:
            field, rank = usual
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    found.update({field: place for field, (_, place) in best.items()})
    if "text" not in found:
        raise InputError(
            f"no column is known as the text; name it, as in --column text=NAME; its columns are {listed(headings)}"
        )
    return found


def _place(headings: Sequence[str], name: str) -> int | None:
    """The place of the heading ``name``: as it is written, else as names are compared."""
    plain = [heading.strip() for heading in headings]
    if name.strip() in plain:
        return plain.index(name.strip())
    keys = [column_key(heading) for heading in headings]
    key = column_key(name)
    return keys.index(key) if key and key in keys else None


def listed(names: Iterable[str]) -> str:
    """The names of columns for a message, in one line of bounded length."""
    names = [" ".join(name.split()) for name in names]
    shown = [name if len(name) <= _SHOWN_CHARS else name[: _SHOWN_CHARS - 1] + "…" for name in names if name]
    if not shown:
        return "without names"
    return ", ".join(shown[:_SHOWN]) + (f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else "")


class Heading:
    """The row of a table that names its columns, looked for among its first rows: a title may stand above it."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.columns: dict[str, int] = {}
        self.width = 0
        self._error: InputError | None = None
        self._tried = 0

    def is_found(self) -> bool:
        """Whether the row was there already."""
        return bool(self.columns)

    def look_at(self, cells: Sequence[str]) -> None:
        """Take ``cells`` for the heading, if they name a text. Raises InputError where ten rows did not."""
        try:
            self.columns, self.width = find_columns(cells, self.given), len(cells)
        except InputError as error:
            self._error = self._error or error
            self._tried += 1
            if self._tried == _ROWS_TRIED:
                raise self._error from None

    def check(self) -> None:
        """Raises InputError where the table ended and no heading was found."""
        if not self.columns:
            raise self._error or InputError("is empty")
