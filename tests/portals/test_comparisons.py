"""A comparative test, from the council's desk over the enterprise's to the public page and file."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from events.event import Acting, today
from events.ids import new_id
from services.platform import Platform
from tests.people import CONTACT, LI, MA, QIAN, ZHAO
from tests.portals.desks import CODE, Client, date_parts, send, shown, signed_in, whole
from tests.portals.lodging import know, visitor

pytestmark = pytest.mark.postgres
LIST = "/council/instruments"
SAYS = {
    "title": "充电器比较", "goods": "充电器", "method": "GB 4943.1", "tested_by": "省检验院",
    "bought": "网上匿名购买", "text": "<b>每款</b>两个", **date_parts("tested_on", "2026-11-01"),
}  # fmt: skip
OURS = {"brand": "闽海 A1", "code": CODE, "results": "最高温度 = 68 °C", "remark": ""}
OTHER = {
    "brand": "=无名",
    "code": "",
    "results": "最高温度 = 91 °C\n标志 = 不符合",
    "remark": "复测过",
}
SOON = (today() + timedelta(days=15)).isoformat()


@asynccontextmanager
async def at_their_desk(platform: Platform, by: Acting) -> AsyncIterator[Client]:
    async with signed_in(platform, by) as client:
        know(platform)
        yield client


async def drafted(client: Client) -> str:
    """A draft with two samples, one of an enterprise of the platform."""
    page = await send(client, f"{LIST}/new/comparison", **SAYS)
    found = re.search(r"/council/instruments/([0-9a-f-]{36})/", page)
    assert found, page[:3000]
    here = f"{LIST}/{found[1]}"
    assert "看不懂" in await send(client, f"{here}/add-sample", 422, **OURS | {"results": "很好"})
    unknown = OURS | {"code": "91350100M000101Y24"}
    assert "请核对" in await send(client, f"{here}/add-sample", 422, **unknown)
    for row in (OURS, OTHER):
        page = await send(client, f"{here}/add-sample", **row)
    assert "68 °C" in page
    return found[1]


async def test_a_test_is_shown_commented_and_published(platform: Platform) -> None:
    async with (
        at_their_desk(platform, ZHAO) as zhao, at_their_desk(platform, MA) as head,
        at_their_desk(platform, CONTACT) as firm, visitor(platform) as anybody,
    ):  # fmt: skip
        assert "还没有发布比较试验" in await shown(anybody, "/comparisons")
        id = await drafted(zhao)
        here, public, theirs = f"{LIST}/{id}", f"/comparisons/{id}", f"/enterprise/comparisons/{id}"
        await shown(anybody, public, 404)
        await shown(firm, theirs, 404)
        page = await shown(zhao, f"{here}/describe")
        assert "GB 4943.1" in page, "the draft stands in its form"
        assert "先把结果发给" in await send(head, f"{here}/publish-test", 422)
        page = await send(zhao, f"{here}/show", **date_parts("until", SOON))
        assert "期限由本单位决定" in page
        assert "还可以说明" in await send(head, f"{here}/publish-test", 422)
        assert "可以说明的结果" in await shown(firm, "/enterprise")
        page = await shown(firm, theirs)
        assert "68 °C" in page
        assert "91 °C" not in page, "it reads its own results alone"
        assert "法律没有规定期限" in page
        assert f'href="/clock/M21?from={today()}&set={SOON}' in page
        await whole(firm, "/enterprise/comparisons", theirs, f"{theirs}/comment")
        await send(firm, f"{theirs}/comment", 422, comment="")
        assert "样品是上一代" in await send(firm, f"{theirs}/comment", comment="样品是上一代产品")
        await send(firm, f"{theirs}/comment", 409, comment="再说明一次看看")
        await send(head, f"{here}/publish-test")
        page = await shown(anybody, public)
        assert "样品是上一代" in page
        assert "<b>每款</b>" in page
        assert "充电器比较" in await shown(anybody, "/comparisons")
        await whole(anybody, "/comparisons", public)
        await whole(zhao, LIST, here, f"{here}/correct", f"{LIST}/new/comparison")
        file = await anybody.get(f"{public}/results.csv")
        lines = (await file.read()).decode("utf-8-sig").splitlines()
        assert lines[0] == "序号,品牌和型号,企业,最高温度,标志,备注,企业的说明"
        assert lines[2] == "2,'=无名,,91 °C,不符合,复测过,", "a formula stays text"


async def test_a_correction_is_a_new_edition_and_the_older_one_stays(platform: Platform) -> None:
    async with (
        at_their_desk(platform, ZHAO) as zhao, at_their_desk(platform, MA) as head,
        at_their_desk(platform, CONTACT) as firm, visitor(platform) as anybody,
    ):  # fmt: skip
        id = await drafted(zhao)
        here, public, theirs = f"{LIST}/{id}", f"/comparisons/{id}", f"/enterprise/comparisons/{id}"
        for reason in ("", "样品二的温度写错了"):
            await send(zhao, f"{here}/show", **date_parts("until", SOON))
            await send(firm, f"{theirs}/comment", comment="已经改进散热")
            await send(head, f"{here}/publish-test")
            if reason:
                break
            await send(zhao, f"{here}/correct", reason="样品二的温度写错了")
            await send(zhao, f"{here}/drop-sample", sample="2")
            await send(zhao, f"{here}/describe", **SAYS)
            assert "91 °C" in await shown(anybody, public), "the edition before is still read"
            await send(zhao, f"{here}/add-sample", **OTHER | {"results": "最高温度 = 19 °C"})
        page = await shown(anybody, public)
        assert "19 °C" in page
        assert "91 °C" not in page
        assert "样品二的温度写错了" in page
        older = await shown(anybody, f"{public}?edition=1")
        assert "91 °C" in older
        assert "后来更正过" in older
        await shown(anybody, f"{public}?edition=9", 404)
        assert "第 1 版" in page
        await whole(anybody, f"{public}?edition=1")
        await send(head, f"{here}/withdraw-test", 422, reason="")
        await send(head, f"{here}/withdraw-test", reason="检测仪器校准有误")
        page = await shown(anybody, public)
        assert "检测仪器校准有误" in page
        assert "19 °C" in page, "nothing is deleted"
        assert "已撤回" in await shown(anybody, "/comparisons")


async def test_who_may_not_is_told_so(platform: Platform) -> None:
    async with (
        at_their_desk(platform, ZHAO) as zhao, at_their_desk(platform, QIAN) as other,
        at_their_desk(platform, LI) as li, at_their_desk(platform, CONTACT) as firm,
    ):  # fmt: skip
        id = await drafted(zhao)
        await shown(zhao, f"{LIST}/{id}/publish-test", 403)
        await shown(other, f"{LIST}/{id}", 404)
        await shown(li, "/enterprise/comparisons", 403)
        await shown(firm, f"/enterprise/comparisons/{id}/comment", 404)
        await shown(firm, f"/enterprise/comparisons/{new_id()}", 404)
