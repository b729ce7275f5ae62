"""The command line as its users call it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli.main import main


@pytest.fixture
def run() -> Callable[..., Result]:
    """Call ``tracker`` in this process: ``run("query", "--db", path)``."""

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call
