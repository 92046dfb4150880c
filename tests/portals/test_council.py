"""The council's portal, by hand: from the consumer's complaint to the clue, and each desk page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from services.actions import complaints as c
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import CONTACT, COUNCIL, GULOU, LI, OTHER_COUNCIL, ZHAO
from tests.portals.desks import Client, hidden, send, shown, signed_in
from tests.portals.lodging import TELLS, a_complaint, fields, know, lodge, visitor

pytestmark = pytest.mark.postgres
LIST = "/council/complaints"


@pytest.fixture
async def zhao(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, ZHAO) as client:
        know(platform)
        yield client


async def test_from_the_complaint_to_the_clue(platform: Platform, zhao: Client) -> None:
    """The consumer lodges; the council decides, mediates without success and refers a clue."""
    async with visitor(platform) as she:
        number = await lodge(she)
        await caught_up(platform)
        desk = await shown(zhao, "/council")
        assert number in desk
        assert "答复消费者是否受理" in desk
        row = await platform.views.complaints.numbered(number)
        assert row is not None
        here = f"{LIST}/{row['id']}"
        page = await shown(zhao, here)
        assert "充电器着火" in page
        assert "陈小姐" in page
        assert f"{here}/accept" in page
        assert f"{here}/mediation" not in page

        wrong = await send(zhao, f"{here}/refuse", 422, reason="短")
        assert "请选择“依据哪一项？”" in wrong
        assert "至少写 5 个字" in wrong

        assert "已记录：受理" in await send(zhao, f"{here}/accept")
        await send(zhao, f"{here}/mediation")
        await send(zhao, f"{here}/terminate", ground="T2", reason="商家无正当理由不到场")
        page = await send(zhao, f"{here}/refer", to=GULOU.id, reason="销售没有认证的充电器")
        assert GULOU.name in page
        assert f"{here}/refer" not in page
        await send(zhao, f"{here}/satisfaction", stars="2", solved="no")
        page = await send(zhao, f"{here}/close")
        assert "已办结" in page
        assert "消费者" in page

        tracking = await (await she.get("/track")).text()
        sent = {**fields(tracking), "number": number, "digits": "1234"}
        seen = unescape(await (await she.post("/track", data=sent)).text())
        for said in ("受理了投诉", "开始调解", "终止调解", "移送", "办结了投诉"):
            assert said in seen
        assert "赵敏" not in seen
        assert "向人民法院提起诉讼" in seen


async def test_a_refusal_is_first_seen_as_a_letter(platform: Platform, zhao: Client) -> None:
    row = await a_complaint(platform)
    path = f"{LIST}/{row['id']}/refuse"
    page = await send(zhao, path, ground="R3", reason="购买后用于转卖", preview="1")
    assert "投诉不予受理决定书" in page
    assert "向人民法院提起诉讼" in page
    assert "购买后用于转卖" in page
    unchanged = await platform.views.complaints.one(str(row["id"]))
    assert unchanged is not None
    assert unchanged["state"] == "received"
    assert "请填写" in await send(zhao, path, 422, ground="R3", reason=" ", preview="1")
    sent = {**hidden(page), "ground": "R3", "reason": "购买后用于转卖"}
    done = await (await zhao.post(path, data=sent)).text()
    assert "不予受理" in done


async def test_two_people_deciding_at_once(platform: Platform, zhao: Client) -> None:
    """The second is told who did what, and keeps her text."""
    row = await a_complaint(platform)
    path = f"{LIST}/{row['id']}/refuse"
    form = hidden(await (await zhao.get(path)).text())
    await platform.perform(c.accept_complaint, c.AcceptComplaint(by=ZHAO, complaint=row["id"]))
    sent = {**form, "ground": "R3", "reason": "购买后用于转卖"}
    answer = await zhao.post(path, data=sent)
    text = unescape(await answer.text())
    assert answer.status == 409
    assert f"{COUNCIL.name} 赵敏 受理了投诉 {row['number']}" in text
    assert "购买后用于转卖" in text
    await caught_up(platform)
    assert "不能“不予受理”" in await shown(zhao, path, 409)


async def test_sent_twice_it_happens_once(platform: Platform, zhao: Client) -> None:
    row = await a_complaint(platform)
    path = f"{LIST}/{row['id']}/accept"
    form = hidden(await (await zhao.get(path)).text())
    for _ in range(2):
        assert (await zhao.post(path, data=form)).status == 200
    recorded = await platform.log.load(row["id"])
    assert [r.event.TOPIC for r in recorded] == ["complaint-registered", "complaint-accepted"]


async def test_a_complaint_by_telephone_is_recorded_for_the_consumer(
    platform: Platform, zhao: Client
) -> None:
    wrong = await send(zhao, "/council/new", 422, respondent="小店")
    for said in (
        "请选择消费者怎样投诉的",
        "请填写被投诉人地址",
        "请填写消费者的电话",
        "请选择是否同意",
    ):
        assert said in wrong
    assert 'value="小店"' in wrong
    page = await send(zhao, "/council/new", channel="phone", **TELLS)
    assert "电话" in page
    (recorded,) = await platform.log.after(0)
    by = recorded.event.by
    assert (by.channel, by.on_behalf_of, by.name) == ("phone", "消费者", "赵敏")
    assert page.count("GZ-") > 1


async def test_a_clue_goes_to_a_regulator_alone(platform: Platform, zhao: Client) -> None:
    row = await a_complaint(platform)
    page = await shown(zhao, f"{LIST}/{row['id']}/refer")
    assert GULOU.id in page
    assert COUNCIL.id not in page
    assert OTHER_COUNCIL.id not in page


async def test_agreement_and_what_it_brought(platform: Platform, zhao: Client) -> None:
    row = await a_complaint(platform)
    here = f"{LIST}/{row['id']}"
    for act in ("accept", "mediation"):
        await send(zhao, f"{here}/{act}")
    await send(zhao, f"{here}/agreement", remedy="refund", terms="三天内退款")
    page = await send(zhao, f"{here}/restitution", amount="1,280.50")
    assert "退款：三天内退款" in page
    assert "¥1,280.50" in page
    assert f"{here}/restitution" not in page


async def test_the_register_is_filtered_in_the_address(platform: Platform, zhao: Client) -> None:
    await a_complaint(platform)
    row = await a_complaint(platform, respondent="100%棉布行", product="ＡBC 布料")
    await a_complaint(platform, handler=OTHER_COUNCIL)
    assert "共 2 条" in _plain(await shown(zhao, LIST))
    assert "共 1 条" in _plain(await shown(zhao, f"{LIST}?q=100%25"))
    page = await shown(zhao, f"{LIST}?q={row['number'].lower().replace('-', '')}&state=received")
    assert "共 1 条" in _plain(page)
    assert page.count("去掉筛选：") == 2
    assert "没有符合条件的投诉" in await shown(zhao, f"{LIST}?state=closed")


async def test_every_page_in_english(platform: Platform, zhao: Client) -> None:
    row = await a_complaint(platform)
    here = f"{LIST}/{row['id']}"
    acts = [f"{here}/{act}" for act in ("accept", "refuse", "refer", "withdraw")]
    for path in ("/council", LIST, "/council/new", here, *acts):
        page = await shown(zhao, f"{path}?lang=en")
        assert page.count("<h1") == 1
        assert '<html lang="en"' in page


async def test_others_learn_nothing(platform: Platform, zhao: Client) -> None:
    theirs = await a_complaint(platform, handler=OTHER_COUNCIL)
    ours = await a_complaint(platform)
    for path in (f"{LIST}/{theirs['id']}", f"{LIST}/{theirs['id']}/accept", f"{LIST}/x"):
        await shown(zhao, path, 404)
    await shown(zhao, f"{LIST}/{ours['id']}/dance", 404)
    for by in (LI, CONTACT):
        async with signed_in(platform, by) as client:
            await shown(client, f"{LIST}/{ours['id']}", 403)


def _plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


async def test_who_would_complain_jointly_is_led_to_the_oldest_of_the_others(
    platform: Platform, zhao: Client
) -> None:
    first, second = await a_complaint(platform), await a_complaint(platform)
    elsewhere = await a_complaint(platform, respondent="另一家店")
    hers = await a_complaint(platform, joins="quality:充电器")
    page = await shown(zhao, f"/council/complaints/{hers['id']}/merge")
    assert f"{first['number']} · {second['number']}" in page
    assert elsewhere["number"] not in page
    assert re.search(rf'name="into_number"[^>]*value="{first["number"]}"', page)
    assert re.search(r'value="joint"[^>]*checked', page)
    page = await shown(zhao, f"/council/complaints/{second['id']}/merge")
    assert 'value="joint"' in page
    assert not re.search(r'value="joint"[^>]*checked', page)
