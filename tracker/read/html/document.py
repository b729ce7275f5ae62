"""The lines and the metadata of a page as a document."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.names.outlets import find_outlet
from tracker.read.html.authors import split_names
from tracker.read.html.lines import Line
from tracker.read.html.metadata import TOLD, PageMetadata, title_of
from tracker.read.html.moments import iso_day
from tracker.read.html.phrases import opens_with
from tracker.read.html.scripts import main_script, script_of
from tracker.read.identity import document_id, text_sha256
from tracker.records import BlockHint, Diagnostic, Document


def make_document(
    data: bytes,
    origin: str,
    url: str | None,
    lines: Sequence[Line],
    metadata: PageMetadata,
    bylines: Sequence[str] = (),
    diagnostics: Sequence[Diagnostic] = (),
) -> Document:
    """The document of ``lines``, found in the record ``data``; ``bylines`` are authors that the page names."""
    texts: list[str] = []
    hints: list[BlockHint] = []
    place = 0
    for line in lines:
        value = line.value
        if line.block == "dateline":
            value = iso_day(value)
        elif line.block == "body":
            source = opens_with(line.text, "credit") if len(line.text) < 100 else None
            outlet = find_outlet(name=source) if source else None
            if outlet is not None:
                line = line._replace(block="credit")
                value = outlet.name
        texts.append(line.text)
        hints.append(BlockHint(place, place + len(line.text), line.block, line.handle, line.opens_article, value))
        place += len(line.text) + 1
    text = "\n".join(texts)
    told = metadata.first("url")
    address = told or url
    # The same bytes at two addresses are two documents, unless they say themselves which of these is theirs.
    record = data if told or not url else b"%b\x00%b" % (data, url.encode("utf-8", "replace"))
    for name in bylines:
        metadata.add("author", name, "page")
    source = _source(metadata, address)
    return Document(
        document_id(record),
        text,
        origin,
        text_sha256(text),
        url=address,
        source=source,
        published=iso_day(metadata.first("published")),
        title=title_of(metadata) or next((line.text for line in lines if line.block == "headline"), None),
        lang=_lang(metadata, text),
        authors=_authors(metadata, source),
        input_format="html",
        metadata=tuple(metadata.fields),
        hints=tuple(hints),
        diagnostics=tuple(diagnostics),
    )


def _source(metadata: PageMetadata, address: str | None) -> str | None:
    """The outlet's name: as the table of outlets has it, by address or by any of its names, else as the page has it."""
    outlet = find_outlet(url=address)
    names = metadata.all("source")
    if outlet is None:
        outlet = next((one for name in names if (one := find_outlet(name=name)) is not None), None)
    if outlet is not None:
        metadata.add("outlet", outlet.outlet_id, "outlets")
        return outlet.name
    return names[0] if names else None


def _authors(metadata: PageMetadata, source: str | None) -> tuple[str, ...]:
    """The names of the best place that has any, without the outlet's own."""
    own = {name.casefold() for name in (*metadata.all("source"), source or "")}
    for places in (TOLD, ("json-ld",), ("og", "meta"), ("page",)):
        written = [one.value for one in metadata.fields if one.name == "author" and one.found_in in places]
        names = [name for one in written for name in split_names(one) if name.casefold() not in own]
        names = [name for name in names if find_outlet(name=name) is None or len(names) > 1]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _lang(metadata: PageMetadata, text: str) -> str | None:
    """The language that the page gives for itself, if it is written in the script of ``text``."""
    script = main_script(text)
    return next((code for code in metadata.all("lang") if script_of(code) == script), None)
