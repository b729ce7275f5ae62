"""``tracker ingest --engine dask``: inputs to shards on many processes or machines."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import click

from tracker.cli.options import say
from tracker.config import Config
from tracker.errors import UsageError


def make_shards(
    paths: Sequence[str], out: str, *, input_format: str, scheduler: str | None, jobs: int, config: Config
) -> bool:
    """Make a shard of every input and print what was done; whether all could be used."""
    from tracker.read import ReadFailure, list_inputs
    from tracker.read.inputs import STDIN
    from tracker.scale.engine import run_tasks
    from tracker.scale.files import is_address, make_folder
    from tracker.scale.work import Done, Task, plan

    started = time.perf_counter()
    counts = {"documents": 0, "shards": 0, "skipped": 0, "failed": 0}

    def inputs() -> Iterator[str]:
        for path in paths:
            if path == STDIN:
                raise UsageError("standard input cannot be shared among machines; give a file, folder or address")
            if is_address(path):
                yield path
                continue
            for item in list_inputs([path]):
                if isinstance(item, ReadFailure):
                    counts["failed"] += 1
                    say(f"{item.origin}: {item.message}")
                else:
                    yield item

    def on_done(done: Done) -> None:
        counts["shards"] += 1
        counts["skipped"] += done.skipped
        counts["documents"] += done.documents
        counts["failed"] += done.failures
        if done.failures:
            say(f"{done.shard}: {done.failures} inputs could not be used; tracker load names them")

    def on_failure(task: Task, message: str) -> None:
        counts["failed"] += len(task.paths)
        more = f" and {len(task.paths) - 1} more" if len(task.paths) > 1 else ""
        say(f"{task.paths[0]}{more}: {message}")

    make_folder(out)
    run_tasks(
        plan(inputs(), out, input_format),
        config,
        scheduler=scheduler,
        jobs=jobs,
        on_done=on_done,
        on_failure=on_failure,
    )
    click.echo(
        f"Shards: {counts['shards'] - counts['skipped']} new, {counts['skipped']} there already. "
        f"Documents: {counts['documents']} new, {counts['failed']} failed. {time.perf_counter() - started:.1f} s."
    )
    return not counts["failed"]
