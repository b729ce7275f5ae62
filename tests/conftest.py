"""What many tests need: pages made by hand, without an extractor."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tracker.records import Annotations, Article, Document, Mention, Segment, Statement


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds a config.yaml by chance, or leaves files behind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


def least_cpu_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The least CPU seconds of ``runs`` runs, without the collector: what a busy machine adds is left out."""
    least = float("inf")
    collects = gc.isenabled()
    gc.disable()
    try:
        for _ in range(runs):
            begin = time.process_time()
            work()
            least = min(least, time.process_time() - begin)
    finally:
        if collects:
            gc.enable()
    return least


def make_page(
    text: str,
    *said: dict[str, Any],
    lang: str = "en",
    origin: str = "page.txt",
    **metadata: Any,
) -> Annotations:
    """A page of one article whose statements are named by their words.

    Each of ``said`` has ``quote`` (a piece of the text, or several), and may have ``speaker``, ``title``, ``cue`` and
    all other fields of a Statement.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(digest[:16], text, origin, digest, lang=lang, **metadata)
    statements = tuple(_statement(document, lang, number, **fields) for number, fields in enumerate(said))
    segments = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            segments.append(Segment(start, start + len(line), lang, "body", article=0))
        start += len(line) + 1
    return Annotations(document, (Article(0, len(text)),), tuple(segments), statements)


def _statement(
    document: Document,
    lang: str,
    number: int,
    *,
    quote: str | list[str],
    speaker: str | None = None,
    title: str | None = None,
    cue: str | None = None,
    speaker_type: Any = "person",
    resolved_by: Any = "named",
    **fields: Any,
) -> Statement:
    text = document.text
    pieces = [quote] if isinstance(quote, str) else quote
    content = tuple((text.index(piece), text.index(piece) + len(piece)) for piece in pieces)
    mention = None
    if speaker is not None:
        at = text.find(speaker)
        span = None if at < 0 else (at, at + len(speaker))
        mention = Mention(speaker, span, title, speaker_type, resolved_by)
    values: dict[str, Any] = {
        "id": hashlib.sha256(f"{document.document_id} {number} {content}".encode()).hexdigest()[:16],
        "kind": "direct",
        "content": content,
        "text": " ".join(pieces),
        "cue": None if cue is None else (text.index(cue), text.index(cue) + len(cue)),
        "cue_text": cue,
        "polarity": "asserts",
        "speaker": mention,
        "lang": lang,
        "confidence": 0.9,
        "rule": f"{lang}.test",
        **fields,
    }
    return Statement(**values)


@pytest.fixture
def cpu_seconds() -> Callable[..., float]:
    """The function ``least_cpu_seconds``."""
    return least_cpu_seconds


def make_pages(people: Iterable[tuple[str, str | None, str]]) -> list[Annotations]:
    """A page for each (name, title, type) of ``people``, who speaks of "thing 0", "thing 1", … in their order."""
    return [
        make_page(
            f"{name} said that thing {number} is so.",
            {"quote": f"thing {number}", "speaker": name, "title": title, "speaker_type": kind},
        )
        for number, (name, title, kind) in enumerate(people)
    ]


@pytest.fixture
def pages_of() -> Callable[..., list[Annotations]]:
    """The function ``make_pages``."""
    return make_pages


@pytest.fixture
def page() -> Callable[..., Annotations]:
    """The function ``make_page``."""
    return make_page
