"""The people and organisations that a token classifier recognises: the same evidence as a trained spaCy pipeline's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tracker.attribution.entities import Entity
from tracker.attribution.layout import places_by_lang
from tracker.config import ModelConfig, ModelsConfig
from tracker.neural.batches import clean, in_batches
from tracker.neural.extra import load
from tracker.neural.loading import load_model
from tracker.neural.places import fingerprint, model_folder
from tracker.records import Document
from tracker.segment import segment_document

_OUTSIDE = "O"


def find_entities(document: Document, *, langs: Sequence[str], models: ModelsConfig) -> tuple[Entity, ...] | None:
    """The entities of ``document`` in text order, each paragraph read by its language's model; None without any.

    Raises ConfigError where a model cannot be loaded.
    """
    used = {lang: model for lang, model in models.entities.items() if lang in langs}
    if not used:
        return None
    layout = segment_document(document, langs=tuple(langs))
    places = places_by_lang(document.text, layout.segments, tuple(used))
    found: list[Entity] = []
    for lang, spans in places.items():
        texts = [document.text[start:end] for start, end in spans]
        named = _classify(texts, used[lang], models, f"models.entities.{lang}")
        for (offset, _), entities in zip(spans, named, strict=True):
            found += [(offset + start, offset + end, label) for start, end, label in entities]
    return tuple(sorted(found))


def entities_version(models: ModelsConfig) -> str:
    """A hash of which models are used: with another one, documents are to be read again."""
    told = (f"{lang} {fingerprint(model, models.folder)}" for lang, model in sorted(models.entities.items()))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _classify(texts: Sequence[str], model: ModelConfig, models: ModelsConfig, place: str) -> list[list[Entity]]:
    """Per text its entities, with offsets into it; what lies past the model's length has none."""
    torch = load("torch", place)
    loaded = load_model(model_folder(model, models.folder, place), "AutoModelForTokenClassification", place)
    labels = {int(number): str(name) for number, name in loaded.model.config.id2label.items()}
    cleaned = [clean(text) for text in texts]
    found: list[list[Entity]] = [[] for _ in texts]
    with torch.inference_mode():
        for batch in in_batches(cleaned, models.batch_size):
            encoded = loaded.tokenizer(
                [cleaned[number] for number in batch],
                padding=True,
                truncation=True,
                max_length=loaded.max_tokens,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = encoded.pop("offset_mapping").tolist()
            likeliest = loaded.model(**encoded).logits.argmax(-1).tolist()
            for row, number in enumerate(batch):
                found[number] = _spans(cleaned[number], offsets[row], [labels[label] for label in likeliest[row]])
    return found


def _spans(text: str, offsets: Sequence[Sequence[int]], tags: Sequence[str]) -> list[Entity]:
    """Stretches of one class from tags in the form B-PER, I-PER or PER; a word has the tag of its first piece."""
    found: list[Entity] = []
    last_end, open_label = -1, _OUTSIDE
    for (start, end), tag in zip(offsets, tags, strict=True):
        while start < end and text[start].isspace():  # some tokenizers count the blank before a word to it
            start += 1
        if start >= end:
            continue
        if start == last_end and start > 0 and text[start].isalnum() and text[start - 1].isalnum():
            if open_label != _OUTSIDE:  # a further piece of the same word
                found[-1] = (found[-1][0], end, open_label)
            last_end = end
            continue
        begin, _, label = tag.rpartition("-")
        label = label.upper()
        if label == _OUTSIDE:
            open_label = _OUTSIDE
        elif label == open_label and begin != "B" and not text[last_end:start].strip():
            found[-1] = (found[-1][0], end, label)
        else:
            found.append((start, end, label))
            open_label = label
        last_end = end
    return found
