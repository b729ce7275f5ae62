"""``tracker evaluate``: how well the extractor does on annotated documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import config_option
from tracker.config import Config
from tracker.errors import InputError
from tracker.records import Document

if TYPE_CHECKING:
    from tracker.report.evaluation import Passage, Scores


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GOLD...")
@click.option(
    "--by", type=click.Choice(("kind", "lang")), help="Figures for each kind of statement, or each language, as well."
)
@click.option(
    "--speech-only", is_flag=True, help='Leave out annotated statements that are no speech ("speech": false).'
)
@click.option("--nested-neutral", is_flag=True, help="Leave out predictions inside one annotated statement.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
def evaluate(
    gold: tuple[Path, ...], by: str | None, speech_only: bool, nested_neutral: bool, as_json: bool, config: Config
) -> None:
    """Extract from annotated documents and print precision, recall and F1.

    GOLD is a JSON Lines file, a JSON file with one document, or a folder of those. A statement is found if the
    words of its content and those of an extracted one have an F1 of 0.5 (or 0.8), and attributed if it is found at
    0.5 and the speaker is right. Behind the figures stands how many of the statements of each confidence are right.

    \b
    Examples:
      tracker evaluate data/gold/ar --by kind
      tracker evaluate news.jsonl --speech-only --nested-neutral --json
    """
    from tracker.report.evaluation import evaluate as score

    passages = list(_passages(gold, config))
    groups: dict[str, list[Passage]] = {"": passages}
    if by == "lang":
        groups = {}
        for passage in passages:
            groups.setdefault(passage.lang, []).append(passage)
    results = {
        name: score(group, speech_only=speech_only, nested_neutral=nested_neutral) for name, group in groups.items()
    }
    if as_json:
        figures = {name: scores.as_dict() for name, scores in results.items()}
        click.echo(json.dumps(figures if by == "lang" else figures[""], ensure_ascii=False, indent=1))
        return
    for name, scores in results.items():
        if name:
            click.echo(f"== {name}")
        _print_figures(scores, by_kind=by == "kind")


def _print_figures(scores: Scores, *, by_kind: bool) -> None:
    from tracker.report.evaluation import METRICS

    click.echo(f"{'':12} {'gold':>6} {'found':>6}" + "".join(f"   {metric + ' P/R/F1':<20}" for metric in METRICS))
    for name, figures in scores.rows().items():
        if name in scores.by_kind and not by_kind:
            continue
        cells = "".join(
            f"   {100 * figures.precision(metric):5.1f} {100 * figures.recall(metric):5.1f} "
            f"{100 * figures.f1(metric):5.1f}   "
            for metric in METRICS
        )
        click.echo(f"{name:12} {figures.gold:6} {figures.predicted:6}{cells}".rstrip())
    if by_kind:
        pairs = ", ".join(f"{pair} {count}" for pair, count in scores.as_dict()["kind"].items())
        click.echo(f"kinds of the pairs found at 0.5 (annotated as extracted): {pairs or 'none'}")
    if scores.certainty:
        click.echo("confidence, predictions, right:")
        for least, (predicted, right) in sorted(scores.certainty.items(), reverse=True):
            click.echo(f"  at least {least:.1f} {predicted:6} {100 * right / predicted:5.1f} %")


def _passages(paths: Iterable[Path], config: Config) -> Iterator[Passage]:
    from tracker.pipeline import annotate
    from tracker.report.evaluation import Passage, gold_from_dict, predicted_from
    from tracker.store.extraction import entities_of

    for record, where in _records(paths):
        try:
            text, wanted = record["text"], gold_from_dict(record)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{where}: no annotated document ({error!r}); see data/README.md for the fields"
            ) from error
        document = _document(record, text)
        entities = entities_of(document, config.languages, config.pipelines, config.models)
        annotations = annotate(document, langs=config.languages, entities=entities)
        yield Passage(text, wanted, predicted_from(annotations), str(record.get("lang", "?")))


def _document(record: dict[str, Any], text: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    given = {name: value for name, value in record.items() if isinstance(value, str)}
    return Document(
        document_id=digest[:16],
        text=text,
        origin=str(record.get("id", "gold")),
        sha256=digest,
        input_format="jsonl",
        url=given.get("url"),
        source=given.get("source"),
        published=given.get("published"),
        title=given.get("title"),
        lang=given.get("lang"),
    )


def _records(paths: Iterable[Path]) -> Iterator[tuple[dict[str, Any], str]]:
    """The JSON objects in files and folders, each with where it stands. Raises InputError."""
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.suffix in (".json", ".jsonl") and file.is_file())
            if not files:
                raise InputError(f"{path}: a folder without .json or .jsonl files")
            yield from _records(files)
            continue
        try:
            content = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
            raise InputError(f"{path}: cannot be read: {reason}") from error
        # splitlines would also break at U+2028, which JSON allows inside strings.
        lines = [content] if path.suffix == ".json" else content.split("\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = str(path) if path.suffix == ".json" else f"{path}, line {number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise InputError(f"{where}: not valid JSON: {error}") from error
            if not isinstance(record, dict):
                raise InputError(f"{where}: a JSON object is expected, not {str(record)!r:.40}")
            yield record, where
