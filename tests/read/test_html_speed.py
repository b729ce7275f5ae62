"""Reading and segmenting pages against trafilatura's fast mode on the same pages, in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable

import trafilatura
from newspages import SCENES, WORDS, page

from tracker.pipeline import LANGS
from tracker.read.html import read_html
from tracker.segment import segment_document

FLOOR = 0.8
"""What the rate has to be at least, as a share of trafilatura's."""


def _seconds(work: Callable[[str], object], pages: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for html in pages:
            work(html)
        best = min(best, time.process_time() - begun)
    return best


def test_no_slower_than_the_extractor_alone() -> None:
    pages = [page(lang, name)[0] for lang in WORDS for name in SCENES]
    theirs = _seconds(lambda html: trafilatura.extract(html, fast=True), pages)
    ours = _seconds(lambda html: segment_document(read_html(html.encode(), "x"), langs=LANGS), pages)
    assert theirs / ours >= FLOOR
