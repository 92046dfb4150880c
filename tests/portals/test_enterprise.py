"""The enterprise's portal: she sees what is owed, answers, and sees nothing of others."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from events.event import PartyRef, today
from events.ids import new_id
from events.log import Append
from events.pledges import BreachSuspected, MemberQuestioned, PledgeSigned
from services.actions import complaints as c
from services.actions import enforcement as e
from services.actions.change import load
from services.actions.lettered import Letter
from services.platform import Platform
from tests.caught_up import caught_up
from tests.letters.sample import words
from tests.people import ASSOCIATION, CHEN, CONTACT, GULOU, LI, MINHAI, OTHER_ENTERPRISE
from tests.portals.desks import Client, hidden, send, send_anyway, shown, signed_in
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres


@pytest.fixture
async def zhou(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, CONTACT) as client:
        yield client


async def a_directive(platform: Platform, on: PartyRef = MINHAI, delivered: bool = True) -> UUID:
    """A rectification order that was issued, and delivered or not."""
    id, due = new_id(), today() + timedelta(days=2)
    opened = e.OpenFollowUp(
        by=LI, follow_up=id, enterprise=on, source="own", matter="秘密的立项理由"
    )
    await platform.perform(e.open_follow_up, opened)
    issued = e.IssueDirective(
        by=LI,
        follow_up=id,
        directive="rectification",
        demands="停止销售并召回",
        basis="第五十条",
        due=due,
    )
    await platform.perform(e.issue_directive, issued)
    if delivered:
        await platform.perform(
            e.deliver_directive, e.DeliverDirective(by=LI, follow_up=id, how="当面")
        )
    await caught_up(platform)
    return id


async def test_the_contact_answers_a_directive(platform: Platform, zhou: Client) -> None:
    here = f"/enterprise/directives/{await a_directive(platform)}"
    desk = await shown(zhou, "/enterprise")
    assert "答复监管部门的文书" in desk
    assert here in desk
    assert "还剩" in desk
    assert "待领" not in desk, "who is in charge at the regulator is nobody of the enterprise"
    page = await shown(zhou, here)
    assert "停止销售并召回" in page
    assert "秘密的立项理由" not in page

    assert "至少" in await send(zhou, f"{here}/answer", 422, answer="好")
    page = await send(zhou, f"{here}/answer", answer="已经停止销售并通知召回")
    assert "已记录：答复文书" in page
    assert "闽海充电器有限公司 周海 答复责令改正通知书" in page
    assert f"{here}/answer" not in page
    assert "不能" in await send(zhou, f"{here}/answer", 409, answer="再答复一次看看")

    assert "现在没有等待你处理的事" in await shown(zhou, "/enterprise")
    assert "复查整改情况" in await shown(zhou, "/enterprise?group=others")


async def test_the_history_holds_back_what_bodies_prepare(platform: Platform, zhou: Client) -> None:
    await a_directive(platform)
    page = await shown(zhou, "/enterprise/timeline")
    assert "将责令改正通知书送达" in page
    assert "秘密的立项理由" not in page
    assert "delivered the rectification order" in await shown(zhou, "/enterprise/timeline?lang=en")


async def test_a_question_of_her_association_stands_on_her_desk(
    platform: Platform, zhou: Client
) -> None:
    about = {"number": "CN-2026-000001-X", "pledge": str(new_id()), "title": "合格充电器"}
    asked = [
        kind(by=CHEN, association=ASSOCIATION, enterprise=MINHAI, **about, **more)
        for kind, more in (
            (PledgeSigned, {"period_from": today(), "period_to": today()}),
            (BreachSuspected, {"cause": "秘密的怀疑", "cause_number": "JD-2026-000001-X"}),
            (MemberQuestioned, {"question": "为什么没有标识？"}),
        )
    ]
    id = new_id()
    await platform.log.append([Append(id, 0, asked)])
    await caught_up(platform)
    assert f"/enterprise/pledges/{id}" in await shown(zhou, "/enterprise")
    page = await shown(zhou, f"/enterprise/pledges/{id}")
    assert "为什么没有标识？" in page
    assert "答复协会的询问" in page
    assert "秘密的怀疑" not in page
    page = await send(zhou, f"/enterprise/pledges/{id}/answer", answer="标识已经补贴完毕")
    assert "已记录：答复询问" in page
    assert "标识已经补贴完毕" in page
    assert "/answer" not in page
    await shown(zhou, f"/enterprise/pledges/{await a_directive(platform)}", 404)


async def test_what_is_not_delivered_or_not_hers_is_not_there(
    platform: Platform, zhou: Client
) -> None:
    for id in (
        await a_directive(platform, delivered=False),
        await a_directive(platform, OTHER_ENTERPRISE),
    ):
        await shown(zhou, f"/enterprise/directives/{id}", 404)
        await shown(zhou, f"/enterprise/directives/{id}/answer", 404)
    await shown(zhou, "/enterprise/directives/nothing", 404)


async def test_the_portal_is_for_enterprises(platform: Platform) -> None:
    async with signed_in(platform, LI) as li:
        for path in ("", "/timeline", "/published", "/pledges", "/people", "/people/director"):
            await shown(li, f"/enterprise{path}", 403)


async def in_mediation(platform: Platform) -> dict[str, Any]:
    """By whom, and which complaint about this business, so that further steps can follow."""
    row = await a_complaint(platform, GULOU, LI, enterprise=MINHAI)
    on = {"by": LI, "complaint": row["id"]}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
    await platform.perform(c.start_mediation, c.StartMediation(**on))
    return on


async def test_a_proposal_is_answered_with_its_words_above_the_form(
    platform: Platform, zhou: Client
) -> None:
    on = await in_mediation(platform)
    await platform.perform(c.make_proposal, c.MakeProposal(**on, terms="全额退款并取回商品"))
    await caught_up(platform)
    assert "全额退款并取回商品" in await shown(
        zhou, f"/enterprise/complaints/{on['complaint']}/proposal"
    )


async def test_a_business_opens_the_letters_for_it_and_no_others_and_that_delivers_them(
    platform: Platform, zhou: Client
) -> None:
    on = await in_mediation(platform)
    ends = c.TerminateMediation(**on, ground="T3", reason="双方无法达成一致")
    await platform.perform(c.terminate_mediation, ends)
    await caught_up(platform)
    letters = f"/enterprise/complaints/{on['complaint']}/letters"
    assert "还没有给贵单位的文书" in await shown(zhou, letters)
    desk = f"/regulator/complaints/{on['complaint']}/letters"
    async with signed_in(platform, LI) as li:
        for to in ("complainant", "respondent"):
            await send_anyway(li, desk, f"{desk}/make/form-8", 200, to=to, key=to)
    assert "有没打开的" in await shown(zhou, f"/enterprise/complaints/{on['complaint']}")
    page = await shown(zhou, letters)
    (mine,) = re.findall(rf"{letters}/([0-9a-f-]+)/open", page)
    (theirs,) = {each.id for each in await _letters(platform, on["complaint"])} - {mine}
    await shown(zhou, f"{letters}/{theirs}.pdf", 404)
    early = await zhou.get(f"{letters}/{mine}.pdf", allow_redirects=False)
    assert early.status == 303
    opened = await zhou.post(f"{letters}/{mine}/open", data=hidden(page))
    assert words(await opened.read()).count("投诉终止调解决定书")
    await caught_up(platform)
    (delivered,) = [one for one in await _letters(platform, on["complaint"]) if one.effective]
    assert (delivered.id, delivered.way) == (mine, "portal")
    assert "再看一次" in await shown(zhou, letters)
    assert "有没打开的" not in await shown(zhou, f"/enterprise/complaints/{on['complaint']}")


async def _letters(platform: Platform, complaint: UUID) -> list[Letter]:
    record = await load(platform.log, c.Complaint, UUID(str(complaint)))
    return list(record.letters.values())
