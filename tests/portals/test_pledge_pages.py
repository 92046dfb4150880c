"""S6 to its end: what a member declares, what a check finds, and what everybody reads of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from events.event import PartyRef
from services.actions import member_pledges as m
from services.actions.sharing import RestrictCase, restrict_case
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import CHEN, COUNCIL, GULOU, LIN_HEAD
from tests.portals.desks import Client, send, shown, whole
from tests.portals.joined import a_pledge, an_association, at_desk

pytestmark = pytest.mark.postgres


@pytest.fixture
async def declared(platform: Platform) -> str:
    """A member's pledge with evidence that its association handed in for it."""
    enterprise: PartyRef = await an_association(platform)
    pledge = await a_pledge(platform)
    await platform.perform(
        m.sign_pledge, m.SignPledge(by=LIN_HEAD, pledge=pledge, enterprise=enterprise)
    )
    id = m.member_pledge_id(pledge, enterprise)
    handed_in = m.SubmitEvidence(by=CHEN, member_pledge=id, what="标签照片四十张，内部编号七")
    await platform.perform(m.submit_evidence, handed_in)
    await caught_up(platform)
    return str(id)


@pytest.fixture
async def wang(platform: Platform, declared: str) -> AsyncIterator[Client]:
    async with at_desk(platform, "王磊", "clerk", GULOU) as client:
        yield client


async def test_a_spot_check_is_held_against_the_target_in_public(
    platform: Platform, declared: str, wang: Client
) -> None:
    public, here = f"/pledged/{declared}", f"/regulator/pledged/{declared}"
    page = await shown(wang, public)
    assert "自行申报，未经核验" in page
    assert "内部编号七" not in page, "what was handed in is not for everybody"
    assert "陈静" not in page, "no staff names for the public"
    assert "内部编号七" in await shown(wang, here)
    check = f"{here}/check"
    assert "18 件多于" in await send(wang, check, 422, sample="10", conforming="18")
    page = await send(wang, check, sample="20", conforming="18", how="成品仓随机抽取")
    assert "抽查 90%，未达到 95%（福州市鼓楼区市场监督管理局" in page
    page = await shown(wang, public)
    for words in ("抽查 90%，未达到 95%", "福州市鼓楼区市场监督管理局", "20", "18"):
        assert words in page
    assert "监督管理局 王磊" not in page
    assert "成品仓" not in page
    async with at_desk(platform, "林涛", "head") as lin:
        assert "抽查 90%，未达到 95%" in await shown(lin, "/association/signed")
        page = await send(lin, f"/association/signed/{declared}/met", 422, reason="照片数量相符")
        assert "再次抽查达到目标后再认定" in page


async def test_the_history_stays_public_after_a_withdrawal(
    platform: Platform, declared: str, wang: Client
) -> None:
    await send(wang, f"/regulator/pledged/{declared}/check", sample="20", conforming="20")
    gone = m.WithdrawPledge(by=LIN_HEAD, member_pledge=declared, reason="不再生产充电器")
    await platform.perform(m.withdraw_pledge, gone)
    await caught_up(platform)
    page = await shown(wang, f"/pledged/{declared}")
    for words in ("已撤回", "不再生产充电器", "抽查 100%，达到 95%", "签署承诺"):
        assert words in page


async def test_everybody_finds_it_from_the_list(
    platform: Platform, declared: str, wang: Client
) -> None:
    page = await shown(wang, "/pledges")
    row = await platform.views.pledges.member_pledge(declared)
    assert row is not None
    assert f"/pledges/{row['pledge']}" in page
    assert f"/pledged/{declared}" in await shown(wang, f"/pledges/{row['pledge']}")
    pages = (f"/pledges/{row['pledge']}", f"/pledged/{declared}")
    await whole(wang, "/pledges", *pages, *(f"/regulator{path}" for path in pages))
    await whole(wang, f"/regulator/pledged/{declared}/check")
    await shown(wang, f"/pledges/{declared}", 404)
    await shown(wang, f"/pledged/{row['pledge']}", 404)


async def test_a_council_checks_too_and_nobody_else(platform: Platform, declared: str) -> None:
    async with at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao:
        page = await send(zhao, f"/council/pledged/{declared}/check", sample="8", conforming="8")
        assert "抽查 100%，达到 95%" in page
    async with at_desk(platform, "林涛", "head") as lin:
        await shown(lin, f"/regulator/pledged/{declared}", 403)
        await shown(lin, f"/regulator/pledged/{declared}/check", 403)


async def test_a_restricted_pledge_is_not_there(
    platform: Platform, declared: str, wang: Client
) -> None:
    row = await platform.views.pledges.member_pledge(declared)
    assert row is not None
    about = {"kind": "member-pledge", "record": declared, "reason": "涉及未公开的商业合作"}
    counted = ("signed", "covered", "active", "waiting", "submitted")
    board, before = platform.views.pledges, await platform.views.pledges.pledge(row["pledge"])
    assert before is not None
    assert before["signed"] == 1
    assert await board.pledge(row["pledge"], public=True) == before
    await platform.perform(restrict_case, RestrictCase(by=CHEN, **about))
    await caught_up(platform)
    assert await board.pledge(row["pledge"]) == before, "the association counts all"
    (listed,) = (await board.published()).rows
    one = await board.pledge(row["pledge"], public=True)
    assert one is not None
    assert [listed[name] for name in counted] == [one[name] for name in counted] == [0] * 5
    for shelf in ("", "/regulator"):
        await shown(wang, f"{shelf}/pledged/{declared}", 404)
        assert declared not in await shown(wang, f"{shelf}/pledges/{row['pledge']}")
    await shown(wang, f"/regulator/pledged/{declared}/check", 404)
