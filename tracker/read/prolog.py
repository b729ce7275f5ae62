"""What stands before the root of an XML document, which says what it is and declares what nobody should expand."""

from __future__ import annotations

import re

_BLANK = " \t\r\n\ufeff"
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})(?=[\s/>])")
_SUBSET_END = re.compile(r"\]\s{0,50}>")


def find_root(text: str) -> tuple[int, str]:
    """Where the root element begins and its name without prefix; the end of ``text`` and nothing where there is none.

    Declarations, comments and a document type with all its entities are passed over, unread.
    """
    place = 0
    while True:
        while text[place : place + 1] and text[place] in _BLANK:
            place += 1
        if text.startswith("<?", place):
            end = _behind(text, "?>", place)
        elif text.startswith("<!--", place):
            end = _behind(text, "-->", place)
        elif text[place : place + 9].upper() == "<!DOCTYPE":
            end = _behind_doctype(text, place)
        else:
            root = _ROOT.match(text, place)
            return (place, root.group(1)) if root is not None else (len(text), "")
        if end < 0:
            return len(text), ""
        place = end


def _behind(text: str, mark: str, place: int) -> int:
    end = text.find(mark, place)
    return -1 if end < 0 else end + len(mark)


def _behind_doctype(text: str, place: int) -> int:
    end, subset = text.find(">", place), text.find("[", place)
    if subset < 0 or 0 <= end < subset:
        return -1 if end < 0 else end + 1
    closed = _SUBSET_END.search(text, subset)
    return -1 if closed is None else closed.end()
