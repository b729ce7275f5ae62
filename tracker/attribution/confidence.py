"""How likely a statement is right, content and speaker: a logistic regression over what the choices were sure of.

The shares of the choices alone are too sure of themselves where a speaker is implied. The table ``confidence`` of
``scoring`` corrects that; it is learned from documents that the other tables did not see (Platt 1999).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from tracker.attribution.drafts import Draft
from tracker.attribution.features import logit
from tracker.records import Mention


def confidence_features(draft: Draft, mention: Mention | None) -> dict[str, float]:
    """The named features of a statement with their values."""
    how = mention.resolved_by if mention is not None else "nobody"
    complement = draft.reading.complement
    features = {
        "bias": 1.0,
        "content": logit(draft.content_share),
        "speaker": logit(draft.speaker_share),
        f"how={how}": 1.0,
        f"complement={complement}": 1.0,
        f"place={draft.speaker.place}": 1.0,
    }
    if draft.antecedent_share is not None:
        features["antecedent"] = logit(draft.antecedent_share)
    if draft.cue is not None:
        features[f"class={draft.cue.form.cue_class}"] = 1.0
        features["prior"] = logit(draft.cue.form.cue.prior)
    for name, on in (
        ("quoted", bool(draft.reading.quotations)),
        ("nested", draft.nested_in is not None),
        ("headline", draft.content_paragraph.block == "headline"),
        ("continued", bool(draft.continuations)),
        ("same", draft.antecedent is not None),
    ):
        if on:
            features[name] = 1.0
    return features


def confidence(draft: Draft, mention: Mention | None, weights: Mapping[str, float]) -> float:
    """Probability in [0, 1] that content and speaker are right."""
    score = sum(value * weights.get(name, 0.0) for name, value in confidence_features(draft, mention).items())
    return 1.0 / (1.0 + math.exp(-score))
