"""TOML tables to frozen dataclasses, strictly: an unknown key or a wrong type is a ConfigError with its path.

The dataclasses in this package are the schema of the files in ``tracker/lang/<code>/``: a field's name is the key,
its default is the neutral value for a language that says nothing, and its docstring is the documentation.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from tracker.errors import ConfigError

Record = TypeVar("Record")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of one TOML file. Raises ConfigError where the file is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def read_record(record_type: type[Record], path: Path) -> Record:
    """One record of ``record_type`` from the file at ``path``; the neutral record where there is no such file."""
    if not path.is_file():
        return record_type()
    return build_record(record_type, read_toml(path), str(path))


def build_record(record_type: type[Record], table: dict[str, Any], where: str) -> Record:
    """``table`` as a ``record_type``; ``where`` leads to the table in error messages."""
    hints = _field_types(record_type)
    unknown = sorted(set(table) - set(hints))
    if unknown:
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(hints))}")
    values = {key: _convert(value, hints[key], f"{where}: {key}") for key, value in table.items()}
    try:
        return record_type(**values)
    except TypeError as error:
        raise ConfigError(f"{where}: {error}") from error


_FIELD_TYPES: dict[type[Any], dict[str, Any]] = {}


def _field_types(record_type: type[Any]) -> dict[str, Any]:
    if record_type not in _FIELD_TYPES:
        _FIELD_TYPES[record_type] = _read_field_types(record_type)
    return _FIELD_TYPES[record_type]


def _read_field_types(record_type: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(record_type)
    return {field.name: hints[field.name] for field in dataclasses.fields(record_type) if field.init}


def _convert(value: Any, expected: Any, where: str) -> Any:
    origin = typing.get_origin(expected)
    arguments = typing.get_args(expected)
    if origin is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{where}: a list is expected, not {value!r}")
        return tuple(_convert(item, arguments[0], f"{where}[{number}]") for number, item in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            raise ConfigError(f"{where}: a table is expected, not {value!r}")
        return {key: _convert(item, arguments[1], f"{where}.{key}") for key, item in value.items()}
    if origin is typing.Literal:
        if value not in arguments:
            raise ConfigError(f"{where}: {value!r} is not one of {', '.join(map(repr, arguments))}")
        return value
    if origin in (types.UnionType, typing.Union):
        return _convert(value, next(kind for kind in arguments if kind is not type(None)), where)
    if dataclasses.is_dataclass(expected):
        if not isinstance(value, dict):
            raise ConfigError(f"{where}: a table is expected, not {value!r}")
        return build_record(typing.cast("type[Any]", expected), value, where)
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        raise ConfigError(f"{where}: {expected.__name__} is expected, not {value!r}")
    return value
