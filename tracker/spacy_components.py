"""Segments and statements as parts of a spaCy pipeline: ``nlp.add_pipe("tracker_statements")``.

    tracker_segments      doc._.segments, doc._.articles; doc.spans["segments"] (label: the language)
    tracker_statements    the same where no part before it gave them; doc._.statements, doc._.diagnostics;
                          doc.spans["statements"] (label: the kind) and doc.spans["speakers"] (label: the type),
                          both with the statement's id as ``span.id_``

The records are those of ``tracker.extract``; their offsets are code points into ``doc.text``. A spaCy span begins and
ends at tokens, so that it may be wider than the record's: a conjunction that is written as one with its word is inside.
A statement whose content has several spans gives several spaCy spans. ``doc._.published`` and ``doc._.source``, set
before (``nlp.make_doc``), are the page's date and outlet.

No model is needed: a blank pipeline of any language will do, and the three languages may be mixed in one text. Where
parts before it found entities (``doc.ents``), their people and organisations are further evidence. What is found is
kept in ``doc.user_data`` as plain values, so that a Doc can be written, copied and sent to another process.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from tracker.attribution.statements import find_statements
from tracker.config import Config
from tracker.records import Article, Diagnostic, Document, Mention, Segment, Statement
from tracker.segment import segment_document

LANGS = list(Config().languages)
_FOUND = "tracker."
"""What the keys in ``doc.user_data`` begin with."""
Record = TypeVar("Record")


@Language.factory(
    "tracker_segments",
    assigns=["doc._.segments", "doc._.articles", "doc.spans"],
    default_config={"langs": LANGS},
)
def make_segments(nlp: Language, name: str, langs: list[str]) -> SegmentFinder:
    """The component that finds the articles, blocks and languages of a page; ``langs`` are those worked with."""
    return SegmentFinder(nlp.lang, tuple(langs))


@Language.factory(
    "tracker_statements",
    assigns=["doc._.statements", "doc._.diagnostics", "doc._.segments", "doc._.articles", "doc.spans"],
    default_config={"langs": LANGS},
)
def make_statements(nlp: Language, name: str, langs: list[str]) -> StatementFinder:
    """The component that finds who said what; ``langs`` are the languages whose statements are looked for."""
    return StatementFinder(nlp.lang, tuple(langs))


@dataclasses.dataclass(frozen=True)
class SegmentFinder:
    """``lang`` is the pipeline's language: a hint for text too short to tell."""

    lang: str | None
    langs: tuple[str, ...]

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its articles and segments."""
        document = _document(doc, self.lang, self.langs)
        layout = segment_document(document, langs=self.langs)
        _keep(doc, "articles", layout.articles)
        _keep(doc, "segments", layout.segments)
        _keep(doc, "layout_diagnostics", layout.diagnostics)
        doc.spans["segments"] = _spans(doc, ((one.start_char, one.end_char, one.lang, "") for one in layout.segments))
        return doc


@dataclasses.dataclass(frozen=True)
class StatementFinder:
    """``lang`` is the pipeline's language: a hint for text too short to tell."""

    lang: str | None
    langs: tuple[str, ...]

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its statements, and with articles and segments where it had none."""
        if f"{_FOUND}segments" not in doc.user_data:
            doc = SegmentFinder(self.lang, self.langs)(doc)
        entities = [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents] or None
        statements, diagnostics = find_statements(
            doc.text, _digest(doc.text)[:16], _articles(doc), _segments(doc), langs=self.langs, entities=entities
        )
        _keep(doc, "statements", statements)
        _keep(doc, "diagnostics", (*_kept(doc, "layout_diagnostics", Diagnostic), *diagnostics))
        doc.spans["statements"] = _spans(doc, ((*span, one.kind, one.id) for one in statements for span in one.content))
        doc.spans["speakers"] = _spans(
            doc,
            ((*one.speaker.span, one.speaker.type, one.id) for one in statements if one.speaker and one.speaker.span),
        )
        return doc


def _document(doc: Doc, lang: str | None, langs: Sequence[str]) -> Document:
    digest = _digest(doc.text)
    return Document(
        document_id=digest[:16],
        text=doc.text,
        origin="text",
        sha256=digest,
        lang=lang if lang in langs else None,
        published=doc._.published,
        source=doc._.source,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _spans(doc: Doc, places: Iterable[tuple[int, int, str, str]]) -> list[Span]:
    """The tokens that each stretch of (start, end, label, id) touches."""
    found = (
        doc.char_span(start, end, label=label, span_id=name, alignment_mode="expand")
        for start, end, label, name in places
    )
    return [span for span in found if span is not None]


def _keep(doc: Doc, name: str, records: Iterable[Any]) -> None:
    doc.user_data[_FOUND + name] = [dataclasses.asdict(record) for record in records]


def _kept(doc: Doc, name: str, record_type: type[Record]) -> tuple[Record, ...]:
    return tuple(record_type(**values) for values in doc.user_data.get(_FOUND + name, ()))


def _articles(doc: Doc) -> tuple[Article, ...]:
    return _kept(doc, "articles", Article)


def _segments(doc: Doc) -> tuple[Segment, ...]:
    return _kept(doc, "segments", Segment)


def _diagnostics(doc: Doc) -> tuple[Diagnostic, ...]:
    return _kept(doc, "diagnostics", Diagnostic)


def _statements(doc: Doc) -> tuple[Statement, ...]:
    return tuple(_statement(values) for values in doc.user_data.get(f"{_FOUND}statements", ()))


def _statement(values: dict[str, Any]) -> Statement:
    """The record again; what was written and read has lists in the place of tuples."""
    speaker = values["speaker"]
    if speaker is not None:
        speaker = Mention(**{**speaker, "span": _pair(speaker["span"])})
    content = tuple((start, end) for start, end in values["content"])
    return Statement(**{**values, "content": content, "cue": _pair(values["cue"]), "speaker": speaker})


def _pair(span: Sequence[int] | None) -> tuple[int, int] | None:
    return None if span is None else (span[0], span[1])


# Forced, because a module that is loaded again (a notebook, a test) must not fail at its own attributes.
for _name, _getter in (
    ("segments", _segments),
    ("articles", _articles),
    ("statements", _statements),
    ("diagnostics", _diagnostics),
):
    Doc.set_extension(_name, getter=_getter, force=True)
for _name in ("published", "source"):
    Doc.set_extension(_name, default=None, force=True)
