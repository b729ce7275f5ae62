"""HTML inside a cell: every line of it is text of the article."""

from __future__ import annotations

import pytest

from tracker.errors import InputError
from tracker.read.html.fragment import is_markup, read_fragment, unescape


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        pytest.param("<p>نعم.</p>", ["نعم."], id="short"),
        pytest.param("<div>א</div><div>ב ג</div>", ["א", "ב ג"], id="divisions"),
        pytest.param("Closed.<br><br>Open again, said Noa Lev.", ["Closed.", "Open again, said Noa Lev."], id="breaks"),
        pytest.param("<ul><li>one</li><li>two</li></ul><p>&quot;Three&quot;</p>", ["one", "two", '"Three"'], id="list"),
        pytest.param("<p>Text.<script>var x = '<p>no</p>'</script></p>", ["Text."], id="script"),
    ],
)
def test_no_line_is_lost(markup: str, lines: list[str]) -> None:
    text, hints = read_fragment(markup)
    assert text.split("\n") == lines
    assert [text[hint.start_char : hint.end_char] for hint in hints] == lines


def test_what_the_markup_says_of_a_line_is_kept() -> None:
    post = "<blockquote class='twitter-tweet'><p>We won.</p>&mdash; Noa Lev (@noalev)</blockquote>"
    _, hints = read_fragment(f"<h2>The match</h2><p>It was late when it ended, she wrote.</p>{post}")
    assert [hint.block for hint in hints] == ["headline", "body", "post", "post-signature"]


def test_markup_without_text() -> None:
    with pytest.raises(InputError, match="holds no text"):
        read_fragment("<p><img src='x'></p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<p>x</p>", True, id="paragraph"),
        pytest.param("line<br/>line", True, id="break"),
        pytest.param("a < b and c > d", False, id="less-than"),
        pytest.param("<هكذا> قال", False, id="angle-quotes"),
        pytest.param("<3 you", False, id="heart"),
    ],
)
def test_is_markup(text: str, expected: bool) -> None:
    assert is_markup(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("&quot;نعم&quot;", '"نعم"'), ("it&#8217;s", "it’s"), ("R&D; x", "R&D; x"), ("AT&T", "AT&T")],
)
def test_unescape(text: str, expected: str) -> None:
    assert unescape(text) == expected
