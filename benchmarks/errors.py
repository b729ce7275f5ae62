"""Group what the extractor gets wrong on annotated documents: ``python -m benchmarks.errors FILE... [options]``.

Every annotated statement that is not right, and every prediction without a partner, falls into one class:

    no-cue           its cue is in no list of the language
    cue-rejected     the cue is known there, but nothing was made of it
    no-quotation     it has no cue, and nothing was made of its words
    wrong-span       a statement of the same cue was found, with other words
    no-speaker       found, but nobody is named
    wrong-speaker    found, but somebody else is named
    invented-speaker found, but somebody is named where nobody should be
    extra            a prediction without a partner

Printed are the counts by class, then by class and cue (or, for speakers, by how ours was resolved), then examples.
Look at the big classes, not at single cases.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tracker
from tracker.attribution.cuefinder import find_cues
from tracker.attribution.layout import article_paragraphs
from tracker.attribution.quotations import find_quotations
from tracker.attribution.tokens import find_sentences
from tracker.records import KINDS, Annotations
from tracker.report.evaluation import (
    Judged,
    Passage,
    all_pairs,
    gold_from_dict,
    is_inside_one,
    match_pairs,
    predicted_from,
)

CONTEXT = 160


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: its class, what it is grouped by inside the class, and how it reads."""

    name: str
    group: str
    kind: str
    shown: str


def read_documents(path: Path) -> Iterator[dict[str, Any]]:
    """The annotated objects of a JSONL file, of a JSON file, or of a folder of JSON files."""
    if path.is_dir():
        for part in sorted(path.glob("*.json")):
            yield json.loads(part.read_text(encoding="utf-8"))
        return
    text = path.read_text(encoding="utf-8")
    for line in [text] if path.suffix == ".json" else text.split("\n"):
        if line.strip():
            yield json.loads(line)


def faults_of(record: dict[str, Any], *, speech_only: bool = False, nested_neutral: bool = False) -> list[Fault]:
    """All faults in one annotated document."""
    text = record["text"]
    found = tracker.extract(text, lang=record.get("lang"))
    passage = Passage(text, gold_from_dict(record), predicted_from(found))
    matched = match_pairs(all_pairs(passage))
    good = {pair.gold: pair for pair in matched if pair.f1 >= 0.5}
    neutral = {number for number, one in enumerate(passage.gold) if speech_only and not one.speech}
    cues = known_cues(found)
    faults = []
    for number, gold in enumerate(passage.gold):
        if number in neutral:
            continue
        pair = good.get(number)
        if pair is None:
            faults.append(_missed(text, gold, passage.predicted, found, cues))
        elif not pair.speaker_right:
            faults.append(_misattributed(text, gold, pair.predicted, found))
    used = {pair.predicted for pair in good.values()}
    for number, one in enumerate(passage.predicted):
        if number in used or (nested_neutral and is_inside_one(one, passage.gold)):
            continue
        statement = found.statements[number]
        shown = f"{_context(text, one)}\n      ours: {_described(text, one)} rule={statement.rule}"
        faults.append(Fault("extra", statement.rule, statement.kind, shown))
    return faults


def known_cues(found: Annotations) -> list[tuple[int, int]]:
    """Spans of all cue forms in the text, whether anything was made of them or not."""
    spans = []
    for number in range(len(found.articles)):
        own = [segment for segment in found.segments if segment.article == number]
        langs = tuple({segment.lang for segment in own} - {"und"})
        paragraphs = article_paragraphs(found.text, own, [lang for lang in langs if lang in ("ar", "he", "en", "fa")])
        find_quotations(paragraphs)
        for paragraph in paragraphs:
            find_sentences(paragraph)
            spans += [paragraph.span(cue.first, cue.last) for cue in find_cues(paragraph)]
    return spans


def _missed(
    text: str, gold: Judged, predicted: Sequence[Judged], found: Annotations, cues: list[tuple[int, int]]
) -> Fault:
    cue = text[slice(*gold.cue)] if gold.cue else ""
    kind = gold.kind or ""
    shown = f"{_context(text, gold)}\n      gold: {_described(text, gold)}"
    if not gold.cue:
        return Fault("no-quotation", kind, kind, shown)
    for number, one in enumerate(predicted):
        if one.cue and one.cue[0] < gold.cue[1] and gold.cue[0] < one.cue[1]:
            rule = found.statements[number].rule
            return Fault("wrong-span", rule, kind, f"{shown}\n      ours: {_described(text, one)} rule={rule}")
    known = any(start < gold.cue[1] and gold.cue[0] < end for start, end in cues)
    return Fault("cue-rejected" if known else "no-cue", cue, kind, shown)


def _misattributed(text: str, gold: Judged, number: int, found: Annotations) -> Fault:
    statement = found.statements[number]
    speaker = statement.speaker
    ours = "nobody" if speaker is None else f"{speaker.name} ({speaker.resolved_by})"
    shown = f"{_context(text, gold)}\n      gold: {_described(text, gold)}\n      ours: {ours} rule={statement.rule}"
    where = "mention" if gold.speaker else "implied"
    if speaker is None:
        return Fault("no-speaker", where, gold.kind or "", shown)
    name = "wrong-speaker" if gold.speaker or gold.speaker_name else "invented-speaker"
    return Fault(name, f"{where}, ours by {speaker.resolved_by}", gold.kind or "", shown)


def _described(text: str, one: Judged) -> str:
    content = " … ".join(text[start:end] for start, end in one.content)
    if len(content) > CONTEXT:
        content = f"{content[: CONTEXT // 2]} [...] {content[-CONTEXT // 2 :]}"
    cue = text[slice(*one.cue)] if one.cue else "-"
    mention = text[slice(*one.speaker)] if one.speaker else "-"
    return f"{one.kind} <{content}> cue={cue} mention={mention} name={one.speaker_name}"


def _context(text: str, one: Judged) -> str:
    spans = [*one.content, *(span for span in (one.cue, one.speaker) if span)]
    start = max(min(span[0] for span in spans) - CONTEXT // 2, 0)
    end = min(max(span[1] for span in spans) + CONTEXT // 2, start + 4 * CONTEXT)
    return text[start:end].replace("\n", " ¶ ")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the classes of faults and examples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="JSONL files, or folders of JSON files")
    parser.add_argument("--half", choices=("even", "odd"), help="only documents whose place in the file is even or odd")
    parser.add_argument("--speech-only", action="store_true", help="leave out annotations that are no speech")
    parser.add_argument("--nested-neutral", action="store_true", help="leave out predictions inside an annotation")
    parser.add_argument("--kind", choices=KINDS, help="only faults of this kind of statement")
    parser.add_argument("--show", help="also print the examples of this class")
    parser.add_argument("--group", default="", help="with --show: only those whose group holds this")
    parser.add_argument("--most", type=int, default=40, help="rows and examples at most")
    options = parser.parse_args(argv)
    faults: list[Fault] = []
    statements = 0
    for path in options.files:
        for number, record in enumerate(read_documents(path)):
            if options.half is None or (number % 2 == 0) == (options.half == "even"):
                statements += sum(
                    not (options.speech_only and one.get("speech") is False) for one in record["statements"]
                )
                faults += faults_of(record, speech_only=options.speech_only, nested_neutral=options.nested_neutral)
    if options.kind:
        faults = [fault for fault in faults if fault.kind == options.kind]
    print(f"{statements} annotated statements")
    for name, count in Counter(fault.name for fault in faults).most_common():
        print(f"  {count:5}  {name}")
    print()
    for (name, group), count in Counter((fault.name, fault.group) for fault in faults).most_common(options.most):
        print(f"  {count:5}  {name}  {group}")
    if options.show:
        chosen = [fault for fault in faults if fault.name == options.show and options.group in fault.group]
        for fault in chosen[: options.most]:
            print(f"\n- {fault.group}: {fault.shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
