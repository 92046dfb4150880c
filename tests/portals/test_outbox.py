"""The operator's outbox, and what staff see of a message that did not arrive."""

from __future__ import annotations

import asyncio

import pytest

from events.ids import new_id
from services.actions.sharing import RestrictCase, restrict_case
from services.messages.ways import Ways
from services.platform import Platform
from tests.caught_up import caught_up
from tests.database import Dsns
from tests.messages.lodged import Down, lodge, rows
from tests.opening import open_platform
from tests.people import GULOU, LI, OPERATOR
from tests.portals.desks import shown, signed_in, whole
from tests.portals.joined import at_desk
from tests.portals.lodging import fields

pytestmark = pytest.mark.postgres
HERE = "/admin/outbox"


async def became(platform: Platform, *states: str) -> str:
    """Wait until the messages are in these states; where the last one is shown."""
    async with asyncio.timeout(30):
        while sorted(row[1] for row in await rows(platform)) != sorted(states):
            await asyncio.sleep(0.05)
    async with platform.pool.connection() as connection:
        row = await (await connection.execute("select id from desk.messages")).fetchone()
    await caught_up(platform)
    return f"{HERE}/{row[0]}" if row else ""


async def test_what_would_be_sent_is_read_there_and_the_look_recorded(platform: Platform) -> None:
    async with (
        at_desk(platform, "林涛", "system", OPERATOR) as system,
        at_desk(platform, "韩青", "security", OPERATOR) as security,
        at_desk(platform, "李强", "clerk", GULOU) as clerk,
    ):
        assert "没有通知" in await shown(system, HERE)
        await lodge(platform)
        one = await became(platform, "sent")
        page = await shown(system, HERE)
        assert "已发送" in page
        assert "13800001234" not in page
        page = await shown(system, one)
        assert "13800001234" in page
        assert "投诉已收到，编号 GZ-" in page
        await shown(system, f"{HERE}/{new_id()}", 404)
        for nobody in (security, clerk):
            await shown(nobody, HERE, 403)
            await shown(nobody, one, 403)
        await whole(system, HERE, f"{HERE}?state=failed", one)
        assert HERE in await shown(system, "/admin")
        await platform.reads.record()
        await caught_up(platform)
        reads = await platform.views.reads.all()
        assert [row["what"] for row in reads.rows][:1] == ["message"]


async def test_a_restricted_case_is_not_named_to_the_operator(platform: Platform) -> None:
    async with at_desk(platform, "林涛", "system", OPERATOR) as system:
        lodged = await lodge(platform)
        one = await became(platform, "sent")
        assert "GZ-" in await shown(system, HERE)
        about = {"kind": "complaint", "record": str(lodged.complaint)}
        await platform.perform(
            restrict_case, RestrictCase(by=LI, reason="涉及未成年人的投诉", **about)
        )
        await caught_up(platform)
        assert "GZ-" not in await shown(system, HERE)
        page = await shown(system, one)
        assert "限制查阅的案件" in page
        assert "GZ-" not in page
        assert "13800001234" not in page


async def test_with_a_gateway_nothing_of_it_is_shown_and_it_is_tried_again(
    database: Dsns,
) -> None:
    async with (
        open_platform(database.owner, database.app, ways=Ways(text=Down(times=1))) as platform,
        at_desk(platform, "林涛", "system", OPERATOR) as system,
    ):
        await lodge(platform)
        one = await became(platform, "retrying")
        page = await shown(system, one)
        assert "连不上网关" in page
        assert "13800001234" not in page
        assert "这里不显示发给谁" in page
        assert "没有送达，会再试" in await shown(system, f"{HERE}?state=retrying")
        again = await system.post(one, data=fields(page))
        assert again.status == 200
        await became(platform, "sent")
        assert "已发送" in await shown(system, one)
        twice = await system.post(one, data=fields(page))
        assert twice.status == 409
        assert "不用重发" in await twice.text()


async def test_staff_see_what_did_not_arrive(database: Dsns) -> None:
    ways = Ways(text=Down())
    async with (
        open_platform(database.owner, database.app, ways=ways) as platform,
        signed_in(platform, LI) as clerk,
    ):
        lodged, landline = await lodge(platform), await lodge(platform, phone="059187654321")
        await became(platform, "retrying", "unreachable")
        page = await shown(clerk, f"/regulator/complaints/{lodged.complaint}")
        assert "短信“收件回执”没有送达消费者：连不上网关，试了 1 次。下次 " in page
        assert "请打电话告诉她" in page
        page = await shown(clerk, f"/regulator/complaints/{landline.complaint}")
        assert "登记的不是手机号码" in page
        await whole(clerk, f"/regulator/complaints/{lodged.complaint}")
