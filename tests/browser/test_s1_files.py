"""S1: a consumer files a complaint on her telephone and follows it, in a browser.

Her query code is the number with the last four digits of her telephone. A council of Fujian has no
number of days for its decision (domain.md C8), so she is told just that; S3 has the dates.
"""

from __future__ import annotations

import re

import pytest

from events.complaints import ComplaintRegistered
from events.evidence import FileAdded
from services.heads import stored
from tests.browser.lodging import confirms
from tests.browser.telling import tracks
from tests.browser.world import MINHAI, Someone, World
from tests.files.samples import picture
from tests.portals.lodging import number_on

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
CLAIM = "充电九天后外壳发烫变形，闻到焦味"
COUNCIL = "榕城县消费者权益保护委员会"
#: The invented county stands at a real one's code.
PLACE = "350121"


async def test_a_consumer_files_and_follows_a_complaint(world: World) -> None:
    await world.at(2026, 9, 28)
    yue = await world.visitor()
    officer = await world.at_desk("赵敏", "clerk", world.party("榕城"))
    await nothing_is_lost_by_an_error(yue)
    await she_sees_who_handles_it(yue)
    number = await she_sends_it_twice(world, yue)
    await the_council_has_it(officer, number)
    await she_follows_it(yue, number)
    await a_guesser_waits(world, number)


async def nothing_is_lost_by_an_error(yue: Someone) -> None:
    await yue.opens("/")
    await yue.follows("我要投诉")
    await yue.fills(respondent=MINHAI, place=PLACE, respondent_address="榕城县工业路1号")
    await yue.presses("继续")
    await yue.fills(category="quality", product="充电器", facts=CLAIM, injury="no")
    photo = {"name": "发烫.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    await yue.page.set_input_files("#files", [photo])  # type: ignore[list-item]
    await yue.presses("返回上一步")
    await yue.fills(respondent_address="")
    await yue.presses("继续", status=422)
    assert (await yue.page.title()).startswith("错误：")
    assert await yue.errors() == ["请填写被投诉人地址"]
    await yue.page.click(".govuk-error-summary__list a")
    there = await yue.page.evaluate("document.activeElement.id || location.hash.slice(1)")
    assert there == "respondent_address"
    await yue.picture("s1-error")
    await yue.fills(respondent_address="榕城县工业路1号")
    await yue.presses("继续")
    await yue.presses("返回上一步")
    assert await yue.page.input_value("[name=facts]") == CLAIM
    await yue.sees("发烫.jpg")
    await yue.picture("s1-kept")


async def she_sees_who_handles_it(yue: Someone) -> None:
    await yue.presses("继续")
    await yue.fills(request="退货退款", may_mediate="yes", may_publish="no")
    await yue.presses("继续")
    await yue.fills(name="林月", phone="13900005678", address="榕城县东街2号")
    await yue.presses("继续")
    await yue.sees(f"由 {COUNCIL} 处理（被投诉人经营地）", CLAIM, "发烫.jpg")
    await yue.picture("s1-check")


async def she_sends_it_twice(world: World, yue: Someone) -> str:
    """Without scripts she types the code; the second click comes before the first is answered."""
    await confirms(yue)
    await yue.picture("s1-code")
    send = yue.page.locator("main button:has-text('提交投诉')")
    async with yue.page.expect_navigation(url=re.compile("/receipt/")):
        await send.evaluate("button => { button.click(); button.click(); }")
    await yue.sees("投诉已收到", "2026年9月28日 09:0", COUNCIL, "打印", "没有规定具体天数")
    number = number_on(await yue.reads())
    await yue.picture("s1-receipt")
    (only,) = await world.platform.log.of_kinds([ComplaintRegistered])
    assert number == only.event.number  # type: ignore[attr-defined]
    kept = await stored.one(world.platform.pool, only.position)
    assert kept is not None
    await yue.sees(kept.entry.state_hash.hex())
    assert len(await world.platform.log.of_kinds([FileAdded])) == 1
    return number


async def the_council_has_it(officer: Someone, number: str) -> None:
    await officer.opens("/council")
    await officer.sees("等待你处理 1", number)
    await officer.picture("s1-desk")


async def she_follows_it(yue: Someone, number: str) -> None:
    await tracks(yue, number)
    await yue.sees("已收到", f"{COUNCIL}会决定是否受理", "没有规定具体天数", "2026年9月28日")
    await yue.misses("赵敏")
    await yue.picture("s1-track")


async def a_guesser_waits(world: World, number: str) -> None:
    guesser = await world.visitor()
    for _ in range(5):
        await guesser.opens("/track")
        await guesser.fills(number=number, digits="0000")
        await guesser.presses("查询", status=422)
    await guesser.opens("/track")
    await guesser.fills(number=number, digits="5678")
    await guesser.presses("查询", status=429)
    await guesser.sees("已经输错 5 次", "分钟后再试")
    await guesser.picture("s1-waits")
