"""S5: entrusted mediation and a paused clock (121 §19, §22, §23; Order 778 §45), in a browser."""

from __future__ import annotations

import pytest

from tests.browser.telling import a_date, tracks, written_down
from tests.browser.world import MINHAI, Someone, World

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
GULOU = "福州市鼓楼区市场监督管理局"


async def test_entrusted_mediation_and_a_paused_clock(world: World) -> None:
    await world.at(2026, 7, 10)
    bureau = world.party("鼓楼", "regulator")
    officer = await world.at_desk("李强", "clerk", bureau)
    head = await world.at_desk("吴芳", "head", bureau)
    council = await world.at_desk("赵敏", "clerk", world.party("福州"))
    firm = await world.at_desk("周海", "contact", world.parties[MINHAI])
    consumer = await world.visitor()
    path, number = await written_down(officer, "/regulator")
    theirs = path.replace("/regulator", "/council")
    await it_is_entrusted(world, officer, council, firm, path)
    await a_test_pauses_the_clock(world, council, officer, theirs, path)
    await the_mediator_is_challenged(council, head, consumer, theirs, number)
    await they_agree(world, council, officer, firm, consumer, theirs)


async def it_is_entrusted(
    world: World, officer: Someone, council: Someone, firm: Someone, path: str
) -> None:
    await world.at(2026, 7, 13)
    theirs = path.replace("/regulator", "/council")
    await officer.opens(f"{path}/accept")
    await officer.fills(mediated_by="entrusted")
    await officer.presses("受理")
    await firm.opens(path.replace("/regulator", "/enterprise") + "/consent")
    await firm.fills(what="entrust")
    await firm.presses("同意")
    await officer.opens(path)
    await officer.follows("委托调解")
    await officer.fills(to="福州市消费者权益保护委员会")
    await officer.presses("委托")
    await council.opens(theirs)
    await council.sees(f"以{GULOU}名义调解")
    side = await council.page.inner_text("aside.side")
    assert "2026年9月11日（周五）截止" in side, "what it has, is what the bureau has"
    await council.picture("s5-entrusted")
    assert await council.page.locator("a[href$='/entrust']").count() == 0
    assert await council.posts(f"{theirs}/entrust") == 403
    await council.opens("/council/entrusted")
    await council.sees(GULOU, "调解中", MINHAI)


async def a_test_pauses_the_clock(
    world: World, council: Someone, officer: Someone, theirs: str, path: str
) -> None:
    """The laws differ on what a last day on a holiday rolls over (domain.md §9): pages say the
    nominal day (25 Sep), the safe one before the holiday, and the latest after it (28 Sep)."""
    await officer.opens(path)
    await officer.sees("2026年9月11日（周五）截止")
    await world.at(2026, 7, 20)
    await council.opens(f"{theirs}/testing")
    await council.fills(lab="省产品质量检验研究院", item="充电器", chosen="agreed", payer="shared")
    await council.presses("检测")
    await council.sees("检测中，调解暂停")
    await world.at(2026, 7, 20, 10)
    await officer.opens(path)
    await officer.sees("期限暂停，现在不计时")
    await officer.picture("s5-paused")
    await world.at(2026, 8, 3)
    await council.opens(f"{theirs}/testing-end")
    await council.fills(result="外壳不符合阻燃要求")
    await council.presses("检测")
    await world.at(2026, 8, 3, 10)
    await officer.opens(path)
    await officer.sees(
        "60日：已用7日，扣除检测14日", "原为 2026年9月11日", "最后一天是 2026年9月25日",
        "2026年9月25日是中秋节休息日", "最迟不超过 2026年9月28日",
    )  # fmt: skip
    await officer.picture("s5-counted")


async def the_mediator_is_challenged(
    council: Someone, head: Someone, consumer: Someone, theirs: str, number: str
) -> None:
    await council.opens(f"{theirs}/session")
    await council.fills(
        **a_date("day", 2026, 8, 10), time="14:30", meeting="place", place="二楼调解室",
        mediator="徐婷婷",
    )  # fmt: skip
    await council.presses("通知调解")
    await tracks(consumer, number)
    await consumer.sees("二楼调解室", "2026年8月10日 14:30")
    await consumer.picture("s5-invited")
    await consumer.follows("回避")
    await consumer.fills(why="他是店主的表亲")
    await consumer.presses("申请")
    await consumer.sees("您申请调解人员回避，调解中止")
    await council.opens(theirs)
    assert await council.page.locator(f"a[href='{theirs}/held']").count() == 0
    await council.opens(f"{theirs}/held", status=409)
    assert await council.posts(f"{theirs}/held", meeting="place", mediator="徐婷婷") == 409
    await head.opens(theirs.replace("/council", "/regulator"))
    await head.follows("决定")
    await head.fills(granted="yes", mediator="林平", reason="确有亲属关系，应当回避")
    await head.presses("决定")
    await head.sees(f"消费者申请投诉 {number} 的调解人员回避", "回避，改由林平调解")
    await head.picture("s5-recusal")


async def they_agree(
    world: World, council: Someone, officer: Someone, firm: Someone, consumer: Someone,
    theirs: str,
) -> None:  # fmt: skip
    """The record is the bureau's letter (form 9): the mediation is in its name."""
    await world.at(2026, 8, 20)
    path = theirs.replace("/council", "/regulator")
    await council.opens(f"{theirs}/agreement")
    await council.fills(
        remedy="refund", terms="全额退款，消费者退回充电器", paper="paper",
        **a_date("perform_by", 2026, 9, 10),
    )  # fmt: skip
    await council.presses("协议")
    await council.sees("达成协议")
    await officer.opens(path)
    await officer.sees("回访协议是否履行", "2026年9月10日（周四）截止", "履行调解协议")
    await officer.opens(f"{path}/letters")
    for to in ("complainant", "respondent"):
        letter = officer.page.locator("section.letter:has-text('投诉调解书')")
        await letter.locator("select").select_option(to)
        await letter.locator("button").click()
        await officer.page.wait_for_url("**at=**")
    await officer.sees("送投诉人", "送被投诉人", "SHA-256")
    await officer.picture("s5-letters")
    await consumer.opens("/track/complaint/letters")
    await consumer.sees("投诉调解书")
    await consumer.picture("s5-her-letters")
    await firm.opens(theirs.replace("/council", "/enterprise"))
    await firm.sees("投诉调解书", "履行调解协议", "2026年9月10日（周四）截止")
    await firm.picture("s5-firm")
    await world.at(2026, 9, 8)
    await officer.opens("/regulator?group=week")
    await officer.sees("回访协议是否履行")
