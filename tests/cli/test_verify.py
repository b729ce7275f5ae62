"""verify: every alteration of a stored quotation is named, and the exit code tells."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest


def _alter(database: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute(sql)
        connection.commit()


def test_sound_store(run: Any, database: Path) -> None:
    result = run("verify", "--db", database)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "All 6 statements in 3 documents" in result.stdout


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        pytest.param("UPDATE documents SET text = replace(text, 'Monday', 'Sunday')", "SHA-256", id="text altered"),
        pytest.param(
            "UPDATE content_spans SET start_char = start_char + 1, end_char = end_char + 1 WHERE text LIKE '%Monday'",
            "reads",
            id="span moved",
        ),
        pytest.param("UPDATE content_spans SET end_char = 99999", "outside the text", id="span outside"),
        pytest.param("UPDATE content_spans SET text = 'lies'", "reads", id="span's text altered"),
        pytest.param("UPDATE statements SET quote = 'lies'", "is not its content", id="quotation altered"),
        pytest.param("UPDATE statements SET start_char = start_char + 1", "its content does not", id="start altered"),
        pytest.param("DELETE FROM content_spans", "no content", id="spans lost"),
        pytest.param("UPDATE statements SET article = 999", "missing", id="dangling key"),
        pytest.param(
            "UPDATE statements SET cue_start_char = 0, cue_end_char = 3, cue_text = 'lied'", "cue", id="cue altered"
        ),
    ],
)
def test_alteration_is_named(run: Any, database: Path, sql: str, told: str) -> None:
    _alter(database, sql)
    result = run("verify", "--db", database)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("MISMATCH: ")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr


def test_all_mismatches_on_demand(run: Any, database: Path) -> None:
    _alter(database, "UPDATE statements SET quote = 'lies'")
    assert run("verify", "--all", "--db", database).stderr.count("MISMATCH") == 6
