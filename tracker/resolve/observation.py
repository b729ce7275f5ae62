"""What resolution sees of a page: a mention of a source with the context that tells people of one name apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.records import Annotations, SpeakerType


@dataclass(frozen=True, slots=True)
class Observation:
    """One mention in its document.

    ``mention_id`` comes back in the link. ``document_id`` and ``article`` (a page may hold several stories) tell which
    mentions stand together: a title given once in a story holds for the name all over it.
    """

    mention_id: str
    name: str
    type: SpeakerType
    document_id: str
    title: str | None = None
    article: int | None = None


def observe(annotations: Annotations, mention_ids: Iterable[str] | None = None) -> list[Observation]:
    """One observation a statement with a speaker, in the order of the statements.

    ``mention_ids`` are the ids to give them, one a statement with a speaker; without them the statements' ids.
    """
    spoken = [statement for statement in annotations.statements if statement.speaker is not None]
    ids = list(mention_ids) if mention_ids is not None else [statement.id for statement in spoken]
    observations = []
    for statement, mention_id in zip(spoken, ids, strict=True):
        speaker = statement.speaker
        if speaker is not None:
            article = _article_at(annotations, statement.start_char)
            document_id = annotations.document.document_id
            observations.append(
                Observation(mention_id, speaker.name, speaker.type, document_id, speaker.title, article)
            )
    return observations


def _article_at(annotations: Annotations, start_char: int) -> int | None:
    for number, article in enumerate(annotations.articles):
        if article.start_char <= start_char < article.end_char:
            return number
    return None
