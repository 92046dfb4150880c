"""An enterprise's own pledges: read, signed, proved, judged, withdrawn; nothing of others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from events.event import PartyRef, today
from events.log import Append
from events.pledges import BreachSuspected
from services.actions import member_pledges as m
from services.actions import pledges as p
from services.actions.parties import MemberLeaves, member_leaves
from services.platform import Platform
from services.views.view import Page
from tests.caught_up import caught_up
from tests.people import ASSOCIATION, CHEN, LIN_HEAD
from tests.portals.desks import Client, hidden, send, shown
from tests.portals.joined import PERIOD, WORDS, a_pledge, an_association, an_enterprise, at_desk

pytestmark = pytest.mark.postgres

OTHER_CODE = "91350100M000100246"


@pytest.fixture
async def minhai(platform: Platform) -> PartyRef:
    return await an_association(platform)


@pytest.fixture
async def zhou(platform: Platform, minhai: PartyRef) -> AsyncIterator[Client]:
    async with at_desk(platform, "周海", "contact", minhai) as client:
        yield client


@pytest.fixture
async def zheng(platform: Platform, minhai: PartyRef) -> AsyncIterator[Client]:
    """The contact of another enterprise, which is no member."""
    other = await an_enterprise(platform, "榕城照明有限公司", OTHER_CODE)
    async with at_desk(platform, "郑和", "contact", other) as client:
        yield client


async def published(platform: Platform, **fields: object) -> str:
    """The address of a pledge that can be signed."""
    id = await a_pledge(platform, **fields)
    await caught_up(platform)
    return f"/enterprise/published/{id}"


async def signed(platform: Platform, enterprise: PartyRef) -> str:
    """The address of a pledge that the association signed for it."""
    pledge = await a_pledge(platform)
    command = m.SignPledge(by=LIN_HEAD, pledge=pledge, enterprise=enterprise)
    await platform.perform(m.sign_pledge, command)
    await caught_up(platform)
    return f"/enterprise/pledges/{m.member_pledge_id(pledge, enterprise)}"


def record_of(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])


# -- reading and signing -----------------------------------------------------------------


async def test_the_contact_reads_and_signs_a_pledge(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    here = await published(platform)
    assert "可以签署的承诺" in await shown(zhou, "/enterprise")
    assert here in await shown(zhou, "/enterprise/published")
    page = await shown(zhou, here)
    for words in WORDS.values():
        assert words in page
    page = await send(zhou, f"{here}/sign")
    assert "已记录：签署承诺" in page
    assert "履行中" in page
    assert "闽海充电器有限公司 周海 为“闽海充电器有限公司”签署承诺" in page
    assert "提交承诺的证明材料：《充电器追溯标签承诺》" in await shown(zhou, "/enterprise")
    (event,) = [
        row.event
        for row in await platform.log.load(m.member_pledge_id(record_of(here), minhai))
    ]  # fmt: skip
    assert (event.by.channel, event.by.role, event.by.party) == ("portal", "contact", minhai)

    assert here not in await shown(zhou, "/enterprise/published")
    assert here in await shown(zhou, "/enterprise/published?show=all")
    assert f"{here}/sign" not in await shown(zhou, here)
    assert "Sign the pledge" not in await shown(zhou, f"{here}?lang=en")


async def test_nothing_is_signed_twice(platform: Platform, zhou: Client) -> None:
    here = await published(platform)
    form = hidden(await (await zhou.get(f"{here}/sign")).text())
    await send(zhou, f"{here}/sign")
    again = await zhou.post(f"{here}/sign", data={**form, "key": "another form"})
    assert again.status == 409
    assert "已经签署" in await again.text()
    assert "不用再签" in await shown(zhou, f"{here}/sign", 409)


async def test_a_hint_that_is_not_the_members_yet_is_not_said_when_it_signs_again(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    here = await signed(platform, minhai)
    pledge = (await platform.views.pledges.member_pledge(str(record_of(here))) or {})["pledge"]
    hint = BreachSuspected(
        by=CHEN, number="CN-1", pledge=pledge, title="t", association=ASSOCIATION,
        enterprise=minhai, cause="recheck", cause_number="JD-2026-000001-X",
    )  # fmt: skip
    page = await zhou.get(f"{here}/evidence")
    form = hidden(await page.text())
    await platform.log.append([Append(record_of(here), 1, [hint])])
    await caught_up(platform)
    for path in (here, f"{here}/evidence", "/enterprise/timeline"):
        assert "JD-2026-000001-X" not in await shown(zhou, path)
    assert "JD-2026" not in await shown(zhou, f"/enterprise/published/{pledge}/sign", 409)
    sent = await zhou.post(f"{here}/evidence", data={**form, "what": "标签照片四十张"})
    assert sent.status == 200
    assert "JD-2026" not in await sent.text()


async def test_what_cannot_be_signed_is_not_offered(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    over = {
        "period_from": today() - timedelta(days=60), "period_to": today() - timedelta(days=1)
    }  # fmt: skip
    here = await published(platform, **over)
    draft = p.DraftPledge(by=CHEN, **{**WORDS, **PERIOD})
    await platform.perform(p.draft_pledge, draft)
    await caught_up(platform)
    assert "现在没有可以签署的承诺" in await shown(zhou, "/enterprise/published")
    page = await shown(zhou, here)
    assert "期间已过" in page
    assert f"{here}/sign" not in page
    assert "为止" in await send(zhou, f"{here}/sign", 422)
    for path in ("", "/sign"):
        await shown(zhou, f"/enterprise/published/{draft.pledge}{path}", 404)


async def test_who_is_no_member_sees_and_signs_nothing(
    platform: Platform, minhai: PartyRef, zhou: Client, zheng: Client
) -> None:
    here = await published(platform)
    form = hidden(await (await zhou.get(f"{here}/sign")).text())
    assert "还不是任何协会的会员" in await shown(zheng, "/enterprise/published")
    for path in (here, f"{here}/sign"):
        await shown(zheng, path, 404)
    own = hidden(await (await zheng.get("/enterprise")).text())
    sent = await zheng.post(f"{here}/sign", data={**form, **own, "enterprise": minhai.id})
    assert sent.status == 404
    assert await platform.log.load(m.member_pledge_id(record_of(here), minhai)) == []


async def test_who_has_left_keeps_what_it_signed_and_signs_no_more(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    here, other = await signed(platform, minhai), await published(platform)
    left = MemberLeaves(
        by=CHEN, party=UUID(ASSOCIATION.id), enterprise=minhai, reason="企业迁往外省"
    )
    await platform.perform(member_leaves, left)
    await caught_up(platform)
    assert "履行中" in await shown(zhou, here)
    await shown(zhou, other, 404)
    assert "还不是任何协会的会员" in await shown(zhou, "/enterprise/published?show=all")


# -- evidence, judgement, withdrawal -----------------------------------------------------


async def test_evidence_is_handed_in_and_judged(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    here = await signed(platform, minhai)
    page = await shown(zhou, here)
    assert "还没有证明材料" in page
    assert "最晚" in page
    assert "标签照片" in await shown(zhou, f"{here}/evidence")
    assert "至少" in await send(zhou, f"{here}/evidence", 422, what="照片")
    page = await send(zhou, f"{here}/evidence", what="标签照片四十张，出货两千只")
    assert "已记录：提交证明材料" in page
    assert "自行申报，待认定" in page

    late = hidden(await (await zhou.get(f"{here}/evidence")).text())
    judged = m.JudgeMet(by=LIN_HEAD, member_pledge=record_of(here), reason="照片和数量相符")
    await platform.perform(m.judge_met, judged)
    await caught_up(platform)
    page = await shown(zhou, here)
    assert "照片和数量相符" in page
    assert "没有人，已办结" in page
    assert f"{here}/evidence" not in page
    sent = await zhou.post(f"{here}/evidence", data={**late, "what": "再补十张照片"})
    assert sent.status == 409
    text = await sent.text()
    assert "认定“闽海充电器有限公司”履行了承诺" in text
    assert "再补十张照片" in text
    assert "已履行" in await shown(zhou, "/enterprise/pledges")


async def test_a_pledge_is_withdrawn_with_a_reason_and_signed_again(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    here = await signed(platform, minhai)
    await send(zhou, f"{here}/evidence", what="标签照片四十张")
    assert "至少" in await send(zhou, f"{here}/withdraw", 422, reason="停")
    page = await send(zhou, f"{here}/withdraw", reason="不再生产充电器")
    assert "已撤回" in page
    assert "不再生产充电器" in page
    assert "没有认定" in page
    assert "待认定" not in page
    assert f"{here}/withdraw" not in page
    assert "不能" in await send(zhou, f"{here}/withdraw", 409, reason="再撤回一次")
    (pledge,) = {row["pledge"] for row in (await board(platform, minhai)).rows}
    page = await send(zhou, f"/enterprise/published/{pledge}/sign")
    assert "履行中" in page


async def board(platform: Platform, enterprise: PartyRef) -> Page:
    return await platform.views.pledges.of_enterprise(enterprise.id)


async def test_another_enterprise_sees_and_does_nothing(
    platform: Platform, minhai: PartyRef, zhou: Client, zheng: Client
) -> None:
    here = await signed(platform, minhai)
    form = hidden(await (await zheng.get("/enterprise")).text())
    for act, typed in (("evidence", "what"), ("withdraw", "reason"), ("answer", "answer")):
        await shown(zheng, f"{here}/{act}", 404)
        sent = await zheng.post(f"{here}/{act}", data={**form, typed: "别家企业写的话"})
        assert sent.status == 404
    await shown(zheng, here, 404)
    for path in ("", "/pledges", "/published?show=all", "/timeline"):
        assert WORDS["title"] not in await shown(zheng, f"/enterprise{path}")
    assert len(await platform.log.load(record_of(here))) == 1
    await shown(zhou, f"{here}/judge", 404)
    await shown(zhou, "/enterprise/pledges/nothing", 404)
    await shown(zhou, "/enterprise/published/nothing", 404)
