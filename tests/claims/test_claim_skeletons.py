"""Consonant skeletons bring the spellings of one name together."""

import pytest

from tracker.claims.skeletons import is_same_name, skeletons
from tracker.text import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ("Levy", "ليفي", "לוי"),
        ("Asadov", "أسدوف", "אסדוב"),
        ("Haddad", "حداد", "חדאד"),
        ("Khashoggi", "خاشقجي", "חשוקג'י"),
        ("Schumacher", "شوماخر", "שומאכר"),
    ],
)
def test_one_skeleton_in_common(spellings: tuple[str, ...]):
    first, *others = (set(skeletons(fold(word))) for word in spellings)
    assert all(first & other for other in others)


def test_short_and_empty_words_have_none():
    assert skeletons("ab") == ()
    assert skeletons("") == ()


def test_long_words_have_few():
    assert len(skeletons("wcjhxg" * 40)) <= 6


def test_same_skeleton_is_not_yet_the_same_name():
    assert set(skeletons("markova")) & set(skeletons("merikofi"))
    assert is_same_name("haddad", "حداد")
    assert not is_same_name("haddad", "نصار")
