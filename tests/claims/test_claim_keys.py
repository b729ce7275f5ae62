"""The keys of a claim are the same, in the same order, in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.claims.keys import candidate_keys, search_keys
from tracker.claims.profile import profile

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
from tracker.claims.keys import candidate_keys, search_keys
from tracker.claims.profile import profile
ones = [profile(text) for text in json.loads(sys.argv[1])]
print(json.dumps([[list(search_keys(one).items()), candidate_keys(one)] for one in ones]))
"""
TEXTS = [
    # Phrases that mean several things, beside words that mean nothing listed: numbers and words in one set.
    "the players had learned of the departure from social media",
    "the last safety inspection took place in November and found no faults",
    "وقع الطرفان اتفاق وقف إطلاق النار في 3 مايو",
    "הפסקת האש תיכנס לתוקף ביום שני בירושלים",
]


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_keys_do_not_depend_on_the_seed_of_hashes(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, json.dumps(TEXTS)]
    told = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=True).stdout  # noqa: S603
    ones = [profile(text) for text in TEXTS]
    here = [[[list(item) for item in search_keys(one).items()], candidate_keys(one)] for one in ones]
    assert json.loads(told) == here
