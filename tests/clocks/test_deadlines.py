"""Deadlines against dates computed elsewhere, and what must hold of every one of them."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.words import Words, both
from services.clocks.calendar import china
from services.clocks.deadline import Deadline, Extended, Facts, Paused, between, deadline
from services.clocks.due import Left, clock_line, due, state
from services.clocks.explaining import explanation, used
from services.clocks.picture import picture
from services.clocks.rules import RULES, Rule, Term, by_profile
from services.clocks.rules.rule import Extension, Unit
from services.clocks.schedule import schedule

DAY = timedelta(days=1)
dates = st.dates(date(2007, 1, 1), date(2026, 6, 1))


def rule(length: int, unit: Unit = "wd", *more: Extension) -> Rule:
    term = Term(unit, length, both("basis"), date.min, pauses=("testing",), extensions=more,
                rolls=unit != "wd")  # fmt: skip
    return Rule("T", both("act"), both("start"), (term,))


def at(id: str, start: str, **facts: object) -> Deadline:
    return deadline(RULES[id], Facts(date.fromisoformat(start), **facts), china())  # type: ignore[arg-type]


def said(made: Deadline, on: date | None = None) -> str:
    return "\n".join(words.zh for words in explanation(made, on))


# -- the twelve vectors of the specification -----------------------------------------------


@pytest.mark.parametrize(
    ("id", "start", "end"),
    [
        ("C1", "2026-09-24", "2026-10-12"),
        ("C1", "2026-02-13", "2026-03-02"),
        ("C1", "2025-09-26", "2025-10-13"),
        ("C1", "2026-05-01", "2026-05-13"),
        ("C5", "2026-09-18", "2026-10-15"),
        ("C5", "2026-04-20", "2026-05-13"),
        ("C3", "2026-02-12", "2026-02-28"),
        ("C16", "2026-04-29", "2026-05-09"),
        ("C22a", "2026-09-10", "2026-10-14"),
    ],
)
def test_working_days(id: str, start: str, end: str) -> None:
    made = at(id, start)
    assert made.nominal == made.safe == made.latest == date.fromisoformat(end)
    assert not made.provisional


def test_a_period_that_ends_on_national_day() -> None:
    made = at("C2", "2026-08-02")
    assert (str(made.nominal), str(made.safe), str(made.latest)) == (
        "2026-10-01", "2026-09-30", "2026-10-08",
    )  # fmt: skip
    assert "如果只按法定节假日顺延，是 2026年10月4日" in said(made)
    assert "国庆节" in said(made)


def test_a_period_that_ends_on_the_weekend_of_a_break() -> None:
    made = at("C2", "2026-07-28")
    assert (str(made.nominal), str(made.safe), str(made.latest)) == (
        "2026-09-26", "2026-09-24", "2026-09-28",
    )  # fmt: skip


def test_a_period_into_a_year_without_arrangement_is_provisional() -> None:
    made = at("C11", "2026-11-23")
    assert made.nominal == date(2027, 2, 21)
    assert made.provisional
    assert "尚未公布" in said(made)


def test_holidays_that_are_skipped_without_an_arrangement_are_named_too() -> None:
    made = at("C1", "2026-12-24")
    assert made.nominal == date(2027, 1, 5)
    assert "放假不计：元旦（1月1日）" in said(made)
    assert "只按法定节假日和周末计算，这个日期是暂定的" in said(made)
    new_year = next(c for m in picture(made) for c in m.cells if c.day == date(2027, 1, 1))
    assert (new_year.kind, new_year.said.en) == ("holiday", "New Year, holiday, not counted")


# -- scenarios -----------------------------------------------------------------------------


def test_s3_the_council_decides_in_time() -> None:
    made = at("C1", "2026-09-28")
    assert made.safe == date(2026, 10, 13)
    assert "调休上班，照常计算：10月10日" in said(made)
    assert "国庆节（10月1日至10月7日）" in said(made)
    assert state(made, date(2026, 10, 14)) == Left("overdue", -1)


def test_s5_testing_stops_the_clock() -> None:
    before = at("C2", "2026-07-13")
    assert before.nominal == date(2026, 9, 11)
    made = at("C2", "2026-07-13", pauses=(Paused("testing", date(2026, 7, 20), date(2026, 8, 3)),))
    assert said(made, date(2026, 8, 3)).startswith("60日：已用7日，扣除检测14日\n")
    assert made.nominal == date(2026, 9, 25)
    assert made.latest == date(2026, 9, 28)
    assert "2026年7月20日至2026年8月3日：检测、检验、检疫、鉴定，14日不计" in said(made)


def test_recusal_does_not_stop_the_clock_and_that_is_said() -> None:
    made = at("C2", "2026-07-13", pauses=(Paused("recusal", date(2026, 7, 20), date(2026, 8, 3)),))
    assert made.nominal == date(2026, 9, 11)
    assert "申请回避时调解中止" in said(made)


def test_a_pause_that_never_ends_leaves_no_date_and_no_breach() -> None:
    made = at("C2", "2026-07-13", pauses=(Paused("testing", date(2026, 7, 20)),))
    assert made.paused
    assert made.safe is None
    assert state(made, date(2030, 1, 1)) == Left("waiting", None)
    assert "期限暂停，还剩53日" in said(made, date(2026, 11, 1))
    assert said(made, date(2026, 8, 3)).startswith("60日：已用7日，扣除检测14日")


def test_an_extension_lengthens_as_far_as_the_law_has_room() -> None:
    once = at("C5", "2026-09-18", extended=(Extended(date(2026, 10, 12)),))
    assert once.length == 30
    assert "负责人批准，延长15个工作日" in said(once)
    twice = (Extended(date(2026, 10, 12), 15), Extended(date(2026, 10, 20), 15))
    assert at("C5", "2026-09-18", extended=twice).safe == once.safe
    assert at("C5", "2026-09-18", extended=(Extended(date(2026, 10, 12), 99),)).safe == once.safe
    collective = (Extended(date(2026, 1, 5), 30), Extended(date(2026, 1, 6), 45))
    assert at("C11", "2026-01-04", extended=collective).length == 165


def test_an_extension_after_the_end_is_not_counted_and_that_is_said() -> None:
    on_the_day = at("C5", "2026-09-18", extended=(Extended(date(2026, 10, 15)),))
    assert on_the_day.safe == date(2026, 11, 5)
    after = at("C5", "2026-09-18", extended=(Extended(date(2026, 10, 16)),))
    assert after.safe == date(2026, 10, 15)
    assert "2026年10月16日批准的延长晚于期限届满，不计入" in said(after)
    paused = (Paused("testing", date(2026, 10, 14), date(2026, 10, 20)),)
    in_time = at("C5", "2026-09-18", pauses=paused, extended=(Extended(date(2026, 10, 16)),))
    assert in_time.length == 30
    between_nominal_and_latest = (Extended(date(2026, 10, 5), 30),)  # nominal 1 October
    assert at("C11", "2026-07-03", extended=between_nominal_and_latest).length == 120


def test_shanghai_adds_thirty_days_when_both_agree() -> None:
    facts = Facts(date(2026, 3, 2), extended=(Extended(date(2026, 4, 1), 30),))
    made = deadline(by_profile("C9", "shanghai"), facts, china())
    assert made.nominal == date(2026, 5, 31)


def test_hours_run_by_the_minute_in_china() -> None:
    began = datetime(2026, 9, 24, 2, 20, tzinfo=UTC)
    made = at("C14", "2026-09-24", at=began)
    assert made.moments is not None
    assert [f"{m:%m-%d %H:%M}" for m in made.moments] == ["09-25 10:20", "09-25 11:00"]


def test_backwards_a_window_and_a_block() -> None:
    assert at("C17", "2026-10-13").safe == date(2026, 9, 28)
    window = at("C31", "2026-03-02")
    assert (window.earliest, window.nominal) == (date(2026, 5, 1), date(2026, 5, 31))
    assert "不早于 2026年5月1日" in said(window)
    assert at("C32", "2026-03-31").nominal == date(2026, 9, 30)
    assert "到 2026年9月30日 为止（含当日）不得进行" in said(at("C32", "2026-03-31"))
    assert at("C24c", "2026-02-28").earliest == date(2027, 2, 28)
    assert at("C33a", "2026-10-03").safe == date(2026, 10, 3)


def test_hours_from_a_day_without_a_time_end_no_earlier_than_any_time_of_it() -> None:
    made = at("C14", "2026-09-24")
    assert made.moments is not None
    assert [f"{m:%m-%d %H:%M}" for m in made.moments] == ["09-25 00:00", "09-26 00:00"]
    assert "没有写明几点" in said(made)
    late = at("C14", "2026-09-24", at=datetime(2026, 9, 24, 15, 59, tzinfo=UTC))
    assert late.moments is not None
    assert late.moments[1] == made.moments[1]
    assert "最迟 2026年9月26日 00:00" in said(late)


def test_what_began_after_the_end_takes_nothing_from_the_time() -> None:
    facts = (Paused("testing", date(2026, 7, 1), date(2026, 7, 10)),)
    made = at("C2", "2026-04-20", pauses=facts)
    assert (made.nominal, made.pauses) == (date(2026, 6, 19), ())
    assert "不计" not in said(made, date(2026, 8, 1)).replace("当天不计", "").replace("不计入", "")


def test_who_may_not_act_before_a_day_is_never_told_an_earlier_one() -> None:
    """Public notice of 24 September: thirty days end on a Saturday."""
    made = at("C18b", "2026-09-24")
    assert (made.nominal, made.safe) == (date(2026, 10, 24), date(2026, 10, 26))
    assert "稳妥的是过了 2026年10月26日 再进行" in said(made)
    assert "最迟" not in said(made)
    assert [alarm.stage for alarm in schedule(made, made.facts.start)] == [
        "half", "two_days", "due_day",
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["2026-02-14", "2026-02-16", "2026-09-30"])
def test_where_no_day_is_worked_the_safe_day_does_not_lie_before_the_start(start: str) -> None:
    """Seven days that are all off: Spring Festival of 2026 is from 15 to 23 February."""
    made = at("C27", start)
    assert made.safe == made.nominal == made.facts.start + 7 * DAY
    assert made.latest is not None
    assert made.latest > made.nominal
    assert "从起算日到这一天没有工作日" in said(made)


@pytest.mark.parametrize("id", ["C24a", "C24b", "C24c"])
def test_a_publication_ends_to_the_day(id: str) -> None:
    """On a Saturday; no text moves it, so that it rests on no calendar either."""
    made = at(id, "2026-09-26")
    assert made.safe == made.nominal == made.latest
    assert not made.provisional


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2023-12-15", 24, "2025-12-15"),
        ("2024-11-30", 3, "2025-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: str, months: int, end: str) -> None:
    made = deadline(rule(months, "month"), Facts(date.fromisoformat(start)), china())
    assert str(made.nominal) == end


def test_beyond_what_can_be_counted_nothing_breaks() -> None:
    for day in (date.min, date(1900, 1, 1), date(2100, 6, 1), date.max):
        made = deadline(rule(7), Facts(day), china())
        assert made.safe is None
        assert "超出" in said(made)


# -- what must hold of every one -----------------------------------------------------------


@given(
    dates, st.integers(1, 60), st.sampled_from(["wd", "cd"]), st.integers(0, 50), st.integers(0, 90)
)
def test_a_pause_of_some_days_moves_the_end_by_as_many(
    start: date, length: int, unit: Unit, after: int, days: int
) -> None:
    bare = deadline(rule(length, unit), Facts(start), china()).nominal
    assert bare is not None
    since = start + DAY * after
    until = since + DAY * days
    facts = Facts(start, pauses=(Paused("testing", since, until),))
    made = deadline(rule(length, unit), facts, china()).nominal
    assert made is not None
    if since >= bare:
        assert made == bare
    else:
        assert between(unit, bare, made, china()) == between(unit, since, until, china())


@given(dates, st.integers(0, 40), st.integers(1, 60), st.sampled_from(["wd", "cd", "month"]))
def test_who_starts_later_ends_no_earlier(start: date, later: int, length: int, unit: Unit) -> None:
    length = length if unit != "month" else 1 + length % 12
    first = deadline(rule(length, unit), Facts(start), china())
    second = deadline(rule(length, unit), Facts(start + DAY * later), china())
    for name in ("nominal", "safe", "latest"):
        assert getattr(first, name) <= getattr(second, name)


@given(dates, st.integers(1, 60), st.sampled_from(["wd", "cd", "month"]))
def test_safe_and_latest_are_working_days_around_the_nominal(
    start: date, length: int, unit: Unit
) -> None:
    made = deadline(rule(length if unit != "month" else 3, unit), Facts(start), china())
    assert made.safe is not None
    assert made.nominal is not None
    assert made.latest is not None
    if china().worked(start, made.nominal):
        assert china().is_working(made.safe)
    assert start < made.safe
    assert china().is_working(made.latest)
    assert made.safe <= made.nominal <= made.latest


@given(dates, st.integers(1, 60))
def test_a_period_of_working_days_has_that_many(start: date, length: int) -> None:
    made = deadline(rule(length), Facts(start), china())
    assert made.nominal is not None
    days = [start + DAY * (n + 1) for n in range((made.nominal - start).days)]
    assert sum(china().is_working(day) for day in days) == length
    assert used(made, made.nominal) == length


@given(
    dates, st.lists(st.tuples(st.integers(-20, 80), st.integers(0, 30)), max_size=4), st.randoms()
)
def test_overlapping_pauses_count_once_in_whatever_order(
    start: date, spans: list[tuple[int, int]], order: object
) -> None:
    pauses = [Paused("testing", start + DAY * a, start + DAY * (a + n)) for a, n in spans]
    shuffled = list(pauses)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    made = deadline(rule(60, "cd"), Facts(start, pauses=tuple(pauses)), china())
    other = deadline(rule(60, "cd"), Facts(start, pauses=tuple(shuffled)), china())
    assert made.nominal == other.nominal == _day_by_day(start, 60, pauses)


def _day_by_day(start: date, length: int, pauses: list[Paused]) -> date:
    """Slowly: each day after the start counts unless a pause covers it."""
    day = start
    while length:
        day += DAY
        length -= not any(p.since < day <= p.until for p in pauses if p.until)
    return day


@given(dates, st.sampled_from(sorted(RULES)))
def test_every_rule_explains_itself_in_both_languages(start: date, id: str) -> None:
    made = deadline(RULES[id], Facts(start), china())
    for words in explanation(made, start + DAY * 3):
        assert isinstance(words, Words)
        assert words.zh
        assert words.en
        assert "{" not in words.zh + words.en


def test_the_zone_of_the_server_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)
    found = set()
    for zone in ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "UTC"):
        monkeypatch.setitem(os.environ, "TZ", zone)
        time.tzset()
        found.add((at("C14", "2026-03-08", at=began).moments, at("C1", "2026-03-08").safe))
    monkeypatch.undo()
    time.tzset()
    assert len(found) == 1


# -- as it is shown ------------------------------------------------------------------------


def test_where_a_clock_stands() -> None:
    made = due(RULES["C1"], date(2026, 11, 2))  # ends Wednesday 11 November
    assert made.safe == date(2026, 11, 11)
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
    line = clock_line(due(RULES["C10"], date(2025, 1, 1)), date(2026, 1, 1))
    assert (line["due"], line["state"]) == (None, "none")


def test_who_waits_since_before_the_law_we_keep_waits_visibly() -> None:
    line = clock_line(due(RULES["C10"], date(2024, 2, 18)), date(2024, 2, 26))
    assert (line["due"], str(line["waited"].zh)) == (None, "未答复 6 个工作日")


def test_what_is_settled_says_when_and_whether_it_was_in_time() -> None:
    made = due(RULES["C2"], date(2026, 8, 2))
    for day, late in ((made.safe, False), (made.latest, False), (date(2026, 10, 20), True)):
        line = clock_line(made, date(2026, 11, 1), day)
        assert (line["state"], line["done_on"], line["late"]) == ("done", day, late)


def test_where_the_record_names_the_date_that_is_said() -> None:
    """Without a date in the question, nobody is told that there is none in the record."""
    assert "期限是记录中写明的日期" in said(at("D2", "2026-11-02"))
    assert "没有规定具体天数" in said(at("D3", "2026-11-02"))


def test_a_date_in_the_record_is_the_date() -> None:
    made = due(RULES["D2"], date(2026, 11, 2), set_for=date(2026, 11, 22))
    assert made.safe == date(2026, 11, 22)
    assert not made.provisional
    assert state(made, date(2026, 11, 20)).state == "soon"
