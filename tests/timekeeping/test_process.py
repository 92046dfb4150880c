"""The clock process on a real log: what it says, once, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from events import complaints
from events.clocks import (
    ClockBreached,
    ClockEvent,
    ClockWarned,
    DeadlineRecomputed,
    OverdueExplained,
)
from events.complaints import ComplaintAccepted, ComplaintRegistered
from events.event import Event, Personal, today
from events.ids import new_id
from events.instruments import ComparisonPublished, ComparisonShown
from events.log import Append
from events.parties import CouncilEstablished
from events.reports import ReportRegistered, VerificationPaused, VerificationStarted
from services.actions.calendars import load_calendar_year
from services.actions.clocks import ExplainOverdue, explain_overdue
from services.actions.refused import Refused
from services.actions.reports import ExtendVerification, extend_verification
from services.clocks.calendar import china
from services.clocks.deadline import Facts, deadline
from services.clocks.facts import facts_of
from services.clocks.rules import RULES
from services.clocks.schedule import BREACH, schedule
from services.indicators.gathering import figures_of
from services.platform import Platform
from services.timekeeping.process import ClockProcess
from services.views.view import Row
from tests.database import Dsns
from tests.opening import SUBJECT, open_platform
from tests.people import COUNCIL, GULOU, LI, MINHAI, ZHAO, acting
from tests.timekeeping.papers import days, loading, paper

pytestmark = pytest.mark.postgres

DAY = timedelta(days=1)
HEAD = acting("吴敏", GULOU, "head", n=130)
FAR = datetime(2090, 1, 1, tzinfo=UTC)


@pytest.fixture
async def still(database: Dsns) -> AsyncIterator[Platform]:
    """A platform in which nothing goes on by itself."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def lodged(platform: Platform, on: date, *more: Event, handler: Any = GULOU) -> UUID:
    """A complaint received on a day."""
    stream = new_id()
    event = ComplaintRegistered(
        by=LI, occurred_on=on, number="GZ-2026-000001-C", enterprise=MINHAI, handler=handler,
        complainant=Personal(subject=SUBJECT, fields={"name": "林月"}),
        told=Personal(subject=SUBJECT),
    )  # fmt: skip
    await platform.log.append([Append(stream, 0, [event, *more])])
    await platform.worker.catch_up()
    return stream


def accepted(on: date) -> ComplaintAccepted:
    return ComplaintAccepted(by=LI, occurred_on=on, number="GZ-2026-000001-C", enterprise=MINHAI)


async def said(platform: Platform) -> list[ClockEvent]:
    page = await platform.log.of_kinds([ClockWarned, ClockBreached, DeadlineRecomputed])
    return [each.event for each in page if isinstance(each.event, ClockEvent)]


async def ticked(platform: Platform, moment: datetime) -> bool:
    done = await platform.clocks.tick(moment)
    await platform.worker.catch_up()
    return done


async def the_row(platform: Platform, record: UUID) -> Row:
    (row,) = [r for r in await platform.views.obligations.of_record(str(record)) if r["open"]]
    return row


async def test_each_stage_is_said_once_and_a_missed_week_is_caught_up(still: Platform) -> None:
    start = today()
    await lodged(still, start)
    alarms = schedule(deadline(RULES["C1"], Facts(start), china()), start)
    stages = [alarm.stage for alarm in alarms]
    assert stages == ["half", "two_days", "due_day", BREACH, "superior"]
    assert not await ticked(still, alarms[0].at - timedelta(minutes=1))
    assert await ticked(still, alarms[0].at)
    assert not await ticked(still, alarms[0].at)
    assert await ticked(still, alarms[2].at + timedelta(hours=9))
    assert await ticked(still, FAR)
    assert not await ticked(still, FAR + DAY)
    found = [e.stage if isinstance(e, ClockWarned) else BREACH for e in await said(still)]
    assert found == stages


async def test_who_may_do_something_is_warned_and_late_with_nothing(still: Platform) -> None:
    about = {"by": ZHAO, "number": "BJ-2026-000001-C", "council": COUNCIL, "title": "充电器比较"}
    until = today() + 20 * DAY
    told = ComparisonShown(**about, edition=1, enterprise=MINHAI, until=until)  # type: ignore[arg-type]
    stream, other = new_id(), new_id()
    await still.log.append([Append(each, 0, [told]) for each in (stream, other)])
    over = ComparisonPublished(**about, edition=1, samples=1)  # type: ignore[arg-type]
    await still.log.append([Append(other, 1, [over])])
    await still.worker.catch_up()
    assert await ticked(still, FAR)
    warned = [e for e in await said(still) if isinstance(e, ClockWarned)]
    assert [e.stage for e in warned] == ["half", "two_days", "due_day"]
    assert {e.record for e in await said(still)} == {str(stream)}, "published: nobody is warned"
    assert await still.views.obligations.of_record(str(stream)) == [], "nobody owes a comment"
    (notice,) = (await still.views.notices.of_party(MINHAI.id)).rows
    assert (notice["record_kind"], notice["record"]) == ("comparison", str(stream))
    assert not await ticked(still, FAR + DAY)


async def test_several_workers_say_it_once(still: Platform) -> None:
    for _ in range(3):
        await lodged(still, today() - 60 * DAY)
    others = [ClockProcess(still.log, still.views.obligations) for _ in range(4)]
    await asyncio.gather(*(each.tick(FAR) for each in others))
    # One that does not know yet what another said tries again: nothing stands twice.
    await asyncio.gather(*(each.tick(FAR) for each in others))
    await still.worker.catch_up()
    events = await said(still)
    assert [type(e) for e in events] == [ClockBreached] * 3
    assert len({e.clock for e in events}) == 3


async def test_what_was_entered_late_is_only_said_to_be_late(still: Platform) -> None:
    record = await lodged(still, date(2026, 9, 24))
    await ticked(still, datetime.now(UTC))
    (late,) = await said(still)
    assert isinstance(late, ClockBreached)
    assert late.latest == date(2026, 10, 12)
    assert (await the_row(still, record))["breached"] == date(2026, 10, 12)


@pytest.mark.parametrize(("noted", "how"), [(True, "afterwards"), (False, "in_time")])
async def test_figures_know_what_was_noted_as_late_before_it_was_entered(
    still: Platform, noted: bool, how: str
) -> None:
    record = await lodged(still, date(2026, 9, 24))
    if noted:
        await ticked(still, datetime.now(UTC))
    await still.log.append([Append(record, 1, [accepted(date(2026, 9, 25))])])
    await still.worker.catch_up()
    (ours,) = await figures_of(still.log, still.views, "2026-09", await still.log.size())
    assert ours.groups["decision"] == {how: 1}


async def test_time_that_is_given_back_after_it_was_noted_makes_nothing_in_time(
    still: Platform,
) -> None:
    """Sixty days were over ten days ago; then thirty days of a test are entered, and the end."""
    start = today() - 70 * DAY
    record = await lodged(still, start, accepted(start))
    await ticked(still, datetime.now(UTC))
    about: Any = {"by": LI, "number": "GZ-2026-000001-C", "enterprise": MINHAI}
    test: Any = {"lab": "省检", "item": "充电器", "chosen": "agreed", "payer": "firm"}
    later = (
        complaints.TestingStarted(**about, occurred_on=start + 10 * DAY, **test),
        complaints.TestingEnded(**about, occurred_on=start + 40 * DAY, result="不合格"),
        complaints.MediationTerminated(**about, ground="T3"),
    )
    await still.log.append([Append(record, 2, later)])
    await still.worker.catch_up()
    month = start.isoformat()[:7]
    (ours,) = await figures_of(still.log, still.views, month, await still.log.size())
    assert ours.groups["mediation"] == {"afterwards": 1}


async def test_what_is_settled_says_nothing(still: Platform) -> None:
    await lodged(still, date(2026, 9, 24), accepted(date(2026, 9, 25)))
    await ticked(still, datetime(2026, 11, 1, tzinfo=UTC))
    assert await said(still) == []


async def test_late_can_be_explained_by_who_owes_and_stays_late(still: Platform) -> None:
    record = await lodged(still, date(2026, 9, 24))
    row = await the_row(still, record)
    command = ExplainOverdue(by=LI, record=record, clock=row["id"], reason="经办人住院，无人代办")
    with pytest.raises(Refused):  # it is not said to be late yet
        await still.perform(explain_overdue, command)
    await ticked(still, datetime.now(UTC))
    with pytest.raises(Refused):
        await still.perform(explain_overdue, command.model_copy(update={"by": ZHAO}))
    await still.perform(explain_overdue, command)
    await still.worker.catch_up()
    row = await the_row(still, record)
    assert (row["explained"], row["breached"]) == ("经办人住院，无人代办", date(2026, 10, 12))
    assert await still.log.of_kinds([OverdueExplained])


@pytest.mark.parametrize(("day", "ends"), [(23, date(2026, 12, 14)), (24, None)])
async def test_late_is_not_lengthened(still: Platform, day: int, ends: date | None) -> None:
    """To be verified by 23 November: until then the head can give more time."""
    stream, began = new_id(), date(2026, 11, 2)
    about: dict[str, Any] = {"by": LI, "occurred_on": began, "number": "JB-1", "handler": GULOU}
    received = ReportRegistered(
        informant="", informant_number=1, anonymous=True, told=Personal(subject=SUBJECT),
        respondent="闽海充电器", **about,
    )  # fmt: skip
    await still.log.append([Append(stream, 0, [received, VerificationStarted(**about)])])
    at = datetime(2026, 11, day, 4, tzinfo=UTC)
    command = ExtendVerification(
        by=HEAD, at=at, occurred_on=at.date(), report=stream, reason="案情复杂，需要延长"
    )
    if ends is None:
        with pytest.raises(Refused, match=r"2026年11月23日.*已经届满，不能再延长"):
            await extend_verification(still.log, command)
        return
    await extend_verification(still.log, command)
    found = facts_of(await still.log.load(stream), RULES["C5"])
    assert found is not None
    assert deadline(RULES["C5"], found, china()).safe == ends


async def test_a_pause_takes_the_date_away_and_says_so(still: Platform) -> None:
    record = await lodged(still, date(2026, 7, 10), accepted(date(2026, 7, 13)))
    paused = VerificationPaused(
        by=LI, occurred_on=date(2026, 7, 20), number="JB-1", handler=GULOU, what="送检"
    )
    await still.log.append([Append(record, 2, [paused])])
    await still.worker.catch_up()
    assert await ticked(still, datetime.now(UTC))
    (event,) = await said(still)
    assert isinstance(event, DeadlineRecomputed)
    assert (event.cause, event.before, event.safe, event.paused) == (
        "pause", date(2026, 9, 11), None, True,
    )  # fmt: skip
    row = await the_row(still, record)
    assert (row["until"], row["paused"], row["was"]) == (None, True, date(2026, 9, 11))
    assert not await ticked(still, FAR)


async def test_a_year_that_is_loaded_moves_open_deadlines_and_both_are_told(
    still: Platform,
) -> None:
    record = await lodged(still, date(2026, 11, 24), accepted(date(2026, 12, 3)))
    before = await the_row(still, record)
    assert (before["until"], before["provisional"]) == (date(2027, 2, 1), True)
    away = paper(2027, days("2027-01-30", 10), ["2027-01-24", "2027-02-20"])
    await still.perform(load_calendar_year, loading(away))
    await still.worker.catch_up()
    assert await ticked(still, datetime.now(UTC))
    assert not await ticked(still, datetime.now(UTC))
    row = await the_row(still, record)
    assert (row["until"], row["latest"]) == (date(2027, 1, 29), date(2027, 2, 9))
    assert (row["was"], row["provisional"]) == (date(2027, 2, 1), False)
    (event,) = await said(still)
    assert "原为 2027年2月1日，现为 2027年1月29日（放假安排有变）" in event.said().zh


async def test_a_mid_year_change_as_in_2020_moves_what_ran_then(still: Platform) -> None:
    record = await lodged(still, date(2020, 1, 20))
    assert (await the_row(still, record))["until"] == date(2020, 2, 6)
    first = paper(2020, days("2020-01-24", 7), ["2020-01-19", "2020-02-01"], "https://gov.cn/1")
    await still.perform(load_calendar_year, loading(first))
    await ticked(still, datetime.now(UTC))
    assert (await the_row(still, record))["until"] == date(2020, 2, 4)


async def test_a_view_built_anew_shows_the_dates_of_its_time(still: Platform) -> None:
    await lodged(still, date(2026, 12, 20))
    await still.perform(load_calendar_year, loading(paper(2027, days("2027-01-01", 3), [])))
    await lodged(still, date(2026, 12, 20))
    (builder,) = [b for b in still.builders if b.view.name == "obligations"]
    shown = await builder.digest()
    await builder.rebuild()
    await still.worker.catch_up()
    assert await builder.digest() == shown


async def test_a_council_has_the_days_of_its_province(still: Platform) -> None:
    hangzhou = CouncilEstablished(
        by=ZHAO, name="杭州市消保委", division="330100", division_name="杭州市", level="city"
    )
    await still.log.append([Append(UUID(COUNCIL.id), 0, [hangzhou])])
    record = await lodged(still, date(2026, 9, 24), handler=COUNCIL)
    row = await the_row(still, record)
    assert (row["profile"], row["until"]) == ("zhejiang", date(2026, 10, 9))
    assert "浙江" in row["basis_zh"]


async def test_a_date_that_only_becomes_certain_is_told_as_such(still: Platform) -> None:
    await lodged(still, date(2026, 11, 24), accepted(date(2026, 12, 3)))
    away = paper(2027, days("2027-02-05", 8), ["2027-02-13"])
    await still.perform(load_calendar_year, loading(away))
    await still.worker.catch_up()
    await ticked(still, datetime.now(UTC))
    (event,) = await said(still)
    assert "日期不变，是 2027年2月1日（放假安排有变）" in event.said().zh
    assert "it stays 1 February 2027 (the arrangement" in event.said().en
