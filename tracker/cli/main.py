"""The command ``tracker``: each subcommand is one file beside this, loaded when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from tracker import __version__
from tracker.errors import TrackerError

COMMANDS = {
    "ingest": "tracker.cli.ingest:ingest",
    "load": "tracker.cli.load:load",
    "extract": "tracker.cli.extract:extract",
    "query": "tracker.cli.query:query",
    "speakers": "tracker.cli.speakers:speakers",
    "resolve": "tracker.cli.resolve:resolve",
    "check": "tracker.cli.check:check",
    "export": "tracker.cli.export:export",
    "evaluate": "tracker.cli.evaluate:evaluate",
    "verify": "tracker.cli.verify:verify",
    "models": "tracker.cli.models:models",
}
INTERRUPTED = 130
"""What a shell reports for a program that Ctrl-C ended."""


class _UserError(click.ClickException):
    """A TrackerError on its way out: one line on stderr, and the exit code of its kind."""

    def __init__(self, error: TrackerError) -> None:
        super().__init__(" ".join(str(error).split()))
        self.exit_code = error.exit_code  # type: ignore[misc]  # click reads it from the instance


class TrackerGroup(click.Group):
    """A group whose commands are imported when they are called, and whose errors end as CONTRACT promises them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run, and turn what ends a run early into one line or none."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # here, where a closed pipe is still ours to handle
        except TrackerError as error:
            raise _UserError(error) from error
        except BrokenPipeError:
            # The reader has seen enough (| head). Python would complain once more when it flushes at exit.
            _silence_stdout()
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("Interrupted; what was stored before stays stored.", err=True)
            ctx.exit(INTERRUPTED)
        return result


def _silence_stdout() -> None:
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a captured stdout has no descriptor
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (stays open until exit)


@click.group(
    cls=TrackerGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Every command explains itself: tracker query --help",
)
@click.version_option(__version__, prog_name="tracker")
def main() -> None:
    """Who said what in Arabic, Hebrew and English news.

    Reads pages, finds who is quoted with which words, stores every statement with speaker, date and source
    in an SQLite database, and answers from it.

    \b
    Example:
      tracker ingest pages/
      tracker query --speaker "Boaz Levy"
    """
    for stream in (sys.stdout, sys.stderr):
        # Data is UTF-8 whatever the locale says; what a page made impossible to encode must not end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
