"""Mails as documents, as newsletters and press releases come: the text that is shown, with sender, subject and date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracker.errors import InputError
from tracker.names.outlets import find_outlet
from tracker.read.encodings import decode_page
from tracker.read.failures import ReadFailure
from tracker.read.html import read_html
from tracker.read.html.document import make_document
from tracker.read.html.lines import Line
from tracker.read.html.metadata import PageMetadata
from tracker.read.html.moments import iso_moment
from tracker.read.identity import document_id, text_sha256
from tracker.read.mhtml import PAGES
from tracker.read.mime import Part, leaves, parse_message, split_address
from tracker.read.source import Item, Limits, Source, check_page, read_whole
from tracker.records import Document, MetadataField

_MESSAGE = "message/rfc822"


def read_mail(source: Source, limits: Limits) -> Iterator[Item]:
    """The mail, and the mails attached to it; what is attached to these is left out."""
    message = parse_message(read_whole(source, limits.any))
    attached = [part for part in leaves(message) if part.kind == _MESSAGE]
    try:
        yield _read(message, source.origin, limits)
    except InputError:
        if not attached:  # a mail may be nothing but a wrapper
            raise
    for number, part in enumerate(attached, start=1):
        origin = f"{source.origin}!/{number}"
        try:
            yield _read(parse_message(part.content()), origin, limits)
        except InputError as error:
            yield ReadFailure(origin, str(error))


def _read(message: Part, origin: str, limits: Limits) -> Document:
    parts = [part for part in leaves(message) if not part.is_attachment]
    told = list(_told(message))
    problem = InputError("holds no text that is shown")
    for page in [part for part in parts if part.kind in PAGES][:1]:
        data = page.content()
        check_page(data, limits)
        try:
            found = read_html(data, origin, charset=page.param("charset"), told=told)
            return _named(found, message)
        except InputError as error:  # a page of pictures; the same in plain text may say more
            problem = error
    for part in [part for part in parts if part.kind == "text/plain"][:1]:
        text = _plain(part)
        if text.strip():
            return _named(_of_text(text, origin, told), message)
    raise problem


def _told(message: Part) -> Iterator[MetadataField]:
    """What the headers say."""
    name, address = split_address(message.header("from"))
    domain = address.rpartition("@")[2].strip().lower()
    outlet = find_outlet(url=f"https://{domain}/") if domain else None
    found = {
        "title": message.header("subject"),
        "source": outlet.name if outlet is not None else name or domain,
        "published": iso_moment(message.header("date")) or "",
        "lang": message.header("content-language").partition(",")[0].partition("-")[0].strip().lower(),
    }
    for key, value in found.items():
        if value:
            yield MetadataField(key, value, "mail")


def _plain(part: Part) -> str:
    """The text of a ``text/plain`` part, without the line ends that only its width made (RFC 3676)."""
    text = decode_page(part.content(), part.param("charset")).text
    if (part.param("format") or "").lower() != "flowed":
        return text
    paragraphs: list[str] = []
    open_line = False
    apart = (part.param("delsp") or "").lower() == "yes"
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        soft = line.endswith(" ") and line != "-- "
        line = line[:-1] if soft and apart else line
        if open_line:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        open_line = soft
    return "\n".join(paragraphs)


def _of_text(text: str, origin: str, told: list[MetadataField]) -> Document:
    """The document of plain text: its lines are as long as the mail is wide, so they are no paragraphs to be told."""
    metadata = PageMetadata(list(told))
    title = metadata.first("title")
    if title is not None and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    made = make_document(b"", origin, None, [Line(text, "body")], metadata)
    return replace(made, title=title, hints=(), text=text, sha256=text_sha256(text))


def _named(found: Document, message: Part) -> Document:
    """``found`` under the id of the mail: the same mail in two mailboxes differs in what the way added to it."""
    record = f"{found.text}\x00{message.header('message-id')}".encode()
    return replace(found, document_id=document_id(record), input_format="eml")
