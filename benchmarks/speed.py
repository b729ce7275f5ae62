"""Speed, memory and start-up, as ratios to a plain baseline in the same run: ``python -m benchmarks.speed``.

Documents are made of the paragraphs of data/gold, shuffled (seeded, one language each) to about 580 words. Rates are
documents of 580 words a CPU second of one core, the median of several rounds; a wall clock stands beside them. The
rounds meet the same words again, as news does: tables of words met before are warm. Paragraphs recur between the
documents, which makes cross-checking dearer than news does, for it finds every statement told again and again. The
texts are dense, about 30 statements a document where annotated news has about 15 in as many words: extraction and all
behind it costs accordingly more.

``--quick`` takes fewer documents and rounds, ``--json`` prints the figures as JSON.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import tracker
from benchmarks.memory import peak_megabytes
from tracker.config import Config, CrosscheckConfig
from tracker.records import Document
from tracker.segment import segment_document
from tracker.store.connection import open_store
from tracker.store.ingestion import ingest

GOLD = Path(__file__).parents[1] / "data" / "gold"
WORDS = 580
SEED = 20231003
Stage = Callable[[Sequence[Document], Path], object]


@dataclass(frozen=True)
class Size:
    """How much is measured: documents a language, rounds, starts."""

    documents: int
    rounds: int
    starts: int


FULL, QUICK = Size(60, 3, 7), Size(15, 1, 3)


def make_documents(lang: str, count: int) -> list[Document]:
    """``count`` documents of about ``WORDS`` words of one language; the same ones in every run."""
    chance = random.Random(f"{SEED} {lang}")
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted((GOLD / lang).glob("*.json"))]
    headlines = [text.split("\n")[0] for text in texts]
    paragraphs = [line for text in texts for line in text.split("\n")[1:] if len(line.split()) > 8]
    documents = []
    for _ in range(count):
        chance.shuffle(paragraphs)
        lines, words = [chance.choice(headlines)], 0
        for paragraph in paragraphs:
            lines.append(paragraph)
            words += len(paragraph.split())
            if words >= WORDS - 20:
                break
        text = "\n\n".join(lines)
        digest = sha256(text.encode()).hexdigest()
        documents.append(
            Document(
                digest[:16], text, f"{lang}-{digest[:8]}", digest, source="Bench", published="2023-10-05", lang=lang
            )
        )
    return documents


# ---------------------------------------------------------------- the baseline: an extractor of regular expressions

_QUOTATION = re.compile(r'[«“„"]([^«»“”„"\n]{12,600})[»”“"]')
_THAT = re.compile(r"(?:\bthat|\bأن|\bإن|\bכי)\s+([^.\n«»“”„\"]{20,400})")
_CUE = re.compile(
    r"\b(?:said|says|told|added|announced|confirmed|stressed|denied|warned|claimed|accused|wrote|explained"
    r"|و?(?:قال|قالت|أضاف|أضافت|أكد|أكدت|أعلن|أعلنت|أوضح|أوضحت|نفى|نفت|حذر|حذرت|ذكر|ذكرت|صرح|شدد|اتهم|اعتبر)"
    r"|ו?(?:אמר|אמרה|הוסיף|הוסיפה|טען|טענה|הבהיר|הדגיש|הכחיש|הכחישה|מסר|מסרה|כתב|כתבה|הודיע|ציין|סיפר|הזהיר))\b"
)
_NAME = re.compile(
    r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,4}"
    r"|[\u05d0-\u05ea\u0621-\u064a]+(?: [\u05d0-\u05ea\u0621-\u064a\"']+){0,3}"
)
_REACH = 80


def baseline(text: str) -> list[tuple[int, int, str, str]]:
    """Quotations near a verb of saying, and clauses behind one: start, end, cue, speaker."""
    found = []
    for pattern in (_QUOTATION, _THAT):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            cue = None
            for cue in _CUE.finditer(text, max(0, match.start() - _REACH), match.start()):  # noqa: B007 (the last one)
                pass
            if cue is None and pattern is _QUOTATION:
                cue = _CUE.search(text, match.end(), match.end() + _REACH)
            if cue is None:
                continue
            behind = _NAME.search(text, cue.end(), cue.end() + _REACH)
            before = _NAME.search(text, max(0, cue.start() - _REACH), cue.start())
            speaker = behind or before
            found.append((start, end, cue.group(), speaker.group() if speaker else ""))
    return found


# ---------------------------------------------------------------- the stages


def _baseline(documents: Sequence[Document], folder: Path) -> object:
    return [baseline(document.text) for document in documents]


def _segment(documents: Sequence[Document], folder: Path) -> object:
    return [segment_document(document) for document in documents]


def _extract(documents: Sequence[Document], folder: Path) -> object:
    return [tracker.annotate(document) for document in documents]


def _store(documents: Sequence[Document], folder: Path, *, crosscheck: bool = False) -> object:
    database = folder / "tracker.db"
    for path in folder.glob("tracker.db*"):
        path.unlink()
    with contextlib.closing(open_store(database)) as connection:
        summary = ingest(connection, documents, config=Config(crosscheck=CrosscheckConfig(enabled=crosscheck)))
        if summary.new != len(documents):
            raise RuntimeError(f"{summary.new} of {len(documents)} documents were stored")
    return summary


def _store_and_check(documents: Sequence[Document], folder: Path) -> object:
    return _store(documents, folder, crosscheck=True)


STAGES: dict[str, Stage] = {
    "baseline": _baseline,
    "segmentation": _segment,
    "extraction": _extract,
    "text to stored rows": _store,
    "the same, cross-checked": _store_and_check,
}


def measure(size: Size, langs: Iterable[str] | None = None) -> dict[str, Any]:
    """All figures of one run as plain values."""
    codes = sorted(langs if langs is not None else Config().languages)
    documents = {lang: make_documents(lang, size.documents) for lang in codes}
    dense = [len(tracker.annotate(one).statements) for lang in codes for one in documents[lang][:10]]
    words = {lang: sum(len(one.text.split()) for one in documents[lang]) for lang in codes}
    stages: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stage, run in STAGES.items():
            times = {lang: _rounds(run, documents[lang], folder, size.rounds) for lang in codes}
            rates = {lang: _rates(words[lang], [times[lang]]) for lang in codes}
            stages[stage] = {"all": _rates(sum(words.values()), times.values()), **rates}
        starts = _starts(folder / "tracker.db", size.starts)
    first = stages["baseline"]
    for rates in stages.values():
        for lang, rate in rates.items():
            rate["times the baseline"] = round(first[lang]["a CPU second"] / rate["a CPU second"], 2)
    return {
        "documents": size.documents * len(codes),
        "words a document": round(sum(words.values()) / (size.documents * len(codes))),
        "statements a document": round(statistics.mean(dense)),
        "rounds": size.rounds,
        "python": sys.version.split()[0],
        "stages": stages,
        "start-up": starts,
        "peak memory, MB": round(peak_megabytes(), 1),
    }


def _rounds(run: Stage, documents: Sequence[Document], folder: Path, rounds: int) -> tuple[float, float]:
    """Median CPU and wall seconds; one round before them, of a few documents, loads what is loaded late."""
    run(documents[:3], folder)
    cpu, wall = [], []
    for _ in range(rounds):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        run(documents, folder)
        cpu.append(time.process_time() - cpu_start)
        wall.append(time.perf_counter() - wall_start)
    return statistics.median(cpu), statistics.median(wall)


def _rates(words: int, times: Iterable[tuple[float, float]]) -> dict[str, float]:
    cpu, wall = (sum(seconds) for seconds in zip(*times, strict=True))
    return {"a CPU second": round(words / WORDS / cpu, 1), "a second": round(words / WORDS / wall, 1)}


def _starts(database: Path, count: int) -> dict[str, dict[str, float]]:
    """Median wall and CPU seconds of a new process, by what it does."""
    query = "from tracker.cli.main import main; main()"
    commands = {
        "python -c pass": ["-c", "pass"],
        "python -c 'import tracker'": ["-c", "import tracker"],
        "tracker query": ["-c", query, "query", "--db", str(database), "--limit", "5"],
        "tracker query --speaker": ["-c", query, "query", "--db", str(database), "--speaker", "Boaz Levy"],
    }
    return {name: _start(words, count) for name, words in commands.items()}


def _start(words: Sequence[str], count: int) -> dict[str, float]:
    cpu, wall = [], []
    for _ in range(count + 1):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall.append(time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    # The first start reads the files from the disk.
    return {"wall seconds": round(statistics.median(wall[1:]), 3), "CPU seconds": round(statistics.median(cpu[1:]), 3)}


def table(figures: dict[str, Any]) -> str:
    """The figures as lines of text."""
    lines = [
        f"{figures['documents']} documents of {figures['words a document']} words with"
        f" {figures['statements a document']} statements; median of {figures['rounds']} rounds; rates are documents"
        f" of {WORDS} words on one core; Python {figures['python']}",
        "",
        f"{'stage':26}{'language':10}{'a CPU second':>14}{'a second':>12}{'time, baseline = 1':>20}",
    ]
    for stage, rates in figures["stages"].items():
        for lang, rate in rates.items():
            lines.append(
                f"{stage:26}{lang:10}{rate['a CPU second']:14.1f}{rate['a second']:12.1f}"
                f"{rate['times the baseline']:20.2f}"
            )
            stage = ""
    lines += ["", f"{'start-up':36}{'wall seconds':>14}{'CPU seconds':>14}"]
    for name, start in figures["start-up"].items():
        lines.append(f"{name:36}{start['wall seconds']:14.3f}{start['CPU seconds']:14.3f}")
    lines += ["", f"peak memory of this process: {figures['peak memory, MB']} MB"]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code."""
    figures = measure(QUICK if "--quick" in arguments else FULL)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if "--json" in arguments else table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
