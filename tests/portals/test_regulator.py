"""The regulator's portal, by hand: from a clue to the result, and what the lists show."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from events.event import PartyRef, today
from events.ids import new_id
from services.actions.complaints import (
    ReferClue,
    RegisterComplaint,
    refer_clue,
    register_complaint,
)
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.people import CONTACT, COUNCIL, GULOU, LI, MINHAI, WANG, WU, ZHAO
from tests.portals import lodging
from tests.portals.desks import (
    CODE,
    Client,
    date_parts,
    hidden,
    send,
    send_anyway,
    shown,
    signed_in,
)
from tests.portals.joined import an_enterprise

pytestmark = pytest.mark.postgres

TELLS = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "=充电器着火",
    "request": "退货", "name": "陈小姐", "phone": "13800000000", "address": "福州市鼓楼区",
    "product": "充电器",
}  # fmt: skip


@pytest.fixture
async def li(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, LI) as client:
        yield client


async def a_clue(platform: Platform, enterprise: PartyRef | None = MINHAI) -> Row:
    """A complaint whose clue the council referred to 鼓楼."""
    complaint = new_id()
    told = RegisterComplaint(
        by=ZHAO, complaint=complaint, handler=COUNCIL, enterprise=enterprise, **TELLS
    )
    await platform.perform(register_complaint, told)
    clue = ReferClue(by=ZHAO, complaint=complaint, to=GULOU, reason="销售没有认证的充电器")
    await platform.perform(refer_clue, clue)
    await caught_up(platform)
    row = await platform.views.complaints.one(str(complaint))
    assert row is not None
    return row


ASKED = {
    "directive": "rectification",
    "demands": "停止销售并召回",
    "basis": "《产品质量法》第五十条",
}


def soon(days: int = 10) -> str:
    return str(today() + timedelta(days=days))


async def rechecked_by_another(platform: Platform, li: Client, here: str) -> None:
    """Who issued the directive is refused, which stands in the history; another one re-checks."""
    finding = {"finding": "现场没有再看到这批货"}
    page = await send_anyway(li, f"{here}/close", f"{here}/passes", 403, **finding)
    assert "该文书由您发出，不能由您核验整改" in page
    async with signed_in(platform, WU) as wu:
        assert "复查合格" in await send(wu, f"{here}/passes", **finding)
    assert "尝试“复查合格”，未被允许：文书由其本人发出" in await shown(li, here)


async def test_from_the_clue_to_the_result(platform: Platform, li: Client) -> None:
    """The journey of one clue through the portal; the council is told in the end."""
    clue = await a_clue(platform)
    desk = await shown(li, "/regulator")
    assert clue["number"] in desk
    assert "答复消委会移送的线索" in desk
    assert "没有期限" in desk
    assert "还没有处理" in await shown(li, "/regulator/referrals")
    page = await shown(li, f"/regulator/referrals/{clue['id']}")
    assert "充电器着火" in page
    assert "13800000000" not in page

    page = await send(li, f"/regulator/referrals/{clue['id']}/open", matter="查处未认证充电器")
    assert "已记录：立项跟进" in page
    (row,) = await platform.views.followups.of_complaint(str(clue["id"]))
    here = f"/regulator/followups/{row['id']}"
    assert re.search(r"跟进：闽海充电器有限公司", page)
    assert f"{here}/issue" in page
    assert f"{here}/answer" not in page

    page = await send(li, f"{here}/issue", **ASKED, **date_parts("due", soon()))
    assert "已发文书，待送达" in page
    page = await send(li, f"{here}/deliver", how="当面送达")
    assert "还剩" in page
    page = await send(li, f"{here}/answer", answer="已经停止销售并通知召回", way="phone")
    assert "代为记录" in page
    assert f"{here}/passes" not in page
    await rechecked_by_another(platform, li, here)
    page = await send(li, f"{here}/result", result="已责令改正，复查合格")
    assert "已经告知" not in page
    page = await send(li, f"{here}/close", reason="整改已经完成")
    assert "没有人，已办结" in page

    assert "已告知结果" in await shown(li, "/regulator/referrals")
    owed = await platform.views.obligations.of_record(str(clue["id"]))
    assert [each["open"] for each in owed if each["what"] == "answer"] == [False]


async def test_a_clue_without_enterprise_asks_for_its_code(platform: Platform, li: Client) -> None:
    clue = await a_clue(platform, enterprise=None)
    path = f"/regulator/referrals/{clue['id']}/open"
    page = await send(li, path, 422, matter="查处未认证充电器", credit_code="91350100M000100Y44")
    assert "校验码不符" in page
    assert "查处未认证充电器" in page
    page = await send(li, path, 422, matter="查处未认证充电器", credit_code="91110000100000009G")
    assert "91110000100000009G" in page
    page = await send(li, path, matter="查处未认证充电器", credit_code=CODE.lower())
    assert "跟进：闽海充电器有限公司" in page


async def test_a_clue_is_opened_once(platform: Platform, li: Client) -> None:
    clue = await a_clue(platform)
    path = f"/regulator/referrals/{clue['id']}/open"
    await send(li, path, matter="查处未认证充电器")
    assert "已经存在" in await send(li, path, 409, matter="查处未认证充电器")
    assert (await platform.views.followups.board()).total == 1
    back = f"/regulator/referrals/{clue['id']}/return"
    assert "已经立项跟进" in await send(li, back, 422, reason="不在本局辖区")


async def test_a_clue_is_given_back_with_a_reason(platform: Platform, li: Client) -> None:
    clue = await a_clue(platform)
    path = f"/regulator/referrals/{clue['id']}/return"
    page = await send(li, path, 422, reason="不")
    assert "至少" in page
    page = await send(li, path, reason="不在本局辖区")
    assert "还没有消委会移送的线索" in page
    await shown(li, f"/regulator/referrals/{clue['id']}", 404)


async def test_another_regulator_does_not_see_the_clue_nor_act(
    platform: Platform, li: Client
) -> None:
    clue = await a_clue(platform)
    await send(li, f"/regulator/referrals/{clue['id']}/open", matter="查处未认证充电器")
    (row,) = await platform.views.followups.of_complaint(str(clue["id"]))
    async with signed_in(platform, WANG) as wang:
        await shown(wang, f"/regulator/referrals/{clue['id']}", 404)
        page = await shown(wang, f"/regulator/followups/{row['id']}")
        assert "可以做什么" not in page
        path = f"/regulator/followups/{row['id']}/close"
        assert "不能" in await shown(wang, path, 403)
        posted = await wang.post(path, data={**hidden(page), "reason": "与本局无关的事"})
        assert posted.status == 403
        assert row["number"] not in await shown(wang, "/regulator/followups")
        assert row["number"] in await shown(wang, "/regulator/followups?whose=all")


async def test_a_follow_up_of_its_own(li: Client) -> None:
    path = "/regulator/followups/open"
    page = await send(li, path, 422, source="own")
    assert "应为 18 位" in page
    assert "请填写“要跟进什么事情？”" in page
    assert 'href="#credit_code"' in page
    page = await send(li, path, source="own", matter="抽查发现不合格", credit_code=CODE)
    assert "监管部门自行发现" in page
    page = await send(
        li, f"{path}?enterprise={MINHAI.id}", source="check", matter="检查发现没有标识"
    )
    assert "检查发现问题" in page
    board = await shown(li, "/regulator/followups?state=opened&source=check")
    assert "检查发现没有标识" in board
    assert "抽查发现不合格" not in board


async def test_a_future_date_and_a_past_due_date_come_back_with_everything(li: Client) -> None:
    page = await send(
        li, "/regulator/followups/open", source="own", matter="抽查发现不合格", credit_code=CODE
    )
    here = re.search(r"/regulator/followups/[0-9a-f-]{36}", page)
    assert here
    asked = {"directive": "talk", "demands": "到局里说明情况", "basis": "第四条"}
    page = await send(
        li, f"{here[0]}/issue", 422, **asked,
        **date_parts("due", soon(-3)), **date_parts("occurred_on", soon(3)),
    )  # fmt: skip
    assert "在将来" in page
    page = await send(li, f"{here[0]}/issue", 422, **asked, **date_parts("due", soon(-3)))
    assert "答复日期要晚于发出文书的日期" in page
    assert "到局里说明情况" in page
    assert "还没有送达" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/regulator",
        "/regulator?group=others",
        "/regulator?group=week",
        "/regulator?group=overdue",
        "/regulator?group=nothing",
        "/regulator/followups",
        "/regulator/followups?q=%25&page=0",
        "/regulator/followups/open",
        "/regulator/referrals?page=abc",
        "/regulator/complaints?state=received&q=x",
        "/regulator/obligations?debtor=council&what=decision&late=1",
        "/regulator/trail?page=99",
    ],
)
async def test_every_page_opens_in_both_languages(li: Client, path: str, lang: str) -> None:
    page = await shown(li, f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", ["followups/x", f"followups/{new_id()}", f"referrals/{new_id()}"])
async def test_unknown_records_reveal_nothing(li: Client, path: str) -> None:
    await shown(li, f"/regulator/{path}", 404)
    await shown(li, f"/regulator/{path}/issue", 404)


async def test_the_board_of_who_owes_whom(platform: Platform, li: Client) -> None:
    await a_clue(platform)
    page = await shown(li, "/regulator/obligations")
    assert "答复消委会移送的线索" in page
    assert "答复消费者是否受理" in page
    page = await shown(li, "/regulator/obligations?debtor=regulator")
    assert "答复消费者是否受理" not in page
    page = await shown(li, "/regulator/obligations?lang=en&what=decision")
    assert "tell the consumer whether the complaint is accepted" in page


async def test_the_trail_reads_as_sentences_and_is_filtered(platform: Platform, li: Client) -> None:
    clue = await a_clue(platform)
    page = await shown(li, "/regulator/trail")
    assert "移送违法线索：销售没有认证的充电器" in page
    assert "#2" in page
    page = await shown(li, f"/regulator/trail?record={clue['number'].lower()}&person=赵敏")
    assert "登记了投诉" in page
    page = await shown(li, "/regulator/trail?party=不存在的单位")
    assert "没有符合条件的记录" in page
    assert "referred a clue" in await shown(li, "/regulator/trail?subject=complaints&lang=en")
    page = await shown(
        li, f"/regulator/trail?party={COUNCIL.id}&since={today()}&until={today()}&lang=zh"
    )
    assert "登记了投诉" in page
    assert "不是日期" in await shown(li, "/regulator/trail?since=2026-02-30", 422)


async def test_the_trail_as_a_file(platform: Platform, li: Client) -> None:
    clue = await a_clue(platform)
    response = await li.get(f"/regulator/trail.csv?record={clue['number']}")
    assert response.status == 200
    assert "attachment" in response.headers["Content-Disposition"]
    content = await response.read()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines[0][0] == "日志序号"
    assert [line[0] for line in lines[1:]] == ["2", "1"]
    assert lines[1][8].startswith("福州市消费者权益保护委员会 赵敏 就投诉")


async def test_a_file_is_read_in_parts_and_holds_no_connection_between_them(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_clue(platform)
    monkeypatch.setattr("services.views.trail.PART", 1)
    leaving = [platform.views.trail.each(100) for _ in range(30)]  # more than connections
    for rows in leaving:
        await anext(rows)
    whole = [row["position"] async for row in platform.views.trail.each(100)]
    assert whole == list(range(len(whole), 0, -1))
    assert len(whole) > 1
    for rows in leaving:
        await rows.aclose()
    assert len([row async for row in platform.views.trail.each(1)]) == 1


async def test_the_portal_is_for_regulators(platform: Platform) -> None:
    async with signed_in(platform, CONTACT) as contact:
        for path in ("", "/followups", "/referrals", "/obligations", "/trail", "/trail.csv"):
            await shown(contact, f"/regulator{path}", 403)


async def test_an_enterprises_complaints_lead_to_their_page_or_to_the_trail(
    platform: Platform, li: Client
) -> None:
    there = await an_enterprise(platform, MINHAI.name, CODE)
    own = (await lodging.a_complaint(platform, GULOU, LI, enterprise=there))["id"]
    others = (await lodging.a_complaint(platform, enterprise=there))["id"]
    page = await shown(li, f"/regulator/enterprises/{there.id}?part=complaints")
    assert f'href="/regulator/complaints/{own}"' in page
    assert f"/regulator/complaints/{others}" not in page
    assert 'href="/regulator/trail?record=GZ-' in page
