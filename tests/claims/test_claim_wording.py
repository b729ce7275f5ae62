"""Copies of stories and the wording of quotations, as pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.copies import is_copy, runs_of
from tracker.claims.wording import changes, compare_wording

STORY = " ".join(f"word{number} stands here" for number in range(40))


@pytest.mark.parametrize(
    ("first", "second", "wording"),
    [
        pytest.param("We will leave on Monday", "we will leave on monday!", "identical", id="marks and capitals"),
        pytest.param("سنُغادِر يوم الاثنين", "سنغادر يوم الإثنين", "identical", id="vowel signs"),
        pytest.param("We will leave on Monday, God willing", "We will leave on Monday", "truncated", id="end"),
        pytest.param("We will surely leave town on Monday", "We will leave town on Monday", "truncated", id="in"),
        pytest.param("נעזוב את העיר ביום שני", "נעזוב את הכפר ביום שני", "altered", id="a word replaced"),
        pytest.param("We will leave", "Nothing of the kind was said today", None, id="two quotations"),
        pytest.param("Yes", "Yes, of course we will", None, id="too short to tell"),
        pytest.param("", "anything at all", None, id="empty"),
    ],
)
def test_wording(first: str, second: str, wording: str | None) -> None:
    assert compare_wording(first, second) == wording
    assert compare_wording(second, first) == wording


def test_changes_are_told_in_order() -> None:
    found = changes("We will open the port on Monday", "We will not open the harbour on Monday")
    assert [tuple(change) for change in found] == [("", "not"), ("port", "harbour")]


@pytest.mark.parametrize(
    ("first", "second", "copied"),
    [
        pytest.param(STORY, STORY, True, id="same"),
        pytest.param(STORY, f"Agencies. {STORY[: len(STORY) // 2]} Our reporter adds nothing.", True, id="shortened"),
        pytest.param(STORY, STORY.replace("stands", "lies"), False, id="other words"),
        pytest.param("five words stand here only", "five words stand here only", False, id="too short"),
        pytest.param("", "", False, id="empty"),
    ],
)
def test_copies(first: str, second: str, copied: bool) -> None:
    assert is_copy(runs_of(first), runs_of(second)) is copied
    assert is_copy(runs_of(second), runs_of(first)) is copied


@given(st.text(), st.text())
def test_any_text_can_be_compared(first: str, second: str) -> None:
    assert compare_wording(first, first) == "identical"
    assert compare_wording(first, second) in ("identical", "truncated", "altered", None)
    assert is_copy(runs_of(first), runs_of(second)) == is_copy(runs_of(second), runs_of(first))
    assert all(change.gone != change.new for change in changes(first, second))
