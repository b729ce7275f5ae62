"""Every block label and article border of our own pages, and how much of their body is found."""

from __future__ import annotations

import pytest
from newspages import SCENES, WORDS, page
from paragraphs import paragraph_scores

from tracker.pipeline import LANGS
from tracker.read.html import read_html
from tracker.segment import segment_document

PAGES = [pytest.param(lang, name, id=f"{lang}-{name}") for name in SCENES for lang in WORDS]


@pytest.mark.parametrize(("lang", "name"), PAGES)
def test_every_block_and_border(lang: str, name: str) -> None:
    html, gold = page(lang, name)
    document = read_html(html.encode(), "page.html")
    layout = segment_document(document, langs=LANGS)
    found: list[tuple[str, str, int | None]] = []
    place = 0
    for line in document.text.split("\n"):
        pieces = [one for one in layout.segments if place <= one.start_char < place + len(line)]
        (block,) = {one.block for one in pieces}
        found.append((block, line, pieces[0].article))
        place += len(line) + 1
    between = {"related", "boilerplate"}
    assert [part[:2] for part in found] == [part[:2] for part in gold.parts]
    assert [part[2] for part in found if part[0] not in between] == [
        part[2] for part in gold.parts if part[0] not in between
    ]
    handles = [one.handle for one in layout.segments if one.block == "post-signature"]
    assert handles == gold.handles
    body = [text for block, text, _ in found if block == "body"]
    assert paragraph_scores(body, [text for block, text, _ in gold.parts if block == "body"]) == (1.0, 1.0)


def test_there_are_enough_pages() -> None:
    assert len(PAGES) >= 30
