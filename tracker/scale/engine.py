"""Tasks spread over the workers of dask, here or on many machines. A worker that dies costs the tasks it had begun."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tracker.config import Config
from tracker.errors import UsageError
from tracker.scale.extra import load
from tracker.scale.work import Done, Task, run_task

AHEAD = 4
"""Tasks that wait for each worker: the list of all of them may be long."""


def run_tasks(
    tasks: Iterable[Task],
    config: Config,
    *,
    scheduler: str | None = None,
    jobs: int = 1,
    on_done: Callable[[Done], None] = lambda done: None,
    on_failure: Callable[[Task, str], None] = lambda task, message: None,
) -> None:
    """Do all tasks on the cluster at ``scheduler`` (``tcp://host:8786``), else in ``jobs`` processes of this machine.

    A task whose worker dies is given to another; one that ends several is told to ``on_failure``, the others go on.
    What a task raises is raised here. Raises UsageError where the extra is missing or nobody answers.
    """
    distributed = load("distributed")
    with _client(distributed, scheduler, jobs) as client:
        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        completed = distributed.as_completed(loop=client.loop)

        def submit() -> bool:
            task = next(waiting, None)
            if task is None:
                return False
            future = client.submit(run_task, task, config, pure=False)
            running[future] = task
            completed.add(future)
            return True

        workers = max(1, len(client.scheduler_info()["workers"]))
        for _ in range(workers * AHEAD):
            if not submit():
                break
        for future in completed:
            task = running.pop(future)
            try:
                on_done(future.result())
            except distributed.scheduler.KilledWorker:
                on_failure(task, "ended every process that worked on it; set aside")
            submit()


@contextlib.contextmanager
def _client(distributed: Any, scheduler: str | None, jobs: int) -> Iterator[Any]:
    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout=20, set_as_default=False)
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            raise UsageError(f"{scheduler}: no dask scheduler answers there ({error})") from error
        with client:
            yield client
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on ports and disks that a cluster of one machine need not care for
        cluster = distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        )
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield client
