"""Units of work to results in the order they came, in this process or in a pool of others that may die.

Each process is served by a thread of this one, which hands it a few units, takes one result after the other, and so
knows which unit a process died of, or hangs on: that one is set aside, and a new process goes on with the next.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from tracker.config import Config
from tracker.store.units import Unit, Unusable, clean_origin, size_of

CHUNK_UNITS = 32
CHUNK_CHARS = 200_000
"""What goes to a process at once: enough to hide the transport, little enough to keep memory flat."""
CHUNKS_PER_WORKER = 3
START_SECONDS = 120.0
"""How long a process may take to begin; far more than a busy machine needs."""

Work = Callable[[Unit, Config], list[Any]]


class WorkerError(Exception):
    """The traceback of a mistake of ours in another process, as the cause of what is raised here."""


class _StoppedError(Exception):
    """The run is over: nobody waits for results any more."""


def run_all(
    units: Iterable[Unit], work: Work, config: Config, *, jobs: int = 1, max_seconds: float | None = None
) -> Generator[list[Any], None, None]:
    """What ``work`` (a function of a module) makes of each unit, in order. With ``jobs`` above one, that many processes
    share it.

    A unit that ends its process twice, or takes longer than ``max_seconds``, yields an Unusable; with one job there is
    nobody to notice either. Memory is bounded by a few chunks a process, whatever the number of units. Processes are
    started anew ("spawn"), so that it works alike on every system and in threaded programs; they end with this one.
    What ``work`` raises is raised here.
    """
    if jobs <= 1:
        for unit in units:
            yield work(unit, config)
        return
    workers = [_Worker(work, config, max_seconds) for _ in range(jobs)]
    idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def run(chunk: list[Unit]) -> list[list[Any]]:
        worker = idle.get()
        try:
            return worker.run(chunk)
        finally:
            idle.put(worker)

    executor = ThreadPoolExecutor(jobs, thread_name_prefix="tracker")
    waiting: deque[Future[list[list[Any]]]] = deque()
    try:
        for chunk in chunks(units):
            waiting.append(executor.submit(run, chunk))
            if len(waiting) >= jobs * CHUNKS_PER_WORKER:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for worker in workers:
            worker.stop()
        executor.shutdown(wait=True, cancel_futures=True)


def chunks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The units in lists, none of which holds many or much text, unless one alone does."""
    chunk: list[Unit] = []
    size = 0
    for unit in units:
        chunk.append(unit)
        size += size_of(unit)
        if len(chunk) >= CHUNK_UNITS or size >= CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Worker:
    """A process, started when it is first needed and anew when it dies."""

    def __init__(self, work: Work, config: Config, max_seconds: float | None) -> None:
        self.arguments = work, config
        self.max_seconds = max_seconds
        self.lock = threading.Lock()
        self.stopped = False
        self.process: Any = None
        self.connection: Connection[Any, Any] | None = None

    def run(self, chunk: list[Unit]) -> list[list[Any]]:
        """The results of a chunk; raises what the work raised."""
        results: list[list[Any]] = []
        suspect = -1  # the unit at which a process died: it is tried once more, alone
        while len(results) < len(chunk):
            place = len(results)
            alone = suspect == place
            unit = chunk[place]
            connection = self._ready()
            try:
                rest = chunk[place : place + 1] if alone else chunk[place:]
                connection.send(rest)
                for _ in rest:
                    unit = chunk[len(results)]
                    if not connection.poll(self.max_seconds):
                        message = f"took longer than {self.max_seconds:g} s (read.max_seconds); set aside"
                        results.append([Unusable(clean_origin(unit.origin), message)])
                        self._end()
                        break
                    results.append(_result(connection.recv()))
            except (EOFError, OSError) as error:
                told = self._end()
                if self.stopped:
                    raise _StoppedError from error
                if alone:
                    message = f"ended the process that read it, twice ({told}); set aside"
                    results.append([Unusable(clean_origin(unit.origin), message)])
                suspect = len(results)
        return results

    def stop(self) -> None:
        """End the process, whatever it does; whoever waits for it learns that nothing comes any more."""
        with self.lock:
            self.stopped = True
            process = self.process
        if process is not None:
            process.kill()
            process.join()

    def _ready(self) -> Connection[Any, Any]:
        if self.connection is not None:
            return self.connection
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        with self.lock:
            if self.stopped:
                raise _StoppedError
            self.process = context.Process(target=_serve, args=(theirs, *self.arguments), daemon=True)
            with _interrupts_blocked():
                self.process.start()
        theirs.close()
        try:
            begun = ours.poll(START_SECONDS) and ours.recv()
        except (EOFError, OSError):
            begun = False
        if not begun:
            told = self._end()
            if self.stopped:
                raise _StoppedError
            raise RuntimeError(f"a process that shares the work could not start ({told})")
        self.connection = ours
        return ours

    def _end(self) -> str:
        """Make sure that the process is gone, and say what ended it."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        try:
            return signal.Signals(-code).name if code < 0 else f"exit code {code}"
        except ValueError:
            return f"signal {-code}"


def _result(message: tuple[list[Any] | None, BaseException | None, str]) -> list[Any]:
    results, error, told = message
    if error is not None:
        raise error from WorkerError(told)
    return results or []


def _serve(connection: Connection[Any, Any], work: Work, config: Config) -> None:
    """What a process does: takes chunks, and sends the results of each unit when it has them."""
    # Ctrl-C reaches every process of the group; the one that writes decides what to do about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(BrokenPipeError, EOFError, ConnectionResetError):
        connection.send(True)
        while True:
            for unit in connection.recv():
                try:
                    message: Any = (work(unit, config), None, "")
                except Exception as error:  # not handled here: it is raised again in the process that waits for it
                    message = (None, _portable(error), "".join(traceback.format_exception(error)))
                connection.send(message)


def _portable(error: Exception) -> Exception:
    """``error``, or what it says where another process could not take it."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (made on this line)
    except Exception as reason:  # any class of exceptions may refuse in its own way
        return RuntimeError(f"{type(error).__name__}: {error} ({reason})")
    return error


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """A process started inside is born deaf to Ctrl-C, before it can say so itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # started later, it would lift the block again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
