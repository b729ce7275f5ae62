"""Where one story of a page ends and another begins, and each story's title, date and source.

A phrase like "read also" is followed by teasers, which lead elsewhere, or by a second story. It is a story where the
one before had come to its end (source, keywords), or where the text below is about what the line above it says.
"""

from __future__ import annotations

from functools import lru_cache

from tracker.lang import load_pack
from tracker.records import Article, Document
from tracker.segment.dateline import parse_date
from tracker.segment.lines import ends_sentence
from tracker.segment.units import Unit
from tracker.text import fold

_TEASER = 160
"""Characters a teaser has at most."""
_ABOUT = 2
"""Words a title shares with the story below it, at least."""
_STEM = 5
_LEADING = 4
_DATELINES = 3
"""Datelines of an article that are tried for its date."""


def find_articles(units: list[Unit], langs: tuple[str, ...]) -> None:
    """Mark the units that open an article, and those that are teasers (``related``) or lie between (``boilerplate``).

    Labels, posts and datelines are known, headlines are not.
    """
    number = 0
    told = closed = False  # the article has text; it has come to its end
    while number < len(units):
        unit = units[number]
        if unit.block in ("credit", "tags"):
            closed = told
        elif unit.block is None and unit.label is None and _is_paragraph(unit):
            told, closed = True, False
        elif unit.label is not None and unit.label.kind == "read_also":
            number = _after_phrase(units, number, closed, langs)
            told, closed = told and not (number < len(units) and _just_opened(units, number)), False
            continue
        elif told and unit.block == "dateline" and unit.label is not None and _titled_above(units, number):
            units[number - 1].opens_article = True
            told = closed = False
        number += 1


def _just_opened(units: list[Unit], number: int) -> bool:
    return any(unit.opens_article for unit in units[max(0, number - _LEADING) : number + 1])


def _titled_above(units: list[Unit], number: int) -> bool:
    """Whether the dateline at ``number`` stands right under the title of another story."""
    if number < 3:
        return False
    title, before = units[number - 1], units[number - 2]
    if title.block is not None or title.label is not None or _is_paragraph(title):
        return False
    return before.block in ("tags", "credit", "related", "boilerplate") or (
        before.block is None and _is_paragraph(before)
    )


def _is_paragraph(unit: Unit) -> bool:
    return len(unit.text) > _TEASER or ends_sentence(unit.text)


def _after_phrase(units: list[Unit], number: int, closed: bool, langs: tuple[str, ...]) -> int:
    """Sort out what follows the phrase at ``number``; returns the first unit that is not sorted out yet."""
    phrase = units[number]
    if phrase.label is not None and phrase.label.value:
        phrase.block = "related"
        return number + 1
    phrase.block = "boilerplate"
    end = number + 1
    while end < len(units) and units[end].block in (None, "dateline") and not _is_paragraph(units[end]):
        if units[end].label is not None and units[end].block is None:
            break
        end += 1
    teasers = [place for place in range(number + 1, end) if units[place].block is None]
    story = end < len(units) and units[end].block in (None, "dateline", "post") and units[end].label is None
    if story and not teasers and closed:
        units[end].opens_article = True
        return end
    if story and teasers and (closed or _shared(units[teasers[-1]], units[end : end + 2], langs) >= _ABOUT):
        for place in teasers[:-1]:
            units[place].block = "related"
        units[teasers[-1]].opens_article = True
        return end
    for place in range(number + 1, end):
        units[place].block = "related"
    return max(end, number + 1)


def _shared(title: Unit, story: list[Unit], langs: tuple[str, ...]) -> int:
    below: set[str] = set()
    for unit in story:
        below |= _stems(unit.text[:600], langs)
    return len(_stems(title.text, langs) & below)


@lru_cache(maxsize=16)
def _small_words(langs: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Folded particles that are written as one with the next word, and folded frequent words."""
    languages = [load_pack(lang).language for lang in langs]
    particles = [fold(particle) for language in languages for particle in (*language.articles, *language.proclitics)]
    small = frozenset(fold(word) for language in languages for word in language.frequent_words)
    return tuple(sorted(set(particles), key=lambda particle: (-len(particle), particle))), small


def _stems(text: str, langs: tuple[str, ...]) -> set[str]:
    """The words of ``text`` as their first letters, without the particles glued before them and without small words."""
    particles, small = _small_words(langs)
    stems = set()
    for written in text.split():
        word = fold(written).strip(".,:;!?\"'()[]-")
        if word in small:
            continue
        for _ in range(2):
            glued = next((one for one in particles if word.startswith(one) and len(word) - len(one) >= 3), "")
            word = word[len(glued) :]
        if len(word) >= 3 and word not in small:
            stems.add(word[:_STEM])
    return stems


def number_articles(units: list[Unit]) -> list[list[Unit]]:
    """The units of each article; what lies between two (the phrase, teasers) belongs to none."""
    groups: list[list[Unit]] = [[]]
    for unit in units:
        if unit.opens_article and groups[-1]:
            groups.append([])
        groups[-1].append(unit)
    return groups


def describe(group: list[Unit], document: Document, langs: tuple[str, ...], *, first: bool) -> Article | None:
    """The article that ``group`` is, or None where it holds nothing but teasers and boilerplate."""
    own = [place for place, unit in enumerate(group) if unit.block not in ("related", "boilerplate")]
    if not own:
        return None
    title = next((unit.text for unit in group if unit.block == "headline"), None)
    published = source = None
    datelines = 0
    for unit in group[own[0] : own[-1] + 1]:
        if unit.block == "dateline" and published is None and datelines < _DATELINES:
            datelines += 1
            published = unit.value or parse_date(
                unit.label.value if unit.label and unit.label.value else unit.text, langs
            )
        elif unit.block == "credit" and unit.value is not None and source is None:
            source = unit.value
        elif unit.label is not None and unit.label.kind == "credit" and source is None:
            source = unit.label.value.strip(" .") or None
    if first:
        title, published, source = title or document.title, published or document.published, source or document.source
    return Article(group[own[0]].start_char, group[own[-1]].end_char, title, published, source)
