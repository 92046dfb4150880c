"""Papers: the arrangement of a year as a file (the form of `holiday-cn`), read and checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from events.clocks import CalendarDay
from events.words import Words

#: A year's arrangement is some forty days; whatever is larger is another file.
MOST_BYTES = 1_000_000
_SPAN = timedelta(days=15)


class BadPaper(Exception):
    """The file is no arrangement of a year; says why, and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


@dataclass(frozen=True)
class Paper:
    """What a file says."""

    year: int
    source: str
    sha256: str
    file: str
    days: tuple[CalendarDay, ...]


def read_paper(content: bytes, name: str) -> Paper:
    """The arrangement in the file; raises `BadPaper`."""
    data = _json(content)
    year = data.get("year")
    if not isinstance(year, int) or not 1992 <= year <= 2098:
        raise BadPaper(
            "文件里没有年份（year），或者年份不对", "The file names no year, or one that cannot be"
        )
    listed = data.get("days")
    if not isinstance(listed, list) or not listed:
        raise BadPaper(
            f"文件里没有 {year} 年的放假安排：国务院可能还没有公布，公布后再载入",
            f"The file has no days for {year}: it is probably not published yet; load it then",
        )
    days = tuple(_day(n, each, year) for n, each in enumerate(listed, start=1))
    _refuse_twice(days)
    papers = data.get("papers")
    source = "、".join(map(str, papers)) if isinstance(papers, list) else ""
    if not source:
        raise BadPaper(
            "文件没有写明通知的地址（papers），无法核对来源",
            "The file does not name the notice's address (papers): nobody could check it",
        )
    return Paper(year, source, hashlib.sha256(content).hexdigest(), name, days)


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise BadPaper("文件太大，不会是放假安排", "The file is too large to be an arrangement")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadPaper(
            "文件不是 JSON（UTF-8），请选择 holiday-cn 形式的文件，例如 2027.json",
            "The file is no JSON in UTF-8; choose one in the form of holiday-cn, as 2027.json",
        ) from None
    if not isinstance(data, dict):
        raise BadPaper("文件最外层应是一个对象", "The file should hold one object")
    return data


def _day(number: int, each: Any, year: int) -> CalendarDay:
    try:
        day, name, off = date.fromisoformat(each["date"]), each["name"], each["isOffDay"]
    except (KeyError, TypeError, ValueError):
        raise _bad(number, "应写明 date、name、isOffDay", "it needs date, name, isOffDay") from None
    if not isinstance(off, bool) or not isinstance(name, str) or not 0 < len(name) <= 100:
        raise _bad(number, "name 或 isOffDay 不对", "its name or isOffDay is wrong")
    if not date(year, 1, 1) - _SPAN <= day <= date(year, 12, 31):
        raise _bad(number, f"{day} 不属于 {year} 年", f"{day} is not of {year}")
    return CalendarDay(day=day, name=name, off=off)


def _bad(number: int, zh: str, en: str) -> BadPaper:
    return BadPaper(f"第 {number} 天：{zh}", f"Day {number}: {en}")


def _refuse_twice(days: tuple[CalendarDay, ...]) -> None:
    seen: set[date] = set()
    for each in days:
        if each.day in seen:
            raise BadPaper(f"{each.day} 写了两次", f"{each.day} stands twice")
        seen.add(each.day)
