"""A document as articles, blocks and language stretches."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.records import Article, BlockHint, Diagnostic, Document, Segment
from tracker.segment.articles import describe, find_articles, number_articles
from tracker.segment.blocks import mark_headlines, mark_labelled
from tracker.segment.doubt import UNDETERMINED, Detector
from tracker.segment.labels import find_label
from tracker.segment.languages import guessers
from tracker.segment.lines import split_lines
from tracker.segment.posts import cut_signatures, mark_posts
from tracker.segment.settle import page_languages, settle
from tracker.segment.stretches import cut_line
from tracker.segment.units import Unit


@dataclass(frozen=True, slots=True)
class Segmentation:
    """``segments`` cover every character that is not white space, in order, without overlap."""

    articles: tuple[Article, ...]
    segments: tuple[Segment, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def segment_document(document: Document, *, langs: tuple[str, ...] = ("ar", "he", "en")) -> Segmentation:
    """The articles, blocks and language stretches of ``document``; the same text always gives the same answer.

    ``langs`` are the languages that are worked with; a stretch of any other has its own code if there is a folder for
    it in ``tracker/lang``, else ``und``. Takes time linear in the length of the text.
    """
    units = _units(document, langs)
    if not units:
        return Segmentation((), ())
    _find_stretches(units, langs, document)
    if "@" in document.text:
        mark_posts(units)
    mark_labelled(units, langs)
    find_articles(units, langs)
    articles: list[Article] = []
    for number, group in enumerate(number_articles(units)):
        mark_headlines(group, title=document.title, first_article=number == 0)
        article = describe(group, document, langs, first=not articles)
        if article is None:
            continue
        for unit in group:
            if article.start_char <= unit.start_char < article.end_char:
                unit.article = len(articles)
        articles.append(article)
    segments: list[Segment] = []
    for unit in units:
        segments += _segments(unit)
    return Segmentation(tuple(articles), tuple(segments), _diagnostics(document))


def _units(document: Document, langs: tuple[str, ...]) -> list[Unit]:
    text = document.text
    signed = "@" in text
    hints = {hint.start_char: hint for hint in document.hints}
    units: list[Unit] = []
    for line in split_lines(text, wrapped=False if hints else None):
        hint = hints.get(line.start_char)
        if signed and "@" in line.text and (hint is None or hint.block == "body"):
            parts = cut_signatures(line, langs)
        else:
            parts = [Unit(line.start_char, line.text, line.apart)]
        if hint is not None:
            if hint.block == "caption":
                parts = _without_label(parts[0], langs)
            _apply(hint, parts)
        units += parts
    return units


def _without_label(unit: Unit, langs: tuple[str, ...]) -> list[Unit]:
    """A caption as its label ("Photo:"), which nobody says, and what it tells."""
    label = find_label(unit.text, langs)
    if label is None or label.kind != "caption" or not label.value:
        return [unit]
    begin = unit.text.find(label.value)
    before = unit.text[:begin].rstrip()
    if not before.endswith(":"):
        return [unit]
    told = Unit(unit.start_char + begin, label.value, False)
    return [Unit(unit.start_char, before, unit.apart, block="boilerplate"), told]


def _apply(hint: BlockHint, parts: list[Unit]) -> None:
    """Tell the units of one line what the markup says about it."""
    parts[0].opens_article = hint.opens_article
    for unit in parts:
        unit.told = True
        if hint.block != "body" and unit.block is None:
            unit.block, unit.handle, unit.value = hint.block, hint.handle, hint.value


def _find_stretches(units: list[Unit], langs: tuple[str, ...], document: Document) -> None:
    by_script = guessers(langs)
    detector = Detector()
    for unit in units:
        unit.stretches = cut_line(unit.text, by_script, detector)
    open_ = [unit for unit in units if None in [stretch.lang for stretch in unit.stretches]]
    if not open_:
        return
    main = page_languages([stretch for unit in units for stretch in unit.stretches])
    if document.lang is not None:  # the record's own word, where the text says nothing
        for script, guesser in by_script.items():
            if document.lang in guesser.codes:
                main.setdefault(script, document.lang)
    for unit in open_:
        unit.stretches = [
            settle(stretch, unit.text[stretch.start_char : stretch.end_char], main, by_script, detector)
            for stretch in unit.stretches
        ]


def _segments(unit: Unit) -> list[Segment]:
    block = unit.block or "body"
    if unit.lang is not None:
        return [Segment(unit.start_char, unit.end_char, unit.lang, block, unit.handle, 0.95, unit.article)]
    if len(unit.stretches) == 1:
        _, _, _, lang, confidence, _ = unit.stretches[0]
        end_char, confidence = unit.start_char + len(unit.text), round(confidence, 2)
        return [Segment(unit.start_char, end_char, lang or UNDETERMINED, block, unit.handle, confidence, unit.article)]
    segments: list[Segment] = []
    for stretch in unit.stretches:
        part = unit.text[stretch.start_char : stretch.end_char]
        stripped = part.strip()
        if not stripped:
            continue
        start_char = unit.start_char + stretch.start_char + len(part) - len(part.lstrip())
        segments.append(
            Segment(
                start_char,
                start_char + len(stripped),
                stretch.lang or UNDETERMINED,
                block,
                unit.handle,
                round(stretch.confidence, 2),
                unit.article,
            )
        )
    return _merged(segments)


def _merged(segments: list[Segment]) -> list[Segment]:
    """Neighbours of one language in one unit are one segment."""
    merged = segments[:1]
    for segment in segments[1:]:
        last = merged[-1]
        if segment.lang == last.lang:
            confidence = min(last.confidence, segment.confidence)
            merged[-1] = Segment(
                last.start_char, segment.end_char, last.lang, last.block, last.handle, confidence, last.article
            )
        else:
            merged.append(segment)
    return merged


def _diagnostics(document: Document) -> tuple[Diagnostic, ...]:
    replaced = document.text.find("\ufffd")
    if replaced < 0:
        return ()
    message = f"{document.text.count(chr(0xFFFD))} characters could not be decoded"
    return (Diagnostic("undecodable-characters", message, replaced, replaced + 1),)
