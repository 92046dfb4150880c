"""Reports of the demo: in every state, at the regulator whose people can sign in, one elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from deploy.demo.loading import LAST, Bundle, load_bundle, record_id
from deploy.demo.names import address, person_name, phone
from deploy.demo.people import clerk, head_beside
from deploy.demo.province import Unit, units
from events.complaints import ComplaintRegistered, ComplaintTransferred
from events.event import Acting, Event, PartyRef
from events.terms import Money
from services.actions import reports as r
from services.actions.enquiries import AnswerEnquiry, RecordEnquiry, answer_enquiry, record_enquiry
from services.actions.submissions import SplitSubmission, UndoSplit, split_submission, undo_split
from services.divisions import full_name
from services.platform import Platform

#: How each ends, and how many days before the last day it came in.
ENDS = (
    ("received", 2), ("verifying", 11), ("paused", 30), ("filed", 24), ("not_filed", 40),
    ("result_notified", 45), ("reward_review", 60), ("closed", 90), ("no_power_told", 12),
    ("duplicate_recorded", 9), ("merged", 8), ("received", 1),
)  # fmt: skip
_FACTS = (
    "仓库里堆放的产品没有认证标志，晚上装车出货。",
    "检验报告上的日期被改过，我见过原来的那一份。",
    "生产日期在打包前统一往后改，车间里人人都知道。",
)
_WHY = "现场检查看到的情况与线索一致"
_PRODUCT = "电动自行车充电器"
_HOME, _ELSEWHERE = "350102", "350111"


def code_of(n: int) -> str:
    """The query code of the n-th report."""
    return f"DEMO-{n:04}-2026"


async def report(platform: Platform) -> None:
    """All of them in one bundle."""

    async def fill(bundle: Bundle) -> None:
        for n, (end, days) in enumerate(ENDS):
            await _Report(bundle, n, end, LAST - timedelta(days=days)).run()

    await load_bundle(platform, "reports", fill)

    await load_bundle(platform, "splits", partial(_split, platform))


async def _split(platform: Platform, bundle: Bundle) -> None:
    """A report and an enquiry split from a complaint at home, one of each undone; an answer."""
    officer = clerk("regulator", _HOME)
    known = await platform.log.of_kinds([ComplaintRegistered, ComplaintTransferred])
    mine = [each for each in known if _handler(each.event) == officer.party]
    door: dict[str, Any] = {"by": officer, "occurred_on": LAST}
    for n, kind in enumerate(("report", "enquiry", "enquiry")):
        split = SplitSubmission(
            **door, submission=record_id(LAST, f"split {n}"), complaint=mine[0].stream, kind=kind,
            record=record_id(LAST, f"split off {n}"), informant=record_id(LAST, f"teller {n}"),
            told=_TOLD_TOO[kind], reason="投诉材料里同时包含这一内容",
        )  # fmt: skip
        await bundle.do(split_submission, split)
    undone = UndoSplit(
        **door, submission=record_id(LAST, "split 2"), reason="与前一件咨询相同，误分"
    )
    await bundle.do(undo_split, undone)
    asked = RecordEnquiry(
        **door, enquiry=record_id(LAST, "enquiry"), handler=officer.party, name="林女士",
        question="电动自行车充电器从什么时候开始必须有认证？",
    )  # fmt: skip
    await bundle.do(record_enquiry, asked)
    said = "按强制性产品认证目录执行，实施日期见市场监管总局公告"
    await bundle.do(answer_enquiry, AnswerEnquiry(**door, enquiry=asked.enquiry, answer=said))


def _handler(event: Event) -> PartyRef | None:
    return getattr(event, "to", None) or getattr(event, "handler", None)


_TOLD_TOO = {
    "report": "店里还有一批没有认证标志的充电器在卖",
    "enquiry": "充电器要有什么认证标志才算合格？",
}


class _Report:
    """One report on its way."""

    def __init__(self, bundle: Bundle, n: int, end: str, on: date) -> None:
        self.bundle, self.n, self.end, self.on = bundle, n, end, on
        self.id = _id(n)
        at_home = n != len(ENDS) - 1
        self.clerk = clerk("regulator", _HOME if at_home else _ELSEWHERE)
        self.head = head_beside(self.clerk)
        known = [unit for unit in units() if unit.division == self._division(at_home)]
        self.unit = known[n % len(known)]

    def _division(self, at_home: bool) -> str:
        return _HOME if at_home else _ELSEWHERE

    async def run(self) -> None:
        await self.bundle.do(r.register_report, self._told())
        for action, kind, by, days, fields in _WAYS[self.end]:
            on = min(LAST, self.on + timedelta(days=days))
            who = self.head if by == "head" else self.clerk
            given = {k: v(self) if callable(v) else v for k, v in fields.items()}
            await self.bundle.do(action, kind(by=who, occurred_on=on, report=self.id, **given))

    def _told(self) -> r.RegisterReport:
        draw, place = self.bundle.chance, full_name(self.unit.division)
        anonymous = self.n % 4 == 1
        who = {"name": person_name(draw), "phone": phone(draw), "contact": address(draw, place)}
        return r.RegisterReport(
            by=_by(self.clerk, self.n, self.id), occurred_on=self.on, report=self.id,
            informant=record_id(self.on, f"informant {self.n}"), handler=self.clerk.party,
            reported=self.unit.ref, respondent=self.unit.name,
            respondent_address=self.unit.address, category="quality", code=code_of(self.n),
            product=_PRODUCT, facts=_FACTS[self.n % len(_FACTS)],
            danger=self.n == 0, anonymous=anonymous,
            reward_wanted=not anonymous and self.end == "reward_review",
            **({} if anonymous else who),
        )  # fmt: skip


def _id(n: int) -> UUID:
    return record_id(LAST - timedelta(days=ENDS[n][1]), f"report {n}")


def _by(officer: Acting, n: int, id: UUID) -> Acting:
    """Most come in online; every third is told by telephone."""
    if n % 3 == 2:
        return msgspec.structs.replace(officer, channel="phone", on_behalf_of="举报人")
    return r.reporter(id)


def _subject(one: _Report) -> Any:
    unit: Unit = one.unit
    return unit.ref


#: The first report is the earlier one of a duplicate, the second that of a merge.
_Way = tuple[Any, Any, str, int, dict[str, Any]]
_START: _Way = (r.start_verification, r.StartVerification, "clerk", 2, {})
_FILE = (
    r.decide_filing, r.DecideFiling, "head", 14,
    {"enterprise": _subject, "matter": "核查发现产品没有认证标志", "reason": _WHY},
)  # fmt: skip
_NOT_FILED = (
    r.decide_not_filing, r.DecideNotFiling, "head", 13,
    {"ground": "N0", "reason": "现场和台账都没有发现线索所说的情况"},
)  # fmt: skip
_TOLD = (
    r.notify_result, r.NotifyResult, "clerk", 18,
    {"law": "《企业信息公示暂行条例》第十三条", "result": "已经立案调查"},
)  # fmt: skip
_REWARD = (
    r.propose_reward, r.ProposeReward, "clerk", 40,
    {"level": "2", "fined": Money(minor=8_000_000), "natural_person": True, "reason": _WHY},
)  # fmt: skip
_PAUSE = (r.pause_for_testing, r.PauseForTesting, "clerk", 6, {"what": "送省质检院检验"})
_EXTEND = (r.extend_verification, r.ExtendVerification, "head", 5, {"reason": "产品要送检"})
_UNMASK = (
    r.unmask_reporter, r.UnmaskReporter, "clerk", 20,
    {"ground": "notify", "reason": "条例规定要书面告知举报人"},
)  # fmt: skip
_CLOSE: _Way = (r.close_report, r.CloseReport, "clerk", 21, {})
_WAYS: dict[str, tuple[_Way, ...]] = {
    "received": (),
    "verifying": (_START,),
    "paused": (_START, _EXTEND, _PAUSE),
    "filed": (_START, _FILE),
    "not_filed": (_START, _NOT_FILED),
    "result_notified": (_START, _FILE, _TOLD),
    "reward_review": (_START, _FILE, _REWARD),
    "closed": (_START, _FILE, _TOLD, _UNMASK, _CLOSE),
    "no_power_told": (
        (r.tell_no_power, r.TellNoPower, "clerk", 3, {"where": "市生态环境局"}),
    ),
    "duplicate_recorded": (
        (r.mark_duplicate, r.MarkDuplicate, "clerk", 2,
         {"earlier": lambda one: _id(1), "reason": "同一事实，已经在核查"}),
    ),
    "merged": (
        (r.merge_with_new_facts, r.MergeWithNewFacts, "clerk", 1,
         {"earlier": lambda one: _id(1), "reason": "补充了新的出货时间"}),
    ),
}  # fmt: skip
