"""The calendar against the published arrangements themselves, day by day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from events.words import Words
from services.clocks.calendar import FIRST, LAST, Span, china

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "holiday-cn"


def published(year: int) -> dict[date, bool]:
    """Which days of the paper of a year are off."""
    if not PUBLISHED.is_dir():
        pytest.skip("the published arrangements (holiday-cn) are not here")
    days = json.loads((PUBLISHED / f"{year}.json").read_text())["days"]
    return {date.fromisoformat(d["date"]): d["isOffDay"] for d in days}


def test_every_day_of_every_year_is_as_the_papers_say() -> None:
    papers = {day: off for year in range(FIRST, LAST + 1) for day, off in published(year).items()}
    days = [date(FIRST, 1, 1) + timedelta(days=n) for n in range(366 * (LAST - FIRST + 1))]
    looked_at = [day for day in {*days, *papers} if day.year <= LAST]
    wrong = [d for d in looked_at if china().is_working(d) == papers.get(d, d.weekday() >= 5)]
    assert wrong == []
    assert len(looked_at) > 7300


def test_what_the_library_lacks_of_2007_is_there() -> None:
    assert china().is_working(date(2006, 12, 30))
    assert china().is_working(date(2006, 12, 31))


def test_counting_is_looking_up() -> None:
    for n in range(0, 400, 7):
        start = date(2025, 12, 1) + timedelta(days=n)
        days = [start + timedelta(days=k + 1) for k in range(40)]
        worked = [day for day in days if china().is_working(day)]
        assert china().worked(start, days[-1]) == len(worked)
        assert china().after(start, 5) == worked[4]
        assert china().before(worked[5], 5) == worked[0]


def test_breaks_have_the_names_of_their_holidays() -> None:
    found = china().holidays(date(2026, 9, 1), date(2026, 10, 12))
    assert found == [
        Span(Words("中秋节", "Mid-Autumn Festival"), date(2026, 9, 25), date(2026, 9, 27)),
        Span(Words("国庆节", "National Day"), date(2026, 10, 1), date(2026, 10, 7)),
    ]
    assert china().makeups(date(2026, 9, 1), date(2026, 10, 12)) == [
        date(2026, 9, 20), date(2026, 10, 10),
    ]  # fmt: skip


def test_a_break_over_new_year_is_one() -> None:
    (span,) = china().holidays(date(2018, 12, 20), date(2019, 1, 10))
    assert (span.first, span.last) == (date(2018, 12, 30), date(2019, 1, 1))


def test_a_year_nobody_published_is_not_known_nor_the_week_before_it() -> None:
    assert not china().known(LAST + 1)
    assert not china().is_settled(date(LAST, 12, 28))
    assert china().is_settled(date(LAST, 12, 24))
