"""Who said what: filters, formats, and what is said on stderr."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tracker.store.views import WHO_SAID_WHAT


def _quotes(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [row["quote"] for row in json.loads(result.stdout)]


CLOSED, MONDAY, FORMULA = "The port is closed", "We will reopen on Monday", "=cmd is no formula"
ARABIC, DENIAL, HEBREW = "سنعيد فتح الميناء يوم الاثنين", "ذلك", "הנמל סגור"


@pytest.mark.parametrize(
    ("arguments", "quotes"),
    [
        pytest.param([], [ARABIC, CLOSED, FORMULA, DENIAL, MONDAY, HEBREW], id="all"),
        pytest.param(["monday"], [MONDAY], id="a word"),
        pytest.param(["reopen", "monday"], [MONDAY], id="two words"),
        pytest.param(["ميناء"], [ARABIC], id="without its article"),
        pytest.param(["الإثنين"], [ARABIC], id="another spelling"),
        pytest.param(["נמל"], [HEBREW], id="without its article, Hebrew"),
        pytest.param(["--speaker", "Dana Orlev"], [CLOSED, MONDAY, HEBREW], id="speaker in two scripts"),
        pytest.param(["--speaker", "Boaz Levy"], [ARABIC], id="speaker in another script"),
        pytest.param(["--speaker", "Laffi"], [DENIAL], id="surname in another script"),
        pytest.param(["--speaker", "اللافي"], [DENIAL], id="surname"),
        pytest.param(["--speaker", "Nobody Atall"], [], id="nobody"),
        pytest.param(["--source", "the harbour ledger"], [CLOSED, FORMULA, MONDAY], id="source, case no matter"),
        pytest.param(["--source", "Harbour"], [CLOSED, FORMULA, MONDAY], id="part of a source"),
        pytest.param(["--source", "Ynet"], [], id="no such source"),
        pytest.param(["--lang", "he"], [HEBREW], id="language"),
        pytest.param(["--lang", "AR", "--kind", "direct"], [ARABIC], id="language and kind"),
        pytest.param(["--kind", "mixed"], [], id="kind that is not there"),
        pytest.param(["--since", "2024-05-20"], [ARABIC, CLOSED, FORMULA, DENIAL], id="since, said before published"),
        pytest.param(["--until", "2024-05-19"], [MONDAY], id="until"),
        pytest.param(
            ["--since", "2024-05", "--until", "2024-05"], [ARABIC, CLOSED, FORMULA, DENIAL, MONDAY], id="month"
        ),
        pytest.param(["--until", "2023"], [], id="year"),
        pytest.param(["--about", "ledger"], [], id="about nothing"),
        pytest.param(["--about", "إغلاق"], [ARABIC, DENIAL], id="about, by the title"),
        pytest.param(["--about", "ממשלה"], [HEBREW], id="about, by the passage"),
        pytest.param(["--limit", "2", "--lang", "en"], [CLOSED, FORMULA], id="limit"),
    ],
)
def test_filters(run: Any, database: Path, arguments: list[str], quotes: list[str]) -> None:
    found = _quotes(run("query", *arguments, "--db", database, "--format", "json"))
    assert sorted(found) == sorted(quotes)


def test_newest_comes_first_and_undated_last(run: Any, database: Path) -> None:
    result = run("query", "--db", database, "--format", "json")
    dates = [row["said_on"] or row["published_on"] or "" for row in json.loads(result.stdout)]
    assert dates == sorted(dates, reverse=True)


def test_rows_of_one_day_are_in_reading_order(run: Any, database: Path) -> None:
    found = _quotes(run("query", "--lang", "en", "--since", "2024-05-20", "--db", database, "--format", "json"))
    assert found == [CLOSED, FORMULA]


def test_inexact_name_is_said_on_stderr(run: Any, database: Path) -> None:
    result = run("query", "--speaker", "Boaz Levy", "--db", database)
    assert "'Boaz Levy' is taken for بواز ليفي" in result.stderr
    assert "taken for" not in result.stdout


def test_exact_name_needs_no_word(run: Any, database: Path) -> None:
    assert run("query", "--speaker", "Dana Orlev", "--db", database).stderr == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--speaker", "Zzyzx Qwrt"], "Nobody is called 'Zzyzx Qwrt'", id="nobody"),
        pytest.param(["--source", "Ynet"], "No source is called 'Ynet'; there are: The Harbour Ledger", id="source"),
        pytest.param(["lighthouse"], "Nothing found.", id="no match"),
    ],
)
def test_empty_answer_says_why(run: Any, database: Path, arguments: list[str], told: str) -> None:
    result = run("query", *arguments, "--db", database)
    assert (result.exit_code, result.stdout) == (0, "")
    assert told in result.stderr


def test_csv_has_the_columns_of_the_view(run: Any, database: Path) -> None:
    result = run("query", "--db", database, "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == WHO_SAID_WHAT
    assert len(rows) == 7


def test_jsonl_is_json_line_by_line(run: Any, database: Path) -> None:
    lines = run("query", "--db", database, "--format", "jsonl").stdout.splitlines()
    listed = json.loads(run("query", "--db", database, "--format", "json").stdout)
    assert [json.loads(line) for line in lines] == listed


def test_empty_json_is_a_list(run: Any, database: Path) -> None:
    assert json.loads(run("query", "lighthouse", "--db", database, "--format", "json").stdout) == []


def test_table_shows_denials(run: Any, database: Path) -> None:
    result = run("query", "--speaker", "عبد الله اللافي", "--db", database)
    assert "denial" in result.stdout
    assert "\u2068ذلك\u2069" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--since", "yesterday"], id="no date"),
        pytest.param(["--since", "2024-02-30"], id="no day of the calendar"),
        pytest.param(["--until", "2024-13"], id="no month"),
        pytest.param(["--until", "20240520"], id="another form"),
        pytest.param(["--limit", "0"], id="limit"),
        pytest.param(["--kind", "loud"], id="kind"),
        pytest.param(["--lang", "arabic"], id="language"),
        pytest.param(["--format", "xml"], id="format"),
        pytest.param(["--bogus"], id="option"),
        pytest.param(["?!"], id="no word"),
        pytest.param(["--about", "..."], id="about no word"),
    ],
)
def test_wrong_usage(run: Any, database: Path, arguments: list[str]) -> None:
    result = run("query", *arguments, "--db", database)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE statements; --", '" OR 1=1', "a) OR (b", "x NEAR y", "{words} : x", "words:x", "*", "-x", "^x"],
)
@pytest.mark.parametrize("option", ["text", "--speaker", "--about", "--source"])
def test_no_text_becomes_sql(run: Any, database: Path, option: str, text: str) -> None:
    arguments = ["--", text] if option == "text" else [f"{option}={text}"]
    result = run("query", "--db", database, "--format", "json", *arguments)
    assert result.exit_code in (0, 2), result.output
    assert len(_quotes(run("query", "--db", database, "--format", "json"))) == 6


def test_export_writes_a_file_whole(run: Any, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    result = run("export", "csv", "--db", database, "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert text.startswith("statement_id,")
    assert "=cmd is no formula" in text
    assert "'=cmd" not in text
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_export_for_excel(run: Any, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert run("export", "csv", "--excel", "--db", database, "-o", target).exit_code == 0
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfstatement_id,")
    assert b",'=cmd is no formula," in data


def test_export_takes_the_filters_of_query(run: Any, database: Path) -> None:
    result = run("export", "jsonl", "--lang", "he", "--db", database)
    assert [json.loads(line)["quote"] for line in result.stdout.splitlines()] == [HEBREW]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["jsonl", "--excel"], "--excel is for csv", id="excel jsonl"),
        pytest.param(["xml"], "csv", id="unknown format"),
        pytest.param(["csv", "-o", "missing/out.csv"], "cannot be written", id="no folder"),
    ],
)
def test_export_wrong_usage(run: Any, database: Path, arguments: list[str], told: str) -> None:
    result = run("export", *arguments, "--db", database)
    assert result.exit_code == 2
    assert told in result.stderr


def test_failed_export_leaves_the_old_file(run: Any, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    database.write_bytes(b"broken")
    assert run("export", "csv", "--db", database, "-o", target).exit_code == 2
    assert target.read_text(encoding="utf-8") == "old"
