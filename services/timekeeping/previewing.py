"""Previewing: what an arrangement of holidays would do to the deadlines that run now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from events.clocks import OF_INFORMANTS
from events.words import Words
from services.clocks.calendar import Calendar, Year
from services.timekeeping.index import counted
from services.timekeeping.papers import Paper
from services.timekeeping.times import days_of
from services.views.obligations import Obligations
from services.views.view import Row

#: So many open clocks are looked at; of more that is said.
MOST, PART, SHOWN = 20_000, 2_000, 50


@dataclass(frozen=True)
class Moved:
    """One deadline that would be another: of which clock, and both dates."""

    row: Row
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Preview:
    """How many clocks were looked at, how many would move, which first."""

    year: int
    looked_at: int
    moved: int
    settled: int
    shown: list[Moved]
    more: bool

    def said(self) -> Words:
        """In one sentence."""
        more = _PART_ONLY if self.more else Words("", "")
        return _SAID.fill(
            all=self.looked_at, moved=self.moved, settled=self.settled, year=str(self.year),
            more=more,
        )  # fmt: skip


async def preview(board: Obligations, paper: Paper) -> Preview:
    """Every open clock counted by the calendar with this paper; nothing is changed."""
    await board.times.read()
    calendar = with_paper(board.times.calendar, paper)
    looked_at = moved = settled = 0
    shown: list[Moved] = []
    last = ""
    while looked_at < MOST and (rows := await board.running(last, PART)):
        for row in rows:
            made = counted(row, calendar)
            if (made.safe, made.latest) != (row["until"], row["latest"]):
                moved += 1
                if len(shown) < SHOWN and row["rule"] not in OF_INFORMANTS:
                    shown.append(Moved(row, row["until"], made.safe))
            elif row["provisional"] and not made.provisional:
                settled += 1
        looked_at += len(rows)
        last = rows[-1]["id"]
    return Preview(paper.year, looked_at, moved, settled, shown, looked_at >= MOST)


def with_paper(calendar: Calendar, paper: Paper) -> Calendar:
    """The calendar as it would be."""
    known = calendar.years.get(paper.year)
    edition = known.version + 1 if known else 1
    year = Year(paper.year, days_of(paper.days), edition, paper.source, paper.sha256)
    return calendar.with_year(year)


_PART_ONLY = Words("（只看了一部分）", " (only a part was looked at)")
_SAID = Words(
    "{year} 年：进行中的期限 {all} 个{more}，其中 {moved} 个日期会变，{settled} 个由暂定变为确定",
    "{year}: {all} open deadlines{more}; {moved} get another date, {settled} are no longer "
    "provisional",
)
