"""Warnings, interviews and proposals, from the council's desk to the public page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from events.event import Acting
from events.ids import new_id
from services.platform import Platform
from tests.caught_up import caught_up
from tests.letters.sample import words
from tests.people import CONTACT, GULOU, LI, MA, QIAN, ZHAO
from tests.portals.desks import CODE, Client, date_parts, send, shown, signed_in, whole
from tests.portals.lodging import a_complaint, know, visitor

pytestmark = pytest.mark.postgres
LIST = "/council/instruments"
SAYS = {
    "nature": "warning", "title": "没有标志的充电器不要买", "text": "看标志。\n<b>扫码</b>核对。",
    "goods": "充电器", "grounds": "",
}  # fmt: skip
ASKS = {
    "addressee": GULOU.id,
    "nature": "problem",
    "title": "请抽查充电器",
    "text": "三个月收到多件。",
}


@asynccontextmanager
async def at_their_desk(platform: Platform, by: Acting) -> AsyncIterator[Client]:
    """A browser of theirs, with bodies to choose from."""
    async with signed_in(platform, by) as client:
        know(platform)
        yield client


@pytest.fixture
async def zhao(platform: Platform) -> AsyncIterator[Client]:
    async with at_their_desk(platform, ZHAO) as client:
        yield client


def the_id(page: str) -> str:
    found = re.search(r"/council/instruments/([0-9a-f-]{36})/", page)
    assert found, page[:3000]
    return found[1]


async def test_a_council_warns_consumers_and_takes_it_back(
    platform: Platform, zhao: Client
) -> None:
    complaint = await a_complaint(platform)
    async with visitor(platform) as anybody:
        assert "还没有发布" in await shown(anybody, "/warnings")
        assert "没有编号为" in await send(
            zhao, f"{LIST}/new/warning", 422, **SAYS | {"grounds": "GZ-2026-999999-1"}
        )
        page = await send(
            zhao, f"{LIST}/new/warning", **SAYS | {"grounds": f" {complaint['number']}，"}
        )
        id = the_id(page)
        assert complaint["number"] in page
        await shown(anybody, f"/warnings/{id}", 404)
        page = await send(zhao, f"{LIST}/{id}/rewrite", **SAYS | {"title": "充电器要有标志"})
        assert "充电器要有标志" in page
        await shown(zhao, f"{LIST}/{id}/publish", 403)
        async with at_their_desk(platform, MA) as head:
            await send(head, f"{LIST}/{id}/publish")
            for listed in ("/warnings", "/"):
                assert "充电器要有标志" in await shown(anybody, listed)
            page = await shown(anybody, f"/warnings/{id}")
            assert "<b>扫码</b>" in page
            assert "1 件投诉" in page
            assert complaint["number"] not in page, "the public learns how many, not which"
            await send(head, f"{LIST}/{id}/withdraw", 422, reason="")
            await send(head, f"{LIST}/{id}/withdraw", reason="已有新的国家标准")
        page = await shown(anybody, f"/warnings/{id}")
        assert "已有新的国家标准" in page
        assert id not in await shown(anybody, "/")
        await whole(anybody, "/warnings", f"/warnings/{id}")
        await whole(zhao, LIST, f"{LIST}/{id}", f"{LIST}/new/warning")


async def test_a_proposal_is_owed_listed_and_answered(platform: Platform, zhao: Client) -> None:
    assert "请选择监管部门" in await send(
        zhao, f"{LIST}/new/proposal", 422, **ASKS | {"addressee": ""}
    )
    form = await shown(zhao, f"{LIST}/new/proposal")
    assert "向谁提出？" in form
    assert "向谁提出？（选填）" not in form
    page = await send(zhao, f"{LIST}/new/proposal", **ASKS)
    id = the_id(page)
    assert "第三十六条" in page
    async with visitor(platform) as anybody, at_their_desk(platform, LI) as li:
        page = await shown(anybody, "/proposals")
        assert ASKS["title"] in page
        assert GULOU.name in page
        assert "答复消委会反映的问题" in await shown(li, "/regulator")
        assert "答复消委会反映的问题" in await shown(zhao, "/council?group=others")
        here = f"/regulator/proposals/{id}"
        assert ASKS["title"] in await shown(li, "/regulator/proposals?state=sent")
        assert "第三十六条" in await shown(li, here)
        await whole(li, "/regulator/proposals", here, f"{here}/answer")
        page = await send(li, f"{here}/answer", answer="已抽查十二家门店")
        assert "已答复" in page
        await send(li, f"{here}/answer", 409, answer="再答复一次")
        assert "还没有" not in await shown(anybody, "/proposals?state=answered")
        assert "已抽查十二家门店" in await shown(anybody, f"/proposals/{id}")
        await whole(anybody, "/proposals", f"/proposals/{id}", "/proposals?state=answered")
        assert "已抽查十二家门店" in await shown(zhao, f"{LIST}/{id}")
        await shown(li, f"/regulator/proposals/{new_id()}", 404)
    async with at_their_desk(platform, QIAN) as other:
        await shown(other, f"{LIST}/{id}", 404)


async def test_an_interview_is_recorded_and_its_promise_tracked(
    platform: Platform, zhao: Client
) -> None:
    held = {
        "title": "充电器发热", "code": CODE, "place": "消委会会议室",
        "attended": "质量负责人金丝雀",
        "told": "说明了情况", "promised": "下架并退换", "grounds": "",
    }  # fmt: skip
    empty = await send(zhao, f"{LIST}/new/interview", 422)
    assert "请填写“企业的统一社会信用代码”" in empty, "all that is missing is said at once"
    day = date_parts("promise_by", "2026-12-31")
    assert "承诺和期限要么都填" in await send(zhao, f"{LIST}/new/interview", 422, **held)
    page = await send(zhao, f"{LIST}/new/interview", **held, **day)
    id = the_id(page)
    assert "质量负责人金丝雀" in page
    assert "下架并退换" in page
    await caught_up(platform)
    (owed,) = await platform.views.obligations.of_record(id)
    assert (owed["what"], str(owed["until"])) == ("promise", "2026-12-31")
    async with at_their_desk(platform, CONTACT) as firm:
        page = await shown(firm, f"/enterprise/interviews/{id}")
        assert "下架并退换" in page
        assert "质量负责人金丝雀" not in page, "who came stays with the council"
        assert "落实约谈中的承诺" in await shown(firm, "/enterprise")
        await whole(firm, f"/enterprise/interviews/{id}")
        await shown(firm, f"/enterprise/interviews/{new_id()}", 404)
    page = await send(zhao, f"{LIST}/{id}/kept", found="抽查了退换记录")
    assert "承诺已落实" in page
    await send(zhao, f"{LIST}/{id}/not-kept", 409, found="后来发现没有")
    await whole(zhao, f"{LIST}/{id}", f"{LIST}/new/interview")
    async with visitor(platform) as anybody:
        await shown(anybody, f"/warnings/{id}", 404)
        await shown(anybody, f"/proposals/{id}", 404)


async def test_who_may_not_is_told_so(platform: Platform) -> None:
    async with signed_in(platform, LI) as client:
        await shown(client, LIST, 403)


async def letter(client: Client, path: str, status: int = 200) -> str:
    """What a letter says."""
    answer = await client.get(path)
    assert answer.status == status, path
    return words(await answer.read()) if status == 200 else ""


async def test_warning_and_proposal_are_letters_for_everybody_once_they_are_public(
    platform: Platform, zhao: Client
) -> None:
    async with at_their_desk(platform, MA) as head, visitor(platform) as anybody:
        id = the_id(await send(zhao, f"{LIST}/new/warning", **SAYS))
        said = await letter(zhao, f"{LIST}/{id}/letter.pdf")
        assert "草稿，没有发布" in said
        assert "<b>扫码</b>核对。" in said
        await letter(anybody, f"/warnings/{id}/letter.pdf", 404)
        await send(head, f"{LIST}/{id}/publish")
        first = await (await anybody.get(f"/warnings/{id}/letter.pdf")).read()
        assert first == await (await anybody.get(f"/warnings/{id}/letter.pdf")).read()
        assert "消费警示" in words(first)
        assert "草稿" not in words(first)
        await send(head, f"{LIST}/{id}/withdraw", reason="检测结果有误，重新核对")
        assert "撤回：检测结果有误" in await letter(anybody, f"/warnings/{id}/letter.pdf")
        id = the_id(await send(zhao, f"{LIST}/new/proposal", **ASKS))
        said = await letter(anybody, f"/proposals/{id}/letter.pdf")
        assert "反映函JY-" in said
        assert f"{GULOU.name}：" in said
        assert "三个月收到多件。" in said
        assert f"/proposals/{id}/letter.pdf" in await shown(anybody, f"/proposals/{id}")


async def test_the_record_of_an_interview_is_the_councils_alone(
    platform: Platform, zhao: Client
) -> None:
    held = {
        "title": "退货规则", "grounds": "", "code": CODE, "place": "八一七路1号",
        "attended": "经理张明", "told": "谈了退货规则", "promised": "七日内公示",
        **date_parts("promise_by", "2026-12-31"), **date_parts("occurred_on", "2026-11-01"),
    }  # fmt: skip
    id = the_id(await send(zhao, f"{LIST}/new/interview", **held))
    said = await letter(zhao, f"{LIST}/{id}/letter.pdf")
    told = ("约谈记录", "经理张明", "谈了退货规则", "七日内公示", "2026年12月31日", "还没有核实")
    for part in told:
        assert part in said
    await send(zhao, f"{LIST}/{id}/kept", found="已经公示在店堂")
    assert "已落实：已经公示在店堂" in await letter(zhao, f"{LIST}/{id}/letter.pdf")
    async with (
        at_their_desk(platform, QIAN) as other, at_their_desk(platform, CONTACT) as firm,
        visitor(platform) as anybody,
    ):  # fmt: skip
        await letter(other, f"{LIST}/{id}/letter.pdf", 404)
        await letter(firm, f"{LIST}/{id}/letter.pdf", 403)
        await letter(anybody, f"/warnings/{id}/letter.pdf", 404)
