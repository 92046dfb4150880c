"""Comparative tests of the demo's council: corrected, withdrawn, shown, drafted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.loading import LAST, Bundle, record_id
from deploy.demo.people import DEMO_UNIT, clerk, contact, head_beside
from deploy.demo.province import units
from services.actions import instruments as i

_CITY = "350100"
#: Title, goods, method; days before the last day; how far it came.
_TESTS = (
    ("电动自行车充电器比较", "电动自行车充电器", "GB 42296-2022", 80, "corrected"),
    ("手机充电器比较", "手机充电器", "GB 4943.1-2022", 60, "withdrawn"),
    ("移动电源发热比较", "移动电源", "GB/T 35590-2017", 12, "shown"),
    ("延长线插座比较", "延长线插座", "GB/T 2099.7-2015", 3, "draft"),
)
#: Brand, results, remark; the first ones with an enterprise of the platform.
_SAMPLES = (
    ("安行 A1", "最高温度 = 61 °C\n待机功耗 = 0.3 W\n认证标志 = 符合", ""),
    ("快充 K2", "最高温度 = 83 °C\n待机功耗 = 0.9 W\n认证标志 = 不符合", "两次复测结果相同"),
    ("无品牌", "最高温度 = 97 °C\n认证标志 = 不符合", "购买记录没有经营者名称"),
)  # fmt: skip
_WHY = "第 2 号样品的型号登记有误，重新核对后更正"


async def compare(bundle: Bundle) -> None:
    """All of them."""
    for n, each in enumerate(_TESTS):
        await _test(bundle, n, *each)


async def _test(
    bundle: Bundle, n: int, title: str, goods: str, method: str, days: int, far: str
) -> None:
    officer, on = clerk("council", _CITY), LAST - timedelta(days=days)
    drafted = i.DraftComparison(
        by=officer, occurred_on=on, comparison=record_id(on, f"comparison {n}"), title=title,
        goods=goods, method=method, tested_by="福建省产品质量检验研究院",
        tested_on=on - timedelta(days=5), bought="由消费者身份的工作人员在网店和门店购买",
        text="每款买两个样品，取较差的结果。",
    )  # fmt: skip
    await bundle.do(i.draft_comparison, drafted)
    for place, (brand, results, remark) in enumerate(_SAMPLES):
        row: dict[str, Any] = {"brand": brand, "results": results, "remark": remark}
        await _sample(bundle, drafted.comparison, on, place, row)
    if far == "draft":
        return
    await _show(bundle, drafted.comparison, on)
    if far == "shown":
        return
    await _publish(bundle, drafted.comparison, on)
    await _afterwards(bundle, drafted.comparison, on, far)


async def _sample(bundle: Bundle, test: UUID, on: date, place: int, row: dict[str, Any]) -> None:
    if place < len(_SAMPLES) - 1:
        unit = next(each for each in units() if each.n == DEMO_UNIT + place)
        row |= {"enterprise": unit.ref, "code": unit.credit_code}
    officer = clerk("council", _CITY)
    added = i.AddSample(by=officer, occurred_on=on, comparison=test, **row)
    await bundle.do(i.add_sample, added)


async def _show(bundle: Bundle, test: UUID, on: date) -> None:
    officer, until = clerk("council", _CITY), on + timedelta(days=15)
    shows = i.ShowComparison(by=officer, occurred_on=on, comparison=test, until=until)
    await bundle.do(i.show_comparison, shows)


async def _publish(bundle: Bundle, test: UUID, on: date) -> None:
    """One enterprise has its say, the other's term ends."""
    firm = contact(next(each for each in units() if each.n == DEMO_UNIT))
    says = i.CommentOnComparison(
        by=firm, occurred_on=on + timedelta(days=6), comparison=test,
        comment="样品为上一代产品，现售型号已加强散热。",
    )  # fmt: skip
    await bundle.do(i.comment_on_comparison, says)
    head, day = head_beside(clerk("council", _CITY)), on + timedelta(days=16)
    publishes = i.PublishComparison(by=head, occurred_on=day, comparison=test)
    await bundle.do(i.publish_comparison, publishes)


async def _afterwards(bundle: Bundle, test: UUID, on: date, far: str) -> None:
    officer, day = clerk("council", _CITY), on + timedelta(days=20)
    if far == "withdrawn":
        gone = i.WithdrawComparison(
            by=head_beside(officer), occurred_on=day, comparison=test,
            reason="检测机构通知仪器校准有误，全部结果重做",
        )  # fmt: skip
        await bundle.do(i.withdraw_comparison, gone)
        return
    corrects = i.CorrectComparison(by=officer, occurred_on=day, comparison=test, reason=_WHY)
    await bundle.do(i.correct_comparison, corrects)
    drops = i.DropSample(by=officer, occurred_on=day, comparison=test, sample=2)
    await bundle.do(i.drop_sample, drops)
    _, results, remark = _SAMPLES[1]
    row: dict[str, Any] = {"brand": "快充 K2 Pro", "results": results, "remark": remark}
    await _sample(bundle, test, day, 1, row)
    await _show(bundle, test, day)
    await _publish(bundle, test, day)
