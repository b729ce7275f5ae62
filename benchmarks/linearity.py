"""Whether time stays in proportion to the length of a text: ``python -m benchmarks.linearity``.

CPU seconds of ``tracker.extract`` on texts of 10 KB, 100 KB, 1 MB and 10 MB (thousands and millions of characters) of
many shapes: news as papers print it, and pages that no paper prints but the web holds. A row tells the seconds a
million characters at each size and the growth, the slope between the two largest sizes of both on a logarithmic
scale: 1 is linear, 2 is the square. A shape fails, and with it the program, where its growth is above 1.25, or where a
size had to be left out because the size before it foretold more seconds than ``--limit`` (900).

``--quick`` stops at 1 MB, ``--only WORD`` takes the shapes whose name holds WORD, ``--json`` prints the figures as
JSON. Growth of shapes that take next to no time is not noise: times below 50 milliseconds count as 50.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import tracker
from benchmarks.memory import peak_megabytes
from benchmarks.speed import make_documents

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
QUICK_SIZES = SIZES[:3]
MAX_GROWTH = 1.25
LIMIT = 900.0
"""CPU seconds that one text may be foretold to take."""
FLOOR = 0.05
"""CPU seconds; what is faster counts as this."""
REPEATED_BELOW = 1.5
"""CPU seconds; what is faster is measured three times, and the fastest counts."""

_ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "dr", "gr", "st", "br", "kl")
_VOWELS = ("a", "e", "i", "o", "u")
_ENDS = ("", "n", "r", "l", "s", "k")
_SYLLABLES = [onset + vowel + end for vowel in _VOWELS for end in _ENDS for onset in _ONSETS]


@dataclass(frozen=True)
class Shape:
    """One kind of text: its name, the language it is told to be in, and how a text of ``size`` characters is made."""

    name: str
    lang: str
    make: Callable[[int], str]


def _filled(piece: str, size: int) -> str:
    """``piece`` over and over, cut at ``size`` characters."""
    return (piece * (size // len(piece) + 1))[:size]


def _repeated(name: str, lang: str, piece: str) -> Shape:
    return Shape(name, lang, partial(_filled, piece))


def news(lang: str, size: int) -> str:
    """News of one language, a paragraph a line with an empty line between them."""
    return _filled("\n\n".join(document.text for document in make_documents(lang, 8)) + "\n\n", size)


def _news_in_one_line(lang: str, size: int) -> str:
    return " ".join(news(lang, size).split("\n"))


def _news_without_marks(lang: str, size: int) -> str:
    kept = (char for char in news(lang, size) if char.isalnum() or char.isspace())
    return "".join(kept)


def _words_alone(lang: str, size: int) -> str:
    return " ".join(_news_without_marks(lang, size).split())


def _capitals(size: int) -> str:
    return news("en", size).upper()


def _name(number: int) -> str:
    """A surname that no other number below 216 million has."""
    parts = []
    for _ in range(3):
        number, place = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[place])
    return "".join(parts).capitalize()


def _all_numbered(line: Callable[[int], str], size: int) -> str:
    """The lines of 0, 1, 2 …, cut at ``size`` characters."""
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(line(len(lines)))
        length += len(lines[-1])
    return "".join(lines)[:size]


def _people(size: int) -> str:
    """Somebody new speaks in every paragraph, and is taken up again by the surname alone."""
    return _all_numbered(
        lambda number: (
            f"Mara {_name(number)}, the mayor of {_name(7 * number + 3)}, said: “We will open gate {number}.”"
            f"\n\n“Nobody asked us,” {_name(number)} said. He added that it would rain.\n\n"
        ),
        size,
    )


def _surnames(size: int) -> str:
    """Somebody new in every line, and of each of them the surname alone."""
    return _all_numbered(lambda number: f"{_name(number)} said that it would rain.\n", size)


def _both_directions(size: int) -> str:
    """A word of each script in turn."""
    texts = [news(lang, max(size // 2, 2_000)).split() for lang in ("en", "ar", "he")]
    return _filled(" ".join(word for words in zip(*texts, strict=False) for word in words) + " ", size)


def _bidi_news(size: int) -> str:
    """Arabic news with every word between bidi controls, as some converters of print pages write it."""
    return " ".join(f"\u202b{word}\u202c\u200f" for word in news("ar", size // 2).split(" "))[:size]


SHAPES: tuple[Shape, ...] = (
    *(Shape(f"news, {lang}", lang, partial(news, lang)) for lang in ("ar", "he", "en")),
    *(Shape(f"one line of news, {lang}", lang, partial(_news_in_one_line, lang)) for lang in ("ar", "he", "en")),
    *(Shape(f"no punctuation, {lang}", lang, partial(_news_without_marks, lang)) for lang in ("ar", "he", "en")),
    Shape("one line, no punctuation, en", "en", partial(_words_alone, "en")),
    Shape("all capitals", "en", _capitals),
    Shape("new people", "en", _people),
    Shape("new surnames", "en", _surnames),
    Shape("words of three scripts", "en", _both_directions),
    Shape("news in bidi controls", "ar", _bidi_news),
    _repeated("marks", "en", '"'),
    _repeated("marks apart", "en", '" '),
    _repeated("marks in lines", "he", '"\n'),
    _repeated("gershayim", "he", '״"'),
    _repeated("opening marks", "en", "“«„‘"),
    _repeated("words behind opening marks", "ar", "«نحن “هنا „معا "),
    _repeated("never closed, in lines", "ar", "قال: «نحن هنا معا اليوم\n"),
    _repeated("never closed, opened again", "en", "He said: “We are here today.\n"),
    _repeated("short quotations", "en", '"a said b" '),
    _repeated("quotations without cue", "en", "“We are here to stay.”\n\n"),
    _repeated("announced in the line above", "en", "Mara Venn said:\n“We are here to stay.”\n"),
    _repeated("single marks", "en", "‘a’ 'b' "),
    _repeated("said", "en", "said "),
    _repeated("said, ar", "ar", "قال "),
    _repeated("said, he", "he", "אמר "),
    _repeated("said that", "en", "said that "),
    _repeated("said and a mark", "ar", 'قال "إن '),
    _repeated("said by a name", "en", "Mara Venn said it rained. "),
    _repeated("according to", "he", 'לדבריו, "'),
    _repeated("names and commas", "en", "Mayor Mara Venn, "),
    _repeated("pronouns", "en", "She said he said they said it. "),
    _repeated("dashes", "en", "she - he said - "),
    _repeated("one speaker in lines", "en", "Mara Venn said it rained.\nShe said it snowed.\n"),
    _repeated("descriptions in lines", "ar", "وقالت الشركة إن الرصيف مغلق.\n"),
    _repeated("short lines", "en", "He said.\n"),
    _repeated("short lines, ar", "ar", "قال ذلك\n"),
    _repeated("short quoted lines", "he", '"אנחנו כאן"\n'),
    _repeated("empty lines", "en", "\n"),
    _repeated("spaces", "en", " " * 50 + "x"),
    _repeated("headlines and datelines", "en", "Bridge shut\nPublished: 3 May 2024\nMara Venn said it is closed.\n\n"),
    _repeated("posts", "en", "The bridge is shut. — Noa (@noa) October 4, 2023\n\n"),
    _repeated("handles and links", "en", "@noa #bridge https://a.example/x "),
    _repeated("bidi controls", "ar", "\u202b\u202c\u200f\u2067\u2069"),
    _repeated("invisible characters", "he", "א\u200b\u200d\ufeff"),
    _repeated("vowel signs", "ar", "قُ\u064b\u0651\u0670"),
    _repeated("scripts by the letter", "he", "aאב"),
    _repeated("digits", "en", "7"),
    _repeated("numbers", "en", "12,5% 3.4.2024 1:2 "),
    _repeated("commas", "en", ","),
    _repeated("commas apart", "ar", "، "),
    _repeated("colons", "en", ":"),
    _repeated("words and colons", "en", "Mara Venn: no: "),
    _repeated("full stops", "en", "."),
    _repeated("dotted letters", "en", "A."),
    _repeated("brackets", "en", "([{"),
    _repeated("letters", "en", "a"),
    _repeated("letters, ar", "ar", "ا"),
)


def seconds(text: str, lang: str) -> float:
    """CPU seconds of ``tracker.extract``."""
    begin = time.process_time()
    tracker.extract(text, lang=lang)
    return time.process_time() - begin


def measure(
    shapes: Iterable[Shape] = SHAPES, sizes: Sequence[int] = SIZES, *, limit: float = LIMIT, tell: bool = False
) -> dict[str, Any]:
    """All figures of one run as plain values; ``tell`` prints a row as soon as it is measured."""
    rows: dict[str, Any] = {}
    for shape in shapes:
        rows[shape.name] = _row(shape, sizes, limit)
        if tell:
            print(_line(shape.name, rows[shape.name], sizes), flush=True)
    return {
        "sizes": list(sizes),
        "python": sys.version.split()[0],
        "shapes": rows,
        "failed": [name for name, row in rows.items() if not row["linear"]],
        "peak memory, MB": round(peak_megabytes(), 1),
    }


def _row(shape: Shape, sizes: Sequence[int], limit: float) -> dict[str, Any]:
    seconds(shape.make(2_000), shape.lang)  # what is loaded late, and the words of this text
    times: dict[int, float] = {}
    for size in sizes:
        if times and _foretold(times, size) > limit:
            break
        times[size] = _fastest(shape.make(size), shape.lang)
    growth = _growth(times)
    return {
        "seconds": {str(size): round(taken, 4) for size, taken in times.items()},
        "seconds a million": {str(size): round(taken / size * 1_000_000, 3) for size, taken in times.items()},
        "growth": round(growth, 2),
        "linear": growth <= MAX_GROWTH and len(times) == len(sizes),
    }


def _foretold(times: dict[int, float], size: int) -> float:
    """Seconds that a text of ``size`` will take, by the growth so far."""
    last = max(times)
    growth = _growth(times) if len(times) > 1 else 1.0
    return float(times[last] * (size / last) ** growth)


def _fastest(text: str, lang: str) -> float:
    taken = seconds(text, lang)
    if taken < REPEATED_BELOW:
        taken = min(taken, seconds(text, lang), seconds(text, lang))
    return taken


def _growth(times: dict[int, float]) -> float:
    """The slope between the two largest sizes, logarithm against logarithm; 0 where there are no two."""
    slopes = [
        math.log(max(times[large], FLOOR) / max(times[small], FLOOR)) / math.log(large / small)
        for small, large in pairwise(sorted(times))
    ]
    return slopes[-1] if slopes else 0.0


def _line(name: str, row: dict[str, Any], sizes: Sequence[int]) -> str:
    taken = row["seconds a million"]
    cells = "".join(f"{taken[str(size)]:12.3f}" if str(size) in taken else f"{'left out':>12}" for size in sizes)
    return f"{name:32}{cells}{row['growth']:10.2f}{'' if row['linear'] else '  too much'}".rstrip()


def _head(sizes: Sequence[int]) -> str:
    cells = "".join(f"{_size_name(size):>12}" for size in sizes)
    return f"{'CPU seconds a million characters':32}{cells}{'growth':>10}"


def _size_name(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1_000} KB"


def table(figures: dict[str, Any]) -> str:
    """The figures as lines of text."""
    sizes = figures["sizes"]
    rows = [_line(name, row, sizes) for name, row in figures["shapes"].items()]
    return "\n".join([_head(sizes), *rows, *_end(figures)])


def _end(figures: dict[str, Any]) -> list[str]:
    failed = figures["failed"]
    verdict = f"not linear: {', '.join(failed)}" if failed else f"every growth is at most {MAX_GROWTH}"
    memory = f"peak memory of this process: {figures['peak memory, MB']} MB; Python {figures['python']}"
    return ["", verdict, memory]


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code: 1 where a shape is not linear."""
    parser = argparse.ArgumentParser(prog="benchmarks.linearity", description="CPU time against length of text.")
    parser.add_argument("--quick", action="store_true", help="texts up to 1 MB")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--only", default="", metavar="WORD", help="shapes whose name holds WORD")
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS", help="leave out what would take more")
    options = parser.parse_args(arguments)
    shapes = [shape for shape in SHAPES if options.only in shape.name]
    if not shapes:
        parser.error(f"no shape is called {options.only!r}; there are {', '.join(shape.name for shape in SHAPES)}")
    sizes = QUICK_SIZES if options.quick else SIZES
    if not options.json:
        print(_head(sizes), flush=True)
    figures = measure(shapes, sizes, limit=options.limit, tell=not options.json)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if options.json else "\n".join(_end(figures)))
    return int(bool(figures["failed"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
