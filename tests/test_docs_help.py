"""The help texts: in README as they are, each with an example that the command accepts."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks is no installed package

from benchmarks.readme import _commands, with_help  # noqa: E402
from tracker.cli.main import main  # noqa: E402

COMMANDS = {words: command for words, command, _ in _commands(main, "tracker", None)}


def test_readme_shows_the_help_texts() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert page == with_help(page), "run: make readme"


@pytest.mark.parametrize("words", COMMANDS)
def test_help_has_an_example(words: str) -> None:
    assert re.search(r"Examples?:\n", COMMANDS[words].help or "")


@pytest.mark.parametrize("words", COMMANDS)
def test_help_explains_every_option(words: str) -> None:
    unexplained = [
        parameter.name
        for parameter in COMMANDS[words].params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert unexplained == []


@pytest.mark.parametrize("words", [words for words in COMMANDS if words != "tracker"])
def test_command_takes_config(words: str) -> None:
    options = {option for parameter in COMMANDS[words].params for option in parameter.opts}
    assert "--config" in options


@pytest.mark.parametrize(
    "line",
    [
        line.strip()
        for command in COMMANDS.values()
        for line in re.split(r"Examples?:\n", command.help or "")[-1].splitlines()
        if "tracker " in line
    ],
)
def test_example_parses(line: str) -> None:
    part = next(part for part in re.split(r"[|>]", line) if part.strip().startswith("tracker "))
    words = shlex.split(part)[1:]
    command: click.Command = main
    context = click.Context(main, info_name="tracker")
    while isinstance(command, click.Group) and words and command.get_command(context, words[0]):
        found = command.get_command(context, words[0])
        assert found is not None
        command, words = found, words[1:]
    command.make_context("example", words, resilient_parsing=False)
