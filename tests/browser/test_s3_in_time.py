"""S3: a body decides in time (121 §15; CPL §37 and the provinces' rules), in a browser.

The seven working days of the scenario are those of a regulator (121 §15). What a council has is
left to the provinces (domain.md C8): five working days in Zhejiang, no number in Fujian.
"""

from __future__ import annotations

import re

import pytest

from tests.browser.telling import tracks, written_down
from tests.browser.world import Someone, World

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
#: So a regulator's seven and a council's five working days end, from 28 September 2026 on:
#: 29 and 30 September, 8, 9, 10 (a make-up Saturday), 12, 13 October.
SEVEN, FIVE = "2026年10月13日（周二）截止", "2026年10月10日（周六）截止"


async def test_a_body_decides_in_time(world: World) -> None:
    await world.at(2026, 9, 28)
    zhao = await world.at_desk("赵敏", "clerk", world.party("桐江"))
    above = await world.at_desk("孙洁", "head", world.party("杭州"))
    li = await world.at_desk("李强", "clerk", world.party("鼓楼", "regulator"))
    consumer = await world.visitor()
    path, number = await written_down(zhao, "/council", facts="三年前买的充电器不好用")
    late, late_number = await written_down(zhao, "/council")
    theirs, _ = await written_down(li, "/regulator")
    await the_dates_are_shown(zhao, li, path, theirs)
    await it_is_refused(zhao, path)
    await the_letter_is_made(zhao, consumer, path, number)
    await another_is_late(world, zhao, above, li, late, late_number)


async def the_dates_are_shown(zhao: Someone, li: Someone, path: str, theirs: str) -> None:
    await zhao.opens(path)
    await zhao.sees("答复消费者是否受理", FIVE, "5个工作日", "调休上班，照常计算：10月10日")
    await li.opens(theirs)
    await li.sees("决定是否受理并告知投诉人", SEVEN, "7个工作日", "国庆节（10月1日至10月7日）")
    await li.follows("看日历")
    await li.sees("第十五条", "2026年10月13日")
    await li.picture("s3-calendar")


async def it_is_refused(zhao: Someone, path: str) -> None:
    await zhao.opens(path)
    await zhao.follows("不予受理")
    await zhao.fills(reason="买受已过三年，也没有消费凭证")
    await zhao.presses("不予受理", status=422)
    assert (await zhao.errors())[0].startswith("请选择")
    assert await zhao.page.input_value("[name=reason]") == "买受已过三年，也没有消费凭证"
    await zhao.picture("s3-no-ground")
    await zhao.opens(path)
    await zhao.sees("已收到")
    await zhao.follows("不予受理")
    await zhao.fills(ground="R3", reason="不能证明与经营者有消费争议")
    await zhao.presses("不予受理")
    await zhao.sees("决定不予受理投诉", "不能证明与经营者有消费争议")
    await zhao.picture("s3-refused")


async def the_letter_is_made(zhao: Someone, consumer: Someone, path: str, number: str) -> None:
    await zhao.opens(path)
    await zhao.follows("文书：制作、送达")
    await zhao.page.click("section.letter:has-text('不予受理决定书') button")
    await zhao.sees("投诉不予受理决定书", "SHA-256", "还没有送达")
    await zhao.picture("s3-letters")
    await zhao.opens(path)
    await zhao.sees("制作了《投诉不予受理决定书》")
    await tracks(consumer, number)
    await consumer.sees("决定不予受理", "不能证明与经营者有消费争议", "仲裁", "人民法院")
    await consumer.misses("赵敏")
    await consumer.picture("s3-her-page")
    await consumer.follows("文书：决定书")
    await consumer.sees("投诉不予受理决定书")


async def another_is_late(
    world: World, zhao: Someone, above: Someone, li: Someone, late: str, number: str
) -> None:
    await world.at(2026, 10, 14)
    await zhao.opens("/council?group=overdue")
    await zhao.sees("已逾期 3 个工作日", number)
    await zhao.picture("s3-overdue")
    await li.opens("/regulator?group=overdue")
    await li.sees("已逾期 1 个工作日")
    for _ in range(2):
        await world.at(2026, 10, 14, 10)
        await zhao.opens("/notices")
        page = await zhao.unfolds()
        assert len(re.findall("已逾期，最迟应为 2026年10月10日", page)) == 1
    await zhao.picture("s3-notices")
    await above.opens("/notices")
    await above.sees("已逾期，报上级", number)
    await above.follows(number)
    await above.sees(number, "桐江县消费者权益保护委员会", "已逾期 3 个工作日")
    await above.picture("s3-superior")
    await zhao.opens(late)
    await zhao.sees("已逾期 3 个工作日", "已记录逾期，最迟应为 2026年10月10日")
    await zhao.misses("重置", "清除逾期")
