"""The house's order: who may import whom, and what answering must never load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "tracker"

# Lower steps know nothing of higher ones; those on one step do not import each other.
STEPS = (
    {"records", "errors", "text", "folders"},
    {"config", "lang"},
    {"names"},
    {"read", "segment", "attribution"},
    {"pipeline", "trained", "neural", "spacy_components"},
    {"resolve", "claims"},
    {"store"},
    {"report", "serve", "scale"},
    {"cli"},
)
STEP = {name: number for number, names in enumerate(STEPS) for name in names}

HEAVY = (
    "spacy",
    "torch",
    "transformers",
    "trafilatura",
    "lxml",
    "bs4",
    "html5lib",
    "dateparser",
    "langdetect",
    "numpy",
    "sqlite_utils",
    "tqdm",
    "dask",
    "distributed",
    "duckdb",
    "fsspec",
    "pyarrow",
)


def _modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of this project that a module imports, inside functions as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides where it goes"
            # `from tracker import names` may mean the package of that name, or a name of `tracker` itself.
            names = (
                [f"tracker.{alias.name}" for alias in node.names] if node.module == "tracker" else [node.module or ""]
            )
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "tracker")


def test_every_part_has_its_step() -> None:
    assert {_part(path) for path in _modules()} <= set(STEP)


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down_only(path: Path) -> None:
    own = _part(path)
    wrong = [
        f"line {line}: {name}"
        for line, name in _imports(path)
        for part in name.split(".")[1:2]
        if part in STEP and part != own and STEP[part] >= STEP[own]
    ]
    assert wrong == []


def _loaded_by(program: str, *, cwd: Path) -> set[str]:
    run = subprocess.run(  # noqa: S603
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n{program}\nprint(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=True,
    )
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("import tracker", id="import"),
        pytest.param("import tracker.cli.main", id="command line"),
        pytest.param("import tracker.names, tracker.claims", id="names and claims"),
    ],
)
def test_import_is_light(program: str, tmp_path: Path) -> None:
    assert _loaded_by(program, cwd=tmp_path).isdisjoint(HEAVY)


def test_query_loads_nothing_heavy(tmp_path: Path) -> None:
    from tracker.store.connection import open_store

    open_store(tmp_path / "tracker.db").close()
    loaded = _loaded_by(
        "from tracker.cli.main import main\n"
        "main(['query', 'word', '--speaker', 'Boaz Levy', '--about', 'x'], standalone_mode=False)",
        cwd=tmp_path,
    )
    assert "tracker.store.queries" in loaded
    assert loaded.isdisjoint((*HEAVY, "pydantic", "yaml"))
