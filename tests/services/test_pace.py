"""Pace: a burst, then so many a minute; never more memory than for so many senders."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.pace import Pace


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_who_is_too_fast_waits_as_long_as_is_said() -> None:
    clock = Clock()
    pace = Pace(30, clock=clock)
    assert [pace.take("she") for _ in range(30)] == [0] * 30
    wait = pace.take("she")
    assert wait == 2
    assert pace.take("another") == 0
    clock.now += wait
    assert pace.take("she") == 0
    assert pace.take("she") > 0


def test_zero_is_no_limit() -> None:
    pace = Pace(0)
    assert not any(pace.take("she") for _ in range(5000))
    assert len(pace) == 0


def test_the_one_that_was_quiet_longest_is_forgotten() -> None:
    pace = Pace(1, most=3, clock=Clock())
    for who in ("a", "b", "c", "a", "d", "e"):
        pace.take(who)
    assert len(pace) == 3
    assert pace.take("a"), "asked again and again, it is still known"


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 90)), max_size=200))
def test_never_more_than_a_burst_and_what_flowed_back(asked: list[tuple[int, float]]) -> None:
    clock, most = Clock(), 10
    pace, done = Pace(most, clock=clock), dict.fromkeys(range(4), 0)
    for who, passed in asked:
        clock.now += passed
        done[who] += pace.take(str(who)) == 0
    flowed = (clock.now - 1000) * most / 60
    assert all(many <= most + flowed + 1 for many in done.values())
