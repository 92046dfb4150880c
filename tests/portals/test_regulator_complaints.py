"""Complaints that a regulator handles itself: the same pages as a council's, and a follow-up."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from events.event import today
from events.ids import new_id
from services.actions import complaints as c
from services.actions.hand_over import AcceptHandOver, accept_hand_over
from services.platform import Platform
from tests.caught_up import caught_up
from tests.handing import handed_over
from tests.letters.sample import words
from tests.people import COUNCIL, GULOU, JINAN, LI, MINHAI, OTHER_COUNCIL, WANG, ZHAO
from tests.portals import lodging
from tests.portals.desks import CODE, Client, send, send_anyway, shown, signed_in
from tests.portals.lodging import TELLS, know, the_row

pytestmark = pytest.mark.postgres
LIST = "/regulator/complaints"
#: A complaint that the acting regulator handles.
a_complaint = partial(lodging.a_complaint, handler=GULOU, by=LI)


@pytest.fixture
async def li(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, LI) as client:
        know(platform)
        yield client


async def both_are_told_and_it_is_closed(li: Client, here: str) -> None:
    for side in ("consumer", "enterprise"):
        await send(li, f"{here}/notify", whom=side, way="letter")
    page = await send(li, f"{here}/close")
    assert "没有人，已办结" in page


async def test_the_whole_line_at_the_regulator(platform: Platform, li: Client) -> None:
    """Told at the counter, accepted, mediated without success, followed up, closed."""
    wrong = await send(li, "/regulator/new", 422, respondent="小店")
    assert "请填写消费者的电话" in wrong
    assert "您的" not in wrong
    assert 'autocomplete="name"' not in wrong
    page = await send(li, "/regulator/new", channel="counter", **TELLS)
    found = re.search(rf"{LIST}/([0-9a-f-]{{36}})/accept", page)
    assert found, page
    here = f"{LIST}/{found[1]}"
    assert "当面" in page
    desk = await shown(li, "/regulator")
    assert "本单位处理的投诉" in desk
    assert re.search(rf'href="{here}">[^<]*决定是否受理并告知投诉人', desk)

    await send(li, f"{here}/accept")
    assert "还剩" in await shown(li, here)
    await send(li, f"{here}/mediation")
    page = await send(li, f"{here}/terminate", ground="T3", reason="商家不愿意赔偿")
    assert "终止调解" in page
    assert "移送线索" not in page

    assert "消费者反映：充电器着火" in await shown(li, f"{here}/open")
    page = await send(li, f"{here}/open", matter="销售没有认证的充电器")
    assert "已记录：立项跟进" in page
    assert f"跟进：{MINHAI.name}" in page
    assert f'href="{here}"' in page
    (made,) = await platform.views.followups.of_complaint(found[1])
    assert (made["source"], made["raised_by"]) == ("complaint", "")
    assert made["source_number"] == (await the_row(platform, found[1]))["number"]

    page = await shown(li, here)
    assert f"/regulator/followups/{made['id']}" in page
    assert f"{here}/open" not in page
    assert "还没有告知" not in page
    await send(li, f"{here}/satisfaction", stars="2", solved="no")
    await both_are_told_and_it_is_closed(li, here)
    recorded = await platform.log.after(0)
    by = recorded[0].event.by
    assert (by.channel, by.on_behalf_of, by.party.id) == ("counter", "消费者", GULOU.id)


async def test_who_forwards_makes_the_notice_and_reads_no_other_letter(
    platform: Platform, li: Client
) -> None:
    here = f"{LIST}/{(await a_complaint(platform))['id']}"
    forwards = c.ForwardComplaint(
        by=LI, complaint=UUID(here[-36:]), to=JINAN, reason="经营者在晋安区",
        report_by=today() + timedelta(days=30),
    )  # fmt: skip
    await platform.perform(c.forward_complaint, forwards)
    await caught_up(platform)
    letters = f"{here}/letters"
    assert letters in await shown(li, here)
    page = await shown(li, letters)
    assert re.findall(r"/make/([a-z0-9-]+)", page) == ["form-3", "form-3"]
    await shown(li, f"{letters}/make/form-1", 403)
    said = words(await (await li.get(f"{letters}/make/form-3")).read())
    assert f"{JINAN.name}：" in said
    assert f"{GULOU.name}（印章）" in said
    page = await send_anyway(li, letters, f"{letters}/make/form-3", 200)
    at = re.search(rf"{letters}/[0-9a-f-]+/deliver", page)
    assert at
    assert "已送达" in await send(li, at[0], way="hand", proof="收发室签收")
    async with signed_in(platform, WANG) as wang:
        page = await shown(wang, letters)
        assert "/make/form-3" not in page
        assert "分送通知书" in page
        page = await send_anyway(wang, letters, f"{letters}/make/form-1", 200)
    assert "投诉登记表" not in await shown(li, letters)


async def test_an_agreement_and_a_withdrawal(platform: Platform, li: Client) -> None:
    here = f"{LIST}/{(await a_complaint(platform))['id']}"
    for act in ("accept", "mediation"):
        await send(li, f"{here}/{act}")
    await send(li, f"{here}/agreement", remedy="refund", terms="三天内退款")
    page = await send(li, f"{here}/restitution", amount="1,280.50")
    assert "退款：三天内退款" in page
    assert "¥1,280.50" in page
    other = f"{LIST}/{(await a_complaint(platform))['id']}"
    assert "由消费者提出，您代为记录" in await shown(li, f"{other}/withdraw")
    assert "已撤回" in await send(li, f"{other}/withdraw", reason="已经自行和解")
    assert "消费者" in await shown(li, other)


async def test_a_refusal_is_first_seen_as_a_letter(platform: Platform, li: Client) -> None:
    row = await a_complaint(platform)
    here = f"{LIST}/{row['id']}"
    wrong = await send(li, f"{here}/refuse", 422, reason="短")
    assert "请选择“依据哪一项？”" in wrong
    page = await send(li, f"{here}/refuse", ground="R3", reason="购买后用于转卖", preview="1")
    assert "投诉不予受理决定书" in page
    assert GULOU.name in page
    page = await send(li, f"{here}/refuse", ground="R3", reason="购买后用于转卖")
    assert "不予受理" in page
    assert (await the_row(platform, row["id"]))["state"] == "refused"


async def test_what_is_handed_over_is_only_read_here(platform: Platform, li: Client) -> None:
    row = await a_complaint(platform)
    here = f"{LIST}/{row['id']}"
    wrong = await send(li, f"{here}/charge/hand-over", 422, reason="商家在晋安")
    assert "请选择承办人" in wrong
    assert GULOU.id not in wrong
    assert JINAN.id in wrong
    page = await send(li, f"{here}/charge/hand-over", to=COUNCIL.id, reason="由消委会调解更合适")
    assert "等待答复" in page
    assert f"{here}/accept" in page, "until it is accepted all stays as it is"
    taken = AcceptHandOver(by=ZHAO, kind="complaint", record=row["id"])
    await platform.perform(accept_hand_over, taken)
    await caught_up(platform)
    assert f"{here}/accept" not in await shown(li, here)
    await shown(li, f"{here}/accept", 403)


async def test_no_clue_is_referred_to_ones_own_office(platform: Platform, li: Client) -> None:
    here = f"{LIST}/{(await a_complaint(platform))['id']}"
    page = await shown(li, here)
    assert f"{here}/refer" not in page
    assert f"{here}/open" in page
    assert "可以做什么" in await shown(li, f"{here}/refer", 403)


async def test_a_follow_up_is_opened_once(platform: Platform, li: Client) -> None:
    row = await a_complaint(platform)
    path = f"{LIST}/{row['id']}/open"
    page = await send(li, path, 422, matter="短")
    assert TELLS["respondent"] in page
    assert "至少" in page
    await send(li, path, matter="销售没有认证的充电器", credit_code=CODE)
    assert "已经就投诉" in await shown(li, path, 409)
    assert (await platform.views.followups.board()).total == 1


async def test_a_clue_that_came_with_the_complaint_is_answered(
    platform: Platform, li: Client
) -> None:
    """Referred and then transferred to the same regulator: the council is still owed the result."""
    row = await a_complaint(platform, handler=COUNCIL, by=ZHAO, enterprise=MINHAI)
    id = row["id"]
    refer = c.ReferClue(by=ZHAO, complaint=id, to=GULOU, reason="销售没有认证的充电器")
    await platform.perform(c.refer_clue, refer)
    await handed_over(platform, id, ZHAO, LI)
    page = await shown(li, f"{LIST}/{id}")
    assert f"/regulator/referrals/{id}/open" in page
    assert f"{LIST}/{id}/open" not in page
    assert "收到的线索" in await shown(li, f"{LIST}/{id}/open", 409)
    await send(li, f"/regulator/referrals/{id}/open", matter="查处未认证充电器")
    assert "还没有告知" in await shown(li, f"{LIST}/{id}")


async def test_the_register_is_filtered_in_the_address(platform: Platform, li: Client) -> None:
    await a_complaint(platform)
    row = await a_complaint(platform, respondent="100%棉布行", product="ＡBC 布料")
    await a_complaint(platform, handler=JINAN, by=WANG)
    assert "共 2 条" in _plain(await shown(li, LIST))
    assert "共 1 条" in _plain(await shown(li, f"{LIST}?q=100%25"))
    page = await shown(li, f"{LIST}?q={row['number'].lower().replace('-', '')}&state=received")
    assert "共 1 条" in _plain(page)
    assert page.count("去掉筛选：") == 2
    assert f"{LIST}/{row['id']}" in page
    assert "没有符合条件的投诉" in await shown(li, f"{LIST}?state=closed")


async def test_another_offices_complaint_is_not_there(platform: Platform, li: Client) -> None:
    theirs = await a_complaint(platform, handler=JINAN, by=WANG)
    councils = await a_complaint(platform, handler=OTHER_COUNCIL, by=ZHAO)
    for row in (theirs, councils):
        for rest in ("", "/accept", "/open"):
            await shown(li, f"{LIST}/{row['id']}{rest}", 404)
    await shown(li, f"{LIST}/{new_id()}", 404)
    ours = await a_complaint(platform)
    await shown(li, f"{LIST}/{ours['id']}/dance", 404)
    async with signed_in(platform, ZHAO) as zhao:
        for path in (f"{LIST}/{ours['id']}", "/regulator/new"):
            await shown(zhao, path, 403)


async def test_what_another_regulator_owes_is_read_in_the_trail(
    platform: Platform, li: Client
) -> None:
    """The board of all shows links that open: one's own record, else what everybody may read."""
    theirs = await a_complaint(platform, handler=JINAN, by=WANG)
    ours = await a_complaint(platform)
    board = await shown(li, "/regulator/obligations")
    assert f"{LIST}/{ours['id']}" in board
    assert f"{LIST}/{theirs['id']}" not in board
    assert f"/regulator/trail?record={theirs['number']}" in board


async def test_every_page_in_english(platform: Platform, li: Client) -> None:
    here = f"{LIST}/{(await a_complaint(platform))['id']}"
    acts = [f"{here}/{act}" for act in ("accept", "refuse", "charge/hand-over", "withdraw", "open")]
    for path in ("/regulator", LIST, "/regulator/new", here, *acts):
        page = await shown(li, f"{path}?lang=en")
        assert page.count("<h1") == 1
        assert '<html lang="en"' in page


def _plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)
