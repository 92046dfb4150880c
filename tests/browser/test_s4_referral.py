"""S4: a referral needs an answer (R778 §36; 121 §27), in a browser.

What is referred are the signs of a violation. The dispute stays the council's throughout; the
matter is a bureau's from the moment at which it opens a follow-up on it.
"""

from __future__ import annotations

import pytest

from tests.browser.telling import written_down
from tests.browser.world import Someone, World
from tests.files.samples import picture

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
GULOU, JINAN = "福州市鼓楼区市场监督管理局", "福州市晋安区市场监督管理局"
WHY = "充电器上的 3C 标志字体不符，编号查不到，疑似伪造"
NOT_OURS = "生产地不在本辖区，请移送晋安区局"


async def test_a_referral_needs_an_answer(world: World) -> None:
    await world.at(2026, 10, 12)
    zhao = await world.at_desk("赵敏", "clerk", world.party("福州"))
    li = await world.at_desk("李强", "clerk", world.party("鼓楼", "regulator"))
    wang = await world.at_desk("王磊", "clerk", world.party("晋安", "regulator"))
    head = await world.at_desk("郑平", "head", world.party("晋安", "regulator"))
    path, number = await written_down(zhao, "/council")
    await zhao.opens(f"{path}/accept")
    await zhao.presses("受理")
    await it_is_referred(zhao, path)
    await it_is_offered(zhao, li, path, number)
    await nobody_answers(world, zhao, li, path, number)
    await it_comes_back(world, zhao, li, path, number)
    await another_takes_it(world, zhao, wang, head, path, number)


async def it_is_referred(zhao: Someone, path: str) -> None:
    await zhao.opens(path)
    await zhao.follows("移送线索")
    await zhao.presses("移送线索", status=422)
    assert await zhao.errors() == ["请选择“移送给哪个监管部门？”", "请填写“发现了什么违法线索？”"]
    await zhao.picture("s4-nothing-said")
    await zhao.fills(to=GULOU, reason=WHY)
    for wide, name in ((120, "标志.jpg"), (90, "铭牌.jpg")):
        file = {"name": name, "mimeType": "image/jpeg", "buffer": picture(size=(wide, 80))}
        await zhao.page.set_input_files("#files", [file])  # type: ignore[list-item]
        await zhao.presses("上传所选文件")
    assert await zhao.page.input_value("[name=reason]") == WHY
    await zhao.sees("标志.jpg", "铭牌.jpg")
    await zhao.picture("s4-with-files")
    await zhao.presses("移送线索")
    await zhao.sees(f"移送违法线索：{WHY}", "标志.jpg", "铭牌.jpg")


async def it_is_offered(zhao: Someone, li: Someone, path: str, number: str) -> None:
    await li.opens("/regulator")
    await li.sees("等待你处理 1", "答复消委会移送的线索", number)
    await li.follows("答复消委会移送的线索")
    await li.sees(WHY, "标志.jpg", "铭牌.jpg", "立项跟进，或者说明理由退回")
    await li.picture("s4-offer")
    await zhao.opens(path)
    await zhao.sees(
        f"线索移送 监 {GULOU}", "处理单位 消 福州市消费者权益保护委员会", "调解并得出结果"
    )
    assert await zhao.page.locator(f"a[href='{path}/mediation']").count() == 1


async def nobody_answers(world: World, zhao: Someone, li: Someone, path: str, number: str) -> None:
    await world.at(2026, 10, 19)
    await zhao.opens("/council?group=others")
    await zhao.sees("未答复 5 个工作日", number)
    await zhao.picture("s4-waiting")
    await li.opens("/regulator")
    await li.sees("未答复 5 个工作日", number)
    await zhao.opens(path)
    await zhao.sees("未答复 5 个工作日")


async def it_comes_back(world: World, zhao: Someone, li: Someone, path: str, number: str) -> None:
    await li.opens("/regulator")
    await li.follows("答复消委会移送的线索")
    await li.follows("退回线索")
    await li.presses("退回线索", status=422)
    await li.fills(reason=NOT_OURS)
    await li.presses("退回线索")
    await world.at(2026, 10, 19, 11)
    await zhao.opens("/notices")
    await zhao.sees(f"退回投诉 {number} 的移送线索：{NOT_OURS}")
    await zhao.follows(number)
    await zhao.sees(WHY, NOT_OURS)
    await zhao.picture("s4-returned")
    await zhao.follows("移送线索")
    await zhao.fills(to=JINAN, reason=WHY)
    await zhao.presses("移送线索")


async def another_takes_it(
    world: World, zhao: Someone, wang: Someone, head: Someone, path: str, number: str
) -> None:
    await wang.opens("/regulator/referrals")
    await wang.follows(number)
    await wang.sees(WHY, "标志.jpg")
    await wang.follows("立项跟进")
    await wang.fills(matter="核查充电器涉嫌伪造 3C 标志一事")
    await wang.presses("立项")
    follow_up = wang.page.url.split("?")[0].removeprefix(world.address)
    await wang.picture("s4-accepted")
    await zhao.opens(path)
    await zhao.sees(f"监 {JINAN}", "监管部门的跟进", "还没有告知", WHY, NOT_OURS)
    await world.at(2026, 10, 30)
    await head.opens(follow_up)
    await head.follows("办结")
    await head.fills(reason="标志系伪造，已另案查处")
    await head.presses("办结")
    await head.follows("告知")
    await head.fills(result="标志系伪造，已立案查处")
    await head.presses("告知")
    await zhao.opens(path)
    await zhao.sees("标志系伪造，已立案查处", "2026年10月30日")
    await zhao.picture("s4-result")
