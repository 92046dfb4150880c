"""Every date answers "why?": the calendar of a clock, the holidays, what is late."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Any

import aiohttp
import pytest

from events.complaints import ComplaintRegistered
from events.event import Personal
from events.ids import new_id
from events.log import Append
from events.reports import ReportRegistered
from services.actions.calendars import load_calendar_year
from services.clocks.asked import Asked, BadQuestion, answer, question
from services.clocks.calendar import china
from services.clocks.deadline import Facts, Paused, deadline
from services.clocks.picture import picture
from services.clocks.rules import RULES
from services.platform import Platform
from tests.caught_up import caught_up
from tests.opening import SUBJECT
from tests.people import GULOU, LI, MINHAI, WANG
from tests.portals.desks import send, shown, signed_in
from tests.timekeeping.papers import days, loading, paper


def test_a_deadline_is_asked_again_by_its_address() -> None:
    facts = Facts(
        date(2026, 7, 13), pauses=(Paused("testing", date(2026, 7, 20), date(2026, 8, 3)),)
    )
    made = deadline(RULES["C2"], facts, china())
    assert question(made) == "C2?from=2026-07-13&pause=testing:2026-07-20..2026-08-03"
    asked = Asked("C2", "2026-07-13", ["testing:2026-07-20..2026-08-03"])
    assert answer(asked, china()).nominal == made.nominal


def test_an_extension_that_cannot_be_meant_is_told() -> None:
    with pytest.raises(BadQuestion, match="看不懂"):
        answer(Asked("C5", "2026-09-18", extensions=["2026-10-12:many"]), china())


def test_the_picture_shows_each_day_for_what_it_is() -> None:
    months = picture(deadline(RULES["C1"], Facts(date(2026, 9, 24)), china()))
    assert [(m.year, m.month) for m in months] == [(2026, 9), (2026, 10)]
    cells = {cell.day: cell for month in months for cell in month.cells}
    kinds = {
        "2026-09-24": "start", "2026-09-25": "holiday", "2026-09-28": "counted",
        "2026-10-01": "holiday", "2026-10-10": "makeup", "2026-10-11": "weekend",
        "2026-10-12": "safe", "2026-10-13": "outside",
    }  # fmt: skip
    assert {day: cells[date.fromisoformat(day)].kind for day in kinds} == kinds
    assert cells[date(2026, 10, 12)].number == 7
    assert "国庆节" in cells[date(2026, 10, 1)].said.zh


def test_a_long_period_is_drawn_at_its_ends() -> None:
    months = picture(deadline(RULES["C38a"], Facts(date(2024, 1, 15)), china()))
    assert [(m.year, m.month) for m in months] == [
        (2024, 1), (2024, 2), (2025, 12), (2026, 1),
    ]  # fmt: skip


async def read(address: str, lang: str = "zh") -> tuple[int, str]:
    cookies = {"lang": lang}
    async with aiohttp.ClientSession(cookies=cookies) as session, session.get(address) as answer:
        return answer.status, re.sub(r"\s+", " ", await answer.text())


@pytest.mark.postgres
async def test_anybody_can_ask_a_clock(served: str) -> None:
    pause = "pause=testing:2026-07-20..2026-08-03"
    status, text = await read(f"{served}/clock/C2?from=2026-07-13&{pause}")
    assert status == 200
    for part in ("14日不计", "2026年9月24日", "day--paused", "第二十三条", "中秋节"):
        assert part in text
    assert 'name="paused" value="2026-07-20"' in text, "asked on, the pause is still there"
    assert 'name="resumed" value="2026-08-03"' in text
    status, text = await read(f"{served}/clock?rule=C1&from=2026-09-24&pause=&profile=")
    assert status == 200
    assert "调休上班，照常计算：10月10日" in text


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/clock/C2?from=never", 422, "不是日期"),
        ("/clock/C2?from=0001-01-01", 422, "只能计算"),
        ("/clock/C1?from=2026-07-13&pause=testing:2026-07-14..", 422, "不因此暂停"),
        ("/clock?rule=C99&from=2026-07-13", 422, "没有计时规则"),
        ("/clock?rule=&from=", 422, "请选择事项"),
        ("/clock/C99", 404, "没有"),
        ("/clock/C18b?from=2026-09-24", 200, "过了这一天才可以进行"),
        ("/clock", 200, "要做什么"),
    ],
)
async def test_what_cannot_be_counted_says_why(
    served: str, address: str, status: int, said: str
) -> None:
    found, text = await read(served + address)
    assert found == status
    assert said in text


@pytest.mark.postgres
async def test_who_is_late_says_why(platform: Platform) -> None:
    record = new_id()
    lodged = ComplaintRegistered(
        by=LI, occurred_on=date(2026, 9, 24), number="GZ-2026-000001-C", enterprise=MINHAI,
        handler=GULOU, complainant=Personal(subject=SUBJECT), told=Personal(subject=SUBJECT),
    )  # fmt: skip
    await platform.log.append([Append(record, 0, [lodged])])
    row = await _said(platform, str(record), "breached")
    here = f"/late?clock={row['id']}"
    async with signed_in(platform, LI) as client:
        assert here in await shown(client, "/late")
        assert "至少" in await send(client, here, 422, reason="忙")
        page = await send(client, here, reason="经办人住院，无人代办")
        assert "已记录逾期，最迟应为 2026年10月12日" in page
        assert "经办人住院，无人代办" in page
        assert "/clock/C1?from=2026-09-24" in page
    async with signed_in(platform, WANG) as other:
        await shown(other, here, 404)


@pytest.mark.postgres
async def test_a_report_says_the_date_of_the_arrangement_that_was_loaded(
    platform: Platform,
) -> None:
    """Fifteen working days from 2 November, of which eight days were then made days off."""
    record = new_id()
    told = ReportRegistered(
        by=LI, occurred_on=date(2026, 11, 2), number="JB-2026-000001-X", handler=GULOU,
        informant=str(new_id()), informant_number=1, anonymous=True, respondent="闽海充电器",
        told=Personal(subject=SUBJECT),
    )  # fmt: skip
    await platform.log.append([Append(record, 0, [told])])
    away = loading(paper(2026, days("2026-11-03", 8), []))
    await platform.perform(load_calendar_year, away)
    await _said(platform, str(record), "was")
    async with signed_in(platform, LI) as client:
        page = await shown(client, f"/regulator/reports/{record}")
    assert "2026年12月1日（周二）截止" in page
    assert "原为 2026年11月23日" in page


async def _said(platform: Platform, record: str, what: str) -> dict[str, Any]:
    """Its obligation, once the clock process has said this of it."""
    while True:
        await caught_up(platform)
        (row,) = await platform.views.obligations.of_record(record)
        if row[what]:
            return row
        await asyncio.sleep(0.1)
