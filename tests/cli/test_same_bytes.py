"""The same pages give the same exports, byte for byte, whoever did the work and in whatever order."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
CONFIG = "crosscheck:\n  enabled: false\n"  # it makes no part of these exports


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    from click.testing import CliRunner

    from tracker.cli.main import main

    folder = tmp_path_factory.mktemp("one")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    options = ["--db", str(folder / "t.db"), "--config", str(folder / "config.yaml")]
    assert CliRunner().invoke(main, ["ingest", str(SAMPLES), *options]).exit_code == 0
    return _exported(lambda *arguments: CliRunner().invoke(main, list(map(str, arguments))), folder / "t.db")


def _exported(run: Callable[..., Any], database: Path) -> dict[str, bytes]:
    found = {}
    for name in ("csv", "jsonl"):
        path = database.with_suffix(f".{name}")
        assert run("export", name, "--db", database, "-o", path).exit_code == 0
        found[name] = path.read_bytes()
    return found


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["--jobs", "3", "--bulk"], id="three, in bulk"),
        pytest.param([], id="one process"),
    ],
)
def test_order_and_workers_make_no_difference(
    run: Any, tmp_path: Path, exports: dict[str, bytes], options: list[str]
) -> None:
    paths = sorted(path for path in SAMPLES.rglob("*") if path.suffix != ".toml")
    random.Random(str(options)).shuffle(paths)  # noqa: S311
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    result = run("ingest", *paths, "--db", "t.db", *options)
    assert result.exit_code == 0, result.output
    assert _exported(run, tmp_path / "t.db") == exports
    assert exports["jsonl"].count(b"\n") > 20
