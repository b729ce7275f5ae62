"""What the demo prints, for README.md, written anew from the sample pages: ``python -m benchmarks.demo_output``.

``--check`` changes nothing and exits with 1 where README.md is out of date.
"""

from __future__ import annotations

import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from benchmarks.page_block import README, with_block, write_or_compare
from tracker.cli.main import main as tracker
from tracker.cli.output import PLAIN_WIDTH

ROOT = Path(__file__).parents[1]
SHOWN = (
    ("tracker query --until 2024-03-31 --limit 8", None),
    ('tracker query --speaker "Nabil al-Qasrawi" --limit 6', None),
    ("tracker check --limit 3", 40),
)
"""The commands, and how many lines of what they print are shown; None is all."""


def demo_block() -> str:
    """The commands with what they print on the sample pages, as they stand between the marks. Raises RuntimeError
    where a command fails."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "tracker.db"
        _output(f"tracker ingest {shlex.quote(str(ROOT / 'data' / 'samples'))}", database)
        parts = []
        for command, shown in SHOWN:
            lines = [line.rstrip() for line in _output(command, database).splitlines()]
            prompt = command if shown is None else f"{command} | head -{shown}"
            parts.append("\n".join(["```console", f"$ {prompt}", *lines[:shown], "```"]))
    return "\n" + "\n\n".join(parts) + "\n"


def with_demo(page: str) -> str:
    """``page`` with the block between its marks written anew. Raises ValueError where a mark is missing."""
    return with_block(page, "demo", demo_block())


def _output(command: str, database: Path) -> str:
    width = {"COLUMNS": str(PLAIN_WIDTH)}  # whatever the terminal is that the tests run in
    result = CliRunner().invoke(tracker, [*shlex.split(command)[1:], "--db", str(database)], env=width)
    if result.exit_code:
        raise RuntimeError(f"{command}: exit code {result.exit_code}: {result.output}")
    return result.stdout


def main(arguments: list[str]) -> int:
    """Write the block, or only compare; the exit code."""
    page = README.read_text(encoding="utf-8")
    wanted = with_demo(page)
    return write_or_compare(page, wanted, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
