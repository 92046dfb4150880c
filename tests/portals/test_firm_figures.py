"""Figures of one enterprise, from counting to the public page, held against a plain recount."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from events.event import today
from services.actions import complaints as c
from services.indicators.gathering import figures_about
from services.indicators.publishing import of_body
from services.platform import Platform
from tests.caught_up import caught_up
from tests.indicators import naive
from tests.people import CONTACT, GULOU, LI, MINHAI, WU
from tests.portals.desks import CODE, Client, date_parts, send, shown, signed_in, whole
from tests.portals.lodging import a_complaint, know, visitor

pytestmark = pytest.mark.postgres
HERE = "/regulator/firm-figures"
LAST = today().replace(day=1) - timedelta(days=1)
MONTH = LAST.isoformat()[:7]
SAYS = "七月的一批已经召回，以后没有同类投诉。"


@pytest.fixture
async def wu(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, WU) as client:
        know(platform)
        yield client


async def complaints(platform: Platform) -> None:
    """Six of the month about 闽海充电器, one long before; one about others."""
    first = LAST.replace(day=1)
    days = [first + timedelta(days=n) for n in range(6)] + [first - timedelta(days=500)]
    for n, day in enumerate(days):
        known = {"enterprise": MINHAI, "occurred_on": day}
        row = await a_complaint(platform, GULOU, LI, **known)
        on = {"by": LI, "complaint": row["id"], "occurred_on": day}
        if n % 2:
            await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
        else:
            refuses = c.RefuseComplaint(**on, ground="R3", reason="不是为生活消费需要")
            await platform.perform(c.refuse_complaint, refuses)
    await a_complaint(platform, GULOU, LI, respondent="榕城照明行", occurred_on=first)
    await caught_up(platform)


@pytest.mark.parametrize("months", [1, 12])
async def test_the_figures_are_those_of_a_plain_recount(platform: Platform, months: int) -> None:
    await complaints(platform)
    upto = await platform.log.size()
    ours = of_body(
        await figures_about(platform.log, platform.views, MINHAI.id, MONTH, months, upto), GULOU
    )
    events = [each async for each in _all(platform)]
    about = {e.stream for e in events if getattr(e.event, "enterprise", None) == MINHAI}
    begin = LAST.replace(day=1) if months == 1 else date(LAST.year - 1, LAST.month, 1)
    mine = naive.count(
        [e for e in events if e.stream in about], begin, LAST + timedelta(days=1), today()
    )
    assert (ours.received, ours.groups["intake"]) == (6, mine[GULOU.id][1]["intake"])
    assert ours.groups["outcome"] == mine[GULOU.id][1]["outcome"]
    await a_complaint(platform, GULOU, LI, enterprise=MINHAI, occurred_on=LAST)
    await caught_up(platform)
    again = await figures_about(platform.log, platform.views, MINHAI.id, MONTH, months, upto)
    assert of_body(again, GULOU) == ours


async def _all(platform: Platform) -> AsyncIterator:  # type: ignore[type-arg]
    for each in await platform.log.after(0, 1000):
        if hasattr(each.event, "number") and each.event.TOPIC.startswith("complaint-"):
            yield each


async def test_told_commented_checked_published_and_read_by_everybody(
    platform: Platform, wu: Client
) -> None:
    await complaints(platform)
    await whole(wu, HERE, f"{HERE}/count?enterprise={CODE}&month={MONTH}&months=12")
    count = f"{HERE}/count?enterprise={quote(MINHAI.name)}&month={MONTH}&months=1"
    by_then = date_parts("comment_by", (today() + timedelta(days=10)).isoformat())
    early = date_parts("comment_by", (today() + timedelta(days=9)).isoformat())
    assert "企业至少要有十天写说明" in await send(wu, count, 422, **early)
    page = await send(wu, count, **by_then)
    assert "已告知企业" in page
    assert "已经告知" in await send(wu, count, 409, **by_then)
    (row,) = (await platform.views.enterprise_figures.of_body(GULOU.id)).rows
    record = f"{HERE}/{row['id']}"
    assert "现在还不能公布" in await send(wu, f"{record}/publish", 422)
    ours = f"/enterprise/firm-figures/{row['id']}"
    async with signed_in(platform, CONTACT) as firm:
        assert "收到投诉" in await shown(firm, ours)
        assert "等待查看的说明" in await send(firm, f"{ours}/comment", comment=SAYS)
        await whole(firm, "/enterprise/firm-figures", ours)
        await shown(firm, f"{record}/publish", 403)
    async with visitor(platform) as she:
        assert MINHAI.name not in await shown(she, "/figures/enterprises")
    assert "还在等待查看" in await send(wu, f"{record}/publish", 422)
    assert "显示的企业说明" in await send(wu, f"{record}/comment-shown")
    assert "已公布" in await send(wu, f"{record}/publish")
    await whole(wu, HERE, record)
    again = await shown(wu, f"{count}&upto={row['upto']}")
    assert row["sha256"] in again
    async with visitor(platform) as she:
        public = await shown(she, f"/figures/enterprises?q={quote('闽海')}")
        for said in (MINHAI.name, SAYS, "截至日志第", row["sha256"]):
            assert said in public
        await whole(she, "/figures/enterprises")


async def test_what_names_nothing_is_said_at_its_field(platform: Platform, wu: Client) -> None:
    await complaints(platform)
    page = await shown(wu, f"{HERE}/count?enterprise={quote('没有这家')}&month={MONTH}", 422)
    assert "没有找到这家企业" in page
    assert 'value="没有这家"' in page
    await shown(wu, f"{HERE}/count?enterprise={CODE}&month={MONTH}&months=7", 404)
    await shown(wu, f"{HERE}/{MINHAI.id}", 404)
