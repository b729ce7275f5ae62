"""The values that flow through the house, frozen: bytes become a Document, a Document becomes Annotations.

Every offset is a Unicode code point into ``Document.text`` as stored, and every span is half-open:
``text[start_char:end_char]``. A ``Span`` is such a pair. Nothing here knows storage, languages or formats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Span = tuple[int, int]

Kind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["asserts", "denies"]
SpeakerType = Literal["person", "organisation", "group", "anonymous"]
ResolvedBy = Literal["named", "short-name", "pronoun", "pro-drop", "description", "signature", "context"]
DateBasis = Literal["explicit", "relative", "published"]
Block = Literal[
    "headline", "body", "post", "post-signature", "dateline", "caption", "related", "tags", "credit", "boilerplate"
]

KINDS: tuple[Kind, ...] = ("direct", "indirect", "mixed")
BLOCKS: tuple[Block, ...] = (
    "headline",
    "body",
    "post",
    "post-signature",
    "dateline",
    "caption",
    "related",
    "tags",
    "credit",
    "boilerplate",
)


@dataclass(frozen=True, slots=True)
class MetadataField:
    """One metadata value of a document and where it was found (``json-ld``, ``meta``, ``record``, ``text``, …)."""

    name: str
    value: str
    found_in: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something strange in the text that cost a detail, never a document."""

    code: str
    message: str
    start_char: int | None = None
    end_char: int | None = None


@dataclass(frozen=True, slots=True)
class BlockHint:
    """What the markup of a page says about the line of its text at ``start_char``, white space around it left out.

    ``body`` only says that the line is text of the story: its words may still make it a credit or a dateline.
    ``handle`` is the account of a post. ``opens_article``: a story begins here. ``value`` is what the line says in
    another form: the ISO date of a dateline, the outlet of a credit.
    """

    start_char: int
    end_char: int
    block: Block
    handle: str | None = None
    opens_article: bool = False
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One page as it was read: decoded once, never altered afterwards.

    ``document_id`` is a hash of the record the page was (a file's bytes, an archive record, a JSONL line's text
    and url); ``given_id`` is the id the record brought along, if any. ``published`` is an ISO date. ``hints``, in
    order, are about whole lines of ``text``; where there are any, its lines are those of the page and need no guessing.
    ``diagnostics`` tell what was strange about the bytes.
    """

    document_id: str
    text: str
    origin: str
    sha256: str
    given_id: str | int | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    title: str | None = None
    lang: str | None = None
    authors: tuple[str, ...] = ()
    input_format: str = "text"
    metadata: tuple[MetadataField, ...] = ()
    hints: tuple[BlockHint, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One story of a page; a page may hold several, each with its own title, date and source."""

    start_char: int
    end_char: int
    title: str | None = None
    published: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one language inside one block; ``article`` is the index into ``Annotations.articles`` or None."""

    start_char: int
    end_char: int
    lang: str
    block: Block
    handle: str | None = None
    confidence: float = 1.0
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is named as the source of a statement, as this document has it.

    ``span`` is the noun phrase at the cue, title included; None where the speaker is implied. ``name`` is the bare
    name in the fullest form the document gives.
    """

    name: str
    span: Span | None
    title: str | None
    type: SpeakerType
    resolved_by: ResolvedBy


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution of a proposition to a source by speech or writing."""

    id: str
    kind: Kind
    content: tuple[Span, ...]
    text: str
    cue: Span | None
    cue_text: str | None
    polarity: Polarity
    speaker: Mention | None
    lang: str
    confidence: float
    rule: str
    nested_in: str | None = None
    said_on: str | None = None
    said_on_basis: DateBasis | None = None
    cited_source: str | None = None

    @property
    def start_char(self) -> int:
        """First code point of the content."""
        return self.content[0][0]

    @property
    def end_char(self) -> int:
        """One past the last code point of the content."""
        return self.content[-1][1]


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that was found in one document. ``as_dict`` gives the JSON object of ``tracker extract``."""

    document: Document
    articles: tuple[Article, ...] = ()
    segments: tuple[Segment, ...] = ()
    statements: tuple[Statement, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """The document's text, which every offset points into."""
        return self.document.text

    def as_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The object ``tracker extract`` prints for this document (see the README for its fields)."""
        document = self.document
        record: dict[str, Any] = {
            "id": document.document_id if document.given_id is None else document.given_id,
            "origin": document.origin,
            "sha256": document.sha256,
            "url": document.url,
            "authors": list(document.authors),
            "source": document.source,
            "published": document.published,
            "title": document.title,
        }
        if with_text:
            record["text"] = document.text
        record["articles"] = [
            {
                "start_char": article.start_char,
                "end_char": article.end_char,
                "title": article.title,
                "published": article.published,
                "source": article.source,
            }
            for article in self.articles
        ]
        record["segments"] = [
            {
                "start_char": segment.start_char,
                "end_char": segment.end_char,
                "lang": segment.lang,
                "block": segment.block,
                "handle": segment.handle,
                "confidence": segment.confidence,
            }
            for segment in self.segments
        ]
        record["statements"] = [_statement_dict(statement) for statement in self.statements]
        return record


def _statement_dict(statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "id": statement.id,
        "kind": statement.kind,
        "content": [list(span) for span in statement.content],
        "text": statement.text,
        "cue": list(statement.cue) if statement.cue else None,
        "cue_text": statement.cue_text,
        "polarity": statement.polarity,
        "speaker": None
        if speaker is None
        else {
            "name": speaker.name,
            "mention": list(speaker.span) if speaker.span else None,
            "title": speaker.title,
            "type": speaker.type,
            "resolved_by": speaker.resolved_by,
        },
        "nested_in": statement.nested_in,
        "said_on": statement.said_on,
        "said_on_basis": statement.said_on_basis,
        "cited_source": statement.cited_source,
        "lang": statement.lang,
        "confidence": statement.confidence,
        "rule": statement.rule,
    }


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition to compare: its text, and who said it when, where that is known. ``date`` is ISO."""

    text: str
    speaker: str | None = None
    date: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, readable by a journalist: ``name`` is stable, ``detail`` is for people."""

    name: str
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or group across documents; ``names`` maps a language code to its preferred name."""

    entity_id: str
    name: str
    type: SpeakerType
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One row of a list of known people and bodies: its name, other names in any script, title, Wikidata id."""

    name: str
    aliases: tuple[str, ...] = ()
    type: SpeakerType = "person"
    title: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """That a mention is an entity: with score in [0, 1], the reasons, and the method that decided."""

    mention_id: str
    entity_id: str
    score: float
    method: str
    reasons: tuple[Evidence, ...] = field(default=())
