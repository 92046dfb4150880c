"""Arrangements of holidays for tests: files in the form of holiday-cn, made here."""

from __future__ import annotations

import json
from datetime import date, timedelta

from services.actions.calendars import LoadCalendarYear
from services.timekeeping.papers import read_paper
from tests.people import ADMIN


def paper(year: int, off: list[str], worked: list[str], address: str = "https://gov.cn/n") -> bytes:
    """The file of a year with these days off and make-up days."""
    days = [{"name": "春节", "date": d, "isOffDay": True} for d in off]
    days += [{"name": "春节", "date": d, "isOffDay": False} for d in worked]
    return json.dumps({"year": year, "papers": [address], "days": days}).encode()


def days(first: str, count: int) -> list[str]:
    """Days in a row, as they stand in such a file."""
    begin = date.fromisoformat(first)
    return [(begin + timedelta(days=n)).isoformat() for n in range(count)]


def loading(content: bytes, name: str = "year.json") -> LoadCalendarYear:
    """The command that reads the file in."""
    read = read_paper(content, name)
    return LoadCalendarYear(
        by=ADMIN, year=read.year, source=read.source, sha256=read.sha256, file=read.file,
        effective=date(2026, 11, 26), days=read.days,
    )  # fmt: skip
