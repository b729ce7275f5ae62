"""A cluster of two processes, one of which is killed in the middle: nothing is lost, nothing is made twice."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tracker.config import Config

distributed = pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from tracker.scale.engine import run_tasks
from tracker.scale.shards import read_shard
from tracker.scale.work import Done, Task

STORY = '"We will reopen gate {n} on Monday," said Dana Orlev, the harbour master.\n'


@pytest.mark.skipif("TRACKER_KILLS" not in os.environ, reason="takes long: make endurance")
@pytest.mark.filterwarnings("ignore")  # a killed process leaves sockets behind, and dask has its own warnings
def test_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    tasks = []
    for number in range(6):
        path = tmp_path / f"{number}.jsonl"
        lines = [json.dumps({"text": STORY.format(n=f"{number} {n}") * 3}) for n in range(10)]
        path.write_text("\n".join(lines), encoding="utf-8")
        tasks.append(Task((str(path),), str(tmp_path / "out")))
    (tmp_path / "out").mkdir()
    done: list[Done] = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        with distributed.Client(cluster, set_as_default=False) as client:
            processes = list(client.run(os.getpid).values())

        def on_done(one: Done) -> None:
            done.append(one)
            if len(done) == 2:
                os.kill(processes[0], signal.SIGKILL)

        run_tasks(tasks, Config(), scheduler=cluster.scheduler_address, on_done=on_done, on_failure=_unexpected)
        again: list[Done] = []
        run_tasks(tasks, Config(), scheduler=cluster.scheduler_address, on_done=again.append)
    assert sum(len(list(read_shard(one.shard))) - 1 for one in again) == 60
    assert all(one.skipped for one in again)
    assert sorted(one.shard for one in done) == sorted(str(path) for path in (tmp_path / "out").iterdir())


def _unexpected(task: Any, message: str) -> None:
    raise AssertionError(message)
