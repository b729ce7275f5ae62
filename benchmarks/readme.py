"""The help texts in README.md, written anew from the commands: ``python -m benchmarks.readme``.

``--check`` changes nothing and exits with 1 where README.md is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from benchmarks.page_block import README, with_block, write_or_compare
from tracker.cli.main import main as tracker

WIDTH = 100


def help_block() -> str:
    """The help texts of all commands, as they stand between the marks."""
    parts = []
    for words, command, parent in _commands(tracker, "tracker", None):
        context = click.Context(
            command,
            info_name=words.split()[-1],
            parent=parent,
            terminal_width=WIDTH,
            help_option_names=["-h", "--help"],
        )
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"```console\n$ {words} --help\n{text}\n```\n")
    return "\n" + "\n".join(parts) + "\n"


def with_help(page: str) -> str:
    """``page`` with the block between its marks written anew. Raises ValueError where a mark is missing."""
    return with_block(page, "help", help_block())


def _commands(
    command: click.Command, words: str, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context | None]]:
    yield words, command, parent
    if isinstance(command, click.Group):
        context = click.Context(
            command,
            info_name=words.split()[-1],
            parent=parent,
            terminal_width=WIDTH,
            help_option_names=["-h", "--help"],
        )
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _commands(child, f"{words} {name}", context)


def main(arguments: list[str]) -> int:
    """Write the block, or only compare; the exit code."""
    page = README.read_text(encoding="utf-8")
    wanted = with_help(page)
    return write_or_compare(page, wanted, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
