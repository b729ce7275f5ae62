"""robots.txt, after the examples of RFC 9309 and beyond."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.read.robots import read_robots


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /", "/a", False, id="all"),
        pytest.param("User-agent: *\nDisallow:", "/a", True, id="nothing"),
        pytest.param("User-agent: *\nDisallow: /a", "/abc", False, id="prefix"),
        pytest.param("User-agent: *\nDisallow: /a/", "/a", True, id="folder"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True, id="longest"),
        pytest.param("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True, id="equal"),
        pytest.param("User-agent: *\nDisallow: /*.php$", "/x/y.php", False, id="wildcard-with-end"),
        pytest.param("User-agent: *\nDisallow: /*.php$", "/x/y.php?z", True, id="end-not-reached"),
        pytest.param("User-agent: *\nDisallow: /*print=", "/x?print=1", False, id="query"),
        pytest.param("User-agent: *\nDisallow: /a*b*c", "/a-b-c-d", False, id="wildcards"),
        pytest.param("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True, id="wildcards-in-order"),
        pytest.param("User-agent: *\nDisallow: /a*a$", "/a", True, id="wildcard-does-not-overlap"),
        pytest.param("User-agent: *\nDisallow: /", "/robots.txt", True, id="robots-itself"),
        pytest.param("User-agent: other\nDisallow: /", "/a", True, id="others"),
        pytest.param("User-agent: *\nDisallow: /\n\nUser-agent: Tracker\nAllow: /", "/a", True, id="own-group"),
        pytest.param("User-agent: tracker\nUser-agent: other\nDisallow: /a", "/a", False, id="two-agents"),
        pytest.param(
            "User-agent: tracker\nDisallow: /a\nUser-agent: tracker\nDisallow: /b", "/a", False, id="two-groups"
        ),
        pytest.param("Disallow: /", "/a", True, id="without-agent"),
        pytest.param("user-AGENT : * # all\n disallow : /a # this", "/a", False, id="sloppy"),
        pytest.param("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False, id="byte-order-mark"),
        pytest.param("User-agent: *\nDisallow: /أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", False, id="arabic"),
        pytest.param("User-agent: *\nDisallow: /%7Ea", "/~a", False, id="encoded"),
        pytest.param("<html><body>Not found</body></html>", "/a", True, id="html"),
        pytest.param("", "/a", True, id="empty"),
    ],
)
def test_allows(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules.encode(), "tracker").allows(path) is allowed


@pytest.mark.parametrize(
    ("value", "seconds"), [("5", 5.0), ("0.5", 0.5), ("-1", 0.0), ("never", 0.0), ("1e9", 0.0), ("nan", 0.0)]
)
def test_crawl_delay(value: str, seconds: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}\n".encode(), "tracker").delay == seconds


def test_hostile_wildcards_take_no_time() -> None:
    rules = "User-agent: *\n" + ("Disallow: /" + "*a" * 200 + "$\n") * 500
    begun = time.process_time()
    assert read_robots(rules.encode(), "tracker").allows("/" + "a" * 3000 + "b")
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_rules(data: bytes, path: str) -> None:
    assert read_robots(b"User-agent: *\nDisallow: " + data, "tracker").allows("/" + path) in (True, False)
