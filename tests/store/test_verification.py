"""What a quotation may be made of; the alterations of a whole store are in tests/cli/test_verify.py."""

from __future__ import annotations

import pytest

from tracker.store.verification import _is_made_of


@pytest.mark.parametrize(
    ("quote", "pieces", "sound"),
    [
        pytest.param("We agree", ["We agree"], True, id="one piece"),
        pytest.param("We agree … on this", ["We agree", "on this"], True, id="omission"),
        pytest.param("We agree on this", ["We agree", "on this"], True, id="blank"),
        pytest.param("We agree not on this", ["We agree", "on this"], False, id="a word slipped in"),
        pytest.param("on this … We agree", ["We agree", "on this"], False, id="turned round"),
        pytest.param("We agree", ["We agree", "on this"], False, id="a piece missing"),
        pytest.param("We agree … on this …", ["We agree", "on this"], False, id="something behind"),
        pytest.param("… We agree", ["We agree"], False, id="something before"),
        pytest.param("no no", ["no", "no"], True, id="one piece twice"),
        pytest.param("We agree", [], False, id="no pieces"),
    ],
)
def test_quotation_is_its_content(quote: str, pieces: list[str], sound: bool) -> None:
    assert _is_made_of(quote, pieces) is sound
