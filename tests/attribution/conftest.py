"""Paragraphs read by hand, and statements as plain words, for the tests of attribution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tracker
from tracker.attribution.layout import article_paragraphs
from tracker.attribution.quotations import find_quotations
from tracker.attribution.tokens import Paragraph, find_sentences
from tracker.records import Annotations, Diagnostic, Segment, Statement


def read_lines(text: str, lang: str, block: Any = "body") -> tuple[list[Paragraph], list[Diagnostic]]:
    """One paragraph a line of ``text``, with quotations and sentences, and what was strange in them."""
    segments = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            segments.append(Segment(start, start + len(line), lang, block, article=0))
        start += len(line) + 1
    paragraphs = article_paragraphs(text, segments, (lang,))
    diagnostics = find_quotations(paragraphs)
    for paragraph in paragraphs:
        find_sentences(paragraph)
    return paragraphs, diagnostics


@pytest.fixture
def read() -> Callable[..., Paragraph]:
    """``read(text, lang)``: the only paragraph of ``text``."""

    def read_one(text: str, lang: str, block: Any = "body") -> Paragraph:
        (paragraph,), _ = read_lines(text, lang, block)
        return paragraph

    return read_one


@pytest.fixture
def read_all() -> Callable[..., tuple[list[Paragraph], list[Diagnostic]]]:
    """``read_all(text, lang)``: the paragraphs of ``text``, one a line, and the diagnostics."""
    return read_lines


@pytest.fixture
def tokens_of() -> Callable[[Paragraph, str], tuple[int, int]]:
    """``tokens_of(paragraph, words)``: the token range that ``words`` cover."""

    def find(paragraph: Paragraph, words: str) -> tuple[int, int]:
        start = paragraph.text.index(words)
        covered = [
            token
            for token in range(len(paragraph))
            if paragraph.starts[token] < start + len(words) and paragraph.ends[token] > start
        ]
        return covered[0], covered[-1] + 1

    return find


def _check(found: Annotations) -> None:
    """Every offset points at what its text says."""
    for statement in found.statements:
        assert statement.text == " … ".join(found.text[start:end] for start, end in statement.content)
        if statement.cue is not None:
            assert statement.cue_text == found.text[slice(*statement.cue)]


@pytest.fixture
def said() -> Callable[..., tuple[Statement, ...]]:
    """``said(text, lang)``: the statements of ``text``, whose offsets are checked on the way."""

    def extract(text: str, lang: str, published: str | None = None) -> tuple[Statement, ...]:
        found = tracker.extract(text, lang=lang, published=published)
        _check(found)
        return found.statements

    return extract


@pytest.fixture
def one(said: Callable[..., tuple[Statement, ...]]) -> Callable[..., Statement]:
    """``one(text, lang)``: the only statement of ``text``."""

    def extract(text: str, lang: str, published: str | None = None) -> Statement:
        (statement,) = said(text, lang, published)
        return statement

    return extract
