"""Clocks against dates computed elsewhere, and against the published arrangements themselves."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.words import both
from services.clocks.calendar import FIRST, LAST, china
from services.clocks.due import Left, clock_line, due, state
from services.clocks.rules import RULES, Rule

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "holiday-cn"


def rule(length: int, unit: str = "wd") -> Rule:
    return Rule("T", both("act"), length, unit, both("basis"), both("start"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-09-24", 7, "2026-10-12"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2025-09-26", 7, "2025-10-13"),
        ("2026-05-01", 7, "2026-05-13"),
        ("2026-09-18", 15, "2026-10-15"),
        ("2026-04-20", 15, "2026-05-13"),
        ("2026-02-12", 7, "2026-02-28"),
        ("2026-04-29", 5, "2026-05-09"),
        ("2026-09-10", 20, "2026-10-14"),
    ],
)
def test_working_days(start: str, length: int, end: str) -> None:
    made = due(rule(length), date.fromisoformat(start))
    assert made.until == made.latest == date.fromisoformat(end)
    assert not made.provisional


@pytest.mark.parametrize(
    ("start", "safe", "latest"),
    [("2026-08-02", "2026-09-30", "2026-10-08"), ("2026-07-28", "2026-09-24", "2026-09-28")],
)
def test_calendar_days_that_end_on_a_day_off(start: str, safe: str, latest: str) -> None:
    made = due(RULES["C2"], date.fromisoformat(start))
    assert (str(made.until), str(made.latest)) == (safe, latest)
    assert f"{made.latest:%B %Y}" in made.explanation[-1].en
    assert "休息日" in made.explanation[-1].zh


def test_a_year_without_arrangement_is_provisional_and_says_so() -> None:
    made = due(rule(90, "cd"), date(2026, 11, 23))
    assert made.provisional
    assert made.latest is not None
    assert made.latest.year == 2027
    assert "provisional" in made.explanation[-1].en
    assert not china().known(2027)


def test_the_last_week_before_an_unpublished_year_may_still_change() -> None:
    assert due(rule(7), date(2026, 12, 17)).provisional
    assert not due(rule(7), date(2025, 12, 17)).provisional


def test_the_published_arrangements_agree() -> None:
    if not PUBLISHED.is_dir():
        pytest.skip("the published arrangements (holiday-cn) are not here")
    for year in range(FIRST, LAST + 1):
        days = json.loads((PUBLISHED / f"{year}.json").read_text())["days"]
        off = {date.fromisoformat(d["date"]): d["isOffDay"] for d in days}
        wrong = [d for d, is_off in off.items() if china().is_working(d) == is_off]
        assert wrong == []


@given(st.dates(date(2007, 1, 1), date(2026, 11, 1)), st.integers(1, 60))
def test_a_period_of_working_days_has_that_many(start: date, length: int) -> None:
    end = due(rule(length), start).until
    assert end is not None
    assert china().is_working(end)
    days = [start + timedelta(days=n + 1) for n in range((end - start).days)]
    assert sum(china().is_working(day) for day in days) == length


@given(st.dates(date(2007, 1, 1), date(2026, 11, 1)), st.integers(1, 60))
def test_safe_is_not_after_the_day_itself_nor_latest_before(start: date, length: int) -> None:
    made, nominal = due(rule(length, "cd"), start), start + timedelta(days=length)
    assert made.until is not None
    assert made.latest is not None
    assert made.until <= nominal <= made.latest


def test_where_a_clock_stands() -> None:
    made = due(RULES["C1"], date(2026, 11, 2))  # ends Wednesday 11 November
    assert made.until == date(2026, 11, 11)
    assert state(made, date(2026, 11, 2)) == Left("waiting", 7)
    assert state(made, date(2026, 11, 9)).state == "soon"
    assert state(made, date(2026, 11, 11)).days_left == 0
    assert state(made, date(2026, 11, 13)) == Left("overdue", -2)
    assert state(made, date(2026, 11, 14)).days_left == -2
    assert state(made, date(2026, 11, 30), done_on=date(2026, 11, 10)).state == "done"


def test_between_safe_and_latest_nothing_is_overdue() -> None:
    made = due(RULES["C2"], date(2026, 8, 2))
    assert state(made, date(2026, 10, 5)).state == "soon"
    assert state(made, date(2026, 10, 9)).state == "overdue"


def test_overdue_on_a_day_off_is_at_least_one_day() -> None:
    made = due(rule(1), date(2026, 11, 19))  # ends on Friday
    assert state(made, date(2026, 11, 21)).days_left == -1


def test_without_a_number_nothing_is_ever_overdue() -> None:
    line = clock_line(due(RULES["C10"], date(2020, 1, 1)), date(2026, 1, 1))
    assert (line["due"], line["state"]) == (None, "none")


def test_what_is_settled_says_when_and_whether_it_was_in_time() -> None:
    made = due(RULES["C2"], date(2026, 8, 2))
    for day, late in ((made.until, False), (made.latest, False), (date(2026, 10, 20), True)):
        line = clock_line(made, date(2026, 11, 1), day)
        assert (line["state"], line["done_on"], line["late"]) == ("done", day, late)
    line = clock_line(due(RULES["C10"], date(2020, 1, 1)), date(2026, 1, 1), date(2025, 1, 1))
    assert (line["due"], line["late"]) == (None, False)


def test_a_date_in_the_record_is_the_date() -> None:
    made = due(RULES["D2"], date(2026, 11, 2), set_for=date(2026, 11, 22))
    assert made.until == date(2026, 11, 22)
    assert not made.provisional
    assert state(made, date(2026, 11, 20)).state == "soon"


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_every_rule_is_said_in_both_languages(each: Rule) -> None:
    for words in (each.what, each.basis, each.start):
        assert words.zh
        assert words.en
