"""config.yaml: defaults, overrides, and every mistake told with its path."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tracker.config import DEFAULT_FILE, ColumnsConfig, Config, load_config, parse_config
from tracker.errors import ConfigError
from tracker.lang.columns import FIELDS

ROOT = Path(__file__).parents[1]


def test_packaged_defaults_are_the_defaults_of_the_code() -> None:
    assert parse_config(DEFAULT_FILE.read_text(encoding="utf-8"), "defaults") == Config()


def test_the_repository_shows_the_packaged_defaults() -> None:
    assert (ROOT / "config.yaml").read_text(encoding="utf-8") == DEFAULT_FILE.read_text(encoding="utf-8")


def test_every_setting_has_a_reason_above_it() -> None:
    lines = DEFAULT_FILE.read_text(encoding="utf-8").splitlines()
    settings = [
        number
        for number, line in enumerate(lines)
        if line.strip() and not line.strip().startswith(("#", "-")) and not line.endswith(":")
    ]
    unexplained = [
        lines[number]
        for number in settings
        if not lines[number - 1].strip().startswith("#") and not lines[number].startswith(("  ar", "  he", "  en"))
    ]
    assert unexplained == []


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config() == Config()


def test_config_yaml_of_the_current_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("crosscheck:\n  candidates: 3\n", encoding="utf-8")
    config = load_config()
    assert config.crosscheck.candidates == 3
    assert config.crosscheck.min_score == Config().crosscheck.min_score


def test_copy_of_the_defaults_is_not_even_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.yaml").write_bytes(DEFAULT_FILE.read_bytes())
    monkeypatch.setattr("tracker.config.parse_config", lambda *_: pytest.fail("parsed"))
    assert load_config() == Config()


def test_named_file_wins_over_the_one_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("languages: [ar]\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("languages: [he]\n", encoding="utf-8")
    assert load_config(tmp_path / "other.yaml").languages == ("he",)


def test_pipelines_are_told_by_language() -> None:
    config = parse_config("languages: [ar, fa]\npipelines:\n  fa: ./mine\n", "config.yaml")
    assert config.pipelines == {"fa": "./mine"}
    assert Config().pipelines == {}


def test_columns_are_told_by_field() -> None:
    config = parse_config("read:\n  columns: {text: الخبر, published: day}\n  date_order: day_first\n", "config.yaml")
    assert config.read.columns.given() == {"text": "الخبر", "published": "day"}
    assert tuple(field.name for field in dataclasses.fields(ColumnsConfig)) == FIELDS


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param("columns: {body: x}", "unknown key read.columns.body; known are author", id="field"),
        pytest.param("columns: {text: ' '}", "read.columns.text: the name of a column", id="blank"),
        pytest.param("date_order: month", "read.date_order", id="order"),
        pytest.param("fetch: {delay: 1}", "unknown key read.fetch.delay; known are allow_private", id="fetch"),
        pytest.param("fetch: {total_seconds: 0}", "read.fetch.total_seconds: seconds from 0.1", id="no-time"),
        pytest.param('fetch: {contact: "a\\r\\nX: y"}', "read.fetch.contact: an address", id="header"),
    ],
)
def test_wrong_settings_of_tables(settings: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse_config(f"read:\n  {settings}\n", "config.yaml")


def test_empty_file_means_the_defaults() -> None:
    assert parse_config("# nothing yet\n", "config.yaml") == Config()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("langauges: [ar]", ["unknown key langauges", "languages"], id="unknown key"),
        pytest.param("read:\n  max_bytes: 3", ["unknown key read.max_bytes", "max_file_bytes"], id="unknown inner key"),
        pytest.param("languages: ar", ["languages", "list"], id="text for a list"),
        pytest.param("languages: [no]", ["languages.0", "string", "False"], id="bare no is false in YAML"),
        pytest.param("crosscheck:\n  enabled: 'yes'", ["crosscheck.enabled", "boolean"], id="text for a boolean"),
        pytest.param("crosscheck:\n  min_score: 1.5", ["crosscheck.min_score", "0 to 1"], id="out of range"),
        pytest.param("crosscheck:\n  min_score: .nan", ["crosscheck.min_score", "0 to 1"], id="not a number"),
        pytest.param("store:\n  busy_timeout_ms: -1", ["store.busy_timeout_ms", "at least 0"], id="negative"),
        pytest.param("pipelines: en_core_web_sm", ["pipelines", "not 'en_core_web_sm'"], id="text for a mapping"),
        pytest.param("pipelines: {en: 3}", ["pipelines.en", "string"], id="number for a pipeline"),
        pytest.param("pipelines: {xx: some}", ["pipelines.xx", "ar, he, en"], id="pipeline of an unknown language"),
        pytest.param("pipelines: {en: ' '}", ["pipelines.en", "name or folder"], id="empty pipeline"),
        pytest.param("pipelines: {en: }", ["pipelines.en", "string", "None"], id="pipeline left out"),
        pytest.param("store: {}\nstore: {}", ["'store' is given twice", "line 2"], id="key twice"),
        pytest.param("2023-10-05: 1", ["no text"], id="date as key"),
        pytest.param("read: {a: 1", ["not valid YAML", "line 1"], id="no YAML"),
        pytest.param("- ar\n- he", ["key: value"], id="a list"),
        pytest.param("read: !!python/object/apply:os.getcwd []", ["not valid YAML"], id="code"),
    ],
)
def test_mistake_is_told_in_one_line_with_its_path(text: str, told: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "my.yaml")
    message = str(caught.value)
    assert message.startswith("my.yaml: ")
    assert "\n" not in message
    for part in told:
        assert part in message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param(b"\xff\xfe\x00", "not UTF-8", id="binary"),
        pytest.param(b"#" * 1_000_001, "no config file", id="huge"),
    ],
)
def test_unreadable_file_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "some.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=told):
        load_config(path)
