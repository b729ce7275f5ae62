"""A list of known people as a CSV file: bytes to ``KnownPerson`` records, or one line that says what is wrong where."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import InputError
from tracker.read.encodings import decode
from tracker.records import KnownPerson, SpeakerType

MAX_BYTES = 64_000_000
MAX_NAME = 300
"""Code points of a name; what is longer is none."""
MAX_TITLE = 1_000
MAX_ALIASES = 200
COLUMNS = {
    "name": "name",
    "aliases": "aliases",
    "alias": "aliases",
    "type": "type",
    "title": "title",
    "wikidata": "wikidata",
    "wikidata id": "wikidata",
    "qid": "wikidata",
}
"""What the heading may call a column -> what it is."""
TYPES: dict[str, SpeakerType] = {
    "": "person",
    "person": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "group": "group",
}
_DELIMITERS = ",;\t"
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,14})", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LETTER = re.compile(r"[^\W\d_]")


def read_known_people(path: Path) -> tuple[list[KnownPerson], list[str]]:
    """The people of the file, in its order, and the headings of columns that mean nothing here.

    The first line names the columns: ``name`` has to be there, ``aliases`` (several with ``;`` or ``|`` between),
    ``type`` (person, organisation or group; nothing is a person), ``title`` and ``wikidata`` may. Commas, semicolons or
    tabs divide columns. Raises InputError that names the line of the first row that cannot be used.
    """
    rows = _rows(path)
    first = next(rows, None)
    if first is None:
        raise InputError(f"{path}: empty; its first line names the columns: name,aliases,type,title,wikidata")
    columns: dict[str, int] = {}
    strange = []
    for number, heading in enumerate(first[1]):
        told = " ".join(heading.replace("_", " ").casefold().split())
        meant = COLUMNS.get(told)
        if meant is None:
            strange.append(heading.strip())
        elif meant in columns:
            raise InputError(f"{path}, line 1: two columns are called {meant!r}; leave one out")
        else:
            columns[meant] = number
    if "name" not in columns:
        raise InputError(
            f"{path}, line 1: no column is called 'name'; allowed are name, aliases, type, title, wikidata"
        )
    people: list[KnownPerson] = []
    lines: dict[tuple[str, ...], int] = {}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(first[1]):
            raise InputError(
                f"{path}, line {line}: {len(cells)} cells where line 1 names {len(first[1])} columns; "
                "put a cell with a comma in quotation marks"
            )
        told_cells = {name: cells[number].strip() for name, number in columns.items() if number < len(cells)}
        person = _person(told_cells, f"{path}, line {line}")
        told_by = (person.wikidata,) if person.wikidata else (person.name, person.type, person.title or "")
        if told_by in lines:
            what = person.wikidata or person.name
            raise InputError(f"{path}, line {line}: {what} stands in line {lines[told_by]} already; make them one row")
        lines[told_by] = line
        people.append(person)
    if not people:
        raise InputError(f"{path}: nobody in it, only the line that names the columns")
    return people, [heading for heading in strange if heading]


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of the file; a cell may reach over several lines, the number is that of its row's first."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; divide it")
    try:
        text = decode(data)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}, line {line}: no proper CSV ({error}); check its quotation marks") from error


def _person(cells: dict[str, str], where: str) -> KnownPerson:
    name = _name(cells.get("name", ""), where)
    speaker_type = TYPES.get(cells.get("type", "").casefold())
    if speaker_type is None:
        raise InputError(f"{where}: type {cells['type']!r} is none of person, organisation, group")
    aliases = tuple(
        dict.fromkeys(_name(part, where) for part in re.split("[;|\n]", cells.get("aliases", "")) if part.strip())
    )
    if len(aliases) > MAX_ALIASES:
        raise InputError(f"{where}: {len(aliases)} aliases; at most {MAX_ALIASES} are of use")
    title = cells.get("title") or None
    if title is not None and (len(title) > MAX_TITLE or _CONTROL.search(title)):
        raise InputError(f"{where}: a title is one line of at most {MAX_TITLE} characters")
    wikidata = None
    if cells.get("wikidata"):
        match = _WIKIDATA.fullmatch(cells["wikidata"])
        if match is None:
            raise InputError(f"{where}: {cells['wikidata'][:60]!r} is no Wikidata id; write it as Q42")
        wikidata = match[1]
    return KnownPerson(name, tuple(alias for alias in aliases if alias != name), speaker_type, title, wikidata)


def _name(cell: str, where: str) -> str:
    name = cell.strip()
    if not name:
        raise InputError(f"{where}: the name is empty")
    if len(name) > MAX_NAME or _CONTROL.search(name):
        raise InputError(f"{where}: a name is one line of at most {MAX_NAME} characters")
    if not _LETTER.search(name):
        raise InputError(f"{where}: {name[:60]!r} holds no letter and is no name")
    return name
