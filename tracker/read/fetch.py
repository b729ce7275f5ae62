"""Pages of the web: fetched as their sites allow, one at a time, and no further than is public.

robots.txt is honoured, on every hop of a redirect; a host is asked again only after a pause.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from typing import NamedTuple
from urllib.parse import urljoin

from tracker import __version__
from tracker.config import FetchConfig
from tracker.errors import InputError
from tracker.read import robots
from tracker.read.addresses import Target, parse_address, resolve
from tracker.read.requests import Response, Waits, get
from tracker.read.robots import Robots, read_robots

PRODUCT = "tracker"
MAX_REDIRECTS = 5
_MAX_PAUSE = 60.0
"""Seconds that are waited at most where a robots.txt asks for more."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_REASONS = {
    401: "asks for a password",
    403: "is not shown to programs",
    404: "does not exist",
    410: "is gone",
    429: "is asked for too often; try later",
    451: "is blocked by law",
}
FORMATS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/feed+json": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
    "application/warc": "warc",
    "application/gzip": "gzip",
    "application/x-gzip": "gzip",
    "application/zip": "zip",
}
"""Content types and the formats their readers have."""
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/force-download")


class Page(NamedTuple):
    """What was fetched: its final address, its bytes, its format where the server tells one, and its encoding."""

    url: str
    data: bytes
    input_format: str | None
    charset: str | None


@dataclass
class Fetcher:
    """Fetches pages one after another, and remembers of each site its rules and when it was asked last."""

    settings: FetchConfig = field(default_factory=FetchConfig)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _rules: dict[str, Robots | str] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, *, max_bytes: int, max_html_bytes: int) -> Page:
        """The page at ``url``. Raises InputError, in one line, for all that may go wrong."""
        target = parse_address(url)
        for hop in range(MAX_REDIRECTS + 1):
            if not self._robots(target).allows(target.path):
                raise InputError(f"robots.txt of {target.host} asks programs not to read {_shown(target, hop)}")
            if not hop:
                self._pause(target)
            response = self._get(target, max_bytes)
            if response.status in _REDIRECTS and response.headers.get("location"):
                target = parse_address(urljoin(target.url, _header(response.headers["location"])))
                continue
            return _page(target, response, max_html_bytes)
        raise InputError(f"leads on and on: more than {MAX_REDIRECTS} redirects")

    @property
    def agent(self) -> str:
        """How the requests call themselves."""
        contact = " ".join(self.settings.contact.split())
        return f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else "")

    def _get(self, target: Target, max_bytes: int, *, cut: bool = False) -> Response:
        waits = Waits(self.settings.timeout_seconds, self.settings.total_seconds)
        addresses = resolve(target, allow_private=self.settings.allow_private)
        return get(target, addresses, agent=self.agent, waits=waits, max_bytes=max_bytes, cut=cut)

    def _robots(self, target: Target) -> Robots:
        site = target.site
        if site not in self._rules:
            try:
                self._rules[site] = self._read_robots(target)
            except InputError as error:  # the next page of a site that does not answer is not waited for again
                self._rules[site] = str(error)
        found = self._rules[site]
        if isinstance(found, str):
            raise InputError(found)
        return found

    def _read_robots(self, target: Target) -> Robots:
        """The rules of a site. A robots.txt that is not there forbids nothing, one that is out of order everything."""
        at = target._replace(path="/robots.txt")
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = self._get(at, robots.MAX_BYTES, cut=True)
            except InputError as error:
                if at == target._replace(path="/robots.txt"):
                    raise
                raise InputError(f"robots.txt of {target.host} cannot be read: {error}") from error
            if response.status in _REDIRECTS and response.headers.get("location"):
                at = parse_address(urljoin(at.url, _header(response.headers["location"])))
            elif response.status == 200:
                return read_robots(response.body, PRODUCT)
            elif 500 <= response.status < 600:
                raise InputError(f"robots.txt of {target.host} is out of order (HTTP {response.status}); try later")
            else:
                return Robots()
        return Robots()

    def _pause(self, target: Target) -> None:
        now = self.clock()
        pause = max(self.settings.delay_seconds, min(self._robots(target).delay, _MAX_PAUSE))
        wait = self._asked.get(target.host, now - pause) + pause - now
        if wait > 0:
            self.sleep(wait)
        self._asked[target.host] = self.clock()


def _shown(target: Target, hop: int) -> str:
    return target.url if hop else "it"


def _header(value: str) -> str:
    """A header that was sent as UTF-8, which http.client reads as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _page(target: Target, response: Response, max_html_bytes: int) -> Page:
    status = response.status
    if status != 200:
        raise InputError(f"HTTP {status}: " + _REASONS.get(status, "the server has no page to give"))
    if not response.body:
        raise InputError("is empty")
    message = Message()
    message["Content-Type"] = response.headers.get("content-type", "application/octet-stream")
    kind = message.get_content_type() if "content-type" in response.headers else ""
    charset = message.get_content_charset()
    input_format = FORMATS.get(kind) or ("json" if kind.endswith("+json") else None)
    if input_format is None and kind not in _UNTOLD and not kind.startswith("text/"):
        raise InputError(f"is no text but {kind!r:.60}")
    if input_format == "html" and len(response.body) > max_html_bytes:
        raise InputError(f"larger than {max_html_bytes:,} bytes, the limit for one page (read.max_html_bytes)")
    return Page(target.url, response.body, input_format, charset)
