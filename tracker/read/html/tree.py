"""An HTML page as a tree: parsed without network, entities of its own or limits that cut it short."""

from __future__ import annotations

from typing import Any

from tracker.errors import InputError

MAX_DEPTH = 200
"""Elements inside each other that are walked one by one; what lies deeper is taken as plain text."""


def parse_page(page: str) -> Any:
    """The root element of ``page``. Raises InputError where there is nothing to parse.

    HTML parsers do not expand the entities a document declares, and nothing is fetched. ``huge_tree`` lifts libxml2's
    limit of 256 elements inside each other, at which it would drop the rest of the page; how deep the tree is walked is
    up to ``MAX_DEPTH``.
    """
    from lxml import etree

    data = page.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        raise InputError("holds no HTML that can be read") from error
    if root is None:
        raise InputError("holds no HTML that can be read")
    return root
