"""README, CHANGELOG, CONTRIBUTING, Makefile: what they name exists, and what they show runs."""

from __future__ import annotations

import re
import shlex
import sqlite3
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tracker.cli.main import main

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks is no installed package

from benchmarks.demo_output import with_demo  # noqa: E402

PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "data/README.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def _blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n([^`]*)^```", text, flags=re.MULTILINE)


def _console_lines(program: str) -> list[str]:
    written_by_hand = re.sub(r"<!-- (\w+):begin -->[\s\S]*?<!-- \1:end -->", "", README)
    shown = "".join(_blocks(written_by_hand, "console"))
    return [line.removeprefix("$ ") for line in shown.splitlines() if line.startswith(f"$ {program} ")]


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _links() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        found += [(page, target) for target in re.findall(r"\]\(([^()\s]+)\)", text) if "://" not in target]
    return found


@pytest.mark.parametrize(("page", "target"), _links())
def test_link_leads_somewhere(page: str, target: str) -> None:
    path, _, fragment = target.partition("#")
    file = (ROOT / page).parent / path if path else ROOT / page
    assert file.is_file()
    if fragment:
        headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert fragment in {_anchor(heading) for heading in headings}


@pytest.mark.parametrize("name", ["demo", "help", "figures"])
def test_generated_blocks_are_marked_once_and_in_order(name: str) -> None:
    marks = re.findall(rf"<!-- {name}:(begin|end) -->", README)
    assert marks == ["begin", "end"]


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"make ([a-z]+)", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))))
)
def test_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, flags=re.MULTILINE)


def test_demo_output_is_what_the_commands_print() -> None:
    assert with_demo(README) == README, "run: make readme"


def test_the_two_commands_come_first() -> None:
    assert "make demo" in README.split("## ")[0]
    assert README.index("$ make demo") < README.index("$ make test") < README.index("$ python3 -m venv")


@pytest.mark.parametrize("line", _console_lines("tracker"))
def test_command_line_uses_what_exists(line: str) -> None:
    words = shlex.split(line.split("|")[0])[1:]
    command: click.Command = main
    with click.Context(main, info_name="tracker", **main.context_settings) as context:
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            named = command.get_command(context, words[0])
            if named is None:  # what follows is an argument of the group itself
                break
            command, words = named, words[1:]
        assert command is not main, f"no command {words[0]}"
        known = {option for parameter in command.get_params(context) for option in parameter.opts}
    assert {word.split("=")[0] for word in words if word.startswith("--")} <= known | {"--help"}


def test_every_command_is_shown() -> None:
    shown = {line.split()[1] for line in _console_lines("tracker")}
    assert set(main.list_commands(click.Context(main, **main.context_settings))) <= shown


@pytest.mark.parametrize("code", _blocks(README, "python"), ids=lambda code: code.split("\n")[0])
def test_python_example_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 (our own README)


def test_python_example_finds_its_statement(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(_blocks(README, "python")[0], "README.md", "exec"), {})  # noqa: S102 (our own README)
    assert capsys.readouterr().out == "Dana Orlev direct We were not paid\n"


@pytest.mark.parametrize("view", ["who_said_what", "speakers_view", "crosscheck", "review_queue"])
def test_views_have_the_columns_told(view: str, tmp_path: Path) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `{view}` |"))
    told = re.findall(r"`(\w+)`", row.split("|")[3])
    database = tmp_path / "tracker.db"
    page = ROOT / "data" / "samples" / "coach.en.txt"
    assert CliRunner().invoke(main, ["ingest", str(page), "--db", str(database)]).exit_code == 0
    connection = sqlite3.connect(database)
    columns = [column[0] for column in connection.execute(f"select * from {view} limit 0").description]  # noqa: S608
    connection.close()
    assert columns == told


def test_changelog_tells_whole_sentences_of_what_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = [entry.strip() for entry in text.split("## Unreleased")[1].split("\n## ")[0].split("\n- ")[1:]]
    assert entries
    assert [entry for entry in entries if not entry.endswith(".")] == []


def test_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text.splitlines()[1]
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
