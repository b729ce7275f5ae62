"""Text with its segments to statements: the whole of attribution, one article at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tracker.attribution.cataphora import told_again
from tracker.attribution.confidence import confidence
from tracker.attribution.consistency import cite_documents, nest
from tracker.attribution.contents import content_spans, kind_of
from tracker.attribution.discourse import Discourse, Observer
from tracker.attribution.drafts import Draft, draft_paragraph
from tracker.attribution.entities import Entity
from tracker.attribution.layout import article_paragraphs
from tracker.attribution.people import Person
from tracker.attribution.posts import post_statements
from tracker.attribution.quotations import find_quotations
from tracker.attribution.saidon import said_on
from tracker.attribution.scoring import weights_of
from tracker.attribution.tokens import Paragraph, find_sentences
from tracker.attribution.uncued import add_announced, add_answers, add_uncued
from tracker.records import Article, Diagnostic, Mention, Segment, Span, Statement

THRESHOLD = 0.35
UNCUED_THRESHOLD = 0.5
MIN_CONFIDENCE = 0.4
"""Statements that are less likely right, with their speaker, are left out: of those, three in four were wrong."""
CERTAINLY_SAID = frozenset(("answer", "told-again"))
"""Places of a speaker that show the words to be somebody's: only who it is may be mistaken, and they stay."""


def find_statements(
    text: str,
    document_id: str,
    articles: Sequence[Article],
    segments: Sequence[Segment],
    *,
    langs: Sequence[str] = ("ar", "he", "en"),
    entities: Sequence[Entity] | None = None,
) -> tuple[list[Statement], list[Diagnostic]]:
    """All statements of a document in text order, and what was strange on the way.

    ``segments`` must be in text order; those of one article share ``Segment.article``. ``entities`` are names
    that a trained model recognised, as further evidence.
    """
    statements: list[Statement] = []
    diagnostics: list[Diagnostic] = []
    names = None if entities is None else sorted(entities)
    by_article: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment.article is not None:
            by_article.setdefault(segment.article, []).append(segment)
    for number, article in enumerate(articles):
        own = by_article.get(number, [])
        paragraphs = article_paragraphs(text, own, langs, names)
        drafts, strange = drafts_of(paragraphs)
        diagnostics.extend(strange)
        statements.extend(_assemble(text, document_id, paragraphs, drafts, article.published))
        statements.extend(post_statements(text, document_id, own, langs))
    statements.sort(key=lambda statement: (statement.start_char, -statement.end_char, statement.id))
    return statements, diagnostics


def drafts_of(paragraphs: Sequence[Paragraph]) -> tuple[list[Draft], list[Diagnostic]]:
    """The consistent drafts of one article in text order, uncued quotations among them."""
    diagnostics = find_quotations(paragraphs)
    drafts: list[Draft] = []
    for number, paragraph in enumerate(paragraphs):
        find_sentences(paragraph)
        drafts.extend(draft_paragraph(paragraph, number, weights_of(paragraph.lexicon.code), THRESHOLD))
    if paragraphs:
        weights = weights_of(paragraphs[0].lexicon.code)
        drafts = add_answers(paragraphs, add_uncued(paragraphs, drafts, weights, UNCUED_THRESHOLD))
        drafts = add_announced(paragraphs, drafts, weights)
    nest(drafts)
    return cite_documents(drafts), diagnostics


def _assemble(
    text: str, document_id: str, paragraphs: Sequence[Paragraph], drafts: Sequence[Draft], published: str | None
) -> list[Statement]:
    ids: dict[int, str] = {}
    statements: list[Statement] = []
    for draft, mention in resolve_speakers(paragraphs, drafts):
        content = content_spans(text, draft)
        certainty = confidence(draft, mention, weights_of(draft.paragraph.lexicon.code).confidence.weights)
        if not content or (certainty < MIN_CONFIDENCE and draft.speaker.place not in CERTAINLY_SAID):
            continue
        cue = cue_span(draft)
        identity = _identity(document_id, content, cue)
        date, basis = said_on(draft, published)
        statements.append(
            Statement(
                id=identity,
                kind=kind_of(draft, content),
                content=content,
                text=" … ".join(text[start:end] for start, end in content),
                cue=cue,
                cue_text=text[cue[0] : cue[1]] if cue else None,
                polarity="denies" if draft.cue is not None and draft.cue.form.cue.act == "denies" else "asserts",
                speaker=mention,
                lang=draft.paragraph.lexicon.code,
                confidence=round(certainty, 3),
                rule=draft.rule,
                nested_in=ids.get(id(draft.nested_in)) if draft.nested_in is not None else None,
                said_on=date,
                said_on_basis=basis,
                cited_source=draft.cited,
            )
        )
        ids[id(draft)] = identity
    return statements


def resolve_speakers(
    paragraphs: Sequence[Paragraph], drafts: Sequence[Draft], observe: Observer | None = None
) -> list[tuple[Draft, Mention | None]]:
    """Each draft with its speaker, settled in text order over the whole article. ``observe``: see ``Discourse``."""
    discourse = Discourse(paragraphs, observe)
    made: dict[int, tuple[Mention | None, Person | None]] = {}
    resolved = []
    for draft in drafts:
        antecedent = made.get(id(draft.antecedent)) if draft.antecedent is not None else None
        if antecedent is not None:
            mention, person = _implied_like(antecedent[0], draft), antecedent[1]
        else:
            mention, person = discourse.resolve(draft)
        discourse.note(draft, person)
        made[id(draft)] = (mention, person)
        resolved.append((draft, mention))
    return told_again(resolved)


def _implied_like(mention: Mention | None, draft: Draft) -> Mention | None:
    """The speaker of the earlier cue of the sentence; its phrase too where the language needs a subject."""
    if mention is None:
        return None
    span = None if draft.paragraph.lexicon.pro_drop else mention.span
    return Mention(mention.name, span, None, mention.type, "pro-drop")


def cue_span(draft: Draft) -> Span | None:
    """Offsets of the cue, without a conjunction that is written as one with it."""
    if draft.cue is None:
        return None
    start, end = draft.paragraph.span(draft.cue.first, draft.cue.last)
    return start + draft.cue.form.clitic, end


def _identity(document_id: str, content: tuple[Span, ...], cue: Span | None) -> str:
    """A hash of what the statement is: document, content, cue. Rules and weights may change without touching it."""
    parts = [document_id, *(f"{start}-{end}" for start, end in content), str(cue)]
    return hashlib.sha256(":".join(parts).encode()).hexdigest()[:16]
