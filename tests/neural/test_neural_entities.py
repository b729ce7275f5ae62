"""Token classifiers: pieces to names, offsets of the document, and a speaker that no list knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import tracker
from tracker.cli.main import main
from tracker.config import ModelConfig, ModelsConfig
from tracker.neural.entities import _spans, entities_version, find_entities
from tracker.neural.loading import load_model
from tracker.pipeline import annotate

Make = Callable[..., Path]
HEAD = "BertForTokenClassification"
TEXT = "The quay would stay shut until spring, according to Harbourlight."


@pytest.mark.parametrize(
    ("text", "offsets", "tags", "wanted"),
    [
        pytest.param("Mara Venn", [(0, 4), (5, 9)], ["B-PER", "I-PER"], [(0, 9, "PER")], id="two words"),
        pytest.param("Mara Venn", [(0, 4), (5, 9)], ["B-PER", "B-PER"], [(0, 4, "PER"), (5, 9, "PER")], id="two names"),
        pytest.param("Venning", [(0, 4), (4, 7)], ["B-PER", "O"], [(0, 7, "PER")], id="pieces of a word"),
        pytest.param("Venning", [(0, 4), (4, 7)], ["O", "B-PER"], [], id="the first piece decides"),
        pytest.param("a Venn", [(0, 1), (1, 6)], ["O", "I-ORG"], [(2, 6, "ORG")], id="blank counted to the word"),
        pytest.param("Venn", [(0, 0), (0, 4), (0, 0)], ["O", "PERS", "O"], [(0, 4, "PERS")], id="no B and I"),
        pytest.param(
            "Venn, Tarv", [(0, 4), (4, 5), (6, 10)], ["B-ORG", "O", "I-ORG"],
            [(0, 4, "ORG"), (6, 10, "ORG")], id="comma",
        ),
    ],
)  # fmt: skip
def test_tags_become_stretches(
    text: str, offsets: list[tuple[int, int]], tags: list[str], wanted: list[object]
) -> None:
    assert _spans(text, offsets, tags) == wanted


@pytest.fixture
def names(model: Make, tmp_path: Path) -> Path:
    """A classifier that calls just the word "harbourlight" an organisation."""
    import torch
    import transformers

    folder = model(tmp_path / "names", HEAD, ("O", "B-ORG"))
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    classifier = transformers.AutoModelForTokenClassification.from_pretrained(folder)
    word = tokenizer.convert_tokens_to_ids("harbourlight")
    with torch.no_grad():
        embeddings = classifier.bert.embeddings
        embeddings.word_embeddings.weight.zero_()
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        embeddings.word_embeddings.weight[word, 0] = 10.0
        for layer in classifier.bert.encoder.layer:  # what attention and the layer add is nothing
            layer.attention.output.dense.weight.zero_()
            layer.attention.output.dense.bias.zero_()
            layer.output.dense.weight.zero_()
            layer.output.dense.bias.zero_()
        classifier.classifier.weight.zero_()
        classifier.classifier.weight[1, 0] = 1.0
        classifier.classifier.bias[:] = torch.tensor([1.0, 0.0])
    classifier.save_pretrained(folder)
    load_model.cache_clear()
    return folder


def test_offsets_are_those_of_the_document(names: Path) -> None:
    text = f"😀 Nothing here.\n\n{TEXT}\nהרציף נסגר, Harbourlight"
    models = ModelsConfig(entities={"en": ModelConfig(str(names))})
    found = find_entities(tracker.extract(text, lang="en").document, langs=("en", "he"), models=models)
    assert found is not None
    assert {(text[start:end], label) for start, end, label in found} == {("Harbourlight", "ORG")}


def test_a_model_is_evidence_for_the_speaker(names: Path) -> None:
    document = tracker.extract(TEXT, lang="en").document
    models = ModelsConfig(entities={"en": ModelConfig(str(names))})
    (statement,) = annotate(document, entities=find_entities(document, langs=("en",), models=models)).statements
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.type) == ("Harbourlight", "organisation")


@pytest.mark.parametrize("langs", [("he",), ()], ids=["of a language not searched", "none"])
def test_without_a_model_there_is_no_evidence(names: Path, langs: tuple[str, ...]) -> None:
    models = ModelsConfig(entities={"en": ModelConfig(str(names))})
    assert find_entities(tracker.extract(TEXT).document, langs=langs, models=models) is None


def test_command_line_uses_the_setting(names: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "with.yaml").write_text(json.dumps({"models": {"entities": {"en": {"name": str(names)}}}}))
    types = []
    for given in ([], ["--config", "with.yaml"]):
        run = CliRunner().invoke(main, ["extract", "story.txt", *given])
        assert run.exit_code == 0, run.output
        types.append(json.loads(run.stdout)["statements"][0]["speaker"]["type"])
    assert types == ["person", "organisation"]


def test_version_changes_with_the_model(names: Path) -> None:
    models = ModelsConfig(entities={"en": ModelConfig(str(names))})
    before = entities_version(models)
    assert entities_version(models) == before
    (names / "config.json").write_text((names / "config.json").read_text() + " ")
    assert entities_version(models) != before
