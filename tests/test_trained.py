"""A trained pipeline of the reader's: its entities make names known that no list has; nothing needs one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

import tracker
from tracker.attribution.entities import Entity, mark_entities
from tracker.attribution.layout import article_paragraphs
from tracker.attribution.lexicon import GIVEN_NAME, KNOWN, ORGANISATION, SURNAME
from tracker.cli.main import main
from tracker.errors import ConfigError
from tracker.pipeline import annotate
from tracker.records import Annotations, Segment
from tracker.trained import find_entities, fingerprint, load_pipeline

ORG_TEXT = "The quay would stay shut until spring, according to Harbourlight."
PERSON_TEXT = "הרציף יישאר סגור, אמר שלב קנדל אתמול."


def _make(folder: Path, lang: str, **patterns: str) -> str:
    """A pipeline by hand, in place of a trained one: its entities are the values of ``patterns``, by label."""
    nlp = spacy.blank(lang)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": words} for label, words in patterns.items()])
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture
def english(tmp_path: Path) -> str:
    return _make(tmp_path / "english", "en", ORG="Harbourlight", PERSON="Mara Venn", GPE="Portsea")


@pytest.fixture
def settings(tmp_path: Path, english: str) -> str:
    path = tmp_path / "with.yaml"
    path.write_text(json.dumps({"pipelines": {"en": english}}), encoding="utf-8")
    return str(path)


def _speakers(found: Annotations) -> list[tuple[str, str] | None]:
    return [(one.speaker.name, one.speaker.type) if one.speaker else None for one in found.statements]


def _with(text: str, lang: str, pipeline: str) -> Annotations:
    document = tracker.extract(text, lang=lang).document
    return annotate(document, entities=find_entities(document, langs=("he", "en"), pipelines={lang: pipeline}))


def test_an_organisation_no_list_knows_is_one(english: str) -> None:
    assert _speakers(tracker.extract(ORG_TEXT, lang="en")) == [("Harbourlight", "person")]
    assert _speakers(_with(ORG_TEXT, "en", english)) == [("Harbourlight", "organisation")]


def test_a_person_no_list_knows_is_found(tmp_path: Path) -> None:
    hebrew = _make(tmp_path / "hebrew", "he", PER="שלב קנדל")
    assert ("שלב קנדל", "person") not in _speakers(tracker.extract(PERSON_TEXT, lang="he"))
    assert _speakers(_with(PERSON_TEXT, "he", hebrew)) == [("שלב קנדל", "person")]


def test_offsets_are_those_of_the_document(english: str) -> None:
    text = f"{PERSON_TEXT}\n\n😀 In Portsea all is well.\n\n{ORG_TEXT}\nMara Venn agreed with Harbourlight."
    document = tracker.extract(text, lang="en").document
    found = find_entities(document, langs=("he", "en"), pipelines={"en": english})
    assert found is not None
    assert [(text[start:end], label) for start, end, label in found] == [
        ("Portsea", "GPE"), ("Harbourlight", "ORG"), ("Mara Venn", "PERSON"), ("Harbourlight", "ORG"),
    ]  # fmt: skip


def test_half_a_surrogate_pair_moves_nothing(english: str) -> None:
    text = f"\ud83d {ORG_TEXT}"
    found = find_entities(tracker.extract(text, lang="en").document, langs=("en",), pipelines={"en": english})
    assert found == ((text.index("Harb"), len(text) - 1, "ORG"),)


@pytest.mark.parametrize(
    "pipelines", [pytest.param({}, id="none"), pytest.param({"fr": "nowhere"}, id="of a language not searched")]
)
def test_without_a_pipeline_there_is_no_evidence(pipelines: dict[str, str]) -> None:
    assert find_entities(tracker.extract(ORG_TEXT).document, langs=("en",), pipelines=pipelines) is None


def test_entities_need_no_order() -> None:
    document = tracker.extract(f"{ORG_TEXT} {PERSON_TEXT}", lang="en").document
    at = ORG_TEXT.index("Harb")
    entities = [(at, at + 12, "ORG"), (0, 3, "GPE")]
    assert annotate(document, entities=entities) == annotate(document, entities=sorted(entities))


def _classes(text: str, lang: str, entities: Sequence[Entity]) -> dict[str, int]:
    """The classes that the entities add to each word that gets any."""
    lines = [Segment(0, len(text), lang, "body", article=0)]
    (before,), (after,) = (article_paragraphs(text, lines, (lang,)) for _ in range(2))
    mark_entities([after], entities)
    return {
        after.word(token): after.flags[token] & ~before.flags[token]
        for token in range(len(after))
        if after.flags[token] != before.flags[token]
    }


@pytest.mark.parametrize(
    ("text", "lang", "words", "label", "wanted"),
    [
        pytest.param(
            "then Quarlo Zubin Tarv left", "en", "Quarlo Zubin Tarv", "PERSON",
            {"Quarlo": GIVEN_NAME, "Zubin": SURNAME, "Tarv": SURNAME}, id="person",
        ),
        pytest.param("then Zubin left", "en", "Zubin", "PER", {"Zubin": SURNAME}, id="one word"),
        pytest.param(
            "then Mr Quarlo of Zubin left", "en", "Mr Quarlo of Zubin", "PERSON",
            {"Quarlo": GIVEN_NAME, "Zubin": SURNAME}, id="title and closed class left",
        ),
        pytest.param(
            "at Quarlo and Zubin today", "en", "Quarlo and Zubin", "ORG",
            {"Quarlo": KNOWN, "Zubin": KNOWN}, id="organisation",
        ),
        pytest.param(
            "אמר זעפור קנדל", "he", "זעפור קנדל", "ORG", {"זעפור": ORGANISATION}, id="longer name without case",
        ),
        pytest.param("at Quarlo today", "en", "Quarlo", "GPE", {}, id="other label"),
        pytest.param(
            "הספר של לזעפור קנדל", "he", "זעפור קנדל", "PER", {"קנדל": SURNAME}, id="joined preposition left",
        ),
    ],
)  # fmt: skip
def test_classes_of_words(text: str, lang: str, words: str, label: str, wanted: dict[str, int]) -> None:
    start = text.index(words)
    assert _classes(text, lang, [(start, start + len(words), label)]) == wanted


def test_components_take_the_entities_of_the_pipeline(english: str) -> None:
    nlp = spacy.load(english)
    nlp.add_pipe("tracker_statements")
    (statement,) = nlp(ORG_TEXT)._.statements
    assert (statement.speaker.name, statement.speaker.type) == ("Harbourlight", "organisation")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_command_line_uses_the_setting(tmp_path: Path, settings: str, jobs: str) -> None:
    (tmp_path / "story.txt").write_text(ORG_TEXT, encoding="utf-8")
    types = []
    for given in ([], ["--config", settings]):
        run = CliRunner().invoke(main, ["extract", "story.txt", "--jobs", jobs, *given])
        assert run.exit_code == 0, run.output
        types.append(json.loads(run.stdout)["statements"][0]["speaker"]["type"])
    assert types == ["person", "organisation"]


def test_stored_pages_are_read_again_when_the_setting_changes(tmp_path: Path, settings: str) -> None:
    (tmp_path / "story.txt").write_text(ORG_TEXT, encoding="utf-8")
    types = []
    for given in ([], ["--config", settings], ["--config", settings]):
        run = CliRunner().invoke(main, ["ingest", "story.txt", *given])
        assert run.exit_code == 0, run.output
        answer = CliRunner().invoke(main, ["query", "quay", "--format", "jsonl"])
        types.append(json.loads(answer.stdout)["speaker_type"])
    assert types == ["person", "organisation", "organisation"]


def test_evaluate_uses_the_setting(tmp_path: Path, settings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gold.json").write_text(json.dumps({"text": ORG_TEXT, "lang": "en", "statements": []}))
    asked: list[object] = []
    monkeypatch.setattr("tracker.trained.find_entities", lambda *_, **given: asked.append(given["pipelines"]))
    run = CliRunner().invoke(main, ["evaluate", "gold.json", "--config", settings])
    assert run.exit_code == 0, run.output
    assert len(asked) == 1


def test_fingerprint_changes_with_the_pipeline(english: str) -> None:
    before = fingerprint({"en": english})
    assert fingerprint({"en": english}) == before
    assert fingerprint({"he": english}) != before
    os.utime(Path(english, "meta.json"), ns=(1, 1))
    assert fingerprint({"en": english}) != before


def test_a_pipeline_that_is_not_there_is_told() -> None:
    with pytest.raises(
        ConfigError, match=r"^pipelines\.en: no spaCy pipeline 'en_none_sm' is installed.*spacy download"
    ):
        load_pipeline("en", "en_none_sm")


def test_a_folder_that_is_no_pipeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"^pipelines\.en: spaCy cannot load .*change or remove the setting$"
    ) as caught:
        load_pipeline("en", str(tmp_path))
    assert "\n" not in str(caught.value)


def test_spacy_that_cannot_be_imported_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ConfigError, match=r"^pipelines\.en: spaCy cannot be imported .*install it"):
        load_pipeline("en", "any")


def test_missing_pipeline_ends_the_command_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(ORG_TEXT, encoding="utf-8")
    (tmp_path / "config.yaml").write_text("pipelines: {en: en_none_sm}\n", encoding="utf-8")
    run = CliRunner().invoke(main, ["extract", "story.txt"])
    assert run.exit_code == 2
    assert len(run.stderr.strip().splitlines()) == 1
    assert "pipelines.en" in run.stderr


@pytest.mark.parametrize("configured", [False, True], ids=["without", "with"])
def test_spacy_is_imported_with_the_setting_only(tmp_path: Path, settings: str, configured: bool) -> None:
    (tmp_path / "story.txt").write_text(ORG_TEXT, encoding="utf-8")
    given = ["--config", settings] if configured else []
    program = (
        "import sys\nfrom tracker.cli.main import main\n"
        f"for command in ('extract', 'ingest'): main([command, 'story.txt', *{given!r}], standalone_mode=False)\n"
        "print('spacy' in sys.modules, 'tracker.trained' in sys.modules)"
    )
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(tracker.__file__).parents[1])},
        check=True,
    )
    assert run.stdout.splitlines()[-1] == f"{configured} {configured}"
