"""Learn the weight tables of tracker/attribution from annotated documents, by regularised multinomial regression.

    python -m benchmarks.train_weights en=TRAIN.jsonl ar=data/gold/ar ar=AR.jsonl:even he=data/gold/he [--cross 4]

Each source is ``LANG=FILE[:even|odd]``, a JSONL file or a folder of JSON files. The shared table is learned from all
of them; then each language but the first learns corrections on top. ``--cross N`` writes nothing: it learns N times,
each time without one N-th of the documents of a language, and prints how those do.
The tables are plain TOML, one weight a line: open them, read them, correct them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import tracker
from benchmarks.decisions import Choice, Choices, collect, confidence_choices
from benchmarks.errors import read_documents
from tracker.attribution import scoring
from tracker.attribution.scoring import WeightTables
from tracker.report.evaluation import Passage, evaluate, gold_from_dict, predicted_from

ROOT = Path(__file__).parent.parent
MIN_COUNT = 12
MIN_WEIGHT = 0.05
TABLES = ("content", "speaker", "uncued", "antecedent", "confidence")


def learn(
    choices: Sequence[Choice], *, strength: float, prior: dict[str, float] | None = None, steps: int = 250
) -> dict[str, float]:
    """Weights by Adam on the regularised log-likelihood; ``prior`` weights are added to the scores and stay fixed."""
    counts: dict[str, int] = {}
    for choice in choices:
        for name in {name for features in choice.candidates for name in features}:
            counts[name] = counts.get(name, 0) + 1
    least = MIN_COUNT if prior is None else 3
    names = sorted(name for name, count in counts.items() if count >= least)
    index = {name: place for place, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    offsets: list[float] = []
    group: list[int] = []
    truth: list[float] = []
    weight: list[float] = []
    row = 0
    for number, choice in enumerate(choices):
        for features, share in zip(choice.candidates, choice.truth, strict=True):
            for name, value in features.items():
                if name in index:
                    rows.append(row)
                    columns.append(index[name])
                    values.append(value)
            offsets.append(sum(value * prior.get(name, 0.0) for name, value in features.items()) if prior else 0.0)
            group.append(number)
            truth.append(share)
            weight.append(choice.weight)
            row += 1
    r, c, v = np.array(rows), np.array(columns), np.array(values)
    o, g, t, w = np.array(offsets), np.array(group), np.array(truth), np.array(weight)
    theta = np.zeros(len(names))
    first = np.zeros_like(theta)
    second = np.zeros_like(theta)
    total = float(sum(choice.weight for choice in choices))
    for step in range(1, steps + 1):
        scores = o + np.bincount(r, weights=v * theta[c], minlength=row)
        scores -= np.maximum.reduceat(scores, np.flatnonzero(np.r_[True, g[1:] != g[:-1]]))[g]
        powers = np.exp(scores)
        shares = powers / np.bincount(g, weights=powers)[g]
        error = (shares - t) * w
        gradient = np.bincount(c, weights=v * error[r], minlength=len(names)) / total + strength * theta / total
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        theta -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(value), 2) for name, value in zip(names, theta, strict=True) if abs(value) >= MIN_WEIGHT}


@dataclass(frozen=True)
class Annotated:
    """One annotated document with its language."""

    lang: str
    record: dict[str, Any]


def read_sources(items: Iterable[str]) -> list[Annotated]:
    """The documents of all sources, in order."""
    found = []
    for item in items:
        lang, _, rest = item.partition("=")
        path, _, half = rest.partition(":")
        for number, record in enumerate(read_documents(Path(path))):
            if not half or (number % 2 == 0) == (half == "even"):
                found.append(Annotated(lang, record))
    return found


class Learner:
    """The tables in the making; what is learned is used at once, because later decisions depend on it."""

    def __init__(self, *, strength: float, own_strength: float) -> None:
        self.strength = strength
        self.own_strength = own_strength
        self.shared = WeightTables()
        self.own: dict[str, WeightTables] = {}

    def use(self, langs: Iterable[str]) -> None:
        """Let the extractor use the present tables for ``langs``."""
        for lang in langs:
            scoring.use_weights(lang, self.shared, self.own.get(lang, WeightTables()))

    def learn_shared(self, documents: Sequence[Annotated]) -> None:
        """The shared tables from all ``documents``."""
        langs = {document.lang for document in documents}
        self.use(langs)
        for stage in STAGES:
            choices = _collected(documents)
            for table in stage:
                weights = learn(getattr(choices, table), strength=self.strength)
                self.shared = replace(self.shared, **{table: weights})
                print(
                    f"shared {table}: {len(getattr(choices, table))} decisions, {len(weights)} weights", file=sys.stderr
                )
            self.use(langs)

    def learn_own(self, lang: str, documents: Sequence[Annotated]) -> None:
        """The corrections of one language on top of the shared tables."""
        self.own[lang] = WeightTables()
        self.use([lang])
        for stage in STAGES:
            choices = _collected(documents)
            for table in stage:
                prior = getattr(self.shared, table)
                weights = learn(getattr(choices, table), strength=self.own_strength, prior=prior)
                self.own[lang] = replace(self.own[lang], **{table: weights})
            self.use([lang])

    def learn_confidence(self, documents: Sequence[Annotated], folds: int = 3) -> None:
        """The table of confidence, from documents that a language's own tables did not see.

        The shared tables saw them all, but as a few among many.
        """
        choices: list[Choice] = []
        own = dict(self.own)
        for lang in dict.fromkeys(document.lang for document in documents):
            unique = {
                str(one.record["id"]): one for one in documents if one.lang == lang
            }  # a source may be given twice
            of_lang = list(unique.values())
            for fold in range(folds if lang in own else 1):
                if lang in own:
                    self.learn_own(lang, [one for number, one in enumerate(of_lang) if number % folds != fold])
                for document in of_lang[fold::folds]:
                    choices += confidence_choices(document.record, lang)
        self.own = own
        weights = learn(choices, strength=self.strength)
        self.shared = replace(self.shared, confidence=weights)
        self.use({document.lang for document in documents})
        print(f"confidence: {len(choices)} statements, {len(weights)} weights", file=sys.stderr)


STAGES = (("content", "speaker"), ("uncued",), ("antecedent",))
"""Tables that are learned together; the decisions of a later stage depend on the tables of those before."""


def _collected(documents: Iterable[Annotated]) -> Choices:
    choices = Choices()
    for document in documents:
        part = collect(document.record, document.lang)
        for table in TABLES:
            getattr(choices, table).extend(getattr(part, table))
    return choices


def cross_validate(learner: Learner, documents: Sequence[Annotated], folds: int, wanted: Iterable[str]) -> None:
    """Print how each language of ``wanted`` does on documents it was not learned from.

    The shared tables are learned from the other languages alone.
    """
    for lang in wanted:
        learner.learn_shared([document for document in documents if document.lang != lang])
        own = [document for document in documents if document.lang == lang]
        passages: list[Passage] = []
        for fold in range(folds):
            learner.learn_own(lang, [one for number, one in enumerate(own) if number % folds != fold])
            for document in [one for number, one in enumerate(own) if number % folds == fold]:
                text = document.record["text"]
                found = tracker.extract(text, lang=lang)
                passages.append(Passage(text, gold_from_dict(document.record), predicted_from(found), lang))
        for name, figures in evaluate(passages).rows().items():
            print(
                f"{lang} {name:12} {figures.gold:5} {figures.predicted:5}  found {figures.f1('found@0.5'):.3f}"
                f"  attributed P {figures.precision('attributed'):.3f} R {figures.recall('attributed'):.3f}"
                f" F1 {figures.f1('attributed'):.3f}"
            )


def write_table(path: Path, tables: WeightTables, heading: str) -> None:
    """The tables as TOML, sorted, one weight a line."""
    lines = [f"# {line}" for line in heading.split("\n")]
    for table in TABLES:
        weights: Mapping[str, float] = getattr(tables, table)
        lines += ["", f"[{table}]"]
        lines += [f"{json.dumps(name, ensure_ascii=False)} = {weights[name]}" for name in sorted(weights)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", help="LANG=FILE[:even|odd]")
    parser.add_argument("--strength", type=float, default=2.0, help="regularisation of the shared tables")
    parser.add_argument("--own-strength", type=float, default=5.0, help="regularisation of a language's corrections")
    parser.add_argument("--cross", type=int, metavar="N", help="only N-fold cross-validation")
    parser.add_argument("--langs", help="with --cross: of these languages only, comma-separated")
    options = parser.parse_args(argv)
    documents = read_sources(options.sources)
    langs = list(dict.fromkeys(document.lang for document in documents))
    learner = Learner(strength=options.strength, own_strength=options.own_strength)
    if options.cross:
        cross_validate(learner, documents, options.cross, options.langs.split(",") if options.langs else langs[1:])
        return 0
    learner.learn_shared(documents)
    for lang in langs[1:]:
        learner.learn_own(lang, [document for document in documents if document.lang == lang])
    learner.learn_confidence(documents)
    write_table(ROOT / "tracker" / "attribution" / "weights.toml", learner.shared, HEADING)
    for lang in langs[1:]:
        write_table(ROOT / "tracker" / "lang" / lang / "weights.toml", learner.own[lang], HEADING)
    return 0


HEADING = "Made by benchmarks/train_weights.py; see tracker/attribution/scoring.py."

if __name__ == "__main__":
    sys.exit(main())
