"""Tiny models, built and saved by the tests: real code, random weights, words of our own."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

WORDS = (
    "the minister said that port is closed open mayor denied strike will begin end on monday and not in harbour light "
    "mara venn new harbourlight quay would stay shut until spring according to . , ' הרציף נסגר الميناء مغلق"
)
UNKNOWN = "[UNK]"
SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}


@pytest.fixture(autouse=True)
def _extra() -> None:
    """`make test` installs the extra; where tests are run without it, these say that they were not."""
    for package in ("torch", "transformers"):
        pytest.importorskip(package, reason="the extra transformers is not installed; make test installs it")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever reaches for anything but this machine fails."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and str(address[0]) not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"reached for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


def make_model(
    folder: Path, head: str = "BertModel", labels: Sequence[str] = (), *, kind: str = "wordpiece", **settings: Any
) -> Path:
    """A BERT of a few thousand weights in ``folder``, with a WordPiece or a BPE tokenizer."""
    import torch
    import transformers
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    special = ["[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]"]
    if kind == "wordpiece":
        pieces = [
            *special,
            *dict.fromkeys(WORDS.split()),
            *"abcdefghijklmnopqrstuvwxyz",
            *(f"##{c}" for c in "lightsyn"),
        ]
        vocabulary = {word: number for number, word in enumerate(dict.fromkeys(pieces))}
        tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN))
        tokenizer.normalizer = normalizers.Lowercase()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    else:
        tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
        tokenizer.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        trainer = trainers.BpeTrainer(
            vocab_size=400, special_tokens=special, initial_alphabet=alphabet, show_progress=False
        )
        tokenizer.train_from_iterator([WORDS] * 3, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), special, strict=True))
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **names)
    if labels:
        settings["id2label"] = dict(enumerate(labels))
        settings["label2id"] = {label: number for number, label in enumerate(labels)}
    config = transformers.BertConfig(
        vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=64, **SIZES, **settings
    )
    torch.manual_seed(7)
    model = getattr(transformers, head)(config)
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


@pytest.fixture
def model() -> Callable[..., Path]:
    """The function ``make_model``."""
    return make_model
