"""Lists of a desk by place and days: in the address, as chips, and wrong ones said at the field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from events.event import today
from events.ids import new_id
from portals.narrowing import day_of
from services.actions import complaints as c
from services.actions import enforcement as e
from services.actions import parties
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, GULOU, LI
from tests.portals.desks import CODE, Client, shown, signed_in, whole
from tests.portals.lodging import a_complaint, the_row

pytestmark = pytest.mark.postgres
LISTS = ("/regulator/complaints", "/regulator/followups", "/regulator/reports")
OLD = today() - timedelta(days=40)


@pytest.fixture
async def li(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, LI) as client:
        yield client


async def enterprise(platform: Platform, name: str, code: str, place: str) -> object:
    command = parties.RegisterEnterprise(by=ADMIN, name=name, credit_code=code, division=place)
    await platform.perform(parties.register_enterprise, command)
    return command.ref


async def two(platform: Platform) -> None:
    """A complaint from Gulou, Fuzhou, of last month, and one from nowhere of today."""
    about = await enterprise(platform, "闽海充电器有限公司", CODE, "350102")
    known = {"handler": GULOU, "by": LI}
    await a_complaint(platform, **known, product="旧充电器", enterprise=about, occurred_on=OLD)
    await a_complaint(platform, **known, product="新台灯")
    opens = e.OpenFollowUp(
        by=LI, follow_up=new_id(), enterprise=about, source="own", matter="旧充电器没有认证",
        occurred_on=OLD,
    )  # fmt: skip
    await platform.perform(e.open_follow_up, opens)
    await caught_up(platform)


@pytest.mark.parametrize(
    "asked",
    ["place=350100", "place=350102", f"to={today() - timedelta(days=1)}", f"from={OLD}&to={OLD}"],
)
async def test_what_lies_elsewhere_or_came_later_is_left_out(
    platform: Platform, li: Client, asked: str
) -> None:
    await two(platform)
    page = await shown(li, f"/regulator/complaints?{asked}")
    assert "旧充电器" in page
    assert "新台灯" not in page
    assert "旧充电器没有认证" in await shown(li, f"/regulator/followups?{asked}")
    none = await shown(li, "/regulator/followups?place=350200&whose=all")
    assert "没有符合条件的跟进。正在用的筛选：全部监管部门、厦门市。" in none


async def test_what_is_due_is_found_by_when(platform: Platform, li: Client) -> None:
    await two(platform)
    row = await the_row(platform, (await a_complaint(platform, GULOU, LI, product="冰箱"))["id"])
    (owed,) = await platform.views.obligations.of_record(str(row["id"]))
    near = f"due_from={owed['until']}&due_to={owed['until']}"
    page = await shown(li, f"/regulator/complaints?{near}")
    assert "冰箱" in page
    assert "旧充电器" not in page
    before = owed["until"] - timedelta(days=1)
    assert "冰箱" not in await shown(li, f"/regulator/complaints?due_to={before}")


async def test_by_how_it_ended_and_whether_she_was_satisfied(
    platform: Platform, li: Client
) -> None:
    await two(platform)
    row = await a_complaint(platform, GULOU, LI, product="冰箱")
    on = {"by": LI, "complaint": row["id"]}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
    ends = c.TerminateMediation(**on, ground="T3", reason="商家不愿意赔偿")
    await platform.perform(c.terminate_mediation, ends)
    await platform.perform(c.state_satisfaction, c.StateSatisfaction(**on, stars="5", solved=True))
    await caught_up(platform)
    for outcome in ("T3", "satisfied"):
        page = await shown(li, f"/regulator/complaints?outcome={outcome}")
        assert "冰箱" in page
        assert "台灯" not in page
    rest = await shown(li, "/regulator/complaints?outcome=none")
    assert "冰箱" not in rest
    assert "新台灯" in rest


@pytest.mark.parametrize("here", LISTS)
async def test_what_cannot_be_is_said_at_its_field_and_kept(
    platform: Platform, li: Client, here: str
) -> None:
    page = await shown(li, f"{here}?from=31.2.2026&to=2026-11-01", 422)
    assert "“31.2.2026”不是日期" in page
    assert 'value="31.2.2026"' in page
    assert "去掉筛选：" in page
    page = await shown(li, f"{here}?from=2026-11-02&to=2026-11-01", 422)
    assert "这一天早于开始的 2026年11月2日" in page
    assert "不是福建的地区代码" in await shown(li, f"{here}?place=999999", 422)
    await whole(li, f"{here}?from=2026-10-01&to=2026-10-31&place=350102&due_to=2026-12-01")


async def test_numbers_of_a_month_lead_to_their_complaints(platform: Platform, li: Client) -> None:
    await two(platform)
    page = await shown(li, f"/regulator/figures?month={OLD.isoformat()[:7]}")
    first = OLD.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    to = f"/regulator/complaints?from={first}&to={last}"
    assert f'href="{to}"' in page.replace("&amp;", "&")
    assert f"{to}&outcome=none" in page.replace("&amp;", "&")
    assert "旧充电器" in await shown(li, f"{to}&outcome=none")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)), ("2026年11月3日", date(2026, 11, 3)),
        ("2026/11/3", date(2026, 11, 3)), ("2026-02-30", None), ("明天", None), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed: str, day: date | None) -> None:
    assert day_of(typed) == day
