"""A CSV list of known people: what is taken in, and the one line that says what is wrong where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import InputError
from tracker.read.known_people import MAX_NAME, read_known_people
from tracker.records import KnownPerson

ORLEV = KnownPerson("Dana Orlev", ("דנה אורלב", "دانا أورليف"), "person", "harbour master", "Q42")


def _written(folder: Path, data: str | bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "people"),
    [
        pytest.param(
            "name,aliases,type,title,wikidata\nDana Orlev,דנה אורלב;دانا أورليف,person,harbour master,Q42\n",
            [ORLEV],
            id="all columns",
        ),
        pytest.param("name\nDana Orlev\n", [KnownPerson("Dana Orlev")], id="name only"),
        pytest.param(
            "Wikidata ID;Name;Aliases\nhttps://www.wikidata.org/wiki/Q42;Dana Orlev;D. Orlev | Orlev, Dana\n",
            [KnownPerson("Dana Orlev", ("D. Orlev", "Orlev, Dana"), wikidata="Q42")],
            id="semicolons, other order",
        ),
        pytest.param(
            'name\taliases\r\n"Dana Orlev"\t"דנה אורלב\nDana Orlev"\r\n\r\n',
            [KnownPerson("Dana Orlev", ("דנה אורלב",))],
            id="tabs, a cell of two lines, an empty line",
        ),
        pytest.param("\ufeffname,type\nIAI,Organization\n", [KnownPerson("IAI", type="organisation")], id="BOM"),
        pytest.param("name\nדנה אורלב\n".encode("utf-16"), [KnownPerson("דנה אורלב")], id="UTF-16"),
        pytest.param("name,title\nDana Orlev\n", [KnownPerson("Dana Orlev")], id="a short row"),
    ],
)
def test_lists_that_can_be_used(tmp_path: Path, data: str | bytes, people: list[KnownPerson]) -> None:
    assert read_known_people(_written(tmp_path, data)) == (people, [])


def test_columns_that_mean_nothing_are_told(tmp_path: Path) -> None:
    assert read_known_people(_written(tmp_path, "name,born\nDana Orlev,1970\n"))[1] == ["born"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param("", "empty; its first line names the columns", id="empty"),
        pytest.param("name,title\n", "nobody in it", id="heading only"),
        pytest.param("Dana Orlev,Q42\n", "line 1: no column is called 'name'", id="no heading"),
        pytest.param("name,alias,aliases\nDana,,\n", "line 1: two columns are called 'aliases'", id="twice a column"),
        pytest.param("name,title\nDana Orlev,x\n ,mayor\n", "line 3: the name is empty", id="no name"),
        pytest.param("name\n123\n", "line 2: '123' holds no letter", id="no letter"),
        pytest.param(f"name\n{'x' * (MAX_NAME + 1)}\n", "line 2: a name is one line of at most", id="long name"),
        pytest.param("name\nDana\x1bOrlev\n" + "x" * 400, "line 2: a name is one line", id="control character"),
        pytest.param("name,type\nDana Orlev,robot\n", "line 2: type 'robot' is none of person,", id="type"),
        pytest.param("name,wikidata\nDana Orlev,42\n", "line 2: '42' is no Wikidata id; write it as Q42", id="id"),
        pytest.param("name,wikidata\nA,Q1\nB,Q1\n", "line 3: Q1 stands in line 2 already", id="twice an id"),
        pytest.param("name\nA B\nA B\n", "line 3: A B stands in line 2 already", id="twice a person"),
        pytest.param("name\nOrlev, Dana\n", "line 2: 2 cells where line 1 names 1", id="a comma too many"),
        pytest.param('name\n"Dana Orlev\n', "no proper CSV", id="open quotation mark"),
        pytest.param("name,aliases\nA," + ";".join(f"a{n}" for n in range(201)), "201 aliases", id="aliases"),
        pytest.param("name,aliases\n" + "A" * 140_000 + ",b\n", "no proper CSV", id="huge cell"),
        pytest.param(b"name\n\x00\x01\x02\x03", "no text", id="binary"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path: Path, data: str | bytes, told: str) -> None:
    path = _written(tmp_path, data)
    with pytest.raises(InputError) as caught:
        read_known_people(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_known_people(tmp_path / "none.csv")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_bytes_are_a_list_or_one_line(tmp_path: Path, data: str | bytes) -> None:
    raw = b"name,aliases,wikidata\n" + (data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    path = _written(tmp_path, raw)
    try:
        people, _ = read_known_people(path)
    except InputError as error:
        assert str(path) in str(error)
    else:
        assert all(person.name.strip() for person in people)
