"""Noun phrases beside a cue, found by where they must end: closed-class words, marks, verbs.

No parser stands behind this. A phrase runs from the cue until a word that cannot be in it; commas are crossed only for
an apposition (a title behind a name, a name behind a title).
"""

from __future__ import annotations

from tracker.attribution.lexicon import (
    ADJECTIVE,
    ADJUNCT,
    ANONYMOUS,
    AUXILIARY,
    COMPLEMENTISER,
    COORDINATOR,
    DATE,
    DETERMINER,
    DOCUMENT,
    FEMALE_NAME,
    FILLER,
    GENERIC_HEAD,
    GIVEN_NAME,
    GLUED,
    GROUP,
    HONORIFIC,
    INFINITIVE,
    KNOWN,
    NAME_PREPOSITION,
    NEGATOR,
    ORGANISATION,
    PERSON_WORD,
    PERSONAL_NAME,
    PLACE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SOURCE_WORD,
    SUBORDINATOR,
    SURNAME,
    THING,
    TITLE,
    VERB,
    VERBAL_NOUN,
    WORD,
)
from tracker.attribution.tokens import Paragraph

MAX_PHRASE = 30
MAX_APPOSITION = 16
MAX_TITLE_PLACE = 9
"""Tokens of where somebody holds an office, between the title and the name."""
MAX_BARE_NAME = 4
"""Unknown words between a title's comma and the next that can be a name."""
MAX_SURNAME = 2
"""Words from a given name to one that is known as a thing and so ends the name."""
NAME_QUOTATION_WORDS = 4
"""A quotation of at most so many words inside a noun phrase is a name (شركة "أزاركوسموس")."""

_STOP = VERBAL_NOUN | COMPLEMENTISER | RELATIVE | ADJUNCT | AUXILIARY | SUBORDINATOR | VERB | NEGATOR | FILLER | DATE
_SOURCE_OR_NAME_PREPOSITION = SOURCE_WORD | NAME_PREPOSITION
_PARENTHESES = {"(": ")", "[": "]"}


def phrase_after(paragraph: Paragraph, start: int, limit: int) -> tuple[int, int] | None:
    """Token range of the noun phrase that begins at ``start`` and ends before ``limit``, or None; remembered."""
    limit = min(limit, start + MAX_PHRASE, len(paragraph.flags))
    if start >= limit:
        return None
    known = paragraph.phrases_after
    key = start * _STRIDE + limit - start
    if key not in known:
        known[key] = _phrase_after(paragraph, start, limit)
    return known[key]


_STRIDE = 64
"""More than ``MAX_PHRASE``, so that a start and a length make one key."""


def _phrase_after(paragraph: Paragraph, start: int, limit: int) -> tuple[int, int] | None:
    flags, norms = paragraph.flags, paragraph.norms
    first = start
    # A date or adverb may stand between cue and phrase: said on Monday the minister.
    while first < limit:
        if flags[first] & (FILLER | DATE) and not flags[first] & SOURCE_WORD:
            first += 1
        elif norms[first] in _PARENTHESES and first > start:
            closing = _closing_parenthesis(paragraph, first, limit)
            if closing is None:
                return None
            first = closing
        else:
            break
    if first >= limit or (flags[first] & PRONOUN and not flags[first] & RELATIVE):
        return (first, first + 1) if first < limit else None
    end = _run_right(paragraph, first, limit)
    if end == first:
        return None
    end = _up_to_name(paragraph, first, end, limit)
    end = _with_appositions(paragraph, first, end, limit)
    while end > first and (norms[end - 1] in (",", "-", "(") or flags[end - 1] & (COORDINATOR | PREPOSITION)):
        end -= 1
    return (first, end) if end > first else None


def _run_right(paragraph: Paragraph, first: int, limit: int) -> int:
    """End of the run of words from ``first`` that one noun phrase may hold, commas not crossed."""
    flags, norms, lexicon = paragraph.flags, paragraph.norms, paragraph.lexicon
    token = first
    uncased, particles, verb_like = not lexicon.cased, lexicon.name_particles, lexicon.verb_like
    addressees, glued = lexicon.addressee_letters, lexicon.glued_complementisers
    linkers, objects = lexicon.name_linkers, lexicon.object_endings
    document = flags[first] & DOCUMENT
    bare_name = uncased and bool(flags[first] & (PLACE | KNOWN)) and not flags[first] & PERSON_WORD
    named = 0
    while token < limit:
        bits, norm = flags[token], norms[token]
        if norm in linkers and token > first and token + 1 < limit:
            named = token + 1
            token += 1 if norms[token + 1] == '"' else 2
            continue
        if token > first:
            if uncased and _begins_something_else(paragraph, first, token, named):
                break
            addressed = norm.startswith(addressees)
            if addressed and not document and _is_addressee(paragraph, first, token):
                break  # whom it was said to; a document's preposition leads to its author
            if bits & GLUED and not addressed and not bits & NAME_PREPOSITION:
                break
            if objects and _is_object_form(paragraph, token):
                break
        if (bits & PERSONAL_NAME and not bits & GLUED) or (
            named and (norm in particles or (token - named == 1 and norms[named] in particles))
        ):
            named = token
        if bare_name and token > first and bits & WORD and not has_article(paragraph, token):
            break  # a place or a known name is a whole phrase; only adjectives may follow it
        if norm == '"':
            closing = _name_quotation(paragraph, token)
            if closing is None or closing > limit:
                break
            token = closing
            continue
        if norm in _PARENTHESES:
            closing = _closing_parenthesis(paragraph, token, limit)
            if closing is None:
                break
            token = closing
            continue
        if not bits & WORD:
            if norm in ("-", "&", "'", "/", "@", "#", ".") and token > first and _adjoins_both(paragraph, token):
                token += 1
                continue
            break
        if bits & _STOP and not bits & SOURCE_WORD and (token > first or not bits & VERBAL_NOUN):
            break
        if bits & PREPOSITION and not bits & _SOURCE_OR_NAME_PREPOSITION:
            break
        if bits & INFINITIVE and not bits & NAME_PREPOSITION:
            break
        if token > first:
            if (
                norm in verb_like
                and not bits & _SOURCE_OR_NAME_PREPOSITION
                and (uncased or not paragraph.is_capitalised(token))
            ):
                break
            if glued and is_glued_complementiser(paragraph, token):
                break
        token += 1
    return token


def _is_object_form(paragraph: Paragraph, token: int) -> bool:
    """Whether the word has an ending that only an object or adverb has; what is counted (11 عضواً) has it as well."""
    counted = token > 0 and paragraph.norms[token - 1][0].isdigit()
    return not counted and paragraph.word(token).endswith(paragraph.lexicon.object_endings)


def _up_to_name(paragraph: Paragraph, first: int, end: int, limit: int) -> int:
    """``end`` moved behind the name of a title whose place stands between (the director of X in Y, Dr Z)."""
    flags, norms, lexicon = paragraph.flags, paragraph.norms, paragraph.lexicon
    if lexicon.cased or not flags[first] & TITLE:
        return end
    if any(bits & (PERSONAL_NAME) and not bits & GLUED for bits in flags[first:end]):
        return end
    token = end
    bound, limit = limit, min(limit, end + MAX_TITLE_PLACE)
    while token < limit:
        bits, norm = flags[token], norms[token]
        if norm == '"':
            closing = _name_quotation(paragraph, token)
            if closing is None or closing > limit:
                return end
            token = closing
            continue
        if norm == ",":
            if token + 1 >= limit:
                return end
            if not flags[token + 1] & (GIVEN_NAME | HONORIFIC | TITLE) or flags[token + 1] & GLUED:
                return _behind_bare_name(paragraph, token + 1, bound) or end
        elif bits & (GIVEN_NAME | HONORIFIC) and not bits & GLUED and not flags[token - 1] & PREPOSITION:
            return _run_right(paragraph, token, min(bound, token + MAX_APPOSITION))
        elif not paragraph.is_word(token) and not _adjoins_both(paragraph, token):
            return end
        elif _is_two_word_name(paragraph, token, limit):
            return token + 2
        elif not bits & (SOURCE_WORD | GLUED):
            if bits & _STOP and norm not in lexicon.title_prepositions:
                return end
            if bits & PREPOSITION and norm not in lexicon.title_prepositions:
                return end
            if norm in lexicon.cue_forms and _is_verb_like(paragraph, token):
                return end
        elif bits & GLUED and bits & (GENERIC_HEAD | GROUP):
            return end  # whom it was said to
        token += 1
    return end


def _behind_bare_name(paragraph: Paragraph, start: int, limit: int) -> int | None:
    """One past two to four unknown words that a comma or complementiser closes: a name set off behind its title."""
    token = start
    while token < min(limit, start + MAX_BARE_NAME) and _is_unknown(paragraph, token):
        token += 1
    if token - start < 2 or token >= len(paragraph):
        return None
    closed = paragraph.norms[token] in (",", ":", '"') or bool(paragraph.flags[token] & COMPLEMENTISER)
    return token if closed else None


def _is_two_word_name(paragraph: Paragraph, token: int, limit: int) -> bool:
    """Whether just two unknown words follow something definite: a name (the director of the X, A B)."""
    if token + 2 > limit or not (has_article(paragraph, token - 1) or paragraph.flags[token - 1] & GLUED):
        return False
    if any(not _is_unknown(paragraph, place) or has_article(paragraph, place) for place in (token, token + 1)):
        return False
    return token + 2 >= len(paragraph) or not _is_unknown(paragraph, token + 2)


def _is_unknown(paragraph: Paragraph, token: int) -> bool:
    """Whether no list knows the word but, at most, as a name."""
    bits, norm, lexicon = paragraph.flags[token], paragraph.norms[token], paragraph.lexicon
    if bits & ~(PERSONAL_NAME | FEMALE_NAME) != WORD or norm[0].isdigit():
        return False
    return norm not in lexicon.cue_forms and not lexicon.is_verb_form(norm)


def _begins_something_else(paragraph: Paragraph, first: int, token: int, named: int) -> bool:
    """Whether the word cannot be in the phrase any more, in a language whose case does not show names.

    Behind a full name a word with the article begins something else, and so does a body or group behind a definite
    head; behind a surname every word does but a title, behind a definite title whatever can only be a noun, and behind
    any definite word a common noun: a construct ends with its definite member.
    """
    flags = paragraph.flags
    bits = flags[token]
    if paragraph.norms[token] in paragraph.lexicon.own_nouns and not bits & SOURCE_WORD:
        return True
    if bits & PERSONAL_NAME:
        return False
    if _is_new_noun(paragraph, token, named) or _ends_unknown_name(paragraph, first, token):
        return True
    if flags[token - 1] & SURNAME and bits & WORD:
        return not bits & PERSON_WORD and paragraph.norms[token] not in paragraph.lexicon.name_particles
    if not has_article(paragraph, token):
        definite = flags[token - 1] & TITLE and has_article(paragraph, token - 1)
        return bool(definite and bits & _NOUNS and not bits & PERSON_WORD)
    if named:
        return token - named > 1 or paragraph.norms[token - 1] == ","
    return bool(bits & _BODIES) and has_article(paragraph, first) and not flags[first] & PERSON_WORD


def _is_addressee(paragraph: Paragraph, first: int, token: int) -> bool:
    """Whether a word that begins like one is whom something is said to: a paper, a group, a name behind the
    preposition.

    Behind a title a body is what the title is of (the director of the authority), a paper is not.
    """
    bits = paragraph.flags[token]
    if bits & GLUED:
        if bits & ORGANISATION and paragraph.flags[first] & TITLE:
            return bool(bits & GENERIC_HEAD)
        return bool(bits & (ORGANISATION | GENERIC_HEAD | GROUP | KNOWN))
    bare = paragraph.norms[token].rstrip("-") in paragraph.lexicon.addressee_letters
    return bare and token + 1 < len(paragraph)


def _is_new_noun(paragraph: Paragraph, token: int, named: int) -> bool:
    """Whether the word is a noun that cannot belong to the definite word or name before it."""
    bits, before = paragraph.flags[token], paragraph.flags[token - 1]
    if bits & THING:
        noun = not bits & (ADJECTIVE | SOURCE_WORD | GLUED)
    else:
        articles = has_article(paragraph, token) and has_article(paragraph, token - 1)
        both = bits & before & _NOUN_PHRASE and not articles
        noun = bool(bits & _BODY) and not bits & (PERSON_WORD | ADJECTIVE | GLUED) and not both
    if not noun or not _is_definite(paragraph, token - 1, named):
        return bool(noun and bits & THING and 0 < token - named <= MAX_SURNAME and named)
    norm = paragraph.norms[token]
    return norm in paragraph.lexicon.words or not norm.startswith(paragraph.lexicon.conjunctions)


def _ends_unknown_name(paragraph: Paragraph, first: int, token: int) -> bool:
    """Whether the word is a thing behind a title and two words that no list knows, which are the name."""
    bits = paragraph.flags[token]
    if not bits & THING or bits & (ADJECTIVE | SOURCE_WORD | GLUED) or token - 2 <= first:
        return False
    return bool(paragraph.flags[first] & TITLE) and all(
        _is_unknown(paragraph, place) and not has_article(paragraph, place) for place in (token - 2, token - 1)
    )


def _is_definite(paragraph: Paragraph, token: int, named: int) -> bool:
    """Whether no noun can follow the word inside one phrase: it has the article, or ends a name."""
    return has_article(paragraph, token) or (0 < named == token)


_BODY = ORGANISATION | GROUP
_NOUN_PHRASE = _BODY | KNOWN | PLACE | TITLE
_NOUNS = ORGANISATION | GROUP | GENERIC_HEAD | DOCUMENT | VERBAL_NOUN


def is_oblique(paragraph: Paragraph, token: int) -> bool:
    """Whether the word names a group, or nobody the lists know, in a form that no subject has (المواطنين)."""
    endings = paragraph.lexicon.oblique_endings
    if not endings or paragraph.flags[token] & ~GROUP & _SHOWN_SOURCE:
        return False
    return has_article(paragraph, token) and paragraph.word(token).endswith(endings)


_BODIES = ORGANISATION | GROUP | PLACE
_SHOWN_SOURCE = SOURCE_WORD | PERSONAL_NAME | PLACE


def has_article(paragraph: Paragraph, token: int) -> bool:
    """Whether the word carries the article that the language writes as one with it."""
    norm, articles = paragraph.norms[token], paragraph.lexicon.articles
    if norm.startswith(articles):
        for article in articles:
            if norm.startswith(article) and len(norm) > len(article) + 1:
                return len(article) > 1 or not _begins_like_article(paragraph, token)
    return False


def _begins_like_article(paragraph: Paragraph, token: int) -> bool:
    """Whether the word is listed as it stands and not without its first letter: הודעת is no article and ודעת."""
    norm, words = paragraph.norms[token], paragraph.lexicon.words
    return bool(words.get(norm, 0) & _NOUNS) and norm[1:] not in words


def _is_verb_like(paragraph: Paragraph, token: int) -> bool:
    if paragraph.lexicon.cased and paragraph.is_capitalised(token):
        return False
    return paragraph.norms[token] in paragraph.lexicon.verb_like


def _adjoins_both(paragraph: Paragraph, token: int) -> bool:
    return (
        token + 1 < len(paragraph)
        and paragraph.ends[token - 1] == paragraph.starts[token]
        and paragraph.ends[token] == paragraph.starts[token + 1]
    )


def is_glued_complementiser(paragraph: Paragraph, token: int) -> bool:
    """Whether the word at ``token`` begins with a complementiser written as one with it (שהמצב)."""
    norm = paragraph.norms[token]
    lexicon = paragraph.lexicon
    if not norm.startswith(lexicon.glued_complementisers):
        return False
    if norm in lexicon.words or norm in lexicon.whole_words or paragraph.flags[token] & SURNAME:
        return False  # a word of its own, looked up as it stands
    for form in lexicon.glued_complementisers:
        if norm.startswith(form):
            if len(norm) - len(form) >= 2:
                return True
            following = token + 1
            if norm.rstrip("-") == form and following < len(paragraph):
                return True
    return False


def _name_quotation(paragraph: Paragraph, token: int) -> int | None:
    """One past the closing mark where a short quotation opens at ``token``: a name inside the phrase."""
    for quotation in paragraph.quotations:
        if quotation.opens_at == token and quotation.level == 1:
            if quotation.closed and 0 < quotation.words <= NAME_QUOTATION_WORDS:
                return quotation.closes_at
            return None
    return None


def _closing_parenthesis(paragraph: Paragraph, token: int, limit: int) -> int | None:
    closing = _PARENTHESES[paragraph.norms[token]]
    for later in range(token + 1, min(limit, token + 14)):
        if paragraph.norms[later] == closing:
            return later + 1
    return None


def _with_appositions(paragraph: Paragraph, first: int, end: int, limit: int) -> int:
    """``end`` moved behind appositions: , title, or , name, each closed by a comma or the complement."""
    flags, norms = paragraph.flags, paragraph.norms
    for _ in range(2):
        if end >= limit or norms[end] != ",":
            return end
        start = end + 1
        if start >= limit or not paragraph.is_word(start):
            return end
        bits = flags[start]
        if bits & _STOP and not bits & SOURCE_WORD:
            return end
        if not bits & (SOURCE_WORD | PERSONAL_NAME) and _is_verb_like(paragraph, start):
            return end
        run = _run_right(paragraph, start, min(limit, start + MAX_APPOSITION))
        if run == start:
            return end
        closed = run >= limit or norms[run] in (",", ":", '"', ".") or bool(flags[run] & (COMPLEMENTISER | ADJUNCT))
        named = any(bit & PERSON_WORD for bit in flags[start:run]) or any(bit & PERSON_WORD for bit in flags[first:end])
        if not closed or not named:
            return end
        end = run
    return end


def phrase_before(paragraph: Paragraph, end: int, floor: int) -> tuple[int, int] | None:
    """Token range of the noun phrase that ends right before ``end`` and does not reach below ``floor``, or None."""
    flags, norms = paragraph.flags, paragraph.norms
    last = end
    while last > floor and flags[last - 1] & FILLER and not flags[last - 1] & SOURCE_WORD:
        last -= 1
    if last <= floor:
        return None
    if flags[last - 1] & PRONOUN:
        return (last - 1, last)
    first = last
    cues, objects = paragraph.lexicon.cue_forms, paragraph.lexicon.object_endings
    floor = max(floor, last - MAX_PHRASE)
    while first > floor:
        before = first - 1
        bits, norm = flags[before], norms[before]
        if norm == '"':
            opening = _name_quotation_before(paragraph, before)
            if opening is None or opening < floor:
                break
            first = opening
            continue
        if norm == ")":
            opening = _opening_parenthesis(paragraph, before, floor)
            if opening is None:
                break
            first = opening
            continue
        if not paragraph.is_word(before):
            if norm in ("-", "&", "'", "/", "@", "#", ".") and first < last and _adjoins_both(paragraph, before):
                first = before
                continue
            break
        if bits & (COMPLEMENTISER | RELATIVE | SUBORDINATOR | VERB | AUXILIARY | NEGATOR) and not bits & SOURCE_WORD:
            break
        if bits & INFINITIVE and not paragraph.lexicon.cased:
            break
        if objects and _is_object_form(paragraph, before):
            break
        if norm in cues and not bits & (SOURCE_WORD | NAME_PREPOSITION) and _is_verb_like(paragraph, before):
            break
        first = before
    return _trimmed(paragraph, first, last)


_EDGE_MARKS = frozenset(("-", "'", "&", "/"))


def _trimmed(paragraph: Paragraph, first: int, last: int) -> tuple[int, int] | None:
    """The phrase without the adjunct or conjunction that opens it: (In a statement) the company."""
    flags, norms = paragraph.flags, paragraph.norms
    while first < last and (
        (flags[first] & (COORDINATOR | FILLER) and not flags[first] & SOURCE_WORD) or norms[first] in _EDGE_MARKS
    ):
        first += 1
    if first < last and flags[first] & (PREPOSITION | ADJUNCT) and not flags[first] & SOURCE_WORD:
        for token in range(last - 1, first, -1):
            opens = flags[token] & (DETERMINER | PRONOUN | PERSON_WORD | KNOWN)
            if opens and not flags[token - 1] & (PREPOSITION | NAME_PREPOSITION | ADJUNCT | DETERMINER | PERSON_WORD):
                return (token, last)
        return None
    return (first, last) if first < last else None


def _name_quotation_before(paragraph: Paragraph, token: int) -> int | None:
    for quotation in paragraph.quotations:
        if quotation.closed and quotation.closes_at == token + 1 and quotation.level == 1:
            return quotation.opens_at if quotation.words <= NAME_QUOTATION_WORDS else None
    return None


def _opening_parenthesis(paragraph: Paragraph, token: int, floor: int) -> int | None:
    for earlier in range(token - 1, max(floor, token - 14) - 1, -1):
        if paragraph.norms[earlier] == "(":
            return earlier
    return None


def names_nobody(paragraph: Paragraph, token: int) -> bool:
    """Whether an uncased word is known as a thing, a quality or a verb, and nowhere as a name."""
    bits, lexicon = paragraph.flags[token], paragraph.lexicon
    if bits & PERSONAL_NAME:
        return False
    if bits & (THING | ADJECTIVE) or lexicon.is_verb_form(paragraph.norms[token]):
        return True
    return lexicon.is_verb_with_object(paragraph.word(token))


_PHRASE_KINDS = (
    (PERSON_WORD, "title"),
    (DOCUMENT, "document"),
    (ORGANISATION | GENERIC_HEAD, "organisation"),
    (KNOWN, "known"),
    (GROUP, "group"),
    (ANONYMOUS, "anonymous"),
    (PLACE, "place"),
    (PERSONAL_NAME, "name"),
)
_KNOWN_KINDS = SOURCE_WORD | PERSONAL_NAME


def phrase_kind(paragraph: Paragraph, phrase: tuple[int, int]) -> str:
    """What kind of source the phrase names, from its words: pronoun, title, known, …"""
    first, last = phrase
    flags = paragraph.flags
    kinds = 0
    for bits in flags[first:last]:
        kinds |= bits
    if last - first == 1 and kinds & PRONOUN:
        return "pronoun"
    if not flags[first] & _KNOWN_KINDS:
        if flags[first] & THING:
            return "thing"
        if flags[first] & ADJECTIVE:
            return "adjective"
    if flags[first] & ANONYMOUS or (last - first <= 3 and kinds & ANONYMOUS):
        return "anonymous"
    if kinds & _KNOWN_KINDS:
        for bits, name in _PHRASE_KINDS:
            if kinds & bits:
                return name
    if paragraph.lexicon.cased and any(map(paragraph.is_capitalised, range(first, last))):
        return "capital"
    if kinds & DETERMINER:
        return "determiner"
    return "word"
