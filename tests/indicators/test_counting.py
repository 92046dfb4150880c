"""Figures against an independent count, over histories of any kind; small numbers; intervals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.clocks.calendar import china
from services.indicators.counting import LEAST, Setting, counted
from services.indicators.published import mark_of, public, read, text_of
from services.indicators.rates import rates, wilson
from tests.indicators import naive
from tests.indicators.histories import END, FIRST, Story, events_of, stories

AS_AT = date(2026, 12, 15)
ON = Setting(AS_AT, china(), lambda party: "")


@settings(max_examples=150, deadline=None)
@given(stories)
def test_the_figures_are_those_of_a_naive_count(told: list[Story]) -> None:
    events = events_of(told)
    ours = {each.body.id: (each.received, each.groups) for each in counted(events, FIRST, END, ON)}
    assert ours == naive.count(events, FIRST, END, AS_AT)


@settings(max_examples=50, deadline=None)
@given(stories, st.randoms())
def test_what_is_counted_again_is_the_same_in_whatever_order_it_is_read(
    told: list[Story], chance: object
) -> None:
    events = events_of(told)
    first = counted(events, FIRST, END, ON)
    chance.shuffle(events)  # type: ignore[attr-defined]
    again = counted(events, FIRST, END, ON)
    assert [mark_of(text_of(public(each))) for each in again] == [
        mark_of(text_of(public(each))) for each in first
    ]


@settings(max_examples=100, deadline=None)
@given(stories)
def test_no_rate_over_fewer_than_five_is_told(told: list[Story]) -> None:
    for each in counted(events_of(told), FIRST, END, ON):
        shown = read(text_of(public(each)))
        assert shown.received is None or shown.received == 0 or shown.received >= LEAST
        for rate in rates(shown.groups):
            assert rate.withheld or rate.n == 0 or rate.n >= LEAST


def test_wilson_against_published_values() -> None:
    """Newcombe 1998: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for k, n, low, high in (
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):  # fmt: skip
        assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


def test_no_answer_is_in_no_denominator() -> None:
    (satisfied,) = (
        each for each in rates({"satisfaction": {"satisfied": 3, "unsatisfied": 3, "silent": 90}})
        if each.about.code == "satisfied"
    )  # fmt: skip
    assert (satisfied.k, satisfied.n, satisfied.beside) == (3, 6, {"silent": 90})
