"""Files of arrangements: what is read, and what each bad one is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.clocks import CalendarYearLoaded
from services.actions.calendars import CalendarYear
from services.timekeeping.papers import BadPaper, read_paper
from tests.given import given
from tests.people import ADMIN, SECURITY
from tests.timekeeping.papers import days, loading, paper

GOOD = paper(2027, days("2027-02-05", 8), ["2027-01-31"])


def test_a_paper_is_read_with_its_source_and_hash() -> None:
    read = read_paper(GOOD, "2027.json")
    assert (read.year, read.source, len(read.days)) == (2027, "https://gov.cn/n", 9)
    assert len(read.sha256) == 64
    assert sum(day.off for day in read.days) == 8


def changed(**more: Any) -> bytes:
    return json.dumps(json.loads(GOOD) | more).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "不是 JSON"),
        (b"[]", "一个对象"),
        (b"[" * 100_000, "不是 JSON"),
        (b" " * 1_000_001, "太大"),
        (changed(year="2027"), "没有年份"),
        (changed(year=3000), "没有年份"),
        (changed(days=[]), "还没有公布"),
        (changed(papers=[]), "papers"),
        (changed(days=[{"date": "2027-02-30", "name": "x", "isOffDay": True}]), "第 1 天"),
        (changed(days=[{"date": "2027-02-03", "name": "x"}]), "第 1 天"),
        (changed(days=[{"date": "2026-02-03", "name": "x", "isOffDay": True}]), "不属于 2027 年"),
        (changed(days=[{"date": "2027-02-03", "name": "x", "isOffDay": 1}]), "isOffDay"),
        (changed(days=[{"date": "2027-02-03", "name": "x", "isOffDay": True}] * 2), "写了两次"),
    ],
)
def test_what_is_no_arrangement_says_why(content: bytes, said: str) -> None:
    with pytest.raises(BadPaper) as bad:
        read_paper(content, "x.json")
    assert said in bad.value.words.zh
    assert bad.value.words.en


def test_a_later_version_replaces_and_the_same_file_is_refused() -> None:
    record = given(CalendarYear)
    record.when(CalendarYear.arrange, loading(GOOD)).then(CalendarYearLoaded, edition=1)
    other = paper(2027, days("2027-02-05", 9), ["2027-01-31"])
    again = given(CalendarYear, (CalendarYear.arrange, loading(GOOD)))
    again.when(CalendarYear.arrange, loading(other)).then(CalendarYearLoaded, edition=2)
    same = given(CalendarYear, (CalendarYear.arrange, loading(GOOD)))
    same.when(CalendarYear.arrange, loading(GOOD)).refused("已经载入")


def test_only_the_system_administrator_loads() -> None:
    command = loading(GOOD).model_copy(update={"by": SECURITY})
    given(CalendarYear).when(CalendarYear.arrange, command).refused("不能")
    assert ADMIN.role == "system"
