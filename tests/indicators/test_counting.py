"""Figures against an independent count, over histories of any kind; small numbers; intervals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.clocks.calendar import china
from services.indicators.counting import Figures, Setting, counted
from services.indicators.published import mark_of, public, rates_of, read, text_of
from services.indicators.rates import GROUNDS, rates, wilson
from services.indicators.suppressing import LEAST
from services.indicators.together import public_together, summed
from tests.indicators import naive
from tests.indicators.histories import END, FIRST, Story, events_of, stories
from tests.people import COUNCIL, GULOU, JINAN

OUTCOMES = ("agreed", "withdrawn", "refused", "merged", "none", *GROUNDS)
AS_AT = date(2026, 12, 15)
ON = Setting(AS_AT, china(), lambda party: "")


@settings(max_examples=150, deadline=None)
@given(stories)
def test_the_figures_are_those_of_a_naive_count(told: list[Story]) -> None:
    events = events_of(told)
    ours = {each.body.id: (each.received, each.groups) for each in counted(events, FIRST, END, ON)}
    assert ours == naive.count(events, FIRST, END, AS_AT)


@pytest.mark.parametrize(("testing", "how"), [(0, "late"), (4, "late"), (5, "in_time")])
def test_days_of_a_test_count_for_neither(testing: int, how: str) -> None:
    """Accepted on 2 November, ended 65 days later: in time where a test took five of them."""
    story = Story(False, 1, "accepted", 0, "agreed", 65, "nothing", "nothing", False, 10, testing)
    events = events_of([story])
    (ours,) = counted(events, FIRST, END, ON)
    assert ours.groups["mediation"] == {how: 1}
    assert naive.count(events, FIRST, END, AS_AT)[GULOU.id][1]["mediation"] == {how: 1}


@pytest.mark.parametrize(
    ("noted", "entered", "how"),
    [(True, 30, "afterwards"), (True, 3, "in_time"), (False, 30, "in_time")],
)
def test_what_was_noted_as_late_is_not_in_time_by_a_date_given_afterwards(
    noted: bool, entered: int, how: str
) -> None:
    """Decided two days after it came in, entered so many days later."""
    story = Story(False, 1, "accepted", 2, "nothing", 0, "nothing", "nothing", False)
    events = events_of([story._replace(noted=noted, entered_after=entered)] * 6)
    (ours,) = counted(events, FIRST, END, ON)
    assert ours.groups["decision"] == {how: 6}
    decided = next(rate for rate in rates(ours.groups) if rate.about.code == "decision")
    assert (decided.k, decided.n) == (6 * (how == "in_time"), 6)
    assert decided.beside == ({how: 6} if how == "afterwards" else {})


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
        for rate in rates_of(shown):
            assert rate.withheld or rate.n == 0 or rate.n >= LEAST


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(OUTCOMES), st.integers(1, 30), min_size=1))
def test_what_adds_up_to_a_few_is_told_by_nothing(counts: dict[str, int]) -> None:
    """Whoever has total, classes and rate can tell of no class, or classes, that they are few."""
    shown = public(Figures(COUNCIL, sum(counts.values()), {"outcome": counts}))
    told = shown.groups["outcome"] or {}
    assert all(n >= LEAST and n == counts[name] for name, n in told.items())
    hidden = counts.keys() - told.keys()
    apart = [hidden]
    if told and (shown.rates or {}).get("agreed"):
        over, under = {"agreed"}, {"agreed", *GROUNDS}
        assert not hidden & over
        apart += [hidden & under, hidden - under]
    for part in apart if told else ():
        n = [counts[name] for name in part]
        assert not n or (len(n) > 1 and sum(n) >= LEAST)


def test_what_satisfaction_adds_up_to_is_not_told_where_it_would_give_a_ground_away() -> None:
    outcome = {"agreed": 20, "T2": 3, "none": 2}
    satisfaction = {"satisfied": 10, "unsatisfied": 8, "silent": 5}
    shown = public(Figures(COUNCIL, 25, {"outcome": outcome, "satisfaction": satisfaction}))
    assert shown.groups == {"outcome": {"agreed": 20}, "satisfaction": None}
    assert [rate.withheld for rate in rates_of(shown) if rate.about.group == "outcome"] == [True]


def test_what_was_published_by_the_first_method_is_read_as_it_was() -> None:
    old = read('{"groups":{"outcome":{"T2":2,"agreed":9}},"received":11}')
    (agreed,) = (rate for rate in rates_of(old) if rate.about.code == "agreed")
    assert (agreed.k, agreed.n, old.kept_back) == (9, 11, {})


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


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(OUTCOMES), st.integers(1, 30), min_size=1),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_subtracting_what_each_body_tells_from_all_together_tells_of_no_few(
    counts: list[dict[str, int]],
) -> None:
    every = [Figures(COUNCIL, sum(each.values()), {"outcome": each}) for each in counts]
    whole = public_together(every).groups.get("outcome") or {}
    told = [(each, public(each).groups["outcome"] or {}) for each in every]
    counted_in = [(each, shown) for each, shown in told if each.received >= LEAST]
    for name, n in whole.items():
        left = [each.groups["outcome"].get(name, 0) for each, shown in counted_in
                if name not in shown]  # fmt: skip
        assert n - sum(shown.get(name, 0) for _, shown in counted_in) == sum(left)
        few = [each for each in left if each]
        assert not few or (len(few) > 1 and sum(few) >= LEAST)


def test_all_together_are_the_sum_of_those_that_received_five() -> None:
    each = {"agreed": 10, "T2": 10}
    bodies = [Figures(COUNCIL, 20, {"outcome": each}), Figures(GULOU, 20, {"outcome": each})]
    few = Figures(JINAN, 3, {"outcome": {"agreed": 3}})
    shown = public_together([*bodies, few])
    assert (shown.received, shown.groups["outcome"]) == (40, {"agreed": 20, "T2": 20})
    assert summed([*bodies, few]).received == 43
