"""Follow-ups of the demo: orders on problems found, and what regulators pursue besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from deploy.demo import pledges, risk, verification
from deploy.demo.loading import LAST, Bundle, chance, later, load_bundle, record_id, some_day
from deploy.demo.people import DEMO_UNIT, clerk, contact, head_beside, second_officer
from deploy.demo.province import (
    NO_ORDER,
    Finding,
    Unit,
    associations,
    findings,
    units,
    with_contact,
)
from events.event import Acting, PartyRef
from services.actions import enforcement as e
from services.actions.change import load
from services.actions.member_pledges import MemberPledge, member_pledge_id
from services.platform import Platform

_EACH = 40
_BASIS = {
    "producer": "《工业产品生产单位落实质量安全主体责任监督管理规定》第十七条",
    "seller": "《工业产品销售单位落实质量安全主体责任监督管理规定》第十七条",
}
_DELIVERED = (
    "当面送达，企业质量负责人签收",
    "当面送达，法定代表人签收",
    "邮政快递送达，回执已收到",
    "企业同意电子送达，已在平台确认",
)
_ANSWERS = (
    "已停止销售涉及批次，下架剩余产品，全员培训一次，整改照片和记录随答复提交。",
    "已更换供货商并补齐检验报告，修订进货查验制度，由质量安全总监逐批复核。",
    "已重新印制标识并更换库存包装，旧包装全部作废，附新旧标识对比照片。",
    "已联系检定机构完成设备校准，校准证书附后；受影响的三个批次重新检验合格。",
    "已补齐“日管控、周排查、月调度”记录，调整两名质量安全员的分工并组织考核。",
)
_PASSED = (
    "现场查看库存和记录，整改到位，抽查的样品符合要求。",
    "标识已更换，随机抽查20件均合格；制度已修订并执行。",
    "校准证书有效，复检报告合格，相关记录完整。",
)
_FAILED = (
    "货架上仍有一批未换标识的产品，整改不彻底。",
    "记录是补填的，与生产台账对不上，要求重新整改。",
    "抽查的样品同一项目仍不符合标准。",
)
_CLOSED = (
    "整改到位，复查合格，予以办结。",
    "问题已消除，企业制度已完善，予以办结。",
    "复查合格，已纳入下一年度重点检查名单，本件办结。",
)
_OWN = (
    "监督抽查不合格产品的后续处理：同型号库存去向需要核实",
    "舆情反映该企业产品起火，需要核实质量安全管理情况",
    "电商平台巡查发现产品页面没有标注强制性认证信息",
    "质量安全员连续两个月没有排查记录，需要督促落实",
)
#: In which state the regulators' own matters stand at the end.
_OWN_ENDS = (
    *["opened"] * 6, *["issued"] * 2, *["delivered"] * 3, *["answered"] * 2, *["passed"] * 2,
    *["failed"] * 2, *["closed"] * 7,
)  # fmt: skip
_PLEDGE_ENDS = ("opened", "delivered", "delivered", "answered", "passed", "failed", "closed",
                "closed", "closed", "closed")  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """What is followed up, since when, and how far it comes."""

    name: str
    unit: Unit
    by: Acting
    source: str
    matter: str
    since: date
    end: str
    directive: str = "rectification"
    demand: str = ""
    source_number: str = ""
    complaint: str = ""
    pledge: str = ""
    problem: str = ""
    raised_by: PartyRef | None = None


class Pursuit:
    """One follow-up on its way; every step some days after the one before."""

    def __init__(self, bundle: Bundle, matter: Matter) -> None:
        self.bundle, self.matter, self.draw = bundle, matter, bundle.chance
        self.on = later(self.draw, matter.since, 0, 2)
        self.id = record_id(self.on, f"follow-up {matter.name}")
        self.due = self.on

    async def run(self) -> None:
        """From opening to where it stands at the end."""
        end = self.matter.end
        await self.open()
        if end == "opened":
            return
        if end == "closed" and self.draw.random() < 0.15:
            await self.round("failed")
        await self.round("passed" if end == "closed" else end)
        if end == "closed":
            await self.close()
        if self.matter.raised_by and self.matter.raised_by.kind == "council":
            await self.send_result()

    async def open(self) -> None:
        m = self.matter
        command = e.OpenFollowUp(
            by=m.by, occurred_on=self.on, follow_up=self.id, enterprise=m.unit.ref,
            source=m.source, matter=m.matter, source_number=m.source_number,
            complaint=m.complaint, pledge=m.pledge, problem=m.problem, raised_by=m.raised_by,
        )  # fmt: skip
        await self.bundle.do(e.open_follow_up, command)

    async def round(self, end: str) -> None:
        """One directive, up to the state."""
        await self.issue()
        if end == "issued":
            return
        await self.deliver()
        if end == "delivered":
            if self.matter.unit.n == DEMO_UNIT:  # one item before its answer
                by = contact(self.matter.unit)
                await verification.hand_in(self.bundle, self.id, self.on, by, 1)
            return
        if end == "failed" and self.due < LAST - timedelta(days=3) and self.draw.random() < 0.3:
            await self.fail("到期没有答复，电话催告后仍未提交整改报告。", self.due)
            return
        await self.answer()
        if end == "passed":
            await self.passes()
        elif end == "failed":
            await self.fail(self.draw.choice(_FAILED), self.on)

    async def issue(self) -> None:
        m = self.matter
        self.on = later(self.draw, self.on, 0, 2)
        self.due = self.on + timedelta(days=self.draw.choice((10, 15, 15, 30)))
        command = e.IssueDirective(
            by=m.by, occurred_on=self.on, follow_up=self.id, directive=m.directive,
            demands=m.demand or f"就“{m.matter}”说明情况并整改，提交书面报告和证明材料。",
            basis=_BASIS[m.unit.kind], due=self.due, problem=m.problem,
        )  # fmt: skip
        await self.bundle.do(e.issue_directive, command)

    async def deliver(self) -> None:
        self.on = later(self.draw, self.on, 0, 3)
        command = e.DeliverDirective(
            by=self.matter.by, occurred_on=self.on, follow_up=self.id,
            how=self.draw.choice(_DELIVERED),
        )  # fmt: skip
        await self.bundle.do(e.deliver_directive, command)

    async def answer(self) -> None:
        """By the enterprise's contact, or recorded by the regulator where it has none."""
        self.on = later(self.draw, self.on, 2, 9)
        itself = self.matter.unit.n in with_contact()
        by = contact(self.matter.unit) if itself else self.matter.by
        command = e.AnswerDirective(
            by=by, occurred_on=self.on, follow_up=self.id, answer=self.draw.choice(_ANSWERS),
            way="" if itself else self.draw.choice(("counter", "phone", "letter")),
        )  # fmt: skip
        await self.bundle.do(e.answer_directive, command)
        if self.verified:
            await verification.hand_in(self.bundle, self.id, self.on, by)
            await self.vote(head_beside(self.matter.by))

    @property
    def verified(self) -> bool:
        """Whether two verify what is handed in: where the office has three officers."""
        order = self.matter.directive == "rectification"
        return order and self.matter.by.party == second_officer().party

    async def vote(self, by: Acting) -> None:
        """One ballot; the first stays sealed until the second is in."""
        self.on = later(self.draw, self.on, 1, 2)
        await verification.vote(self.bundle, self.id, self.on, by)

    async def passes(self) -> None:
        if self.verified:
            await self.vote(second_officer())
        self.on = later(self.draw, self.on, 3, 15)
        command = e.RecheckPasses(
            by=head_beside(self.matter.by), occurred_on=self.on, follow_up=self.id,
            finding=self.draw.choice(_PASSED),
        )  # fmt: skip
        await self.bundle.do(e.recheck_passes, command)

    async def fail(self, finding: str, since: date) -> None:
        answered = (await load(self.bundle, e.FollowUp, self.id)).state == "answered"
        if self.verified and answered:
            await self.vote(second_officer())
            since = self.on
        self.on = later(self.draw, since, 2, 10)
        command = e.RecheckFails(
            by=head_beside(self.matter.by), occurred_on=self.on, follow_up=self.id, finding=finding
        )
        await self.bundle.do(e.recheck_fails, command)

    async def close(self) -> None:
        self.on = later(self.draw, self.on, 1, 7)
        reason = self.draw.choice(_CLOSED)
        command = e.CloseFollowUp(
            by=self.matter.by, occurred_on=self.on, follow_up=self.id, reason=reason
        )
        await self.bundle.do(e.close_follow_up, command)

    async def send_result(self) -> None:
        """Where there is one, but not always at once."""
        if self.matter.end not in ("passed", "closed") or self.draw.random() < 0.2:
            return
        command = e.SendResult(
            by=self.matter.by, occurred_on=later(self.draw, self.on, 0, 3), follow_up=self.id,
            result="经查线索属实，已责令改正，复查合格。感谢贵会移送。",
        )  # fmt: skip
        await self.bundle.do(e.send_result, command)


async def follow_up(platform: Platform) -> None:
    """Orders on problems found, the regulators' own matters, and broken pledges."""
    ordered = [f for f in findings() if f.end != NO_ORDER]
    for first in range(0, len(ordered), _EACH):

        async def orders(bundle: Bundle, first: int = first) -> None:
            for finding in ordered[first : first + _EACH]:
                await Pursuit(bundle, _order(finding)).run()

        await load_bundle(platform, f"orders {first}", orders)
    await load_bundle(platform, "own matters", _own)
    await load_bundle(platform, "broken pledges", _broken_pledges)


def _order(finding: Finding) -> Matter:
    unit, what = finding.unit, "；".join(finding.visit.problems)
    return Matter(
        name=f"order {unit.n}", unit=unit, by=clerk("regulator", unit.division), source="check",
        matter=f"检查发现：{what}", since=finding.visit.on, end=finding.end,
        demand=f"立即改正：{what}。查明原因，排查同类产品，提交整改报告和证明材料。",
        problem=finding.problem,
    )  # fmt: skip


#: How many days before the last day a matter begins that stands there: earliest, latest.
_SINCE = {
    "opened": (12, 1), "issued": (14, 3), "delivered": (40, 8), "answered": (75, 30),
    "passed": (120, 60), "failed": (120, 60), "closed": (900, 90),
}  # fmt: skip


def began(name: str, end: str, first: date) -> date:
    """When a matter began that stands at `end` on the last day."""
    earliest, latest = _SINCE[end]
    return some_day(
        chance(f"began {name}"), max(first, LAST - timedelta(days=earliest)),
        LAST - timedelta(days=latest),
    )  # fmt: skip


async def _own(bundle: Bundle) -> None:
    found = {f.unit.n for f in findings()}
    drawn = bundle.chance.sample([u for u in units() if u.n not in found], len(_OWN_ENDS))
    for nth, (unit, end) in enumerate(zip(drawn, _OWN_ENDS, strict=True)):
        place = "350000" if nth % 8 == 0 else unit.division
        matter = Matter(
            name=f"own {nth}", unit=unit, by=clerk("regulator", place), source="own",
            matter=bundle.chance.choice(_OWN), end=end,
            since=began(f"own {nth}", end, unit.enrolled_on),
            directive=bundle.chance.choice(("talk", "warning_letter")),
        )  # fmt: skip
        pursuit = Pursuit(bundle, matter)
        await pursuit.run()
        if nth in risk.GRAVE:
            await risk.assess(bundle, pursuit.id, pursuit.on, matter.by)


async def _broken_pledges(bundle: Bundle) -> None:
    """What an association told a regulator about members that did not keep their pledge."""
    for nth, ((k, unit), end) in enumerate(zip(pledges.broken(), _PLEDGE_ENDS, strict=False)):
        id = member_pledge_id(pledges.pledge_id(k), unit.ref)
        record = await load(bundle, MemberPledge, id)
        assert record.last_on is not None
        matter = Matter(
            name=f"pledge {nth}", unit=unit, by=clerk("regulator", unit.division),
            source="pledge", matter=f"协会认定未履行承诺《{record.agreed.title}》，需要核实质量",
            since=began(f"pledge {nth}", end, record.last_on), end=end, directive="talk",
            source_number=record.agreed.number, pledge=str(id),
            raised_by=associations()[pledges.PLEDGES[k].association],
        )  # fmt: skip
        await Pursuit(bundle, matter).run()
