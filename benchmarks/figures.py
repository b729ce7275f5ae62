"""The figures in README.md, written anew from benchmarks/figures.json: ``python -m benchmarks.figures``.

    gate          language -> kind -> figures on data/gold, even-numbered documents (``benchmarks.gate``)
    speed         what ``benchmarks.speed`` measured
    development   corpus -> figures by kind on annotated texts that are not ours to ship, with language and ``source``
                  (where they come from, and what part of them nobody looked at)

``--measure`` first measures ``gate`` and ``speed`` and writes them to the JSON file. ``--annotated NAME LANG FILE HALF
SOURCE`` measures one corpus: ``HALF`` is even, odd or all, with ``-speech`` behind it where annotations that are no
speech, and predictions inside an annotation, are left out. ``--check`` changes nothing and exits with 1 where README.md
is out of date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import gate, speed
from benchmarks.errors import read_documents
from benchmarks.page_block import README, with_block, write_or_compare
from tracker.lang import load_pack
from tracker.pipeline import annotate
from tracker.report.evaluation import Passage, evaluate, gold_from_dict, predicted_from

ROOT = Path(__file__).parents[1]
FIGURES = Path(__file__).with_name("figures.json")
NOT_CLAIMED = (
    "The gold documents were written for this project, by the same hands as its rules: they show that a change makes"
    " nothing worse, not how well pages do that nobody has seen. For that, take texts of your own and `tracker"
    " evaluate`.",
    "They are dense: nearly every sentence attributes something. On pages with fewer statements the share of wrong ones"
    " is higher.",
    "Nothing is claimed for languages, dialects and kinds of text that are not in the table, nor for who is meant"
    " across documents, nor for the truth of what was said.",
    "Rates depend on the machine. The column that carries over is the time as a multiple of the baseline's, a"
    " quotation finder of two regular expressions measured in the same run.",
)


def figures_block(figures: dict[str, Any]) -> str:
    """The tables as they stand between the marks."""
    parts = [
        "**data/gold**, half of the documents the weights were learned from; it guards against steps back:",
        _table(_HEAD, _gate_rows(figures["gate"])),
    ]
    if figures["development"]:
        parts += [
            "**Annotated news that is not ours to ship**, from outlets and of kinds that the extractor is made for:"
        ]
        for name, corpus in figures["development"].items():
            rows = _gate_rows({corpus["lang"]: corpus["kinds"]})
            parts += [f"{name}: {corpus['source']}.", _table(_HEAD, rows)]
    parts += [
        "**Speed** on one core:",
        _table(_SPEED_HEAD, _speed_rows(figures["speed"])),
        _speed_text(figures["speed"]),
    ]
    parts += ["**What is not claimed**", "\n".join(f"- {line}" for line in NOT_CLAIMED)]
    return "\n\n" + "\n\n".join(parts) + "\n\n"


_HEAD = (
    "language", "statements", "number", "found: precision", "recall", "attributed: precision", "recall", "F1",
)  # fmt: skip
_SPEED_HEAD = ("stage", "documents of 580 words a CPU second", "time, baseline = 1")


def with_figures(page: str, figures: dict[str, Any]) -> str:
    """``page`` with the block between its marks written anew. Raises ValueError where a mark is missing."""
    return with_block(page, "figures", figures_block(figures))


def read_figures(path: Path = FIGURES) -> dict[str, Any]:
    """The figures as they were measured last."""
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return figures


def measure_corpus(lang: str, path: Path, half: str) -> dict[str, Any]:
    """The figures by kind on the documents of one annotated file."""
    half, _, speech = half.partition("-")
    chosen = []
    for number, record in enumerate(read_documents(path)):
        if half == "all" or (number % 2 == 0) == (half == "even"):
            found = annotate(gate.document_of(record), langs=(lang,))
            chosen.append(Passage(record["text"], gold_from_dict(record), predicted_from(found), lang))
    scores = evaluate(chosen, speech_only=bool(speech), nested_neutral=bool(speech))
    return {kind: scores.rows()[kind].as_dict() for kind in gate.KINDS}


def measure(figures: dict[str, Any]) -> dict[str, Any]:
    """``figures`` with ``gate`` and ``speed`` measured anew."""
    quality = gate.as_dict(gate.measure())[gate.GATED]
    return {**figures, "gate": quality, "speed": speed.measure(speed.FULL)}


def _gate_rows(langs: dict[str, Any]) -> Iterator[list[str]]:
    for lang, kinds in langs.items():
        for kind, row in kinds.items():
            found, attributed = row["found@0.5"], row["attributed"]
            yield [
                load_pack(lang).language.name if kind == "all" else "",
                kind,
                str(row["gold"]),
                *(_share(value) for value in (found["P"], found["R"], attributed["P"], attributed["R"])),
                _share(attributed["F1"]),
            ]


def _speed_rows(figures: dict[str, Any]) -> Iterator[list[str]]:
    for stage, rates in figures["stages"].items():
        rate = rates["all"]
        yield [stage, f"{rate['a CPU second']:.0f}", f"{rate['times the baseline']:.1f}"]


def _speed_text(figures: dict[str, Any]) -> str:
    starts = figures["start-up"]
    return (
        f"The documents hold {figures['statements a document']} statements each, about twice as many as news does, and"
        f" all but the baseline and segmentation take time for each. Start-up of `tracker query`:"
        f" {starts['tracker query']['CPU seconds']:.2f} CPU seconds, of which Python itself"
        f" takes {starts['python -c pass']['CPU seconds']:.2f}. Peak memory of the whole run:"
        f" {figures['peak memory, MB']:.0f} MB. Python {figures['python']}."
    )


def _share(value: float) -> str:
    return f"{value:.2f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main(arguments: list[str]) -> int:
    """Write the block, or only compare; the exit code."""
    figures = read_figures()
    if "--measure" in arguments:
        figures = measure(figures)
    if "--annotated" in arguments:
        name, lang, path, half, source = arguments[arguments.index("--annotated") + 1 :][:5]
        kinds = measure_corpus(lang, Path(path), half)
        figures["development"][name] = {"lang": lang, "source": source, "kinds": kinds}
    if "--measure" in arguments or "--annotated" in arguments:
        FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = README.read_text(encoding="utf-8")
    wanted = with_figures(page, figures)
    return write_or_compare(page, wanted, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
