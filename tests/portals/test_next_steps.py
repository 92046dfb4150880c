"""Until when, as it is told to whoever complained: a date that may move is told as such."""

from __future__ import annotations

from datetime import UTC, date, datetime

from events.event import Personal, Recorded
from events.ids import new_id
from events.reports import ReportRegistered
from portals.public.next_steps import by_when, deadline
from services.letters.facts import entered
from tests.people import GULOU, LI


def told(since: date) -> str:
    row = {"state": "received", "handler_kind": "regulator", "since": since}
    return by_when(deadline(row)).zh


def test_a_date_into_a_year_without_arrangement_is_told_as_provisional() -> None:
    assert told(date(2026, 11, 2)) == "最迟 2026年11月11日。"
    assert told(date(2026, 12, 24)) == "最迟 2027年1月5日（暂定，放假安排公布后可能变动）。"
    row = {"state": "received", "handler_kind": "council", "since": date(2026, 12, 24)}
    assert "没有规定具体天数" in by_when(deadline(row)).zh


def test_a_letter_tells_it_too() -> None:
    event = ReportRegistered(
        by=LI, occurred_on=date(2026, 12, 14), number="JB-1", handler=GULOU, respondent="闽海",
        informant="i", informant_number=1, anonymous=True, told=Personal(subject="s"),
    )  # fmt: skip
    recorded = Recorded(
        stream=new_id(), version=1, position=1, recorded_at=datetime(2026, 12, 14, tzinfo=UTC),
        event=event,
    )  # fmt: skip
    said = entered(recorded, "C5")["next_step"]
    assert said.startswith("最迟 2027年1月5日（暂定，放假安排公布后可能变动）核查举报")
