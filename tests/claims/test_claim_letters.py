"""How much of a text's spelling another has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.letters import shared_letters


@pytest.mark.parametrize(
    ("near", "far"),
    [
        pytest.param("the minister's resignations", "the ministry's reservations", id="en-inflected"),
        pytest.param("الوزير يستقيل", "الوزن يستقيم", id="ar-inflected"),
        pytest.param("התפטרותו של השר", "התפתחותו של השיר", id="he-inflected"),
    ],
)
def test_an_inflected_word_is_nearer_than_another(near: str, far: str):
    text = {"t": "the minister resigned", "ا": "استقال الوزير", "ה": "השר התפטר"}[near[0]]
    assert shared_letters(text, near) > shared_letters(text, far)


def test_spellings_that_fold_alike_are_alike():
    assert shared_letters("إِسرائيل", "اسرائيل") == 1.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_shares_are_shares(first: str, second: str):
    assert 0.0 <= shared_letters(first, second) <= 1.0
    assert shared_letters(first, first) in (0.0, 1.0)
