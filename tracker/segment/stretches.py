"""A line cut where its language changes.

Script decides first. A sentence is in the script most of its words are in; a foreign name, word or title inside it
stays inside. A run of another script is cut out where it is a sentence of its own, stands alone behind a colon or a
dash as a clause, or is too long to be a name. Inside one script the letters and words of each sentence decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from tracker.segment.doubt import UNDETERMINED, Detector
from tracker.segment.languages import Guess, Guesser
from tracker.segment.scripts import Run, count_words, mask_addresses, plain_script, script_runs, scripts_in

_LONG_INLAY = 8
"""Words of another script that are no name any more, wherever they stand in a sentence."""
_CLAUSE_INLAY = 4
"""Words of another script that are a clause where they begin behind a colon or dash and end a sentence."""
_SHORT = 12
"""Words below which a stretch is not looked at sentence by sentence."""
_SENTENCE_OF_ITS_OWN = 4
"""Words a sentence needs to be in another language than the line it stands in."""
SURE = 0.45
"""Confidence from which a guess by letters and words is taken without asking anybody else."""

_ENDS = ".!?…؟。！？।۔"
_END = rf"(?<![{_ENDS}][{_ENDS}])[{_ENDS}]*+[\"'”’»)\]״]*+(?=\s|\Z)"
# A set comes first in both, so that the text is searched for it without trying the rest at every character.
_SENTENCE_END = re.compile(f"[{_ENDS}]{_END}")
_CLAUSE_END = re.compile(rf"[{_ENDS}:](?:(?<=:)\s?(?=[\"“«„])|(?<!:){_END})")
_ENDER = re.compile(r"[.!?…؟。！？।۔]")
_GLUED_YEAR = re.compile(r"(?<!\d)\d{4}\Z")
_CLAUSE_MARK = re.compile(r"[:—–\-|\"“«„(\[]")
_CLOSERS = re.compile(r"[.!?…؟。！？।۔]+[\"'”’»)\]״]*")


class Stretch(NamedTuple):
    """``text[start_char:end_char]``, its script, and its language; ``lang`` is None where nothing could be said yet."""

    start_char: int
    end_char: int
    script: str
    lang: str | None
    confidence: float
    words: int


class _Atom(NamedTuple):
    script: str
    start_char: int
    end_char: int
    words: int
    opens: bool
    """A sentence begins with it."""
    closes: bool
    """A sentence ends with it."""
    marked: bool
    """It begins behind a colon, dash or opening mark."""


def cut_line(text: str, guessers: Mapping[str, Guesser], detector: Detector) -> list[Stretch]:
    """The stretches of ``text`` in order; together they cover it but for white space between them.

    ``detector`` is asked where the evidence is even. Where ``text`` has no letters, the only stretch has no script.
    """
    script = plain_script(text)
    if script is not None:
        return _cut_script(text, script, 0, len(text), guessers, detector, plain=True)
    masked = mask_addresses(text)
    scripts = scripts_in(masked)
    if not scripts:
        return [Stretch(0, len(text), "", UNDETERMINED, 0.0, 0)]
    if len(scripts) == 1:
        return _cut_script(masked, scripts[0], 0, len(text), guessers, detector)
    stretches: list[Stretch] = []
    for script, start_char, end_char in _script_pieces(masked):
        stretches.extend(_cut_script(masked, script, start_char, end_char, guessers, detector))
    return _joined(stretches)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined = stretches[:1]
    for stretch in stretches[1:]:
        last = joined[-1]
        if stretch.lang is not None and stretch.lang == last.lang and stretch.script == last.script:
            words = last.words + stretch.words
            confidence = (last.confidence * last.words + stretch.confidence * stretch.words) / max(1, words)
            joined[-1] = last._replace(end_char=stretch.end_char, confidence=confidence, words=words)
        else:
            joined.append(stretch)
    return joined


# ---- by script ---------------------------------------------------------------------------------------------------


def _script_pieces(masked: str) -> list[tuple[str, int, int]]:
    runs = script_runs(masked)
    atoms = _atoms(masked, runs)
    hosts = _hosts(atoms)
    pieces: list[tuple[str, int, int]] = []
    start_char, script = 0, hosts[0]
    for number in range(1, len(atoms)):
        if hosts[number] != script:
            cut = _cut_between(masked, atoms[number - 1].end_char, atoms[number].start_char)
            pieces.append((script, start_char, cut))
            start_char, script = cut, hosts[number]
    pieces.append((script, start_char, len(masked)))
    return pieces


def _atoms(masked: str, runs: list[Run]) -> list[_Atom]:
    """Runs, cut again at the ends of sentences."""
    atoms: list[_Atom] = []
    opens, marked = True, False
    for number, run in enumerate(runs):
        start_char = run.start_char
        for end in _SENTENCE_END.finditer(masked, run.start_char, run.end_char):
            if end.end() == run.end_char:
                break
            atoms.append(_atom(masked, run.script, start_char, end.start(), opens, True, marked))
            start_char = _next_word(masked, end.end(), run.end_char)
            opens, marked = True, False
        last = number + 1 == len(runs)
        gap = masked[run.end_char : run.next_char]
        closes = last or _ENDER.search(gap) is not None or _GLUED_YEAR.search(gap) is not None
        atoms.append(_atom(masked, run.script, start_char, run.end_char, opens, closes, marked))
        opens = closes
        marked = _CLAUSE_MARK.search(gap) is not None
    return atoms


def _atom(masked: str, script: str, start_char: int, end_char: int, opens: bool, closes: bool, marked: bool) -> _Atom:
    return _Atom(script, start_char, end_char, count_words(masked, start_char, end_char), opens, closes, marked)


def _next_word(masked: str, start_char: int, end_char: int) -> int:
    while start_char < end_char and masked[start_char].isspace():
        start_char += 1
    return start_char


def _hosts(atoms: list[_Atom]) -> list[str]:
    """The script whose stretch each atom belongs to."""
    hosts: list[str] = []
    begin = 0
    for number, atom in enumerate(atoms):
        if atom.closes or number + 1 == len(atoms):
            hosts.extend(_sentence_hosts(atoms[begin : number + 1]))
            begin = number + 1
    return _without_crumbs(atoms, hosts)


def _sentence_hosts(sentence: list[_Atom]) -> list[str]:
    weight: dict[str, int] = {}
    for atom in sentence:
        weight[atom.script] = weight.get(atom.script, 0) + max(1, atom.words)
    first = sentence[0].script
    main = max(weight, key=lambda script: (weight[script], script != "Latn", script == first))
    hosts = []
    for number, atom in enumerate(sentence):
        before_mark = number + 1 < len(sentence) and number == 0 and sentence[1].marked
        clause = atom.words >= _CLAUSE_INLAY and ((atom.marked and atom.closes) or before_mark)
        own = atom.script == main or atom.words >= _LONG_INLAY or clause
        hosts.append(atom.script if own else "")
    for number, host in enumerate(hosts):
        if not host:
            hosts[number] = hosts[number - 1] if number else main
    return hosts


def _without_crumbs(atoms: list[_Atom], hosts: list[str]) -> list[str]:
    """One Latin word that stands as a sentence between two of another script ("… (Reuters). …") goes with them."""
    for number in range(len(atoms)):
        atom = atoms[number]
        if hosts[number] != "Latn" or atom.script != "Latn" or atom.words > 1 or not atom.opens:
            continue
        before = hosts[number - 1] if number else None
        after = hosts[number + 1] if number + 1 < len(atoms) else None
        neighbour = after or before
        if neighbour and neighbour != "Latn" and before in (None, neighbour) and len(atoms) > 1:
            hosts[number] = neighbour
    return hosts


def _cut_between(masked: str, start_char: int, end_char: int) -> int:
    """Where to cut the neutral characters between two letters of different languages."""
    gap = masked[start_char:end_char]
    closers = list(_CLOSERS.finditer(gap))
    if closers:
        return start_char + closers[0].end()
    for number, char in enumerate(gap):
        if char.isspace():
            tail = gap[number:].strip()
            glued = tail and not gap[-1].isspace() and tail[-1].isdigit()
            return end_char if glued else start_char + number
    cut = end_char
    while cut > start_char and masked[cut - 1] in "([{\"“«„'‘#@_":
        cut -= 1
    return cut


# ---- inside one script -------------------------------------------------------------------------------------------


def _cut_script(
    masked: str,
    script: str,
    start_char: int,
    end_char: int,
    guessers: Mapping[str, Guesser],
    detector: Detector,
    *,
    plain: bool = False,
) -> list[Stretch]:
    guesser = guessers.get(script)
    if guesser is None:
        return [Stretch(start_char, end_char, script, UNDETERMINED, 0.5, 1)]
    part = masked[start_char:end_char]
    code = guesser.plainly_home(part, plain=plain)
    if code is not None:
        return [Stretch(start_char, end_char, script, code, 0.99, len(part) // 6 + 1)]
    guess = guesser.guess(part, detector)
    sentences = _sentences(part) if guess.words >= _SHORT else []
    if len(sentences) < 2:
        return [_decided(start_char, end_char, script, guess)]
    whole = guess.lang if guess.confidence >= SURE else None
    found = []
    for first, last in sentences:
        sentence = part[first:last]
        code = guesser.plainly_home(sentence, plain=plain)
        own = Guess(code, 0.97, len(sentence) // 6 + 1) if code is not None else guesser.guess(sentence, detector)
        if own.lang != whole and own.words < _SENTENCE_OF_ITS_OWN:
            own = Guess(UNDETERMINED, 0.0, own.words)
        found.append(_decided(start_char + first, start_char + last, script, own))
    return _joined(_neighbourly(found, whole))


def _decided(start_char: int, end_char: int, script: str, guess: Guess) -> Stretch:
    lang = guess.lang if guess.confidence >= SURE else None
    return Stretch(start_char, end_char, script, lang, guess.confidence if lang else 0.0, guess.words)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of ``text``; they touch, white space goes with the one before it."""
    cuts = [0, *(match.end() for match in _CLAUSE_END.finditer(text) if match.end() < len(text)), len(text)]
    return list(pairwise(cuts))


def _neighbourly(stretches: list[Stretch], whole: str | None) -> list[Stretch]:
    """Sentences that could not be told take the language of the line, else of the one before or behind them."""
    told = list(stretches)
    for number, stretch in enumerate(told):
        if stretch.lang is None:
            before = told[number - 1].lang if number else None
            after = next((later.lang for later in stretches[number + 1 : number + 3] if later.lang), None)
            lang = before if before and before == after else whole or before or after
            if lang:
                told[number] = stretch._replace(lang=lang, confidence=0.6)
    return told
