"""Pages of the web, from a server on the loopback address: what is read, refused, and survived."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from newspages import WORDS, page
from webserver import CERTIFICATE, SETTINGS, Site, serving

from tracker.config import FetchConfig
from tracker.errors import InputError
from tracker.read import ReadFailure, read_inputs, requests
from tracker.read.fetch import Fetcher
from tracker.records import Document

HTML, PARAGRAPHS = page("ar", "posts")[0], WORDS["ar"]["paragraphs"]
TEXT = "قال رئيس البلدية إن الجسر سيغلق يوم الأحد."


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    server.answers.clear()
    server.asked.clear()
    return server


def read(*urls: str, fetch: FetchConfig = SETTINGS, **options: Any) -> list[Document | ReadFailure]:
    return list(read_inputs(urls, fetch=fetch, **options))


def document(url: str, **options: Any) -> Document:
    (found,) = read(url, **options)
    assert isinstance(found, Document), found
    return found


def failure(url: str, **options: Any) -> str:
    (found,) = read(url, **options)
    assert isinstance(found, ReadFailure), found
    assert found.origin == url
    assert "\n" not in found.message
    return found.message


# ---------------------------------------------------------------- what is read


def test_page_is_read_with_its_address(site: Site) -> None:
    found = document(site.page("/story", HTML))
    assert (found.input_format, found.origin) == ("html", site.url + "/story")
    assert PARAGRAPHS[0] in found.text
    headers = site.asked[-1][1]
    assert headers["Host"] == f"localhost:{site.port}"
    assert headers["User-Agent"].startswith("tracker/")


def test_contact_is_part_of_the_user_agent(site: Site) -> None:
    document(site.page("/story", HTML), fetch=replace(SETTINGS, contact="desk@ledger.example"))
    assert site.asked[-1][1]["User-Agent"].endswith(" (+desk@ledger.example)")


@pytest.mark.parametrize(
    ("kind", "body", "input_format"),
    [
        pytest.param("text/plain; charset=utf-8", TEXT, "text", id="text"),
        pytest.param("text/plain", HTML, "html", id="html-called-text"),
        pytest.param("text/html", TEXT, "text", id="text-called-html"),
        pytest.param("application/xhtml+xml", HTML, "html", id="xhtml"),
        pytest.param("application/xml", HTML, "html", id="html-called-xml"),
        pytest.param("application/json", json.dumps([{"text": TEXT}]), "json", id="json"),
        pytest.param("application/ld+json", json.dumps({"text": TEXT}), "json", id="json-of-a-kind"),
        pytest.param("application/x-ndjson", json.dumps({"text": TEXT}), "jsonl", id="jsonl"),
        pytest.param("text/csv; charset=utf-8", f"id,text\n1,{TEXT}\n", "csv", id="csv"),
        pytest.param("application/octet-stream", HTML, "html", id="untold"),
        pytest.param("", HTML, "html", id="no-type"),
    ],
)
def test_content_type_decides_and_content_may_refute(site: Site, kind: str, body: str, input_format: str) -> None:
    assert document(site.page("/it", body, kind)).input_format == input_format


def test_given_format_wins(site: Site) -> None:
    assert document(site.page("/it", f"<b>{TEXT}</b>"), input_format="text").input_format == "text"


def test_text_has_its_address_and_outlet(site: Site) -> None:
    assert document(site.page("/it", TEXT, "text/plain")).url == site.url + "/it"


def test_page_is_its_text_and_address_whatever_its_bytes(site: Site) -> None:
    first = document(site.page("/a", HTML.replace("</body>", "<script>var token = 1</script></body>")))
    again = document(site.page("/a", HTML.replace("</body>", "<script>var token = 2</script></body>")))
    other = document(site.page("/b", HTML))
    assert first.document_id == again.document_id != other.document_id


@pytest.mark.parametrize(
    ("encoding", "label", "strange"),
    [
        pytest.param("windows-1256", "windows-1256", False, id="right"),
        pytest.param("windows-1256", "iso-8859-1", True, id="wrong"),
        pytest.param("utf-8", "windows-1256", True, id="wrong-utf8"),
        pytest.param("windows-1256", "no-such-thing", False, id="unknown"),
    ],
)
def test_label_of_the_encoding_is_checked(site: Site, encoding: str, label: str, strange: bool) -> None:
    body = f"<html><body><article>{''.join(f'<p>{one}</p>' for one in PARAGRAPHS)}</article></body></html>"
    found = document(site.page("/it", body.encode(encoding, "replace"), f"text/html; charset={label}"))
    assert PARAGRAPHS[0] in found.text
    assert any(one.code == "encoding-mislabelled" for one in found.diagnostics) == strange


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(gzip.compress, "gzip"), (gzip.compress, "x-gzip"), (zlib.compress, "deflate"), (lambda data: zlib.compress(data)[2:-4], "identity-")],
)  # fmt: skip
def test_packed_pages(site: Site, packed: Any, encoding: str) -> None:
    url = site.page("/it", packed(HTML.encode()), Content_Encoding=encoding)
    if encoding == "identity-":
        assert "packed as 'identity-'" in failure(url)
    else:
        assert PARAGRAPHS[0] in document(url).text


def test_redirects_lead_to_the_final_address(site: Site) -> None:
    site.page("/end", TEXT, "text/plain")
    site.redirect("/2", "/end", 308)
    found = document(site.redirect("/1", f"{site.url}/2", 301))
    assert (found.text, found.origin, found.url) == (TEXT, site.url + "/1", site.url + "/end")


def test_redirect_with_an_address_in_arabic(site: Site) -> None:
    site.page("/%D8%AE%D8%A8%D8%B1", TEXT, "text/plain")
    assert document(site.redirect("/1", "/خبر".encode().decode("latin-1"))).text == TEXT


def test_the_run_goes_on_after_a_failure(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    found = read(site.url + "/gone", str(tmp_path / "a.txt"), site.page("/it", HTML))
    assert [isinstance(item, Document) for item in found] == [False, True, True]


# ---------------------------------------------------------------- what the owner of a site says


def test_robots_is_asked_once_and_honoured(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.page("/private/a", HTML)
    found = read(site.page("/open", HTML), site.url + "/private/a", site.url + "/private/b")
    assert isinstance(found[0], Document)
    assert [item.message for item in found[1:] if isinstance(item, ReadFailure)] == [
        "robots.txt of localhost asks programs not to read it"
    ] * 2
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open"]


def test_redirect_does_not_lead_around_robots(site: Site) -> None:
    site.page("/robots.txt", "User-agent: tracker\nDisallow: /private\n", "text/plain")
    site.page("/private", HTML)
    assert f"not to read {site.url}/private" in failure(site.redirect("/open", "/private"))
    assert site.paths() == ["/open"]


@pytest.mark.parametrize(("status", "said"), [(404, None), (403, None), (500, "out of order (HTTP 500)")])
def test_robots_that_cannot_be_read(site: Site, status: int, said: str | None) -> None:
    site.page("/robots.txt", "x", "text/plain", status)
    url = site.page("/it", HTML)
    if said is None:
        document(url)
    else:
        assert said in failure(url)
        assert site.paths() == []


def test_huge_robots_is_cut(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /it\n" + "# x\n" * 400_000, "text/plain")
    assert "robots.txt" in failure(site.page("/it", HTML))


def test_a_host_is_asked_again_only_after_a_pause(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    fetcher = Fetcher(replace(SETTINGS, delay_seconds=2.0), sleep=sleep, clock=lambda: now[0])
    for path in ("/a", "/b", "/c"):
        fetcher.fetch(site.page(path, HTML), max_bytes=10**6, max_html_bytes=10**6)
        now[0] += 3.0
    assert slept == [4.0, 4.0]


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "HTTP 404: does not exist"), (403, "HTTP 403: is not shown to programs"), (500, "HTTP 500: the server has no page"),
        (429, "HTTP 429: is asked for too often"), (204, "HTTP 204"), (206, "HTTP 206"), (304, "HTTP 304"),
    ],
)  # fmt: skip
def test_status(site: Site, status: int, said: str) -> None:
    assert said in failure(site.page("/it", b"" if status in (204, 304) else HTML, status=status))


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        pytest.param(b"", "text/html", "is empty", id="empty"),
        pytest.param(b"\x89PNG", "image/png", "is no text but 'image/png'", id="picture"),
        pytest.param(b"\x00\x01" * 500, "application/octet-stream", "binary", id="binary"),
        pytest.param(b"<?xml version='1.0'?><rss><channel/></rss>", "application/rss+xml", "a feed without items", id="feed"),
        pytest.param(b"<html></html>", "text/html", "no article text", id="no-text"),
        pytest.param(b"{", "application/json", "not JSON", id="broken-json"),
    ],
)  # fmt: skip
def test_content_that_cannot_be_used(site: Site, body: bytes, kind: str, said: str) -> None:
    assert said in failure(site.page("/it", body, kind))


def test_redirects_without_end(site: Site) -> None:
    assert "more than 5 redirects" in failure(site.redirect("/a", "/a"))
    assert len(site.paths()) == 6


@pytest.mark.parametrize(
    ("location", "said"),
    [
        pytest.param("http://127.0.0.1:{port}/secret", "which is not public", id="loopback"),
        pytest.param("http://[::1]:{port}/secret", "which is not public", id="loopback-6"),
        pytest.param("http://169.254.169.254/latest/meta-data", "which is not public", id="link-local"),
        pytest.param("http://0x7f000001:{port}/secret", "four decimal numbers", id="hidden"),
        pytest.param("http://[::ffff:127.0.0.1]:{port}/secret", "which is not public", id="mapped"),
        pytest.param("file:///etc/passwd", "only http and https", id="file"),
        pytest.param("http://a:b@localhost:{port}/secret", "user name", id="password"),
    ],
)
def test_redirect_to_what_is_not_public(site: Site, monkeypatch: pytest.MonkeyPatch, location: str, said: str) -> None:
    lookup = socket.getaddrinfo
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **more: public if host == "localhost" else lookup(host, *rest, **more),
    )
    monkeypatch.setattr(requests, "_connect", lambda *_: socket.create_connection(("127.0.0.1", site.port), timeout=1))
    site.page("/secret", "the secret", "text/plain")
    url = site.redirect("/open", location.format(port=site.port))
    assert said in failure(url, fetch=replace(SETTINGS, allow_private=False))
    assert "/secret" not in site.paths()


def test_the_own_machine_is_not_read(site: Site) -> None:
    said = failure(site.page("/it", HTML), fetch=replace(SETTINGS, allow_private=False))
    assert "which is not public (read.fetch.allow_private would allow it)" in said
    assert site.asked == []


def test_the_address_that_was_looked_at_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for something else when it is looked up again (DNS rebinding) leads nowhere."""
    asked = []

    def lookup(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        address = "127.0.0.1" if host == "localhost" and asked.count("localhost") <= 2 else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, site.port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert document(site.page("/it", TEXT, "text/plain")).text == TEXT
    assert [host for host in asked if host != "127.0.0.1"] == ["localhost", "localhost"]  # once a request


def test_nobody_answers() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://localhost:{closed.getsockname()[1]}/"
    assert "no connection to localhost" in failure(url)


def _slowly(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<p>x</p>")
        time.sleep(0.1)


def _silently(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.0)


def _with_slow_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def _with_endless_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X: y\r\n" * 100)


def _with_endless_continue(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def _endlessly(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def _cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<p>x</p>")
    handler.close_connection = True


def _cut_off_in_a_chunk(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"10000\r\n<p>x</p>")
    handler.close_connection = True


def _no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(_slowly, "took longer than 1.5 seconds (read.fetch.total_seconds)", id="slow"),
        pytest.param(_silently, "did not answer within 0.5 seconds", id="silent"),
        pytest.param(_with_slow_headers, "took longer than 1.5 seconds", id="slow-headers"),
        pytest.param(_with_endless_headers, "got more than 100 headers", id="endless-headers"),
        pytest.param(_with_endless_continue, "took longer than 1.5 seconds", id="endless-continue"),
        pytest.param(_endlessly, "larger than 1,000,000 bytes", id="endless"),
        pytest.param(_cut_off, "broke off after 8 of 100,000 bytes", id="cut-off"),
        pytest.param(_cut_off_in_a_chunk, "broke off", id="cut-off-in-a-chunk"),
        pytest.param(_no_http, "answered no HTTP", id="no-http"),
    ],
)
def test_server_that_misbehaves(site: Site, answer: Any, said: str) -> None:
    site.answers["/it"] = answer
    begun = time.perf_counter()
    assert said in failure(site.url + "/it", max_bytes=1_000_000)
    assert time.perf_counter() - begun < 6


def test_page_that_says_it_is_huge_is_not_read(site: Site) -> None:
    assert "larger than 1,000 bytes" in failure(site.page("/it", "x" * 5000), max_bytes=1000)
    assert "larger than 1,000 bytes, the limit for one page (read.max_html_bytes)" in failure(
        site.page("/it", HTML + " " * 5000), max_html_bytes=1000
    )


def test_packed_page_without_measure(site: Site) -> None:
    bomb = gzip.compress(b"<p>x</p>" * 12_000_000, 9)
    assert len(bomb) < 300_000
    begun = time.process_time()
    assert "larger than 1,000,000 bytes" in failure(
        site.page("/it", bomb, Content_Encoding="gzip"), max_bytes=1_000_000
    )
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("data", "said"),
    [(gzip.compress(HTML.encode())[:-200], "broke off"), (b"no gzip at all", "cannot be unpacked")],
)
def test_packing_that_is_broken(site: Site, data: bytes, said: str) -> None:
    assert said in failure(site.page("/it", data, Content_Encoding="gzip"))


# ---------------------------------------------------------------- TLS


def test_certificate_has_to_be_trusted_and_for_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tls=True) as site:
        url = site.page("/it", TEXT, "text/plain")
        assert "the certificate of localhost is not valid: self-signed certificate" in failure(url)
        trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
        monkeypatch.setattr(requests, "_tls", lambda: trusting)
        assert document(url).text == TEXT
        assert "the certificate of 127.0.0.1 is not valid" in failure(url.replace("localhost", "127.0.0.1"))


def test_secure_address_of_a_server_without_tls(site: Site) -> None:
    assert "no secure connection to localhost" in failure(site.url.replace("http:", "https:") + "/it")


def test_usual_certificates_are_trusted() -> None:
    assert requests._tls().verify_mode == ssl.CERT_REQUIRED
    assert requests._tls().check_hostname
    assert len(requests._tls().get_ca_certs()) > 50


def test_fetcher_raises_one_line() -> None:
    with pytest.raises(InputError, match="only http and https"):
        Fetcher(SETTINGS).fetch("ftp://x/", max_bytes=1, max_html_bytes=1)
