"""What every language folder keeps to, whatever the language; and that no algorithm knows a language by name."""

from __future__ import annotations

import ast
import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tracker.attribution.lexicon import (
    COMPLEMENTISER,
    GIVEN_NAME,
    PREPOSITION,
    PRONOUN,
    SOURCE_WORD,
    inflected_forms,
    lexicon_of,
)
from tracker.attribution.scoring import WeightTables
from tracker.config import Config
from tracker.lang import load_pack
from tracker.lang.examples import Example
from tracker.lang.pack import FOLDER, LanguagePack, language_codes
from tracker.lang.tables import build_record, read_record
from tracker.records import KINDS
from tracker.text import fold

ROOT = Path(__file__).parents[2]
CODES = language_codes()
SPOKEN = [code for code in CODES if (FOLDER / code / "cues.toml").is_file()]
"""Languages whose statements are looked for; the others are only told from their neighbours."""
NEEDED = ("quotes", "cues", "syntax", "pronouns", "titles", "organisations", "dates", "blocks", "examples")
TABLES = [
    pytest.param(code, path, id=f"{code}-{path.stem}")
    for code in CODES
    for path in sorted((FOLDER / code).glob("*.toml"))
]
EXAMPLES = [
    pytest.param(example, id=f"{code}-{example.id}") for code in SPOKEN for example in load_pack(code).examples.example
]
GOLD = [
    pytest.param(path, id=f"{path.parent.name}-{path.stem}")
    for path in sorted((ROOT / "data" / "gold").glob("*/*.json"))
]


def _record(pack: LanguagePack, path: Path) -> Any:
    if path.stem == "weights":
        return read_record(WeightTables, path)
    return getattr(pack, path.stem)


def _strings(value: Any) -> Iterator[str]:
    """Every string inside a record, keys of tables included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _strings(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))


# ---------------------------------------------------------------- the files of a folder


@pytest.mark.parametrize(("code", "path"), TABLES)
def test_file_loads_strictly_and_says_something(code: str, path: Path) -> None:
    record = _record(LanguagePack(code, path.parent), path)
    assert record != type(record)(), "the file says nothing, or is none that is read"


@pytest.mark.parametrize(("code", "path"), TABLES)
def test_unknown_key_would_be_refused(code: str, path: Path) -> None:
    record_type = type(_record(LanguagePack(code, path.parent), path))
    with pytest.raises(Exception, match="unknown key 'no_such_key'"):
        build_record(record_type, {"no_such_key": 1}, str(path))


@pytest.mark.parametrize(("code", "path"), TABLES)
def test_text_is_without_stray_characters(code: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    strange = {f"U+{ord(char):04X}" for char in text if ord(char) in range(0x202A, 0x202F)}
    strange |= {f"U+{ord(char):04X}" for char in text if char in "\ufffd\ufeff\t\u200e\u200f"}
    assert strange == set()


@pytest.mark.parametrize("code", CODES)
def test_folder_names_its_language(code: str) -> None:
    language = load_pack(code).language
    assert language.code == code
    assert language.name
    assert len(language.script) == 4
    assert language.direction in ("ltr", "rtl")
    assert len(language.digits) in (0, 10)


@pytest.mark.parametrize("code", Config().languages)
def test_language_that_is_worked_with_is_complete(code: str) -> None:
    missing = {name for name in NEEDED if not (FOLDER / code / f"{name}.toml").is_file()}
    assert missing == set()


@pytest.mark.parametrize("code", SPOKEN)
def test_lexicon_compiles(code: str) -> None:
    lexicon = lexicon_of(code)
    assert lexicon.cue_forms
    assert lexicon.words


# ---------------------------------------------------------------- cues


@pytest.mark.parametrize("code", SPOKEN)
def test_ids_are_unique(code: str) -> None:
    pack = load_pack(code)
    for ids in (
        [cue.id for cue in pack.cues.cue],
        [paradigm.name for paradigm in pack.cues.paradigm],
        [group.id for group in pack.titles.group],
        [example.id for example in pack.examples.example],
    ):
        assert [name for name, count in Counter(ids).items() if count > 1] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_every_cue_has_forms_and_complements(code: str) -> None:
    pack = load_pack(code)
    assert [cue.id for cue in pack.cues.cue if not cue.takes or not inflected_forms(cue, pack)] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_paradigms_are_used_exist_and_inflect(code: str) -> None:
    pack = load_pack(code)
    used = {name for cue in pack.cues.cue for name in cue.stems}
    assert used == {paradigm.name for paradigm in pack.cues.paradigm}
    patterns = [(one.name, form.pattern) for one in pack.cues.paradigm for form in one.forms]
    assert [pair for pair in patterns if pair[1].count("{}") != 1] == []
    assert [one.name for one in pack.cues.paradigm if not one.forms] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_forms_of_cues_are_clean(code: str) -> None:
    pack = load_pack(code)
    forms = [form for cue in pack.cues.cue for form, _, _ in inflected_forms(cue, pack)]
    assert [form for form in forms if not form or form != form.strip() or "{" in form] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_priors_are_shares(code: str) -> None:
    assert [cue.id for cue in load_pack(code).cues.cue if not 0.0 <= cue.prior <= 1.0] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_quotation_marks_are_single_marks(code: str) -> None:
    pairs = load_pack(code).quotes.pairs
    assert pairs
    for pair in pairs:
        assert pair.close
        for mark in (pair.open, *pair.close):
            assert not any(char.isalnum() or char.isspace() for char in mark)


# ---------------------------------------------------------------- examples


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_holds_what_it_names(example: Example) -> None:
    for statement in example.statement:
        assert statement.kind in KINDS
        assert statement.polarity in ("asserts", "denies")
        assert statement.content
        for part in (*statement.content, statement.cue, statement.speaker):
            assert part in example.text
            assert part == part.strip()


# ---------------------------------------------------------------- gold


@pytest.mark.parametrize("path", GOLD)
def test_gold_offsets_equal_their_texts(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    text = record["text"]
    for statement in record["statements"]:
        assert [text[start:end] for start, end in statement["content"]] == statement["content_text"]
        assert statement["content"] == sorted(statement["content"])
        assert all(0 <= start < end <= len(text) for start, end in statement["content"])
        for name in ("cue", "speaker"):
            span = statement[name]
            assert (text[span[0] : span[1]] if span else None) == statement[f"{name}_text"]


@pytest.mark.parametrize("path", GOLD)
def test_gold_values_are_known(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["lang"] == path.parent.name
    for statement in record["statements"]:
        assert statement["kind"] in KINDS
        assert statement["polarity"] in ("asserts", "denies")
        assert statement["speaker_type"] in ("person", "organisation", "group", "anonymous", None)
        assert isinstance(statement["nested"], bool)


@pytest.mark.parametrize("path", GOLD)
def test_gold_names_no_statement_twice(path: Path) -> None:
    statements = json.loads(path.read_text(encoding="utf-8"))["statements"]
    places = Counter((str(statement["content"]), str(statement["cue"])) for statement in statements)
    assert [place for place, count in places.items() if count > 1] == []


def test_gold_ids_are_unique() -> None:
    ids = Counter(json.loads(path.values[0].read_text(encoding="utf-8"))["id"] for path in GOLD)
    assert [name for name, count in ids.items() if count > 1] == []


def test_gold_texts_are_unique() -> None:
    texts = Counter(json.loads(path.values[0].read_text(encoding="utf-8"))["text"] for path in GOLD)
    assert max(texts.values()) == 1


# ---------------------------------------------------------------- no algorithm knows a language


def _compared_languages(source: str) -> list[int]:
    """Lines on which something is compared with the code of a language."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            parts = [node.value]
        else:
            continue
        constants = {
            leaf.value for part in parts for leaf in ast.walk(part)
            if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
        }  # fmt: skip
        if constants & set(SPOKEN):
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "source",
    [
        'if lang == "ar":\n    pass',
        'x = 1 if "he" == lang else 2',
        'found = [one for one in all if one.lang in ("ar", "fa")]',
        'match lang:\n    case "en":\n        pass',
        'while lang != "en":\n    pass',
    ],
    ids=["if", "conditional", "comprehension", "match", "while"],
)
def test_a_branch_on_a_language_is_seen(source: str) -> None:
    assert _compared_languages(source)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "tracker").rglob("*.py")) if FOLDER not in path.parents],
    ids=lambda path: path.relative_to(ROOT / "tracker").as_posix(),
)
def test_no_module_branches_on_a_language(path: Path) -> None:
    assert _compared_languages(path.read_text(encoding="utf-8")) == []


# ---------------------------------------------------------------- nouns that name nobody

_SPEAKERS = SOURCE_WORD | GIVEN_NAME | PRONOUN | PREPOSITION | COMPLEMENTISER


@pytest.mark.parametrize("code", [code for code in SPOKEN if load_pack(code).nouns.things])
def test_nouns_that_name_nobody_are_in_no_list_of_speakers(code: str) -> None:
    lexicon = lexicon_of(code)
    nouns = [*load_pack(code).nouns.things, *load_pack(code).nouns.adjectives]
    assert len({fold(word) for word in nouns}) == len(nouns)
    assert [word for word in nouns if lexicon.words[fold(word)] & _SPEAKERS] == []
    assert [word for word in nouns if fold(word) in lexicon.cue_forms] == []
