"""Pledges of the demo: five associations, thirteen pledges, and what became of each signature."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from deploy.demo.loading import LAST, Bundle, chance, later, load_bundle, record_id, some_day
from deploy.demo.parties import has_left
from deploy.demo.people import DEMO_UNIT, clerk, contact, head, secretary
from deploy.demo.province import Unit, members
from events.event import Acting
from services.actions import member_pledges as m
from services.actions import member_questions as q
from services.actions.pledge_checks import SpotCheckPledge, spot_check_pledge
from services.actions.pledges import DraftPledge, PublishPledge, draft_pledge, publish_pledge
from services.platform import Platform


class Promise(NamedTuple):
    """The text of one pledge, its association and period, how many members signed, who has not."""

    association: int
    title: str
    text: str
    metric: str
    target: str
    evidence: str
    period_from: date
    period_to: date
    signed: int
    #: units that have still to sign, by number
    without: tuple[int, ...] = ()


_JUDGED = (date(2024, 1, 1), date(2024, 12, 31))
_LAST_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
_OVER = (date(2026, 1, 1), date(2026, 10, 31))
_SOON = (date(2026, 1, 1), date(2026, 11, 30))
_YEAR = (date(2026, 1, 1), date(2026, 12, 31))
_NEXT = (date(2026, 7, 1), date(2027, 6, 30))

PLEDGES = (
    Promise(0, "充电器追溯标签承诺", "每只出厂的充电器贴可扫码的追溯标签，能查到批次和检验报告。",
            "抽查的充电器中贴有追溯标签的比例", "不低于95%", "标签照片和出货数量表", *_SOON, 20),
    Promise(0, "不销售改装车承诺", "不销售解除限速的电动自行车，不为消费者改装电池和控制器。",
            "神秘买家暗访中提供改装的门店数", "0家", "门店承诺书照片和暗访记录", *_YEAR, 18),
    Promise(0, "旧蓄电池回收承诺", "消费者更换蓄电池时回收旧电池，交有资质的单位处理。",
            "旧蓄电池回收率", "不低于80%", "回收台账和转移联单", *_LAST_YEAR, 12),
    Promise(1, "足米足径承诺", "每卷电线长度不短于标称，导体直流电阻符合国家标准。",
            "自检卷数中长度和电阻合格的比例", "100%", "第三方检验报告和自检记录", *_OVER, 18),
    Promise(1, "铜材进货可追溯承诺", "铜材逐批索取检验报告，保存五年以上。",
            "有检验报告的进货批次比例", "100%", "进货台账和检验报告", *_JUDGED, 10),
    Promise(2, "食品接触用标识承诺", "食品接触塑料包装逐件标注“食品接触用”和材质。",
            "抽查产品标识合格率", "不低于98%", "标识照片和抽查表", *_YEAR, 16),
    Promise(2, "回收料不进食品线承诺", "食品接触产品生产线不使用来源不明的回收料。",
            "原料批次可追溯比例", "100%", "原料合格证明和投料记录", *_LAST_YEAR, 10),
    Promise(3, "七日无理由退货承诺", "线下门店同样执行七日无理由退货，退款三日内到账。",
            "退货申请三日内退款的比例", "不低于95%", "退货登记和退款凭证", *_SOON, 14),
    Promise(3, "维修配件五年供应承诺", "停产后五年内供应主要维修配件，公布价格。",
            "配件需求满足率", "不低于90%", "配件库存表和公示网页截图", *_NEXT, 8),
    Promise(4, "儿童用品小零件自查承诺", "每批玩具出厂前做小零件和拉力试验并留样。",
            "有试验记录的批次比例", "100%", "试验记录和留样照片", *_YEAR, 14),
    Promise(4, "童装绳带安全承诺", "七岁以下童装头颈部不使用绳带，其余绳带符合国家标准。",
            "抽查款式合格率", "100%", "款式照片和检验报告", *_OVER, 10),
    Promise(1, "阻燃电线明示承诺（征求意见）", "在包装正面明示阻燃等级，不使用含糊用语。",
            "抽查产品明示阻燃等级的比例", "不低于95%", "包装照片", *_NEXT, 0),
    Promise(0, "充电安全提示承诺", "包装和说明书写明适用的电池、充电时长和不在楼道充电的提示。",
            "抽查包装和说明书提示齐全的比例", "100%", "包装照片和说明书样张", *_NEXT, 9,
            without=(DEMO_UNIT,)),
)  # fmt: skip

#: How a signature can go on while its period runs, and after it is over.
_RUNNING = ("active", "active", "active", "evidence", "evidence", "asked", "answered", "withdrawn")
_AFTER = ("met", "met", "met", "met", "not_met", "evidence", "active", "withdrawn", "answered")
_CLOSED_YEARS = ("met", "met", "met", "met", "not_met", "not_met", "withdrawn")
_EVIDENCE = (
    "第{q}季度自查记录、照片40张和出货数量表，存协会档案",
    "委托检验报告2份，合格率达到目标，原件可查",
    "台账第{q}季度汇总，与发票逐条核对",
)
_MET = ("材料齐全，协会抽查10家门店相符，达到目标", "检验报告真实有效，比例高于目标值")
_NOT_MET = ("期满没有提交材料，两次催告没有回复", "抽查6件中2件不符合承诺，低于目标值")
_WITHDRAWN = ("企业调整产品结构，不再生产该类产品", "现有设备达不到目标，改造完成后再签署")
_QUESTIONS = (
    "近期有消费者反映产品没有标签，请说明涉及批次和处理情况。",
    "监管部门责令改正后，承诺的措施是否仍在执行？请附材料。",
    "上季度材料中的数量与出货表不一致，请说明原因。",
)
_REPLIES = (
    "涉及一个批次120件，已全部召回补贴标签，附处理记录。",
    "整改已完成并通过复查，承诺的措施继续执行，附照片。",
    "差异来自退货入库，已更正台账并重新提交。",
)


def pledge_id(k: int) -> UUID:
    """The id of the k-th pledge."""
    return record_id(_drafted_on(k), f"pledge {k}")


def _drafted_on(k: int) -> date:
    return min(PLEDGES[k].period_from - timedelta(days=45), LAST - timedelta(days=9))


@cache
def signed(k: int) -> tuple[tuple[Unit, str], ...]:
    """Who signed the k-th pledge, and what became of it."""
    promise, draw = PLEDGES[k], chance(f"signed {k}")
    there = [u for u in members(promise.association) if not has_left(promise.association, u)]
    there = [u for u in there if u.enrolled_on < promise.period_from]
    there = [u for u in there if u.n not in promise.without]
    first = [u for u in there if u.n == 0]
    rest = [u for u in there if u.n]
    drawn = [*first, *draw.sample(rest, promise.signed - len(first))] if promise.signed else []
    return tuple((u, _ends(promise)[n % len(_ends(promise))]) for n, u in enumerate(drawn))


def _ends(promise: Promise) -> tuple[str, ...]:
    if promise.period_to > LAST:
        return _RUNNING
    return _AFTER if promise.period_to.year == LAST.year else _CLOSED_YEARS


def broken() -> list[tuple[int, Unit]]:
    """The signatures judged not met."""
    return [(k, u) for k in range(len(PLEDGES)) for u, end in signed(k) if end == "not_met"]


async def make_pledges(platform: Platform) -> None:
    """Each pledge with its signatures is one bundle."""
    for k in range(len(PLEDGES)):

        async def fill(bundle: Bundle, k: int = k) -> None:
            await _publish(bundle, k)
            for unit, end in signed(k):
                await Signature(bundle, k, unit).run(end)

        await load_bundle(platform, f"pledge {k}", fill)


async def _publish(bundle: Bundle, k: int) -> None:
    promise, by = PLEDGES[k], secretary(PLEDGES[k].association)
    text = {name: getattr(promise, name) for name in _TEXT}
    on = _drafted_on(k)
    await bundle.do(draft_pledge, DraftPledge(by=by, occurred_on=on, pledge=pledge_id(k), **text))
    if promise.signed:
        on = later(bundle.chance, on, 5, 15)
        publishes = PublishPledge(by=head(promise.association), occurred_on=on, pledge=pledge_id(k))
        await bundle.do(publish_pledge, publishes)


_TEXT = ("title", "text", "metric", "target", "evidence", "period_from", "period_to")


class Signature:
    """One member's pledge on its way."""

    def __init__(self, bundle: Bundle, k: int, unit: Unit) -> None:
        self.bundle, self.k, self.unit, self.draw = bundle, k, unit, bundle.chance
        self.promise = PLEDGES[k]
        self.id = m.member_pledge_id(pledge_id(k), unit.ref)
        self.secretary, self.head = (
            secretary(self.promise.association),
            head(self.promise.association),
        )
        self.on = some_day(
            self.draw, self.promise.period_from - timedelta(days=25), self.promise.period_from
        )

    async def run(self, end: str) -> None:
        """From the signature to how it ends."""
        by: Acting = self.draw.choice((self.secretary, contact(self.unit)))
        signs = m.SignPledge(
            by=by, occurred_on=self.on, pledge=pledge_id(self.k), enterprise=self.unit.ref
        )
        await self.bundle.do(m.sign_pledge, signs)
        if end in ("evidence", "met", "answered"):
            await self.submit()
        if end in ("met", "not_met"):
            await self.judge(end)
        if self.unit.n % 4 == 0 and end in ("met", "evidence") and "%" in self.promise.target:
            await self.spot_check()
        if end == "withdrawn":
            await self.withdraw()
        if end in ("asked", "answered"):
            await self.ask(end == "answered")

    async def submit(self) -> None:
        """The member itself, once or twice within the period."""
        last = min(self.promise.period_to, LAST - timedelta(days=20))
        for n in range(self.draw.randint(1, 2)):
            self.on = some_day(self.draw, self.on, last)
            what = self.draw.choice(_EVIDENCE).format(q=n + 1)
            command = m.SubmitEvidence(
                by=contact(self.unit), occurred_on=self.on, member_pledge=self.id, what=what
            )
            await self.bundle.do(m.submit_evidence, command)

    async def judge(self, end: str) -> None:
        """By the association's head, after the period."""
        self.on = later(self.draw, max(self.on, self.promise.period_to), 5, 40)
        if end == "met":
            met = m.JudgeMet(
                by=self.head, occurred_on=self.on, member_pledge=self.id,
                reason=self.draw.choice(_MET),
            )  # fmt: skip
            await self.bundle.do(m.judge_met, met)
        else:
            not_met = m.JudgeNotMet(
                by=self.head, occurred_on=self.on, member_pledge=self.id,
                reason=self.draw.choice(_NOT_MET),
            )  # fmt: skip
            await self.bundle.do(m.judge_not_met, not_met)

    async def spot_check(self) -> None:
        """By the regulator of the place; most reach the target."""
        self.on = later(self.draw, self.on, 3, 25)
        sample = self.draw.choice((10, 20, 40))
        conforming = sample - self.draw.choice((0, 0, sample // 10))
        command = SpotCheckPledge(
            by=clerk("regulator", self.unit.division), occurred_on=self.on,
            member_pledge=self.id, sample=sample, conforming=conforming,
            how="成品仓和门店随机抽取",
        )  # fmt: skip
        await self.bundle.do(spot_check_pledge, command)

    async def withdraw(self) -> None:
        self.on = some_day(self.draw, self.on, min(self.promise.period_to, LAST))
        command = m.WithdrawPledge(
            by=self.secretary, occurred_on=self.on, member_pledge=self.id,
            reason=self.draw.choice(_WITHDRAWN),
        )  # fmt: skip
        await self.bundle.do(m.withdraw_pledge, command)

    async def ask(self, answered: bool) -> None:
        """The association asks; the member answers within the time, or has still to."""
        back = 60 if answered else 25
        self.on = max(self.on, later(self.draw, LAST - timedelta(days=back), 0, 20))
        nth = self.draw.randrange(len(_QUESTIONS))
        asks = q.QuestionMember(
            by=self.secretary, occurred_on=self.on, member_pledge=self.id,
            question=_QUESTIONS[nth],
        )  # fmt: skip
        await self.bundle.do(q.question_member, asks)
        if not answered:
            return
        self.on = later(self.draw, self.on, 2, 12)
        replies = q.AnswerQuestion(
            by=contact(self.unit), occurred_on=self.on, member_pledge=self.id,
            answer=_REPLIES[nth],
        )  # fmt: skip
        await self.bundle.do(q.answer_question, replies)
