"""config.yaml to a frozen Config: unknown keys and wrong types are refused with their path.

The defaults stand twice, on purpose: here, so that a run without a config file needs neither YAML nor pydantic and
starts at once, and in ``default_config.yaml``, where each has its reason. A test keeps the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tracker.errors import ConfigError

DEFAULT_FILE = Path(__file__).with_name("default_config.yaml")
LOCAL_FILE = "config.yaml"
MAX_BYTES = 1_000_000
_STRICT = {"extra": "forbid"}
_HUB_ID = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,95}/)?[A-Za-z0-9][A-Za-z0-9_.-]{0,95}")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True)
class ColumnsConfig:
    """The name of the column that is each field of an article; None: known by its usual names."""

    text: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    author: str | None = None
    lang: str | None = None
    id: str | None = None

    __pydantic_config__ = _STRICT

    def given(self) -> dict[str, str]:
        """Field -> name, for those that have one."""
        return {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class FetchConfig:
    """How pages of the web are fetched.

    ``contact``          an address by which the owner of a site finds whoever runs tracker; part of the user agent
    ``delay_seconds``    pause between two requests to the same host
    ``timeout_seconds``  how long each answer of a server is waited for
    ``total_seconds``    how long a page may take
    ``allow_private``    whether hosts of the own machine and network may be read
    """

    contact: str = ""
    delay_seconds: float = 1.0
    timeout_seconds: float = 20.0
    total_seconds: float = 60.0
    allow_private: bool = False

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class ReadConfig:
    """How inputs are read.

    ``max_file_bytes``     larger files are refused, each with a line
    ``max_html_bytes``     larger HTML pages are
    ``max_archive_bytes``  no more is unpacked from one archive
    ``max_pdf_pages``      PDF files with more pages are refused
    ``max_pdf_seconds``    those that take longer are
    ``columns``            which column of a table, or key of a JSON record, is what
    ``date_order``         what comes first in a date like 03/04/2024
    ``fetch``              how pages of the web are fetched
    ``max_seconds``        a document that takes longer is set aside, where several processes share the work
    """

    max_file_bytes: int = 50_000_000
    max_html_bytes: int = 10_000_000
    max_archive_bytes: int = 20_000_000_000
    max_pdf_pages: int = 1_000
    max_pdf_seconds: int = 120
    columns: ColumnsConfig = ColumnsConfig()
    date_order: Literal["column", "day_first", "month_first"] = "column"
    fetch: FetchConfig = FetchConfig()
    max_seconds: int = 300

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class StoreConfig:
    """How the database is used. ``busy_timeout_ms``: how long to wait for another writer."""

    busy_timeout_ms: int = 5000

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class CrosscheckConfig:
    """How statements are compared at ingest.

    ``enabled``             compare at all
    ``min_score``           pairs that say the same are kept from this score (0 to 1)
    ``min_conflict_score``  pairs that contradict each other are kept from this score
    ``candidates``          how many stored statements each new one is compared with
    ``max_days``            statements further apart than this are not compared; undated ones always are
    ``at_ingest_limit``     an ingest run compares at most so many statements; the others wait for the next or a check
    """

    enabled: bool = True
    min_score: float = 0.5
    min_conflict_score: float = 0.6
    candidates: int = 5
    max_days: int = 60
    at_ingest_limit: int = 2000

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class ModelConfig:
    """One model of the extra ``transformers``.

    ``name``      a folder (``./models/minilm``, an absolute path) or a hub id (``owner/name``)
    ``revision``  which version of a hub id, best as a commit: required there, without a meaning for a folder
    ``prefix``    what the model wants before every text, ``"query: "`` for the models called e5
    """

    name: str
    revision: str | None = None
    prefix: str = ""

    __pydantic_config__ = _STRICT

    @property
    def is_folder(self) -> bool:
        """Whether ``name`` is a folder and no hub id."""
        name = self.name.strip()
        return bool(name) and (name.startswith((".", "~")) or Path(name).is_absolute() or Path(name).is_dir())


@dataclass(frozen=True)
class ModelsConfig:
    """Optional transformers models; none is used, imported or fetched unless it is named here.

    ``embeddings``        sentence vectors, by which claims are found that share no words
    ``inference``         whether one sentence follows from another or contradicts it
    ``entities``          token classifiers by language, whose people and organisations are further evidence
    ``folder``            where ``tracker models pull`` keeps hub models; None is the hub's own cache
    ``batch_size``        texts that a model gets at once
    ``min_similarity``    cosine from which two claims are near each other although they share no words
    ``inference_weight``  share of the inference model in a comparison, 0 to 1; the rest is that of the readable weights
    """

    embeddings: ModelConfig | None = None
    inference: ModelConfig | None = None
    entities: Mapping[str, ModelConfig] = field(default_factory=dict)
    folder: str | None = None
    batch_size: int = 32
    min_similarity: float = 0.7
    inference_weight: float = 0.6

    __pydantic_config__ = _STRICT

    def named(self) -> tuple[tuple[str, ModelConfig], ...]:
        """The models that are set, each with the place of its setting (``models.embeddings``)."""
        single = (("models.embeddings", self.embeddings), ("models.inference", self.inference))
        by_lang = ((f"models.entities.{lang}", model) for lang, model in sorted(self.entities.items()))
        return tuple((place, model) for place, model in (*single, *by_lang) if model is not None)


@dataclass(frozen=True)
class Config:
    """All settings of a run.

    ``languages``  the languages whose statements are extracted, by ISO 639-1 code
    ``pipelines``  a trained spaCy pipeline (package or folder) for some of them, whose entities are further evidence
    ``models``     transformers models, for those who installed the extra
    """

    languages: tuple[str, ...] = ("ar", "he", "en")
    pipelines: Mapping[str, str] = field(default_factory=dict)
    models: ModelsConfig = ModelsConfig()
    read: ReadConfig = ReadConfig()
    store: StoreConfig = StoreConfig()
    crosscheck: CrosscheckConfig = CrosscheckConfig()

    __pydantic_config__ = _STRICT


def load_config(path: str | Path | None = None) -> Config:
    """The settings of ``path``, else of ``./config.yaml``, else the defaults; what a file leaves out keeps its default.

    Raises ConfigError (one line with the path to the bad value) where the file cannot be read or is wrong.
    """
    if path is None:
        if not Path(LOCAL_FILE).is_file():
            return Config()
        path = LOCAL_FILE
    text = _read(Path(path))
    # A copy of the defaults says nothing new, and need not be parsed: YAML and pydantic double the start-up time.
    return Config() if text == _read(DEFAULT_FILE) else parse_config(text, str(path))


def parse_config(text: str, where: str) -> Config:
    """The Config that YAML ``text`` describes; ``where`` names it in errors."""
    import yaml  # a run without a config file does not pay for it

    try:
        settings = yaml.load(text, Loader=_unique_key_loader())  # noqa: S506 (it is a SafeLoader)
    except yaml.YAMLError as error:
        raise ConfigError(f"{where}: not valid YAML: {_yaml_problem(error)}") from error
    if settings is None:
        return Config()
    if not isinstance(settings, dict):
        raise ConfigError(f"{where}: settings are expected as 'key: value', not {settings!r:.60}")
    return _validate(settings, where)


def _yaml_problem(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    return " ".join(problem.split()) + (f" (line {mark.line + 1}, column {mark.column + 1})" if mark else "")


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES:,} bytes: this is no config file")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text") from error


def _validate(settings: dict[Any, Any], where: str) -> Config:
    import json

    import pydantic

    try:
        # As JSON, because only there does pydantic's strict mode take a list for a tuple.
        config: Config = _adapter().validate_json(json.dumps(settings, default=str), strict=True)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            raise ConfigError(f"{where}: unknown key {place}; {_known_keys(first['loc'])}") from error
        value = repr(first["input"])
        expected = first["msg"].replace("valid array", "list").replace("valid ", "")
        raise ConfigError(f"{where}: {place}: {expected}, not {value:.60}") from error
    _check_ranges(config, where)
    for field_name, heading in config.read.columns.given().items():
        if not heading.strip():
            raise ConfigError(f"{where}: read.columns.{field_name}: the name of a column is expected, not ''")
    _check_pipelines(config, where)
    _check_models(config, where)
    return config


def _check_ranges(config: Config, where: str) -> None:
    for place, score in (
        ("crosscheck.min_score", config.crosscheck.min_score),
        ("crosscheck.min_conflict_score", config.crosscheck.min_conflict_score),
        ("models.min_similarity", config.models.min_similarity),
        ("models.inference_weight", config.models.inference_weight),
    ):
        if not 0.0 <= score <= 1.0:
            raise ConfigError(f"{where}: {place}: a number from 0 to 1 is expected, not {score}")
    fetch = config.read.fetch
    for place, least_seconds, seconds in (
        ("read.fetch.delay_seconds", 0.0, fetch.delay_seconds),
        ("read.fetch.timeout_seconds", 0.1, fetch.timeout_seconds),
        ("read.fetch.total_seconds", 0.1, fetch.total_seconds),
    ):
        if not least_seconds <= seconds <= 86_400:
            raise ConfigError(f"{where}: {place}: seconds from {least_seconds:g} to 86400 are expected, not {seconds}")
    if not (fetch.contact.isascii() and fetch.contact.isprintable()) or len(fetch.contact) > 200:
        raise ConfigError(f"{where}: read.fetch.contact: an address in at most 200 plain characters is expected")
    for place, least, count in (
        ("read.max_file_bytes", 1, config.read.max_file_bytes),
        ("read.max_html_bytes", 1, config.read.max_html_bytes),
        ("read.max_archive_bytes", 1, config.read.max_archive_bytes),
        ("read.max_pdf_pages", 1, config.read.max_pdf_pages),
        ("read.max_pdf_seconds", 1, config.read.max_pdf_seconds),
        ("read.max_seconds", 1, config.read.max_seconds),
        ("store.busy_timeout_ms", 0, config.store.busy_timeout_ms),
        ("crosscheck.candidates", 1, config.crosscheck.candidates),
        ("crosscheck.max_days", 0, config.crosscheck.max_days),
        ("crosscheck.at_ingest_limit", 0, config.crosscheck.at_ingest_limit),
        ("models.batch_size", 1, config.models.batch_size),
    ):
        most = 2**50 if place == "read.max_archive_bytes" else 2**31
        if not least <= count < most:
            raise ConfigError(f"{where}: {place}: a whole number of at least {least} is expected, not {count}")


def _check_pipelines(config: Config, where: str) -> None:
    for lang, name in config.pipelines.items():
        if lang not in config.languages:
            raise ConfigError(
                f"{where}: pipelines.{lang}: one of the languages searched is expected ({', '.join(config.languages)});"
                f" add {lang} to languages, or leave its pipeline out"
            )
        if not name.strip():
            raise ConfigError(f"{where}: pipelines.{lang}: the name or folder of a spaCy pipeline is expected, not ''")


def _check_models(config: Config, where: str) -> None:
    for lang in config.models.entities:
        if lang not in config.languages:
            raise ConfigError(
                f"{where}: models.entities.{lang}: one of the languages searched is expected "
                f"({', '.join(config.languages)}); add {lang} to languages, or leave its model out"
            )
    for place, model in config.models.named():
        if model.is_folder:
            if model.revision is not None:
                raise ConfigError(f"{where}: {place}.revision: a folder has none; leave it out")
        elif not _HUB_ID.fullmatch(model.name):
            raise ConfigError(
                f"{where}: {place}.name: a folder (./models/mine) or a hub id (owner/name) is expected, "
                f"not {model.name!r:.60}"
            )
        elif model.revision is None:
            raise ConfigError(
                f"{where}: {place}.revision: the hub id {model.name} needs one, best a commit of its history, so that "
                f"the model stays the one you chose; a folder is written ./{model.name}"
            )
        elif not _REVISION.fullmatch(model.revision):
            raise ConfigError(
                f"{where}: {place}.revision: a commit, tag or branch is expected, not {model.revision!r:.60}"
            )


@lru_cache(maxsize=1)
def _adapter() -> Any:
    import pydantic

    return pydantic.TypeAdapter(Config)


def _known_keys(place: tuple[int | str, ...]) -> str:
    """The keys that may stand where ``place`` leads to."""
    section: Any = Config()
    for part in place[:-1]:
        section = getattr(section, str(part), None)
    known = sorted(getattr(section, "__dataclass_fields__", ()))
    return f"known are {', '.join(known)}" if known else "no such setting"


@lru_cache(maxsize=1)
def _unique_key_loader() -> Any:
    """A safe YAML loader for which a key given twice is an error: YAML itself would silently keep the last."""
    import yaml

    class UniqueKeyLoader(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen = set()
            for key_node, _ in node.value:
                key = self.construct_object(key_node)
                if not isinstance(key, str):
                    problem = f"key {key!r} is no text"
                elif key in seen:
                    problem = f"key {key!r} is given twice"
                else:
                    problem = ""
                if problem:
                    raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
                seen.add(key)
            return super().construct_mapping(node, deep)

    return UniqueKeyLoader
