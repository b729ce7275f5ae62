"""HTML pages: their text with what each line is, and their metadata with where each was found."""

from tracker.read.html.page import MAX_BYTES, looks_like_html, read_html

__all__ = ["MAX_BYTES", "looks_like_html", "read_html"]
