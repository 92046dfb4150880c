"""S2: similar complaints are offered, joined and un-joined (121 §12, R30), in a browser.

Topics are those of complaints whose consumers agreed to publication: nothing else is public.
"""

from __future__ import annotations

import re

import pytest

from events.complaints import ComplaintMerged, ComplaintSeparated
from tests.browser.lodging import confirms, lodges
from tests.browser.telling import tracks, written_down
from tests.browser.world import MINHAI, Someone, World
from tests.portals.lodging import number_on

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
GOODS = "闽海 48V 充电器 2406批"
TOPIC = f"{GOODS}（质量，3 件在办）"
#: The invented county stands at a real one's code.
PLACE = "350121"
SAME, OTHER = "同一批次同一问题，同一经营者", "批次不同，是另一件事"


async def test_similar_complaints_are_offered_joined_and_un_joined(world: World) -> None:
    await world.at(2026, 9, 28)
    officer = await world.at_desk("赵敏", "clerk", world.party("榕城"))
    told = {"product": GOODS, "may_publish": "yes"}
    leads = [
        await written_down(officer, "/council", **told, name=name) for name in ("王", "陈", "孙")
    ]
    await written_down(officer, "/council", product="电热毯", may_publish="no", name="周")
    consumer = await world.visitor()
    number = await she_is_offered_to_join(consumer)
    path = await the_officer_sees_it(officer, number)
    listed = await counted(officer)
    await it_is_merged(world, officer, consumer, path, number, leads[0])
    assert await counted(officer) == listed - 1
    await world.at(2026, 10, 9)
    await it_is_separated(officer, consumer, path, number, leads[0])
    assert await counted(officer) == listed
    await officer.opens(path)
    await officer.sees("没有期限 · 未答复 4 个工作日 为什么？ 2026年9月28日：收到投诉")
    kinds = await world.platform.log.of_kinds([ComplaintMerged, ComplaintSeparated])
    assert [type(each.event) for each in kinds] == [ComplaintMerged, ComplaintSeparated]


async def she_is_offered_to_join(consumer: Someone) -> str:
    await consumer.opens("/complain")
    await consumer.fills(respondent=MINHAI, place=PLACE, respondent_address="工业路1号")
    await it_is_offered_while_she_types(consumer)
    await consumer.presses("继续")
    await consumer.sees(TOPIC)
    await consumer.misses("王", "13900005678", "冒烟", "电热毯", "GZ-2026")
    await consumer.picture("s2-topics")
    await consumer.fills(
        category="quality", product="48V充电器", facts="充电时冒烟", injury="no",
    )  # fmt: skip
    await consumer.presses("继续")
    await consumer.sees(f"加入共同投诉：{TOPIC}", "继续单独投诉")
    await consumer.misses("王", "13900005678", "冒烟，外壳变形", "GZ-2026")
    await consumer.picture("s2-join")
    await consumer.fills(
        joins=f"quality:{GOODS}", request="退货退款", may_mediate="yes", may_publish="no"
    )
    await consumer.presses("继续")
    await consumer.fills(name="林月", phone="13900002222", address="榕城县东街2号")
    await consumer.presses("继续")
    await consumer.sees(f"加入共同投诉：{TOPIC}")
    await confirms(consumer)
    await lodges(consumer)
    return number_on(await consumer.reads())


async def it_is_offered_while_she_types(consumer: Someone) -> None:
    """Where scripts run; without, the next page says it."""
    if not consumer.world.scripted:
        return await consumer.misses(TOPIC)
    await consumer.page.wait_for_selector(f"[data-similar] li:has-text('{TOPIC}')")
    await consumer.picture("s2-typing")
    await consumer.fills(respondent=f"{MINHAI}二")
    await consumer.page.wait_for_selector("[data-similar]", state="hidden")
    await consumer.fills(respondent=MINHAI)
    await consumer.page.wait_for_selector(f"[data-similar] li:has-text('{TOPIC}')")


async def the_officer_sees_it(officer: Someone, number: str) -> str:
    await officer.opens("/council/complaints")
    await officer.follows(number)
    await officer.sees("愿意加入共同投诉", f"{GOODS}（质量）")
    return "/" + officer.page.url.split("?")[0].split("/", 3)[3]


async def counted(officer: Someone) -> int:
    await officer.opens("/council/complaints")
    found = re.search(r"共 (\d+) 条", await officer.reads())
    assert found
    return int(found[1])


async def it_is_merged(
    world: World, officer: Someone, consumer: Someone, path: str, number: str, lead: tuple[str, str]
) -> None:
    await world.at(2026, 9, 30)
    await officer.opens(path)
    await officer.follows("并案")
    await officer.fills(into_number=lead[1], how="duplicate")
    await officer.presses("并案", status=422)
    await officer.fills(reason=SAME)
    await officer.presses("并案")
    await officer.sees("已并案", f"将投诉 {number} 并入 {lead[1]}", SAME)
    await officer.picture("s2-merged")
    await officer.opens(lead[0])
    await officer.sees(f"将投诉 {number} 并入本件", SAME, "重复投诉")
    await tracks(consumer, number, "2222")
    await consumer.sees("与另一件同样的投诉一起办理", "您仍然用自己的编号查询")
    await consumer.misses(lead[1], "已办结")
    await consumer.picture("s2-told")


async def it_is_separated(
    officer: Someone, consumer: Someone, path: str, number: str, lead: tuple[str, str]
) -> None:
    await officer.opens(path)
    await officer.follows("分案")
    await officer.fills(reason=OTHER)
    await officer.presses("分案")
    await officer.sees(
        "已收到", f"从 {lead[1]} 中分出", f"将投诉 {number} 并入 {lead[1]}", OTHER, SAME
    )
    await officer.opens(lead[0])
    await officer.sees(f"将投诉 {number} 并入本件", f"将投诉 {number} 从本件", SAME, OTHER)
    await tracks(consumer, number, "2222")
    await consumer.sees("恢复单独办理", "与另一件同样的投诉一起办理")
    await consumer.picture("s2-apart")
