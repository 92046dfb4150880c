"""Picture: a deadline as months of days: counted, off, make-up, paused, the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from events.words import Words
from services.clocks.deadline import Deadline, Paused
from services.clocks.rules.rule import PAUSES

_DAY = timedelta(days=1)
#: So many months are drawn; of a longer period the first and the last ones.
MOST, ENDS = 6, 2
KINDS = {
    "start": Words("起算日，不计", "start, not counted"),
    "counted": Words("计入", "counted"),
    "weekend": Words("周末，不计", "weekend, not counted"),
    "holiday": Words("放假，不计", "holiday, not counted"),
    "makeup": Words("调休上班，计入", "make-up day, counted"),
    "paused": Words("暂停，不计", "paused, not counted"),
    "safe": Words("稳妥的最后一天", "safe last day"),
    "end": Words("名义上的最后一天", "nominal last day"),
    "latest": Words("最迟的一天", "latest day"),
    "wait": Words("稳妥起见，过了这一天再进行", "to be safe, wait until this day is over"),
    "outside": Words("不在期限内", "outside the period"),
}


@dataclass(frozen=True)
class Cell:
    """One day: what it is for the clock, which day of the count, what to say of it."""

    day: date
    kind: str
    number: int | None
    said: Words


@dataclass(frozen=True)
class Month:
    """The weeks of one month, Monday first; None where a day is of another month."""

    year: int
    month: int
    weeks: list[list[Cell | None]]

    @property
    def cells(self) -> list[Cell]:
        """Its days."""
        return [cell for week in self.weeks for cell in week if cell]


def picture(made: Deadline) -> list[Month]:
    """The months from the start to the latest end; none where there is no date or only hours."""
    if made.latest is None or made.nominal is None or made.moments is not None:
        return []
    first, last = sorted((made.facts.start, made.latest))
    cells = {cell.day: cell for cell in _cells(made, first, last)}
    months = list(_months(first, last))
    if len(months) > MOST:
        months = [*months[:ENDS], *months[-ENDS:]]
    return [Month(year, month, _weeks(year, month, cells)) for year, month in months]


def _cells(made: Deadline, first: date, last: date) -> Iterator[Cell]:
    number, day = 0, first
    while day <= last:
        kind = _kind(made, day)
        counts = kind in ("counted", "makeup") and made.unit in ("wd", "cd")
        number += counts
        yield Cell(day, _end(made, day) or kind, number if counts else None, _said(made, day, kind))
        day += _DAY


def _kind(made: Deadline, day: date) -> str:
    """What the day is for the counting."""
    start = made.facts.start
    if day == start:
        return "start"
    if any(_covers(pause, day) for pause in made.pauses):
        return "paused"
    if made.nominal is not None and day > max(made.nominal, start):
        return "outside"
    mark = made.calendar.marked(day)
    if made.unit != "wd":
        return "counted"
    if made.calendar.is_makeup(day):
        return "makeup"
    if made.calendar.is_working(day):
        return "counted"
    return "holiday" if mark and mark.off else "weekend"


def _end(made: Deadline, day: date) -> str:
    ends = {made.latest: "latest", made.nominal: "end", made.safe: "safe"}
    if made.rule.sort == "block":
        ends = {made.nominal: "end", made.safe: "wait"}
    return ends.get(day, "")


def _said(made: Deadline, day: date, kind: str) -> Words:
    """The kind in words, the holiday by its name, the end where it is one."""
    said = [KINDS[kind]]
    if kind == "paused":
        said = [next(PAUSES[p.kind].why for p in made.pauses if _covers(p, day))]
    if (mark := made.calendar.marked(day)) and mark.off:
        said.insert(0, mark.name)
    if end := _end(made, day):
        said.insert(0, KINDS[end])
    return Words("，".join(w.zh for w in said), ", ".join(w.en for w in said))


def _covers(pause: Paused, day: date) -> bool:
    return pause.since < day and (pause.until is None or day <= pause.until)


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _weeks(year: int, month: int, cells: dict[date, Cell]) -> list[list[Cell | None]]:
    first = date(year, month, 1)
    weeks: list[list[Cell | None]] = [[None] * first.weekday()]
    day = first
    while day.month == month:
        if len(weeks[-1]) == 7:
            weeks.append([])
        weeks[-1].append(cells.get(day) or Cell(day, "outside", None, KINDS["outside"]))
        day += _DAY
    weeks[-1] += [None] * (7 - len(weeks[-1]))
    return weeks
