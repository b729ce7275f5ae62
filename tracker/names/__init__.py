"""Names across scripts: comparison with reasons, an index by sound, clustering. The data is read at first use."""

from tracker.names.clustering import cluster_names
from tracker.names.comparison import SAME, UNSURE, Score, same_name
from tracker.names.index import NameIndex
from tracker.names.lookup import SpeakerIndex, SpeakerMatch, close_calls, find_speakers

__all__ = [
    "SAME",
    "UNSURE",
    "NameIndex",
    "Score",
    "SpeakerIndex",
    "SpeakerMatch",
    "close_calls",
    "cluster_names",
    "find_speakers",
    "same_name",
]
