"""What a noun phrase names: the bare name, the title beside it, and the kind of source."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.attribution.lexicon import (
    ADJUNCT,
    ANONYMOUS,
    CLOSED,
    DETERMINER,
    DOCUMENT,
    GENERIC_HEAD,
    GIVEN_NAME,
    GLUED,
    GROUP,
    HONORIFIC,
    KNOWN,
    NAME_PREPOSITION,
    ORGANISATION,
    PERSON_WORD,
    PERSONAL_NAME,
    PLACE,
    PREPOSITION,
    PRONOUN,
    RELATION,
    RELATIVE,
    SOURCE_WORD,
    THING,
    TITLE,
)
from tracker.attribution.phrases import has_article, names_nobody
from tracker.attribution.tokens import Paragraph
from tracker.records import SpeakerType

MAX_NAME = 6
MAX_UNKNOWN_NAME = 3
"""A run of more words without a known given name is cut to its last two."""
TokenRange = tuple[int, int]


@dataclass(slots=True)
class Named:
    """What a phrase names; ``name`` is a token range of the paragraph."""

    name: TokenRange
    title: str | None
    type: SpeakerType
    pronoun: bool = False


def name_phrase(paragraph: Paragraph, phrase: TokenRange) -> Named:
    """Split the phrase into name and title and tell the kind of source."""
    first, last = phrase
    flags = paragraph.flags
    while last - first > 1 and flags[first] & DETERMINER and not flags[first] & SOURCE_WORD:
        first += 1
    while last - first > 1 and flags[last - 1] & (RELATIVE | ADJUNCT) and not flags[last - 1] & SOURCE_WORD:
        last -= 1
    if last - first == 1 and flags[first] & PRONOUN:
        return Named((first, last), None, "person", pronoun=True)
    linked = _linked_name(paragraph, first, last)
    if linked is not None:
        return linked
    kinds = 0
    for token in range(first, last):
        kinds |= flags[token]
    if flags[first] & ANONYMOUS or (kinds & ANONYMOUS and not kinds & (TITLE | HONORIFIC)):
        return Named((first, last), None, "anonymous")
    if kinds & PERSON_WORD and not (flags[first] & (ORGANISATION | DOCUMENT | GENERIC_HEAD | GROUP)):
        person = _person(paragraph, first, last)
        if person is not None:
            return person
    if flags[first] & (DOCUMENT | GENERIC_HEAD):
        return _behind_head(paragraph, first, last)
    if flags[first] & GROUP and not paragraph.lexicon.cased and last - first > 1:
        name = _best_run(paragraph, _name_runs(paragraph, first + 1, last), [first])
        if name is not None and any(bits & GIVEN_NAME for bits in flags[name[0] : name[1]]):
            return Named(name, None, "person")  # a word for one of a group (citizen) before a name
    if flags[first] & GROUP or (kinds & GROUP and not kinds & (ORGANISATION | KNOWN)):
        return Named((first, last), None, "group")
    if kinds & (ORGANISATION | KNOWN | PLACE | DOCUMENT | GENERIC_HEAD) and not _looks_like_person(
        paragraph, first, last
    ):
        return Named(_without_place(paragraph, first, last), None, "organisation")
    return _plain(paragraph, first, last)


def _linked_name(paragraph: Paragraph, first: int, last: int) -> Named | None:
    """Somebody and the name that a word of its own leads to: a woman (called) X."""
    linkers = paragraph.lexicon.name_linkers
    if not linkers or paragraph.flags[first] & (ORGANISATION | DOCUMENT):
        return None
    for token in range(first + 1, last - 1):
        if paragraph.norms[token] in linkers:
            end = next((comma for comma in range(token + 1, last) if paragraph.norms[comma] == ","), last)
            titled = any(bits & TITLE for bits in paragraph.flags[first:token])
            return Named((token + 1, end), text_of(paragraph, (first, token)) if titled else None, "person")
    return None


def text_of(paragraph: Paragraph, tokens: TokenRange) -> str:
    """The words of a token range as written, without outer marks."""
    start, end = paragraph.span(*tokens)
    article = ""
    grown = paragraph.lexicon.contracted_articles and paragraph.flags[tokens[0]] & GLUED
    letters, unwritten = paragraph.lexicon.contracted(paragraph.norms[tokens[0]]) if grown else (0, "")
    if letters:
        start, article = start + letters, unwritten
    elif tokens[0] in paragraph.joined_prepositions:
        start += paragraph.joined_prepositions[tokens[0]]
    elif paragraph.lexicon.conjunctions and (
        paragraph.flags[tokens[0]] & GLUED or not paragraph.flags[tokens[0]] & GIVEN_NAME
    ):
        start += paragraph.lexicon.particle_length(paragraph.norms[tokens[0]])
    return article + paragraph.text[start:end].strip(" \t\n\"“”„«»'’‘,،:;-–—()")


def _without_place(paragraph: Paragraph, first: int, last: int) -> TokenRange:
    """An organisation's phrase up to the preposition that leads to where it is: the authorities (in the region)."""
    if paragraph.lexicon.cased:
        return first, last
    for token in range(first + 2, last):
        if paragraph.flags[token] & PREPOSITION:
            return first, token
    return first, last


def _parts(paragraph: Paragraph, first: int, last: int) -> list[TokenRange]:
    """The phrase cut at commas and parentheses; what stands between parentheses comes last."""
    parts: list[TokenRange] = []
    aside: list[TokenRange] = []
    start = first
    for token in range(first, last):
        norm = paragraph.norms[token]
        if norm in (",", "(", ")", "-") and not paragraph.is_word(token):
            if token > start:
                (aside if norm == ")" else parts).append((start, token))
            start = token + 1
    if start < last:
        parts.append((start, last))
    return parts + aside


def _person(paragraph: Paragraph, first: int, last: int) -> Named | None:
    flags = paragraph.flags
    parts = _parts(paragraph, first, last)
    titled = [part for part in parts if any(flags[token] & PERSON_WORD for token in range(*part))]
    plain = [part for part in parts if part not in titled]
    # A part of its own that is a name: X, the minister; the minister, X.
    for part in plain:
        if _is_name(paragraph, part):
            return Named(part, _title_text(paragraph, titled), "person")
    for part in sorted(titled, key=lambda part: -_shows_name(paragraph, part)):
        name = _behind_title(paragraph, part)
        if name is not None:
            before = (part[0], name[0])
            others = [other for other in titled if other != part]
            title = _title_text(paragraph, [before, *others]) if name[0] > part[0] else _title_text(paragraph, others)
            return Named(name, title, "person")
    if not titled:
        return None
    return Named((first, last), None, "person")


def _shows_name(paragraph: Paragraph, part: TokenRange) -> int:
    """2 where something stands behind a form of address (Dr X), 1 where a known name is among the words, else 0."""
    flags = paragraph.flags[slice(*part)]
    if any(bits & HONORIFIC for bits in flags[:-1]):
        return 2
    return int(any(bits & (PERSONAL_NAME) for bits in flags))


def _title_text(paragraph: Paragraph, parts: list[TokenRange]) -> str | None:
    flags = paragraph.flags
    for first, last in parts:
        while first < last and flags[first] & (HONORIFIC | DETERMINER) and not flags[first] & TITLE:
            first += 1
        if first < last:
            words = text_of(paragraph, (first, last))
            if paragraph.norms[last - 1] == '"' or (last - first > 1 and '"' in paragraph.norms[first:last]):
                start, end = paragraph.span(first, last)
                words = paragraph.text[start:end].strip(" ,،")
            return words or None
    return None


def _is_name(paragraph: Paragraph, part: TokenRange) -> bool:
    first, last = part
    if last - first > MAX_NAME:
        return False
    flags = paragraph.flags
    if any(bits & (CLOSED | ORGANISATION | DOCUMENT | GROUP | GENERIC_HEAD) for bits in flags[first:last]):
        return False
    if any(paragraph.norms[token][0].isdigit() for token in range(first, last)):
        return False
    if not paragraph.lexicon.cased and names_nobody(paragraph, first):
        return False
    if not paragraph.lexicon.cased and any(
        flags[token] & NAME_PREPOSITION and paragraph.norms[token] not in paragraph.lexicon.name_particles
        for token in range(first, last)
    ):
        return False
    if not all(paragraph.is_word(token) or paragraph.norms[token] in ("'", "-", ".") for token in range(first, last)):
        return False
    if paragraph.lexicon.cased:
        return paragraph.is_capitalised(first) and paragraph.is_capitalised(last - 1)
    return not has_article(paragraph, first) or last - first == 1


def _behind_title(paragraph: Paragraph, part: TokenRange) -> TokenRange | None:
    """The name behind the last title word of the part, over the words that still belong to the title."""
    first, last = part
    flags = paragraph.flags
    if paragraph.lexicon.cased:
        return _cased_name(paragraph, first, last)
    heads = [token for token in range(first, last) if flags[token] & PERSON_WORD]
    if (
        heads[0] > first
        and heads[0] - first <= MAX_NAME
        and not any(flags[token] & (SOURCE_WORD | CLOSED) for token in range(first, heads[0]))
    ):
        return (first, heads[0])
    return _best_run(paragraph, _name_runs(paragraph, heads[0] + 1, last), heads)


def _name_runs(paragraph: Paragraph, first: int, last: int) -> list[TokenRange]:
    """Runs of words that no title, head or closed word breaks and that begin like a name."""
    flags = paragraph.flags
    runs = []
    token = first
    while token < last:
        addressed = flags[token - 1] & HONORIFIC and not flags[token] & SOURCE_WORD
        if _belongs_to_title(paragraph, token) and not flags[token] & (PERSONAL_NAME) and not addressed:
            if paragraph.norms[token] == '"':
                closing = next((other for other in range(token + 1, last) if paragraph.norms[other] == '"'), None)
                token = token if closing is None else closing
            token += 1
            continue
        end = token + 1
        while end < last and paragraph.is_word(end) and not flags[end] & (SOURCE_WORD | CLOSED):
            end += 1
        runs.append((token, end))
        token = end
    return runs


def _best_run(paragraph: Paragraph, runs: list[TokenRange], heads: list[int]) -> TokenRange | None:
    """The run that is most likely the name: it holds a given name, has two words or more, stands last."""
    if not runs:
        return None
    flags = paragraph.flags

    def rank(run: TokenRange) -> tuple[bool, bool, bool, int]:
        given = any(flags[token] & GIVEN_NAME for token in range(*run))
        addressed = run[0] - 1 in heads and bool(flags[run[0] - 1] & HONORIFIC)
        return given, addressed, run[1] - run[0] > 1, run[0]

    runs = [run for run in runs if not _is_construct(paragraph, run, heads)]
    if not runs:
        return None
    first, last = max(runs, key=rank)
    given = [token for token in range(first, last) if flags[token] & GIVEN_NAME]
    if given and given[0] < last - 1:
        first = given[0]
        while first > runs[0][0] and paragraph.norms[first - 1] in paragraph.lexicon.name_particles:
            first -= 1
    elif last - first > MAX_UNKNOWN_NAME:
        first = last - 2
        if paragraph.norms[first - 1] in paragraph.lexicon.name_particles and first - 1 > runs[0][0]:
            first -= 2
    return first, min(last, first + MAX_NAME)


def _is_construct(paragraph: Paragraph, run: TokenRange, heads: list[int]) -> bool:
    """Whether one unknown word right behind a bare title completes it and names nobody (owner of a bakery)."""
    first, last = run
    if last - first > 1 or paragraph.flags[first] & (PERSONAL_NAME):
        return False
    if first - 1 not in heads:  # the director of a port: Larnaca
        before = paragraph.flags[first - 1]
        return (
            bool(before & (THING | ORGANISATION | GENERIC_HEAD))
            and not before & GLUED
            and not has_article(paragraph, first - 1)
        )
    return not paragraph.flags[first - 1] & HONORIFIC and not has_article(paragraph, first - 1)


def _belongs_to_title(paragraph: Paragraph, token: int) -> bool:
    """Whether an uncased word behind a title still belongs to it: it has the article, or is no name by its class."""
    flags = paragraph.flags[token]
    if paragraph.norms[token] == '"':
        return True
    if flags & (SOURCE_WORD | PREPOSITION | NAME_PREPOSITION | DETERMINER | GLUED):
        return True
    if not paragraph.is_word(token):
        return True
    norm = paragraph.norms[token]
    for article in paragraph.lexicon.articles:
        if norm.startswith(article) and len(norm) > len(article) + 1:
            return True
        for particle in paragraph.lexicon.proclitics:
            if norm.startswith(particle + article) and len(norm) > len(article) + 3:
                return True
    return False


def _cased_name(paragraph: Paragraph, first: int, last: int) -> TokenRange | None:
    flags = paragraph.flags
    heads = [token for token in range(first, last) if flags[token] & PERSON_WORD]
    start = heads[-1] + 1 if heads else first
    run = _capital_run(paragraph, start, last)
    if run is None and heads:
        run = _capital_run(paragraph, first, heads[0])
    return run


def _capital_run(paragraph: Paragraph, first: int, last: int) -> TokenRange | None:
    start = first
    while start < last and not (paragraph.is_capitalised(start) and paragraph.is_word(start)):
        if paragraph.flags[start] & (NAME_PREPOSITION | PREPOSITION):
            return None
        start += 1
    end = start
    while end < last and (
        paragraph.is_capitalised(end)
        or paragraph.norms[end] in paragraph.lexicon.name_particles
        or (paragraph.norms[end] in (".", "-") and end + 1 < last and paragraph.is_capitalised(end + 1))
    ):
        end += 1
    while end > start and not paragraph.is_capitalised(end - 1):
        end -= 1
    return (start, end) if end > start else None


def _behind_head(paragraph: Paragraph, first: int, last: int) -> Named:
    """The name behind a generic head or a document: موقع "واللا" العبري, the newspaper Haaretz, a report by X."""
    flags = paragraph.flags
    for quotation in paragraph.quotations:
        if first <= quotation.first and quotation.last <= last and quotation.words <= 5:
            return Named((quotation.first, quotation.last), None, "organisation")
    start = first + 1
    while start < last and (
        flags[start] & (GENERIC_HEAD | DOCUMENT | NAME_PREPOSITION | PREPOSITION | DETERMINER)
        or not paragraph.is_word(start)
    ):
        start += 1
    if start >= last:
        return Named((first, last), None, "organisation")
    if paragraph.lexicon.cased:
        run = _capital_run(paragraph, first, last)
        if run is None:
            return Named((first, last), None, "organisation")
        return Named(run, None, "organisation")
    if not flags[start] & (SOURCE_WORD | PERSONAL_NAME) and not flags[first] & GENERIC_HEAD:
        return Named((first, last), None, "organisation")
    if has_article(paragraph, start) and not flags[start] & SOURCE_WORD:
        return Named((first, last), None, "organisation")
    end = start + 1
    agreeing = has_article(paragraph, start)
    while end < last and paragraph.is_word(end):
        if has_article(paragraph, end) and end == last - 1 and not agreeing:
            break  # an adjective of the head: the newspaper Haaretz (the Israeli)
        end += 1
    return Named((start, end), None, "organisation")


def _looks_like_person(paragraph: Paragraph, first: int, last: int) -> bool:
    flags = paragraph.flags
    return (
        paragraph.lexicon.cased
        and 2 <= last - first <= 4
        and not any(flags[token] & (ORGANISATION | DOCUMENT | GENERIC_HEAD | KNOWN) for token in range(first, last))
        and all(paragraph.is_capitalised(token) for token in range(first, last))
    )


def _plain(paragraph: Paragraph, first: int, last: int) -> Named:
    """A phrase without any known word: a bare name where it can be one."""
    flags = paragraph.flags
    parts = _parts(paragraph, first, last)
    if paragraph.lexicon.cased:
        for part in parts:
            run = _capital_run(paragraph, *part)
            if run is not None:
                opens = run[0] == paragraph.sentences[paragraph.sentence_of[run[0]]].first
                if run[1] - run[0] == 1 and opens and part[1] > run[1]:
                    break  # capitalised only because the sentence begins there: Environmental groups
                whole = part[0] == run[0]
                return Named(run if whole else (first, last), None, "person" if whole else "group")
        return Named((first, last), None, "group" if paragraph.norms[last - 1].endswith("s") else "person")
    if parts and _is_name(paragraph, parts[0]):
        return Named(parts[0], None, "person")
    if flags[first] & RELATION:
        return Named((first, last), None, "person")
    return Named((first, last), None, "organisation" if has_article(paragraph, first) else "person")
