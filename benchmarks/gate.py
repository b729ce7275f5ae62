"""The quality gate: extract from data/gold and compare with benchmarks/floors.toml: ``python -m benchmarks.gate``.

Only the documents with an even number are gated; the figures of the odd ones stand beside them. The weights of Arabic
and Hebrew are learned from both (``benchmarks/train_weights.py``): the gate shows steps back, not how well unseen pages
do. ``--json`` prints both as JSON. Exit code 1 where a figure is below its floor; a floor is lowered by a deliberate
commit, never here.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tracker.pipeline import annotate
from tracker.records import Document
from tracker.report.evaluation import Figures, Passage, Scores, evaluate, gold_from_dict, predicted_from

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "data" / "gold"
FLOORS = Path(__file__).with_name("floors.toml")
GATED, LEARNED = "even", "odd"
KINDS = ("all", "direct", "indirect", "mixed")
METRICS = ("found@0.5", "attributed")

Results = dict[str, dict[str, Scores]]
"""Half (even, odd) -> language -> scores."""
Floors = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Language -> kind -> metric -> the least F1."""


def half_of(path: Path) -> str:
    """Whether the number of a gold document is even or odd; what has no number is gated."""
    return LEARNED if path.stem.isdecimal() and int(path.stem) % 2 else GATED


def passages(paths: Iterable[Path]) -> Iterator[Passage]:
    """Each annotated document with what is extracted from it."""
    for path in paths:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = annotate(document_of(record), langs=(record["lang"],))
        yield Passage(record["text"], gold_from_dict(record), predicted_from(found), record["lang"])


def document_of(record: dict[str, Any]) -> Document:
    """The Document of an annotated object."""
    return Document("", record["text"], str(record["id"]), "", lang=record["lang"])


def measure(gold: Path = GOLD) -> Results:
    """The scores of every language folder in ``gold``, its even and its odd half apart."""
    results: Results = {GATED: {}, LEARNED: {}}
    for folder in sorted(path for path in gold.iterdir() if path.is_dir()):
        for half in (GATED, LEARNED):
            paths = [path for path in sorted(folder.glob("*.json")) if half_of(path) == half]
            if paths:
                results[half][folder.name] = evaluate(passages(paths))
    return results


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors of every language."""
    floors: dict[str, dict[str, dict[str, float]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return floors


def below(results: Mapping[str, Scores], floors: Floors) -> list[str]:
    """One line for each figure that is below its floor, and for each floor that has no figure."""
    lines = []
    for lang, kinds in floors.items():
        for kind, metrics in kinds.items():
            for metric, floor in metrics.items():
                figures = results[lang].rows().get(kind) if lang in results else None
                if figures is None or not figures.gold:
                    lines.append(f"{lang} {kind} {metric}: nothing to measure, the floor is {floor:.3f}")
                elif figures.f1(metric) < floor:
                    lines.append(f"{lang} {kind} {metric}: F1 {figures.f1(metric):.3f} is below {floor:.3f}")
    return lines


def table(results: Results, floors: Floors) -> str:
    """The figures as lines of text, the gated half first."""
    lines = []
    for half, title in ((GATED, "even-numbered documents (gated)"), (LEARNED, "odd-numbered documents (not gated)")):
        lines += [title, f"{'':4} {'':9} {'gold':>5} {'found':>5}" + "".join(f"   {name:^24}" for name in METRICS)]
        lines.append(f"{'':26}" + f"{'P':>7} {'R':>6} {'F1':>6} {'floor':>6}" * len(METRICS))
        for lang, scores in results[half].items():
            for kind in KINDS:
                figures = scores.rows()[kind]
                own = floors.get(lang, {}).get(kind, {}) if half == GATED else {}
                cells = "".join(_cells(figures, metric, own.get(metric)) for metric in METRICS)
                lines.append(f"{lang:4} {kind:9} {figures.gold:5} {figures.predicted:5}{cells}".rstrip())
        lines.append("")
    return "\n".join(lines)


def as_dict(results: Results) -> dict[str, Any]:
    """The figures as plain values: half, language, kind, metric."""
    return {
        half: {lang: {kind: scores.rows()[kind].as_dict() for kind in KINDS} for lang, scores in results[half].items()}
        for half in results
    }


def _cells(figures: Figures, metric: str, floor: float | None) -> str:
    values = (figures.precision(metric), figures.recall(metric), figures.f1(metric))
    shown = f"{values[0]:7.3f} {values[1]:6.3f} {values[2]:6.3f}"
    return f"{shown} {floor:6.3f}" if floor is not None else f"{shown} {'':6}"


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code."""
    results, floors = measure(), read_floors()
    if "--json" in arguments:
        print(json.dumps(as_dict(results), ensure_ascii=False, indent=1))
    else:
        print(table(results, floors))
    lines = below(results[GATED], floors)
    for line in lines:
        print(f"gate: {line}", file=sys.stderr)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
