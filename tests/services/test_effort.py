"""The work of a browser counts for one form, in its time, and nothing else does."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.effort import GOOD, MOST_MORE, Rush, challenge, done, zeros
from tests.effort import solved

SECRET, NOW = b"of the tests", 1_795_420_000.5
KEYS = st.text(min_size=1, max_size=80)
WORKER = Path("portals/static/effort-worker.js")


@given(KEYS, st.integers(0, 8))
def test_done_is_done(key: str, bits: int) -> None:
    assert done(SECRET, key, solved(challenge(SECRET, key, bits, NOW)), NOW + GOOD - 1)


@given(KEYS, KEYS)
def test_it_counts_for_one_form(key: str, other: str) -> None:
    answer = solved(challenge(SECRET, key, 2, NOW))
    assert done(SECRET, other, answer, NOW) == (key == other)


@given(st.text(max_size=200))
def test_what_anybody_typed_is_no_answer(answer: str) -> None:
    assert not done(SECRET, "a form", answer, NOW)


@given(st.integers(0, 63), st.characters())
def test_a_challenge_that_was_changed_is_none(at: int, put: str) -> None:
    answer = solved(challenge(SECRET, "a form", 4, NOW))
    changed = answer[:at] + put + answer[at + 1 :]
    same = changed.rpartition(":")[0] == answer.rpartition(":")[0]
    assert done(SECRET, "a form", changed, NOW) == (same and zeros(changed) >= 4)


def test_too_late_under_another_secret_without_key_or_too_little() -> None:
    asked = challenge(SECRET, "a form", 12, NOW)
    answer = solved(asked)
    assert not done(SECRET, "a form", answer, NOW + GOOD + 1)
    assert not done(b"another", "a form", answer, NOW)
    assert not done(SECRET, "", solved(challenge(SECRET, "", 1, NOW)), NOW)
    little = next(f"{asked}:{n}" for n in range(1000) if zeros(f"{asked}:{n}") < 12)
    assert not done(SECRET, "a form", little, NOW)


def test_checking_costs_microseconds() -> None:
    answer = solved(challenge(SECRET, "a form", 8, NOW))
    began = time.perf_counter()
    for _ in range(1000):
        done(SECRET, "a form", answer, NOW)
    assert time.perf_counter() - began < 1  # 1 ms each on the slowest machine; some 10 µs here


def test_the_more_come_the_more_is_asked_and_it_fades() -> None:
    now = 0.0
    rush = Rush(calm=10, clock=lambda: now)
    for _ in range(15):
        rush.came()
    assert rush.more == 0
    for _ in range(65):
        rush.came()
    assert rush.more == 3
    for _ in range(10_000):
        rush.came()
    assert rush.more == MOST_MORE
    now = 1000.0
    assert rush.more == 0


@pytest.mark.skipif(not shutil.which("node"), reason="no node here")
def test_the_browsers_own_code_finds_what_we_accept() -> None:
    asked = [challenge(SECRET, f"{n}" * n, 8 + n % 3, NOW) for n in range(1, 40)]
    asked += ["8." + "x" * n for n in range(50, 130)]  # every length of the last block
    script = f"""
        const found = []; globalThis.postMessage = (answer) => found.push(answer);
        require('vm').runInThisContext({json.dumps(WORKER.read_text())});
        for (const data of {json.dumps(asked)}) globalThis.onmessage({{ data }});
        console.log(JSON.stringify(found));"""
    ran = subprocess.run(["node", "-e", script], capture_output=True, check=True, text=True)
    assert json.loads(ran.stdout) == [solved(each) for each in asked]
