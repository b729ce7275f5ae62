"""Learn the weight tables of tracker/attribution from annotated JSONL, by regularised multinomial regression.

    python benchmarks/train_weights.py --shared en=TRAIN.jsonl ar=AR.jsonl he=HE.jsonl
    python benchmarks/train_weights.py --own ar=AR.jsonl            (corrections of one language on top)

Each line of a file is an object with ``text`` and ``statements`` (``content``, ``cue``, ``speaker``, ``speech``).
A cue's candidates compete with "no statement"; the right ones are those whose content agrees with an annotated one.
The tables are plain TOML, one weight a line: open them, read them, correct them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tracker.attribution import scoring
from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.drafts import Draft
from tracker.attribution.features import expand_all
from tracker.attribution.layout import article_paragraphs
from tracker.attribution.quotations import find_quotations
from tracker.attribution.reading import Reading, scope_of
from tracker.attribution.readings import readings_of
from tracker.attribution.speakers import speaker_candidates
from tracker.attribution.statements import drafts_of
from tracker.attribution.tokens import Paragraph, find_sentences
from tracker.attribution.uncued import add_uncued
from tracker.records import Document
from tracker.segment import segment_document
from tracker.text import fold

ROOT = Path(__file__).parent.parent
MIN_COUNT = 12
MIN_WEIGHT = 0.05


@dataclass
class Choice:
    """One decision: the features of every candidate and the share of truth of each; ``weight`` of the decision."""

    candidates: list[dict[str, float]]
    truth: list[float]
    weight: float = 1.0


@dataclass
class Choices:
    """Decisions of the three kinds."""

    content: list[Choice] = field(default_factory=list)
    speaker: list[Choice] = field(default_factory=list)
    uncued: list[Choice] = field(default_factory=list)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, or of all *.json files of a folder."""
    if path.is_dir():
        for part in sorted(path.glob("*.json")):
            yield json.loads(part.read_text(encoding="utf-8"))
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def paragraphs_of(text: str, lang: str) -> list[Paragraph]:
    """The paragraphs of all articles of the text."""
    layout = segment_document(Document("", text, "", "", lang=lang))
    return article_paragraphs(text, layout.segments, (lang,))


def overlap(one: Sequence[int] | None, other: Sequence[int] | None) -> bool:
    """Whether two spans share a character."""
    return bool(one) and bool(other) and one[0] < other[1] and other[0] < one[1]


def same_words(one: str, other: str) -> bool:
    """Whether the words of one are all among the other's."""
    a, b = set(fold(one).split()), set(fold(other).split())
    return bool(a) and bool(b) and (a <= b or b <= a)


class Gold:
    """The annotated statements of one text, as sets of word positions."""

    def __init__(self, paragraphs: Sequence[Paragraph], statements: list[dict[str, Any]]) -> None:
        self.statements = statements
        self.partial = any("speech" in statement for statement in statements)
        """The annotation leaves nested statements out (PolNeAR)."""
        self.starts = [start for paragraph in paragraphs for start in paragraph.starts]
        self.contents = [self.words(paragraphs, statement["content"]) for statement in statements]

    @staticmethod
    def words(paragraphs: Sequence[Paragraph], spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Start offsets of the words that the spans touch."""
        found = set()
        for start, end in spans:
            for paragraph in paragraphs:
                if paragraph.end_char <= start or paragraph.start_char >= end:
                    continue
                for token, place in enumerate(paragraph.starts):
                    if place < end and paragraph.ends[token] > start and paragraph.is_word(token):
                        found.add(place)
        return frozenset(found)

    def best(self, words: frozenset[int], among: Iterable[int]) -> tuple[float, int]:
        """Best token F1 with one of the statements ``among``, and which."""
        best, which = 0.0, -1
        for number in among:
            both = len(words & self.contents[number])
            if both:
                value = 2 * both / (len(words) + len(self.contents[number]))
                if value > best:
                    best, which = value, number
        return best, which


def reading_words(paragraph: Paragraph, reading: Reading) -> frozenset[int]:
    """Start offsets of the words of a candidate content."""
    return frozenset(
        paragraph.starts[token]
        for first, last in reading.content
        for token in range(first, last)
        if paragraph.is_word(token)
    )


def cue_choices(paragraph: Paragraph, gold: Gold, choices: Choices, weight: float) -> None:
    """The content and speaker decisions of one paragraph."""
    cues = find_cues(paragraph)
    right: dict[int, int] = {}
    for index, cue in enumerate(cues):
        span = paragraph.span(cue.first, cue.last)
        group = (paragraph.starts[cue.group_first], span[1])
        touching = [n for n, s in enumerate(gold.statements) if overlap(s.get("cue"), group)]
        if any(gold.statements[n].get("speech") is False for n in touching):
            continue
        inside = [n for n, s in enumerate(gold.statements) if any(a <= span[0] < b for a, b in s["content"])]
        if gold.partial and (cue.quotation >= 0 or (inside and not touching)):
            continue  # nested attributions are not annotated there
        readings = readings_of(paragraph, cue, cues, index)
        if not readings:
            continue
        among = touching or [
            n for n, s in enumerate(gold.statements) if not s.get("cue") and s.get("speech") is not False
        ]
        values = [gold.best(reading_words(paragraph, reading), among) for reading in readings]
        best = max(value for value, _ in values)
        truth = [0.0] * (len(readings) + 1)
        if best >= 0.5:
            close = [place for place, (value, _) in enumerate(values) if value >= best - 0.02]
            for place in close:
                truth[place + 1] = 1.0 / len(close)
            right[index] = values[close[0]][1]
            chosen = readings[close[0]]
            _speaker_choice(paragraph, cue, chosen, cues, index, right, gold, choices, weight)
        else:
            truth[0] = 1.0
        choices.content.append(Choice([{}, *(expand_all(reading.parts) for reading in readings)], truth, weight))


def _speaker_choice(
    paragraph: Paragraph,
    cue: CueMatch,
    reading: Reading,
    cues: list[CueMatch],
    index: int,
    right: dict[int, int],
    gold: Gold,
    choices: Choices,
    weight: float,
) -> None:
    scope = scope_of(paragraph, cue)
    earlier = -1
    for other in right:
        if other < index and scope.first <= cues[other].first < cue.first and cues[other].quotation == cue.quotation:
            earlier = other
    statement = gold.statements[right[index]]
    candidates = speaker_candidates(paragraph, cue, reading, scope, earlier)
    truth = []
    for candidate in candidates:
        value = 0.0
        if candidate.phrase is not None:
            span = paragraph.span(*candidate.phrase)
            value = 1.0 if overlap(statement.get("speaker"), span) else 0.0
            if not statement.get("speaker") and statement.get("speaker_name"):
                value = float(same_words(statement["speaker_name"], paragraph.text[span[0] : span[1]]))
        elif candidate.place == "same":
            before = gold.statements[right[earlier]]
            same_span = statement.get("speaker") and before.get("speaker") == statement.get("speaker")
            same_name = statement.get("speaker_name") and before.get("speaker_name") == statement.get("speaker_name")
            if same_span or (same_name and not statement.get("speaker")):
                value = 1.0
        elif not statement.get("speaker"):
            value = 0.3 if any(truth) else 1.0
        truth.append(value)
    if not any(truth):
        truth[-1] = 1.0
    total = sum(truth)
    choices.speaker.append(
        Choice([expand_all(candidate.parts) for candidate in candidates], [value / total for value in truth], weight)
    )


def uncued_choices(
    paragraphs: Sequence[Paragraph], gold: Gold, drafts: list[Draft], choices: Choices, weight: float
) -> None:
    """Decisions for quotations that no cue took, seen as the present weights leave them."""
    weights = scoring.weights_of(paragraphs[0].lexicon.code)
    for draft in add_uncued(paragraphs, [d for d in drafts if d.cue is not None], weights, -1.0):
        if draft.cue is not None:
            continue
        value, which = gold.best(reading_words(draft.paragraph, draft.reading), range(len(gold.statements)))
        inside = which >= 0 and len(reading_words(draft.paragraph, draft.reading) & gold.contents[which]) >= 0.8 * len(
            reading_words(draft.paragraph, draft.reading)
        )
        if which >= 0 and gold.statements[which].get("speech") is False and (value >= 0.5 or inside):
            continue
        if value < 0.5 and inside:
            continue
        positive = value >= 0.5
        choices.uncued.append(
            Choice([{}, expand_all(draft.reading.parts)], [float(not positive), float(positive)], weight)
        )


def collect(path: Path, lang: str, weight: float, *, parity: str = "all", uncued: bool = True) -> Choices:
    """All decisions of an annotated file."""
    choices = Choices()
    for number, record in enumerate(read_jsonl(path)):
        if (parity == "even" and number % 2) or (parity == "odd" and not number % 2):
            continue
        paragraphs = paragraphs_of(record["text"], lang)
        if not paragraphs:
            continue
        gold = Gold(paragraphs, record["statements"])
        if uncued:
            drafts, _ = drafts_of(paragraphs)
            uncued_choices(paragraphs, gold, drafts, choices, weight)
        else:
            find_quotations(paragraphs)
            for paragraph in paragraphs:
                find_sentences(paragraph)
        for paragraph in paragraphs:
            cue_choices(paragraph, gold, choices, weight)
    return choices


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


def write_table(path: Path, tables: dict[str, dict[str, float]], heading: str) -> None:
    """The tables as TOML, sorted, one weight a line."""
    lines = [f"# {line}" for line in heading.split("\n")]
    for table, weights in tables.items():
        lines += ["", f"[{table}]"]
        lines += [f"{json.dumps(name, ensure_ascii=False)} = {weights[name]}" for name in sorted(weights)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", help="lang=FILE[:even|odd][*weight]")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--shared", action="store_true")
    mode.add_argument("--own", action="store_true")
    parser.add_argument("--strength", type=float, default=2.0)
    arguments = parser.parse_args(argv)
    sources: list[tuple[Path, str, float, str]] = []
    for item in arguments.files:
        lang, _, rest = item.partition("=")
        rest, _, factor = rest.partition("*")
        rest, _, parity = rest.partition(":")
        sources.append((Path(rest), lang, float(factor or 1), parity or "all"))
    target = ROOT / "tracker" / "attribution" / "weights.toml"
    langs = {lang for _, lang, _, _ in sources}
    if arguments.own:
        if len(langs) != 1:
            sys.exit("--own takes files of one language")
        target = ROOT / "tracker" / "lang" / langs.pop() / "weights.toml"
    prior = scoring.weights_of("") if arguments.own else None
    tables: dict[str, dict[str, float]] = {}
    for stage in (("content", "speaker"), ("uncued",)):
        choices = Choices()
        for path, lang, factor, parity in sources:
            part = collect(path, lang, factor, parity=parity, uncued="uncued" in stage)
            choices.content += part.content
            choices.speaker += part.speaker
            choices.uncued += part.uncued
        for table in stage:
            decisions = getattr(choices, table)
            tables[table] = learn(
                decisions,
                strength=arguments.strength,
                prior=getattr(prior, table).weights if prior is not None else None,
            )
            print(f"{table}: {len(decisions)} decisions, {len(tables[table])} weights", file=sys.stderr)
        write_table(target, tables, "Made by benchmarks/train_weights.py; see tracker/attribution/scoring.py.")
        scoring.weights_of.cache_clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
