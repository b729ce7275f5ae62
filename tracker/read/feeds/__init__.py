"""Feeds: RSS, Atom and JSON Feed; every item is a document."""

from tracker.read.feeds.reader import read_feed

__all__ = ["read_feed"]
