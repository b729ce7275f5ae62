"""The entities that a trained spaCy pipeline of the reader's finds: evidence for names that no list knows.

Only where config.yaml names pipelines is spaCy imported; nothing else in tracker needs a trained model. What is found
goes to attribution as plain values, so that attribution stays a pure function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tracker.attribution.entities import Entity
from tracker.attribution.layout import places_by_lang
from tracker.errors import ConfigError
from tracker.folders import file_states
from tracker.records import Document
from tracker.segment import segment_document
from tracker.text import without_surrogates


def find_entities(
    document: Document, *, langs: Sequence[str], pipelines: Mapping[str, str]
) -> tuple[Entity, ...] | None:
    """The entities of ``document`` in text order, each paragraph read by its language's pipeline; None without any.

    ``pipelines`` maps language codes to spaCy packages or folders. Raises ConfigError where one cannot be loaded.
    """
    used = {lang: load_pipeline(lang, name) for lang, name in pipelines.items() if lang in langs}
    if not used:
        return None
    layout = segment_document(document, langs=tuple(langs))
    places = places_by_lang(document.text, layout.segments, tuple(used))
    found: list[Entity] = []
    for lang, spans in places.items():
        # Half a surrogate pair cannot be encoded, which spaCy does with every word; the lengths stay.
        texts = [without_surrogates(document.text[start:end]) for start, end in spans]
        for (start, _), doc in zip(spans, used[lang].pipe(texts), strict=True):
            found += [(start + entity.start_char, start + entity.end_char, entity.label_) for entity in doc.ents]
    return tuple(sorted(found))


@cache
def load_pipeline(lang: str, name: str) -> Any:
    """The spaCy pipeline ``name``, a package or a folder, loaded once a process. Raises ConfigError."""
    where = f"pipelines.{lang}"
    try:
        import spacy
    except ImportError as error:
        raise ConfigError(f"{where}: spaCy cannot be imported ({error}); install it, or remove the setting") from error
    try:
        return spacy.load(name)
    except Exception as error:  # a pipeline is others' code and data: whatever it raises, the setting is what to mend
        if isinstance(error, OSError) and not Path(name).exists():
            reason = f"no spaCy pipeline {name!r} is installed, and there is no such folder"
            remedy = f"install it (python -m spacy download {name}), or change or remove the setting"
        else:
            reason = f"spaCy cannot load {name!r}: {' '.join(str(error).split())[:200]}"
            remedy = "install what it needs, or change or remove the setting"
        raise ConfigError(f"{where}: {reason}; {remedy}") from error


def fingerprint(pipelines: Mapping[str, str]) -> str:
    """A hash of which pipelines are used in which version: with another one, documents are to be read again.

    A folder is told by its files' sizes and times, a package by its version, so that neither has to be loaded.
    """
    digest = hashlib.sha256()
    for lang, name in sorted(pipelines.items()):
        digest.update(f"{lang} {name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    folder = Path(name)
    if folder.is_dir():
        return " ".join(file_states(folder))
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return ""
