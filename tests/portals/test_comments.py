"""A business comments on what is published of a complaint: told, written, checked, shown beside."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from events.event import PartyRef
from services.actions import complaints as c
from services.erasing import taking
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import CONTACT, COUNCIL, MINHAI, ZHAO, acting
from tests.portals.desks import Client, send, shown, signed_in, whole
from tests.portals.lodging import PAGES, a_complaint, go, visitor

pytestmark = pytest.mark.postgres

HEAD = acting("钱进", COUNCIL, "head", n=190)
FIRST, SECOND = "已经退款，并更换了供货商。", "已经退款；同批商品九月起全部下架。"
NOBODYS = "陈小姐没有按说明书使用"


async def ended(platform: Platform, public: bool = True) -> dict[str, object]:
    """A complaint about 闽海充电器 that ended, may become public, and is."""
    row = await a_complaint(platform, may_publish=True, enterprise=MINHAI)
    on = {"by": ZHAO, "complaint": row["id"]}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
    await platform.perform(c.start_mediation, c.StartMediation(**on))
    await platform.perform(c.record_agreement, c.RecordAgreement(**on, remedy="refund"))
    if public:
        await platform.perform(c.publish_complaint, c.PublishComplaint(**on))
    await caught_up(platform)
    return row


async def as_published(platform: Platform) -> str:
    await caught_up(platform)
    async with visitor(platform) as she:
        return await shown(she, "/published")


async def told(platform: Platform, party: PartyRef) -> None:
    """Wait until the rule has told the party; it acts after the views have seen the cause."""
    for _ in range(200):
        await caught_up(platform)
        if await platform.views.notices.unseen(party.id):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{party.name} was not told")


async def write(firm: Client, row: dict[str, object], text: str) -> str:
    return await send(firm, f"/enterprise/complaints/{row['id']}/comment", comment=text)


async def test_the_business_is_told_writes_and_is_read_beside_the_publication(
    platform: Platform,
) -> None:
    row = await ended(platform)
    record = f"/complaints/{row['id']}"
    await told(platform, MINHAI)
    async with signed_in(platform, CONTACT) as firm:
        assert "公示了投诉" in await shown(firm, "/notices")
        assert f'href="/enterprise{record}"' in await shown(firm, "/notices")
        assert "贵单位可以写说明" in await shown(firm, f"/enterprise{record}")
        assert "等待承办单位查看" in await write(firm, row, FIRST)
        await whole(firm, f"/enterprise{record}", "/notices")
    page = await as_published(platform)
    assert FIRST not in page
    assert "写了一稿，等待处理单位查看" in page
    await told(platform, COUNCIL)
    async with signed_in(platform, ZHAO) as desk:
        assert "写了企业说明" in await shown(desk, "/notices")
        assert FIRST in await shown(desk, f"/council{record}")
        assert "显示在公示旁边" in await send(desk, f"/council{record}/comment-shown")
        await whole(desk, f"/council{record}")
    assert FIRST in await as_published(platform)
    async with visitor(platform) as she:
        await whole(she, "/published", "/published?q=充电器")
        begun = await (await she.get("/complain")).text()
        assert FIRST in await go(she, begun, **PAGES[0])


async def test_what_names_somebody_is_declined_and_the_earlier_edition_stays(
    platform: Platform,
) -> None:
    row = await ended(platform)
    page = f"/council/complaints/{row['id']}"
    async with signed_in(platform, CONTACT) as firm:
        await write(firm, row, FIRST)
    async with signed_in(platform, ZHAO) as desk:
        await send(desk, f"{page}/comment-shown")
    async with signed_in(platform, CONTACT) as firm:
        await write(firm, row, NOBODYS)
    why = {"ground": "personal", "reason": "第一句写了消费者的姓氏"}
    async with signed_in(platform, ZHAO) as desk:
        assert "请填写" in await send(desk, f"{page}/comment-declined", 422, ground="personal")
        await send(desk, f"{page}/comment-declined", **why)
    public = await as_published(platform)
    assert FIRST in public
    assert NOBODYS not in public
    async with signed_in(platform, CONTACT) as firm:
        told = await shown(firm, f"/enterprise/complaints/{row['id']}")
        assert "含有消费者或者其他个人的信息" in told
        assert why["reason"] in told
        await write(firm, row, SECOND)
    async with signed_in(platform, ZHAO) as desk:
        editions = await send(desk, f"{page}/comment-shown")
    assert "已由后一稿代替" in editions
    assert FIRST in editions
    public = await as_published(platform)
    assert SECOND in public
    assert FIRST not in public
    async with signed_in(platform, CONTACT) as firm:
        await send(firm, f"/enterprise/complaints/{row['id']}/comment-withdrawn")
    assert SECOND not in await as_published(platform)


async def test_a_comment_may_be_there_before_the_publication_and_goes_with_it(
    platform: Platform,
) -> None:
    row = await ended(platform, public=False)
    on = {"by": ZHAO, "complaint": row["id"]}
    async with signed_in(platform, CONTACT) as firm:
        assert "现在就可以写说明" in await shown(firm, f"/enterprise/complaints/{row['id']}")
        await write(firm, row, FIRST)
    await platform.perform(c.show_comment, c.ShowComment(**on))
    assert FIRST not in await as_published(platform)
    await platform.perform(c.publish_complaint, c.PublishComplaint(**on))
    assert FIRST in await as_published(platform)
    back = c.TakePublicationBack(**on, reason="与另一件投诉重复公示")
    await platform.perform(c.take_publication_back, back)
    assert FIRST not in await as_published(platform)


async def test_what_the_business_wrote_is_in_no_table_and_goes_with_the_consumers_data(
    platform: Platform,
) -> None:
    row = await ended(platform)
    id = row["id"]
    await platform.perform(c.write_comment, c.WriteComment(by=CONTACT, complaint=id, comment=FIRST))
    await platform.perform(c.show_comment, c.ShowComment(by=ZHAO, complaint=id))
    assert FIRST in await as_published(platform)
    (edition,) = await platform.views.comments.of_record(str(id))
    assert FIRST not in str(edition)
    sealed = await platform.log.load(id)  # type: ignore[arg-type]
    assert FIRST not in str(sealed)
    await platform.perform(c.close_complaint, c.CloseComplaint(by=ZHAO, complaint=id))
    steps = (
        c.RequestErasure(by=c.complainant(id), complaint=id, ground="consent"),  # type: ignore[arg-type]
        c.CheckErasure(by=ZHAO, complaint=id, despite="双方已经结清，没有待办事项"),
    )
    for step in steps:
        await platform.perform(c.erasure_step, step)
    approved = c.ErasePersonalData(by=HEAD, complaint=id)
    await platform.perform(partial(taking, platform.vault, c.erasure_step), approved)
    page = await as_published(platform)
    assert FIRST not in page
    assert "闽海充电器有限公司" in page
