"""Clocks: which days are worked, and what the clocks say of open deadlines.

The system warns and asserts that a day has passed; it decides nothing. What is late stays late:
it can be explained, never reset.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from events.event import Event, PartyRef, Value
from events.words import Code, Words

#: How far a clock has come when the system says so, in order.
STAGES = Code(
    "stage",
    {
        "half": Words("期限过半", "half of the time is over"),
        "two_days": Words("还有两个工作日", "two working days are left"),
        "due_day": Words("今天到期", "it is due today"),
        "superior": Words("已逾期，报上级", "it is late, the superior is told"),
    },
)
Stage = Literal["half", "two_days", "due_day", "superior"]
#: Why a deadline was counted again.
CAUSES = Code(
    "recount",
    {
        "calendar": Words("放假安排有变", "the arrangement of holidays changed"),
        "pause": Words("期限暂停或者恢复", "the clock was paused or went on"),
        "extension": Words("期限延长", "the time was extended"),
    },
)
Cause = Literal["calendar", "pause", "extension"]


#: Rules of clocks that run on what an informant said.
OF_INFORMANTS = ("C5",)


class CalendarDay(Value, frozen=True, kw_only=True):
    """One day that is off though it is none of the weekend's, or worked though it is."""

    day: date
    name: str
    off: bool


class CalendarYearLoaded(Event, frozen=True, kw_only=True):
    """The arrangement of a year was read in; it takes the place of an earlier version."""

    TOPIC = "calendar-year-loaded"
    SAYS = Words(
        "{by} 载入 {year} 年放假安排第 {edition} 版"
        "（{off} 天放假，{worked} 天调休上班），来源 {source}",
        "{by} loaded the arrangement of {year}, version {edition} ({off} days off, {worked} "
        "make-up days), from {source}",
    )

    year: int
    edition: int
    source: str
    sha256: str
    file: str
    effective: date
    days: list[CalendarDay]

    def _values(self) -> dict[str, object]:
        off = sum(each.off for each in self.days)
        return super()._values() | {"off": off, "worked": len(self.days) - off}


class PauseSpan(Value, frozen=True, kw_only=True):
    """Days that a clock does not count; without an end while it goes on."""

    kind: str
    since: date
    until: date | None = None


class ExtensionSpan(Value, frozen=True, kw_only=True):
    """A clock was given more time on a day."""

    on: date
    length: int | None = None
    by: str = ""


class ClockEvent(Event, frozen=True, kw_only=True):
    """About one clock: of which record, by which rule, and who owes."""

    clock: str
    record: str
    number: str
    rule: str
    what_zh: str
    what_en: str
    debtor: PartyRef

    @property
    def only_for(self) -> str:
        """The one party that may read it in any list, where the record itself is so (121 §37)."""
        return self.debtor.id if self.rule in OF_INFORMANTS else ""

    def _values(self) -> dict[str, object]:
        return super()._values() | {"what": Words(self.what_zh, self.what_en)}


class DeadlineRecomputed(ClockEvent, frozen=True, kw_only=True):
    """An open deadline was counted again; both dates stay to be seen."""

    TOPIC = "deadline-recomputed"
    SAYS = Words(
        "{by} 重新计算“{what}”的期限：{moved}（{cause}）",
        "{by} counted again until when to {what}: {moved} ({cause})",
    )

    cause: Cause
    before: date | None = None
    safe: date | None = None
    latest: date | None = None
    paused: bool = False
    provisional: bool = False
    next_at: datetime | None = None
    pauses: list[PauseSpan] = msgspec.field(default_factory=list)
    extensions: list[ExtensionSpan] = msgspec.field(default_factory=list)

    def _values(self) -> dict[str, object]:
        now = self.safe or (_PAUSED if self.paused else _NONE)
        said = _STAYS if self.safe is not None and self.safe == self.before else _MOVED
        moved = said.fill(was=self.before or _PAUSED, now=now)
        if self.provisional:
            moved = Words(f"{moved.zh}，暂定", f"{moved.en}, provisional")
        return super()._values() | {"moved": moved, "cause": CAUSES[self.cause]}


class ClockWarned(ClockEvent, frozen=True, kw_only=True):
    """A deadline comes near, or its superior is told that it has passed."""

    TOPIC = "clock-warned"
    SAYS = Words(
        "{by} 提醒{debtor}：“{what}”{stage}，期限 {safe}",
        "{by} reminded {debtor}: {what}: {stage}, due {safe}",
    )

    stage: Stage
    safe: date
    next_at: datetime | None = None

    def _values(self) -> dict[str, object]:
        return super()._values() | {"stage": STAGES[self.stage]}


class ClockBreached(ClockEvent, frozen=True, kw_only=True):
    """The latest day has passed without the act."""

    TOPIC = "clock-breached"
    SAYS = Words(
        "{by} 记录：{debtor}“{what}”已逾期，最迟应为 {latest}",
        "{by} noted that {debtor} is late: {what}, due {latest} at the latest",
    )

    latest: date
    next_at: datetime | None = None


class OverdueExplained(ClockEvent, frozen=True, kw_only=True):
    """Who is late says why; it stays late."""

    TOPIC = "overdue-explained"
    SAYS = Words(
        "{by} 说明“{what}”逾期的原因：{reason}",
        "{by} explained why this is late ({what}): {reason}",
    )


_STAYS = Words("日期不变，是 {now}", "it stays {now}")
_MOVED = Words("原为 {was}，现为 {now}", "it was {was}, it is {now}")
_NONE = Words("没有日期", "no date")
_PAUSED = Words("暂停中", "paused")
