"""Posts that a page embeds, as their platforms have them embedded: text, account, and a signature with the date.

``<blockquote class="twitter-tweet">`` and its kin of Instagram, Facebook, Telegram, TikTok, Threads, Bluesky and
Mastodon. The signature is written as X writes it, "— Name (@account) date", from what the page itself shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:twitter-(?:tweet|video)|tweet(?:-embed)?|instagram-media|fb-(?:post|video)|tiktok-embed|"
    r"tgme_widget_message|telegram-(?:post|embed)|text-post-media|bluesky-embed|mastodon-embed)(?:$|\s)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:twitter\.com|x\.com|instagram\.com|facebook\.com|t\.me(?:/s)?|tiktok\.com|threads\.(?:net|com)|"
    r"bsky\.app/profile)/@?([A-Za-z0-9_.-]{2,60})"
)
_NO_ACCOUNTS_NAMES = "p reel tv i share status permalink.php story.php watch hashtag search intent videos"
_NO_ACCOUNTS = frozenset(_NO_ACCOUNTS_NAMES.split())
_ACCOUNT = re.compile(r"@([A-Za-z0-9_.-]{1,60})")
_SIGNED = re.compile(r"[—–-]{1,2}\s|.{0,80}\(@[\w.]{1,60}\)")
_SHARED = re.compile(
    r"^(?:A (?:post|photo|video|reel) shared by|تمت مشاركة منشور بواسطة|منشور تمت مشاركته بواسطة|"
    r"(?:פוסט משותף|פוסט ששותף|פוסט) על ידי|Posted by|Publiée? par|Gepostet von|‏?‎?تم النشر بواسطة|פורסם על ידי)\s*",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\b(?:on|على|ב-?)\s?(?:Instagram|Facebook|TikTok|Threads)\b|באינסטגרם|إنستغرام|انستغرام", re.IGNORECASE
)
_LONGEST_SIGNATURE = 250
_AUTHOR_CLASSES = ("tgme_widget_message_owner_name", "tgme_widget_message_author", "author-name")
_TEXT_CLASSES = ("tgme_widget_message_text", "message_text")


@dataclass(frozen=True, slots=True)
class Post:
    """``lines`` of its text; ``handle`` with its @; ``signature`` is one line, empty where nothing says whose it is."""

    lines: tuple[str, ...]
    handle: str | None
    signature: str


def is_embed(tag: str, attributes: Any) -> bool:
    """Whether an element is an embedded post."""
    if tag not in ("blockquote", "div", "section", "figure", "article"):
        return False
    if "data-telegram-post" in attributes or "data-instgrm-permalink" in attributes:
        return True
    classes = attributes.get("class")
    return classes is not None and _CLASSES.search(classes) is not None


def read_embed(element: Any) -> Post:
    """The post that ``element`` embeds."""
    address = _address(element)
    handle = account_at(address)
    told = _find(element, _TEXT_CLASSES)
    paragraphs = _lines(element if told is None else told)
    name = date = ""
    text: list[str] = []
    for number, line in enumerate(paragraphs):
        last = number >= len(paragraphs) - 2
        account = _ACCOUNT.search(line)
        signed = len(line) <= _LONGEST_SIGNATURE and (
            _SHARED.match(line) is not None or (last and number > 0 and _SIGNED.match(line) is not None)
        )
        if signed:
            handle = handle or (f"@{account.group(1).rstrip('.-')}" if account and "(" in line else None)
            name, date = _take_apart(line)
        elif not (_VIEW.search(line) and len(line.split()) <= 8) and any(map(str.isalnum, line)):
            text.append(line)
    owner = _find(element, _AUTHOR_CLASSES)
    if owner is not None:
        author = _text(owner)
        text = [line for line in text if line != author]
        name = author
    moment = element.find(".//time")
    if not date and moment is not None:
        shown = _text(moment)
        written = (moment.get("datetime") or "")[:10]
        text = [line for line in text if line != shown]
        date = written or shown
    return Post(tuple(text), handle, _signature(name, handle, date))


def _signature(name: str, handle: str | None, date: str) -> str:
    if not name and handle is None:
        return ""
    account = "" if handle is None else f"({handle})" if name else handle
    return " ".join(part for part in ("—", name, account, date) if part)


def _take_apart(line: str) -> tuple[str, str]:
    """Name and date of a signature."""
    shared = _SHARED.match(line)
    rest = line[shared.end() :] if shared else line.lstrip("—–- ")
    name, bracket, behind = rest.partition("(")
    if bracket:
        return name.strip(" \u200f\u200e\u202a-\u202e"), behind.partition(")")[2].strip(" ,·•|").removeprefix("on ")
    name, _, date = rest.partition(" on ")
    return name.strip(), date.strip()


def _address(element: Any) -> str:
    """Where the post stands: an attribute of the embed, else its last link that leads to an account."""
    for one in (element, *element.iter("blockquote")):
        for attribute in ("data-instgrm-permalink", "cite", "data-href", "data-telegram-post", "data-post"):
            value = one.get(attribute)
            if value:
                return f"t.me/{value}" if attribute in ("data-telegram-post", "data-post") else str(value)
    links = [link.get("href") or "" for link in element.iter("a")]
    posts = [link for link in links if re.search(r"/(?:status|posts?|p|video|reel)/", link)]
    found = [link for link in (posts or links) if account_at(link)]
    return found[-1] if found else ""


def account_at(address: str) -> str | None:
    """The account whose page or post is at ``address``, with its @; None where it is none of a platform's."""
    found = _ADDRESS.search(address)
    if found is None or found.group(1).lower() in _NO_ACCOUNTS or found.group(1).isdigit():
        return None
    return f"@{found.group(1)}"


def _lines(element: Any) -> list[str]:
    """The lines of an embed: its paragraphs and their line breaks; what stands between paragraphs is a line too."""
    lines = [""]

    def walk(one: Any, depth: int) -> None:
        block = one.tag in ("p", "div", "blockquote", "section", "br", "footer", "header", "figcaption")
        if one.tag in ("script", "style", "svg") or not isinstance(one.tag, str):
            return
        if block:
            lines.append("")
        lines[-1] += one.text or ""
        if depth < 40:
            for child in one:
                walk(child, depth + 1)
                lines[-1] += child.tail or ""
        if block:
            lines.append("")

    walk(element, 0)
    return [joined for line in lines if (joined := " ".join(line.split()))]


def _find(element: Any, classes: tuple[str, ...]) -> Any:
    for one in element.iter():
        written = one.get("class") if isinstance(one.tag, str) else None
        if written and any(name in written.split() for name in classes):
            return one
    return None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
