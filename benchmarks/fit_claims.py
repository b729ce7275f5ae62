"""Learn the weights of ``tracker/claims/weights.toml`` from labelled pairs of claims.

    python benchmarks/fit_claims.py PAIRS.jsonl… tests/claims/data/events.toml [--write] [--folds 5]

Each line of a JSONL file is ``{"id", "a", "b", "lang_a", "lang_b", "gold"}``; gold is agree or entailment (same),
disagree or contradiction (conflict), anything else neither. A TOML file holds invented events as events.toml does.

Multinomial logistic regression with an L2 penalty by accelerated gradient steps; within a file rare labels count more
than their number. Prints macro-F1 by file under cross-validation, where all languages of one pair stay in one fold;
``--write`` then replaces the tables "same" and "conflict" by weights learned from everything.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import tomllib
import zlib
from pathlib import Path

import numpy as np

from tracker.claims.features import features
from tracker.claims.overlap import overlap
from tracker.claims.profile import profile
from tracker.claims.weights import WEIGHTS_FILE
from tracker.records import Claim

LABELS = {"agree": 0, "entailment": 0, "same": 0, "disagree": 1, "contradiction": 1, "conflict": 1}
EVENTS = 0.3
LABELS |= {"speaker": 0, "negation": 1, "number": 1, "date": 1}


def read_pairs(path: Path) -> list[dict]:
    """The labelled pairs of one file with their features."""
    if path.suffix == ".toml":
        rows = read_events(path)
    else:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        first, second = Claim(row["a"], lang=row["lang_a"]), Claim(row["b"], lang=row["lang_b"])
        row["features"] = features(overlap(profile(first), profile(second)))
        row["class"] = LABELS.get(row["gold"], 2)
        row["file"] = path.name
    return rows


def read_events(path: Path) -> list[dict]:
    """The base text of every event in every language against its variants in every language."""
    rows = []
    for event, variants in tomllib.loads(path.read_text(encoding="utf-8")).items():
        base = variants.pop("base")
        for variant, texts in variants.items():
            for (lang_a, a), (lang_b, b) in itertools.product(base.items(), texts.items()):
                rows.append({"id": event, "a": a, "b": b, "lang_a": lang_a, "lang_b": lang_b, "gold": variant})
    return rows


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, penalty: float, steps: int = 400) -> np.ndarray:
    """Weights (features x 2) for classes 0 and 1 against class 2."""
    w = np.zeros((x.shape[1], 2))
    target = np.eye(3)[y][:, :2]
    total = weight.sum()
    lipschitz = 0.5 * np.linalg.eigvalsh((x * weight[:, None]).T @ x)[-1] / total + penalty
    momentum, t = w.copy(), 1.0
    for _ in range(steps):
        logits = np.hstack([x @ momentum, np.zeros((len(x), 1))])
        logits -= logits.max(axis=1, keepdims=True)
        p = np.exp(logits)
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ ((p[:, :2] - target) * weight[:, None]) / total + penalty * momentum
        new = momentum - gradient / lipschitz
        t_new = (1 + (1 + 4 * t * t) ** 0.5) / 2
        momentum = new + (t - 1) / t_new * (new - w)
        w, t = new, t_new
    return w


def predict(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The likeliest class of each row."""
    return np.hstack([x @ w, np.zeros((len(x), 1))]).argmax(axis=1)


def macro_f1(gold: np.ndarray, guess: np.ndarray) -> tuple[float, list[float]]:
    """The mean of the three F1 scores, and each of them."""
    scores = []
    for label in range(3):
        right = int(((gold == label) & (guess == label)).sum())
        wrong = int((gold == label).sum() + (guess == label).sum())
        scores.append(2 * right / wrong if wrong else 0.0)
    return sum(scores) / 3, scores


def main() -> None:
    """Read, cross-validate, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=0.0003)
    options = parser.parse_args()
    rows = [row for path in options.pairs for row in read_pairs(path)]
    names = sorted({name for row in rows for name in row["features"]})
    x = np.array([[row["features"].get(name, 0.0) for name in names] for row in rows])
    y = np.array([row["class"] for row in rows])
    files = np.array([row["file"] for row in rows])
    # a pair and its translations share the number in their id, and so the fold
    fold = np.array([zlib.crc32(re.sub(r"^ans-\w+?-", "", row["id"]).encode()) % options.folds for row in rows])
    weight = np.zeros(len(rows))
    for file in set(files):
        for label in range(3):
            where = (files == file) & (y == label)
            if where.any():
                weight[where] = 1 / where.sum() ** 0.4
        weight[files == file] /= weight[files == file].sum()
        if file.endswith(".toml"):  # a few hundred pairs of our own: they may not outweigh the rest
            weight[files == file] *= EVENTS
    weight *= len(rows)
    guess = np.zeros(len(rows), dtype=int)
    for number in range(options.folds):
        train = fold != number
        w = fit(x[train], y[train], weight[train], options.penalty)
        guess[~train] = predict(x[~train], w)
    for file in dict.fromkeys(files):
        where = files == file
        score, classes = macro_f1(y[where], guess[where])
        print(f"{file:34s} macro-F1 {score:.4f}  same, conflict, neither", " ".join(f"{f:.3f}" for f in classes))
    if options.write:
        write(names, fit(x, y, weight, options.penalty, steps=3000))


def write(names: list[str], w: np.ndarray) -> None:
    """Replace the tables [same] and [conflict] of weights.toml."""
    head = WEIGHTS_FILE.read_text(encoding="utf-8")
    for column, table in enumerate(("same", "conflict")):
        lines = "".join(f"{name} = {w[number, column]:.2f}\n" for number, name in enumerate(names))
        head = re.sub(rf"^\[{table}\]\n[^\[]*", f"[{table}]\n{lines}\n", head, flags=re.MULTILINE)
    WEIGHTS_FILE.write_text(head.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
