"""Messages: a clerk asks, the consumer answers with a photo; the business is asked apart; each
reads its own talk, and nobody else reads either."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from aiohttp import FormData

from events.event import today
from portals.enterprise.home import RECORD
from tests.files.samples import picture
from tests.journeys.people import MEMBER, Person, person
from tests.portals.desks import date_parts
from tests.portals.lodging import fields, number_on

pytestmark = pytest.mark.postgres

TOLD = {
    "channel": "phone", "respondent": MEMBER, "respondent_address": "鼓楼区工业路1号",
    "category": "quality", "product": "闽海48V充电器 2511批", "facts": "充电时冒烟",
    "injury": "no", "request": "退货退款", "may_mediate": "yes", "may_publish": "no",
    "name": "王先生", "phone": "13900003333", "address": "福州市鼓楼区",
}  # fmt: skip
QUESTION, ANSWER = "请补充发票照片甲", "发票照片在附件里乙"
TO_FIRM, FROM_FIRM = "请说明进货渠道丙", "从总代理进货丁"
TRACK = "/track/complaint"


async def test_each_side_talks_with_the_body_and_nobody_else(served: str) -> None:
    async with (
        person(served, "fuzhou") as clerk, person(served) as consumer,
        person(served, "qiye") as firm,
    ):  # fmt: skip
        path, number = await a_complaint(clerk)
        await consumer.sends("/track", number=number, digits="3333")
        await the_clerk_asks(clerk, path)
        await the_consumer_answers(consumer)
        await the_clerk_sees_and_replies(clerk, path, number)
        await the_business_is_asked_apart(clerk, firm, path)
        await nobody_reads_what_is_not_theirs(served, consumer, firm, path, number)
        await it_ends_and_she_writes_once_more(clerk, consumer, path)


async def a_complaint(clerk: Person) -> tuple[str, str]:
    page = await clerk.sends("/council/new", **TOLD)
    (id,) = set(re.findall(r"/council/complaints/([0-9a-f-]{36})/accept", page))
    path = f"/council/complaints/{id}"
    assert "message-business" not in page, "the business has not been told of it"
    await clerk.sends(f"{path}/accept")
    return path, number_on(page)


async def the_clerk_asks(clerk: Person, path: str) -> None:
    form = await clerk.sees(f"{path}/message")
    assert "消费者会看到" in form
    assert "内部备注" not in form
    until = date_parts("until", (today() + timedelta(days=7)).isoformat())
    wrong = await clerk.sends(f"{path}/message", status=422, text=QUESTION, asks="no", **until)
    assert "请选“需要对方答复”" in wrong
    assert QUESTION in wrong, "what was typed is kept"
    page = await clerk.sends(f"{path}/message", text=QUESTION, asks="yes", **until)
    assert QUESTION in page
    assert "等对方答复，希望在" in page


async def the_consumer_answers(consumer: Person) -> None:
    page = await consumer.sees(TRACK)
    assert QUESTION in page
    assert "前答复" in page
    assert ">答复</a>" in page
    acts = page[page.index("可以做什么") :]
    assert acts.index("答复承办单位的消息") < acts.index("撤回投诉"), (
        "what is asked of her is first"
    )
    form = await consumer.sees(f"{TRACK}/message")
    assert "不会改变办理期限" in form
    assert "请填写" in await consumer.sends(f"{TRACK}/message", status=422, text=" ")
    sent = FormData()
    for name, value in {**fields(form), "text": ANSWER}.items():
        sent.add_field(name, value)
    sent.add_field("files", picture(), filename="fapiao.jpg", content_type="image/jpeg")
    async with consumer.http.post(f"{consumer.address}{TRACK}/message", data=sent) as answer:
        page = await answer.text()
    assert ANSWER in page
    assert ">答复</a>" not in page, "nothing is asked of her any more"


async def the_clerk_sees_and_replies(clerk: Person, path: str, number: str) -> None:
    desk = await clerk.sees("/council")
    assert number in desk
    assert "来信还没有答复" in desk
    assert "来信未答复" in await clerk.sees(f"/council/complaints?q={number}")
    page = await clerk.sees(path)
    assert ANSWER in page
    assert "fapiao.jpg" in page
    assert "来信未答复，自" in page
    left = await clerk.denied(f"{path}/no-answer")
    assert left == 200
    page = await clerk.sees(path)
    assert "来信未答复" not in page
    assert "已阅，无需另行答复" in page
    assert await clerk.denied(f"{path}/no-answer") == 409, "nothing waits any more"
    page = await clerk.sends(f"{path}/message", text="收到发票戊", asks="no")
    assert "收到发票戊" in page


async def the_business_is_asked_apart(clerk: Person, firm: Person, path: str) -> None:
    page = await clerk.sends(f"{path}/message-business", text=TO_FIRM, asks="yes")
    assert TO_FIRM in page
    home = await firm.sees("/enterprise")
    assert "答复承办单位的消息" in home
    own = f"/enterprise/complaints/{path.rpartition('/')[2]}"
    page = await firm.sees(own)
    assert TO_FIRM in page
    page = await firm.sends(f"{own}/message", text=FROM_FIRM)
    assert FROM_FIRM in page
    assert FROM_FIRM in await clerk.sees(path)


async def nobody_reads_what_is_not_theirs(
    served: str, consumer: Person, firm: Person, path: str, number: str
) -> None:
    id = path.rpartition("/")[2]
    hers = (QUESTION, ANSWER, "收到发票戊")
    for page in (f"/enterprise/complaints/{id}", RECORD, f"{RECORD}?part=complaints"):
        text = await firm.sees(page)
        assert not any(each in text for each in hers)
        assert "给消费者写了消息" not in text
    text = await consumer.sees(TRACK)
    assert TO_FIRM not in text
    assert FROM_FIRM not in text
    async with person(served, "gulou") as officer:
        trail = await officer.sees(f"/regulator/trail?record={number}")
        assert "给消费者写了消息" in trail, "that it was written is no secret"
        assert not any(each in trail for each in (*hers, TO_FIRM, FROM_FIRM))


async def it_ends_and_she_writes_once_more(clerk: Person, consumer: Person, path: str) -> None:
    await clerk.sends(f"{path}/terminate", ground="T3", reason="经营者拒绝任何赔偿")
    form = await consumer.sees(f"{TRACK}/message")
    assert "可以据此申请重新办理" in form
    assert "新事实己" in await consumer.sends(f"{TRACK}/message", form, text="新事实己")
    assert "新事实己" in await clerk.sees(path)
