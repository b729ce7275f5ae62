"""A page cut into articles, blocks and language stretches."""

from tracker.segment.page import Segmentation, segment_document

__all__ = ["Segmentation", "segment_document"]
