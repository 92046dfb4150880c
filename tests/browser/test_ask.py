"""Asking online in a browser, on a phone: with scripts nothing more is asked, without a code."""

from __future__ import annotations

import re

import pytest

from events.enquiries import EnquiryReceived
from tests.browser.lodging import confirms
from tests.browser.world import World
from tests.caught_up import caught_up

pytestmark = [pytest.mark.browser, pytest.mark.postgres]


async def test_a_question_is_asked_and_its_answer_read(world: World) -> None:
    she = await world.visitor()
    await she.opens("/")
    await she.picture("ask-home")
    await she.page.click("main a:has-text('我要咨询')")
    await she.presses("继续", status=422)
    assert len(await she.errors()) == 4
    await she.picture("ask-wrong")
    await she.fills(
        body="council", place="350121", question="定做的衣服能七天无理由退货吗？",
        name="林月", phone="13900005678",
    )  # fmt: skip
    await she.picture("ask-form")
    await she.presses("继续")
    await she.sees("榕城县消费者权益保护委员会", "您选择的地区由它负责")
    await she.picture("ask-check")
    await confirms(she)
    async with she.page.expect_navigation(url=re.compile("/ask/receipt")):
        await she.page.click("main button:has-text('提交咨询')")
    await she.sees("咨询已收到", "查询码")
    await she.picture("ask-receipt")
    number, code = [
        await one.inner_text() for one in await she.page.query_selector_all("dd strong")
    ]
    await it_is_answered(world, number)
    again = await world.visitor()
    await again.opens("/track")
    await again.fills(number=number, digits=code)
    await again.presses("查询")
    await again.sees("定做的商品不适用七天无理由退货", "追问")
    await again.picture("ask-answer")
    (only,) = await world.platform.log.of_kinds([EnquiryReceived])
    assert isinstance(only.event, EnquiryReceived)
    assert only.event.by.channel == "portal"


async def it_is_answered(world: World, number: str) -> None:
    """At the desk of the body that was asked."""
    await caught_up(world.platform)
    clerk = await world.at_desk("周晴", "clerk", world.party("榕城县"))
    await clerk.opens("/council/enquiries?state=asked")
    await clerk.follows(number)
    await clerk.picture("ask-desk")
    await clerk.page.click("main a:has-text('答复')")
    await clerk.fills(answer="定做的商品不适用七天无理由退货")
    await clerk.presses("答复")
