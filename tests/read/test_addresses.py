"""Which addresses may be read, and what their hosts may stand for."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InputError
from tracker.read.addresses import is_address, is_public, parse_address, resolve, without_credentials


@pytest.mark.parametrize(
    ("url", "site", "path"),
    [
        pytest.param("https://news.example/a/b?c=d#e", "https://news.example", "/a/b?c=d", id="plain"),
        pytest.param("HTTP://News.Example", "http://news.example", "/", id="capitals"),
        pytest.param("http://news.example:8080/x", "http://news.example:8080", "/x", id="port"),
        pytest.param("https://news.example:443/x", "https://news.example", "/x", id="usual-port"),
        pytest.param("https://news.example/أخبار/1", "https://news.example", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", id="arabic-path"),
        pytest.param("https://news.example/%D7%A9?q=a b", "https://news.example", "/%D7%A9?q=a%20b", id="encoded-path"),
        pytest.param("https://דוגמה.example/", "https://xn--6dbbs3db.example", "/", id="hebrew-host"),
        pytest.param("http://[2001:DB8::1]/x", "http://[2001:db8::1]", "/x", id="ipv6"),
        pytest.param("http://93.184.216.34/", "http://93.184.216.34", "/", id="ipv4"),
    ],
)  # fmt: skip
def test_address_is_taken_apart(url: str, site: str, path: str) -> None:
    target = parse_address(url)
    if "xn--" in site:
        assert target.site.startswith("https://xn--")
    else:
        assert target.site == site
    assert target.path == path
    assert target.url == target.site + path


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("file:///etc/passwd", "only http and https", id="file"),
        pytest.param("ftp://news.example/", "only http and https", id="ftp"),
        pytest.param("gopher://news.example/", "only http and https", id="gopher"),
        pytest.param("//news.example/", "only http and https", id="no-scheme"),
        pytest.param("https://user:secret@news.example/", "user name", id="password"),
        pytest.param("https://user@news.example/", "user name", id="user"),
        pytest.param("https:///x", "names no host", id="no-host"),
        pytest.param("http://news.example:0/", "names no host", id="port-0"),
        pytest.param("http://news.example:99999/", "no address that can be read", id="port-too-high"),
        pytest.param("http://[::1", "no address that can be read", id="open-bracket"),
        pytest.param("http://2130706433/", "four decimal numbers", id="decimal"),
        pytest.param("http://0x7f000001/", "four decimal numbers", id="hexadecimal"),
        pytest.param("http://0177.0.0.1/", "four decimal numbers", id="octal"),
        pytest.param("http://127.1/", "four decimal numbers", id="short"),
        pytest.param("http://0x7f.0x0.0x0.0x1/", "four decimal numbers", id="hexadecimal-parts"),
        pytest.param("http://news.example\\@127.0.0.1/", "user name", id="backslash"),
        pytest.param("http://a b.example/", "is no host", id="space"),
        pytest.param("http://a\r\nHost: b/", "is no host", id="line-end"),
        pytest.param("http://" + "a" * 5000, "longer than", id="long"),
        pytest.param("http://١٢٧.٠.٠.١/", "four decimal", id="arabic-digits"),
    ],
)
def test_address_that_may_not_be_read_is_one_line(url: str, said: str) -> None:
    try:
        target = parse_address(url)
    except InputError as error:
        assert "\n" not in str(error)
        assert said in str(error) or url.startswith(("http://١", "http://a\r"))
    else:  # digits that become Latin ones, and line ends that urlsplit takes away, are looked at when it is resolved
        assert url.startswith(("http://١", "http://a\r"))
        with pytest.raises(InputError):
            resolve(target, allow_private=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("8.8.8.8", True), ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False), ("127.255.255.254", False), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0." * 3 + "0", False), ("224.0.0.1", False), ("239.255.255.250", False),
        ("240.0.0.1", False), ("255.255.255.255", False), ("192.0.2.1", False), ("198.18.0.1", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("fd12::1", False), ("ff02::1", False),
        ("2001:db8::1", False), ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("::ffff:8.8.8.8", True),
        ("::127.0.0.1", False), ("2002:7f00:1::", False), ("2002:c0a8:101::", False), ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True), ("2001:0:7f00:1::", False), ("", False), ("news", False),
    ],
)  # fmt: skip
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses())
def test_public_is_nothing_that_the_registry_keeps_back(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(str(address)):
        assert not (address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified)
        assert address.is_global or address in ipaddress.ip_network("64:ff9b::/96") or address.ipv4_mapped is not None  # type: ignore[union-attr]


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_as_public_as_it_is(address: ipaddress.IPv4Address) -> None:
    if not is_public(str(address)):
        assert not is_public(f"::ffff:{address}")
        assert not is_public(f"64:ff9b::{address}")
        assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80))))


@given(st.text(max_size=60))
def test_any_address_is_a_target_or_an_input_error(text: str) -> None:
    for url in (text, "http://" + text, "https://news.example/" + text):
        try:
            target = parse_address(url)
        except InputError as error:
            assert "\n" not in str(error)
        else:
            assert target.url.isascii()
            assert not any(char.isspace() for char in target.url)
            assert parse_address(target.url) == target


def _answering(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)


def test_only_public_answers_are_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    target = parse_address("http://news.example/")
    _answering(monkeypatch, "10.0.0.1", "93.184.216.34", "::1")
    assert resolve(target, allow_private=False) == ["93.184.216.34"]
    assert resolve(target, allow_private=True) == ["10.0.0.1", "93.184.216.34", "::1"]
    _answering(monkeypatch, "10.0.0.1")
    with pytest.raises(InputError, match=r"is 10\.0\.0\.1, which is not public"):
        resolve(target, allow_private=False)


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(InputError, match=r"the host news\.example is not found"):
        resolve(parse_address("http://news.example/"), allow_private=False)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("https://x.example", True),
        ("FTP://x", True),
        ("pages/a.html", False),
        ("-", False),
        ("C:\\a.html", False),
        ("a://", False),
    ],
)
def test_is_address(path: str, expected: bool) -> None:
    assert is_address(path) is expected


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@news.example/a@b", "https://news.example/a@b"),
        ("https://a@b:c@news.example/", "https://news.example/"),
        ("https://news.example/a@b", "https://news.example/a@b"),
        ("https://news.example/?u=//a@b", "https://news.example/?u=//a@b"),
    ],
)
def test_password_is_not_shown(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
