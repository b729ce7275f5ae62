"""The first look at a line may only spare work: what it says must be what the closer look says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.segment.scripts import mask_addresses, plain_script, scripts_in


@pytest.mark.parametrize(
    ("text", "script"),
    [
        pytest.param("The U.S. envoy said: “No (again).”", "Latn", id="english"),
        pytest.param("قال الوزير إنّ 35٪ من السكان عادوا، وأضاف: «نعم».", "Arab", id="arabic"),
        pytest.param('לדברי ד"ר כהן, 1,200 איש חזרו – ולא יותר.', "Hebr", id="hebrew"),
        pytest.param("وصل فريق CNN إلى المدينة", None, id="latin-name-in-arabic"),
        pytest.param("Read it on example.com today", None, id="domain"),
        pytest.param("See www.example today", None, id="www"),
        pytest.param("5.com said so", None, id="domain-of-digits"),
        pytest.param("It is at https://t.co/x1", None, id="address"),
        pytest.param("كتب @noa_b أمس", None, id="account"),
        pytest.param("The café is closed", None, id="letter-that-is-not-everyday"),
        pytest.param("2023 – 10", None, id="no-letter"),
        pytest.param("", None, id="empty"),
    ],
)
def test_plain_script(text: str, script: str | None) -> None:
    assert plain_script(text) == script


@pytest.mark.parametrize("letter", ["a", "ب", "ש"])
def test_every_character_that_passes_is_of_the_same_script_or_of_none(letter: str) -> None:
    script = scripts_in(letter)
    for code in range(0x10000):
        text = letter + chr(code)
        if plain_script(text) is not None:
            assert scripts_in(text) == script, hex(code)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="abcwmotz5.:/@#-_ \n\"'“”()בשןابةپé", max_size=40))
def test_a_plain_line_has_one_script_and_no_address(text: str) -> None:
    script = plain_script(text)
    if script is not None:
        assert mask_addresses(text) == text
        assert scripts_in(text) == (script,)
