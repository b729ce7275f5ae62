"""No regular expression of the package takes more than time in proportion to the text it runs over.

Every pattern of every module is found (at module level, in classes and tables, in calls of ``re`` inside functions) and
run over texts made to hurt it: long runs and repeated words of the characters that it tells apart, and the beginning of
a match with one of its repetitions blown up, each before endings that may make the match fail. The texts that take
longest are measured at a length and at four times that length. A timer of CPU time ends what would never end.
"""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest

import tracker
from tracker.lang import language_codes, load_pack
from tracker.segment.languages import Guesser

SCANNING = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))
ANCHORED = frozenset(("match", "fullmatch"))
FIRST_LOOK, SLOWEST, ENOUGH = 800, 6, 0.02
"""Characters of the first look, how many of the texts that take longest there are looked at more closely, and the CPU
seconds that end the first look, because one of the texts is bad enough."""
LENGTH, LONGEST, NOISE, RATIO = 4_000, 32_000, 0.01, 8.0
"""Characters of the closer look, doubled until it takes more CPU seconds than are noise; how much longer four times as
many characters may take: in proportion is 4, the square is 16."""
TIMEOUT = 2.0
"""CPU seconds; no linear pattern comes near it."""


# ---------------------------------------------------------------- finding the patterns


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands, and whether it is only ever matched at a place, not searched for."""

    where: str
    pattern: Any
    anchored: bool


def _modules() -> list[ModuleType]:
    names = [one.name for one in pkgutil.walk_packages(tracker.__path__, "tracker.")]
    return [tracker, *(importlib.import_module(name) for name in sorted(names) if not name.endswith("__main__"))]


def _patterns_in(name: str, value: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Names and patterns of ``value``: itself, its items, its attributes, where the package defines its class."""
    if isinstance(value, re.Pattern):
        yield name, value
        return
    if id(value) in seen or isinstance(value, str | bytes | int | float | ModuleType):
        return
    seen.add(id(value))
    if isinstance(value, dict):
        inner: Iterable[tuple[Any, Any]] = value.items()
    elif isinstance(value, list | tuple | set | frozenset):
        inner = enumerate(value)
    elif _of_the_package(value):
        inner = _attributes(value)
    else:
        return
    for key, one in inner:
        yield from _patterns_in(f"{name}.{key}" if isinstance(key, str) else name, one, seen)


def _of_the_package(value: Any) -> bool:
    owner = value if isinstance(value, type) else type(value)
    return str(getattr(owner, "__module__", "")).startswith("tracker")


def _attributes(value: Any) -> list[tuple[str, Any]]:
    attributes = dict(getattr(value, "__dict__", {}))
    for slot in getattr(type(value), "__slots__", ()):
        if hasattr(value, slot):
            attributes[slot] = getattr(value, slot)
    return list(attributes.items())


def _calls_of_re(module: ModuleType) -> Iterator[tuple[str, str, ast.Call]]:
    """The function, method of ``re`` and call of every ``re.method(...)`` inside a function of ``module``."""
    for function in ast.walk(_tree(module)):
        if not isinstance(function, ast.FunctionDef | ast.Lambda):
            continue
        for call in ast.walk(function):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id == "re"
                and call.func.attr in SCANNING | ANCHORED | {"compile"}
            ):
                yield getattr(function, "name", "lambda"), call.func.attr, call


@functools.cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _literal(module: ModuleType, call: ast.Call) -> Any:
    """The pattern that a call of ``re`` in ``module`` has, None where only its function can tell."""
    expression = ast.unparse(ast.Call(ast.Name("_compile"), call.args[:1], []))
    try:
        return eval(expression, {**vars(module), "_compile": re.compile})  # noqa: S307 (our own source)
    except NameError:
        return None


def _uses(module: ModuleType, tree: ast.Module) -> dict[str, set[str]]:
    """Methods that are called on every name, and ``search`` for a name that goes elsewhere than into a call."""
    uses: dict[str, set[str]] = {}
    called: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            uses.setdefault(node.value.id, set()).add(node.attr)
            called.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
            uses.setdefault(node.id, set()).add("search")
    return uses


@functools.cache
def _all_patterns() -> tuple[Found, ...]:
    modules = _modules()
    uses: dict[str, set[str]] = {}
    for module in modules:
        for name, methods in _uses(module, _tree(module)).items():
            uses.setdefault(name, set()).update(methods)
    found: dict[tuple[Any, int], Found] = {}

    def add(where: str, pattern: Any, methods: set[str]) -> None:
        key = (pattern.pattern, pattern.flags)
        anchored = bool(methods) and methods <= ANCHORED
        if key not in found or (found[key].anchored and not anchored):
            found[key] = Found(where, pattern, anchored)

    seen: set[int] = set()
    for module in modules:
        for name, value in sorted(vars(module).items()):
            for path, pattern in _patterns_in(name, value, seen):
                add(f"{module.__name__}:{path}", pattern, uses.get(name, set()) if path == name else set())
        for function, method, call in _calls_of_re(module):
            pattern = _literal(module, call)
            if pattern is not None:
                add(f"{module.__name__}:{function}", pattern, {method} - {"compile"})
    for guesser in _guessers():
        for path, pattern in _patterns_in("Guesser", guesser, seen):
            add(f"tracker.segment.languages:{path}", pattern, set())
    return tuple(found.values())


def _guessers() -> list[Guesser]:
    """What makes patterns of the data of languages when it is made."""
    languages = [load_pack(code).language for code in language_codes()]
    scripts = sorted({language.script for language in languages})
    return [
        Guesser(script, [one for one in languages if one.script == script], frozenset([home]))
        for script in scripts
        for home in ("ar", "he", "en")
    ]


MADE_OF_DATA = {"tracker.segment.languages"}
"""Modules whose functions make patterns of what they are given; ``_guessers`` makes theirs."""


# ---------------------------------------------------------------- hostile inputs

_USUAL = (
    "aZ\u00e9\u0101 \t\n7_-.,:;/@#%'\"`()[]<>{}+*=&|!?\\~\u0627\u0644\u05d0\u05e9\u064b\u05b0\u060c\u061f\u05f4\u05f3"
)
_USUAL += "\u201c\u201d\u2018\u2019\u00ab\u00bb\u2014\u2026\u200f\u202b\u0665\u0436\u4e2d\U0001f642\x00\u00b2"


def _atoms(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The parts of a parsed pattern that take one character."""
    for op, argument in tree:
        if op in (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY):
            yield op, argument
        else:
            for part in _children(op, argument):
                yield from _atoms(part)


def _children(op: Any, argument: Any) -> list[Any]:
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return [argument[2]]
    if op is ops.SUBPATTERN:
        return [argument[3]]
    if op is ops.ATOMIC_GROUP:
        return [argument]
    if op is ops.BRANCH:
        return list(argument[1])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [argument[1]]
    return []


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    ops.CATEGORY_DIGIT: lambda char: re.match(r"\d", char) is not None,
    ops.CATEGORY_NOT_DIGIT: lambda char: re.match(r"\D", char) is not None,
    ops.CATEGORY_SPACE: lambda char: re.match(r"\s", char) is not None,
    ops.CATEGORY_NOT_SPACE: lambda char: re.match(r"\S", char) is not None,
    ops.CATEGORY_WORD: lambda char: re.match(r"\w", char) is not None,
    ops.CATEGORY_NOT_WORD: lambda char: re.match(r"\W", char) is not None,
}


def _takes(atom: tuple[Any, Any], char: str) -> bool:
    op, argument = atom
    if op is ops.LITERAL:
        return argument == ord(char)
    if op is ops.NOT_LITERAL:
        return argument != ord(char)
    if op is ops.ANY:
        return char != "\n"
    negated = argument[0][0] is ops.NEGATE
    return any(_in(part, char) for part in argument) != negated


def _in(part: tuple[Any, Any], char: str) -> bool:
    op, argument = part
    if op is ops.LITERAL:
        return bool(argument == ord(char))
    if op is ops.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    return op is ops.CATEGORY and _CATEGORIES[argument](char)


def _candidates(atoms: Iterable[tuple[Any, Any]], *, in_bytes: bool) -> list[str]:
    """Characters that may matter: the usual ones, those the pattern names, and the ends of its ranges."""
    named = [*_USUAL]
    for op, argument in atoms:
        if op in (ops.LITERAL, ops.NOT_LITERAL):
            named.append(chr(argument))
        elif op is ops.IN:
            for kind, value in argument:
                if kind is ops.LITERAL:
                    named.append(chr(value))
                elif kind is ops.RANGE:
                    named.append(chr(value[0]))
    return [char for char in dict.fromkeys(named) if not in_bytes or ord(char) < 256]


def _alphabet(tree: Any, *, in_bytes: bool) -> list[str]:
    """One character of each kind that the pattern tells apart, those that sets take first."""
    atoms = list({str(atom): atom for atom in _atoms(tree)}.values())
    kinds: dict[tuple[bool, ...], str] = {}
    for char in _candidates(atoms, in_bytes=in_bytes):
        kinds.setdefault(tuple(_takes(atom, char) for atom in atoms), char)
    return [kinds[kind] for kind in sorted(kinds, key=lambda kind: (-sum(kind), kind))]


def _shortest(tree: Any, alphabet: list[str], pumps: list[tuple[str, str]], before: str = "") -> str:
    """A shortest match of a parsed pattern, as far as that is told by its parts; its repetitions go to ``pumps``.

    A pump is what stands before a repetition and what is repeated, once for each branch of it.
    """
    made = ""
    for op, argument in tree:
        if op in (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY):
            wanted = chr(argument) if op is ops.LITERAL else None
            made += wanted or next((char for char in alphabet if _takes((op, argument), char)), "")
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            low, _, body = argument
            once = [_shortest(one, alphabet, pumps, before + made) for one in _branches(body)]
            pumps.extend((before + made, piece) for piece in once if piece)
            made += once[0] * low
        elif op is ops.BRANCH:
            every = [_shortest(one, alphabet, pumps, before + made) for one in argument[1]]
            made += every[0]
        elif op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            made += _shortest(_children(op, argument)[0], alphabet, pumps, before + made)
        elif op is ops.ASSERT and argument[0] > 0:
            _shortest(argument[1], alphabet, pumps, before + made)
    return made


def _branches(body: Any) -> list[Any]:
    """The branches of a repeated group, or the whole of it."""
    parts = list(body)
    if len(parts) == 1 and parts[0][0] is ops.SUBPATTERN:
        return _branches(parts[0][1][3])
    if len(parts) == 1 and parts[0][0] is ops.BRANCH:
        return list(parts[0][1][1])
    return [body]


@dataclass(frozen=True)
class Hostile:
    """A text of any length: what it begins with, what it is made of, what it ends with."""

    head: str
    piece: str
    tail: str

    def text(self, length: int) -> str:
        """About ``length`` characters of it."""
        return self.head + self.piece * (length // len(self.piece)) + self.tail


def _hostile_texts(pattern: Any) -> list[Hostile]:
    """The texts that may hurt ``pattern``, each once, always in the same order."""
    in_bytes = isinstance(pattern.pattern, bytes)
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    alphabet = _alphabet(tree, in_bytes=in_bytes)
    pumps: list[tuple[str, str]] = []
    shortest = _shortest(tree, alphabet, pumps)
    heads = list(dict.fromkeys(head for head, _ in pumps if head))
    tails = ["", *alphabet[:3], alphabet[-1]]
    words = [*alphabet, *heads, *([shortest] if shortest else [])]
    words += ["".join(pair) for pair in product(alphabet[:5], repeat=2) if len(set(pair)) == 2]
    words += ["".join(three) for three in product(alphabet[:3], repeat=3) if len(set(three)) > 1]
    words += [head + char for head in heads for char in alphabet[:5]]
    texts = [Hostile("", word, tail) for word in words for tail in tails]
    texts += [Hostile(head, piece, tail) for head, piece in pumps for tail in tails]
    texts += [Hostile(head, one + two, "") for head in heads for one, two in product(alphabet[:5], repeat=2)]
    return list(dict.fromkeys(texts))


# ---------------------------------------------------------------- the clock


class _TooLongError(Exception):
    """A pattern ran into the timer."""


def _run(found: Found, hostile: Hostile, length: int) -> float:
    """CPU seconds that the pattern takes over ``length`` characters."""
    text: Any = hostile.text(length)
    if isinstance(found.pattern.pattern, bytes):
        text = text.encode("latin-1")
    begin = time.process_time()
    if found.anchored:
        found.pattern.match(text)
        found.pattern.fullmatch(text)
    else:
        for _ in found.pattern.finditer(text):
            pass
    return time.process_time() - begin


def _complaint(found: Found, hostile: Hostile) -> str | None:
    """What is wrong with the time that the pattern takes over a hostile text; None where nothing is."""
    length = LENGTH
    while (short := min(_run(found, hostile, length) for _ in range(2))) < NOISE:
        if length >= LONGEST:
            return None
        length *= 2
    long = min(_run(found, hostile, 4 * length) for _ in range(3))
    if long < RATIO * short:
        return None
    return f"{hostile} takes {short:.3f} seconds at {length} characters and {long:.3f} at four times as many"


def _complaints(found: Found) -> Iterator[str]:
    """What is wrong with the times that the pattern takes, slowest texts first."""
    try:
        times: list[tuple[float, int, Hostile]] = []
        for number, hostile in enumerate(_hostile_texts(found.pattern)):
            signal.setitimer(signal.ITIMER_PROF, TIMEOUT)
            times.append((-_run(found, hostile, FIRST_LOOK), number, hostile))
            if times[-1][0] < -ENOUGH:
                break
        for _, _, hostile in sorted(times)[:SLOWEST]:
            signal.setitimer(signal.ITIMER_PROF, TIMEOUT)
            complaint = _complaint(found, hostile)
            if complaint is not None:
                yield complaint
    except _TooLongError:
        yield f"{hostile} did not end within {TIMEOUT} seconds"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@pytest.fixture
def _timer() -> Iterator[None]:
    """Raises where one pattern takes more than ``TIMEOUT`` seconds of CPU; the engine looks for signals as it goes."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, ring)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


# ---------------------------------------------------------------- the tests


def test_patterns_are_found() -> None:
    places = {found.where for found in _all_patterns()}
    assert len(places) > 50
    for place in ("attribution.tokens:_TOKEN", "segment.languages:_WORDS.Latn", "segment.dateline:parse_date"):
        assert f"tracker.{place}" in places


def test_every_call_of_re_inside_a_function_is_understood() -> None:
    for module in _modules():
        for function, _, call in _calls_of_re(module):
            understood = _literal(module, call) is not None or module.__name__ in MADE_OF_DATA
            assert understood, f"{module.__name__}:{function}: what may this pattern be?"


@pytest.mark.usefixtures("_timer")
@pytest.mark.parametrize("found", _all_patterns(), ids=lambda found: found.where.removeprefix("tracker."))
def test_pattern_takes_linear_time(found: Found) -> None:
    assert list(_complaints(found)) == []


@pytest.mark.usefixtures("_timer")
@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(a+)+b", id="nested-repetition"),
        pytest.param(r"(?:a|a)*b", id="branches-alike"),
        pytest.param(r"(?:\w+\s?)*:", id="optional-space"),
        pytest.param(r"\s+$", id="search-for-an-end"),
        pytest.param(r"<[^>]*>", id="search-for-a-closing-bracket"),
        pytest.param(r"[«\"][^»\"]*»", id="search-for-a-closing-mark"),
        pytest.param(r".*,.*,.*;", id="dots"),
    ],
)
def test_bad_patterns_are_caught(pattern: str) -> None:
    assert next(_complaints(Found("here", re.compile(pattern), anchored=False)), None) is not None
