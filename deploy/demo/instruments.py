"""Instruments of the demo's council: warnings, interviews, proposals and answers, tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.demo.comparisons import compare
from deploy.demo.loading import LAST, Bundle, load_bundle, record_id
from deploy.demo.people import DEMO_UNIT, clerk, head_beside, secretary
from deploy.demo.province import units
from events.event import PartyRef
from services.actions import instruments as i
from services.platform import Platform

_CITY = "350100"
#: Nature, title, goods, text, days before the last day, how far it came.
_WARNINGS = (
    ("warning", "没有认证标志的电动自行车充电器不要买", "电动自行车充电器",
     "充电器必须有强制性产品认证标志。买之前扫描标志上的二维码核对。", 25, "published"),
    ("tip", "预付卡先看经营年限再充值", "健身、美发预付卡",
     "一次不要充太多；合同写明退费办法；保留付款凭证。", 70, "withdrawn"),
    ("tip", "网购生鲜收货时当面验", "网购生鲜", "收货时拍照，当场不新鲜的拒收。", 4, "draft"),
)  # fmt: skip
#: Title, promise, days to keep it, how it went.
_INTERVIEWS = (
    ("多名消费者反映充电器发热", "下架在售批次，三十日内退换", 30, "promised"),
    ("退货不退款", "七日内退还货款", 7, "kept"),
    ("抽奖活动没有兑奖", "十日内兑奖", 10, "broken"),
    ("广告用语不实", "", 0, "held"),
)
#: To whom, nature, title, text, answer; days before the last day.
_PROPOSALS = (
    ("regulator", "problem", "建议抽查辖区在售充电器", "三个月内多件投诉说充电器发热。", "", 20),
    ("regulator", "suggestion", "公布不合格产品名单的查询入口", "消费者不知道到哪里查。",
     "已在官网首页增加入口。", 45),
    ("association", "suggestion", "会员门店统一退换承诺", "各店退换办法不一。", "", 12),
    ("association", "suggestion", "公开会员名单", "消费者难以核对。", "已随年报公开。", 60),
)  # fmt: skip


async def issue(platform: Platform) -> None:
    """Warnings, interviews and proposals in one bundle, comparative tests in another."""
    await load_bundle(platform, "instruments", _fill)
    await load_bundle(platform, "comparisons", compare)


async def _fill(bundle: Bundle) -> None:
    for n, one in enumerate(_WARNINGS):
        await _warn(bundle, n, *one)
    for n, each in enumerate(_INTERVIEWS):
        await _interview(bundle, n, *each)
    for n, asked in enumerate(_PROPOSALS):
        await _propose(bundle, n, *asked)
    await _taken_back(bundle)


async def _warn(
    bundle: Bundle, n: int, nature: str, title: str, goods: str, text: str, days: int, far: str
) -> None:
    officer, on = clerk("council", _CITY), LAST - timedelta(days=days)
    warning = record_id(on, f"warning {n}")
    drafts = i.DraftWarning(
        by=officer, occurred_on=on, warning=warning, nature=nature, title=title, goods=goods,
        text=text,
    )  # fmt: skip
    await bundle.do(i.draft_warning, drafts)
    door: dict[str, Any] = {"by": head_beside(officer), "warning": warning}
    if far != "draft":
        await bundle.do(i.publish_warning, i.PublishWarning(**door, occurred_on=on))
    if far == "withdrawn":
        gone = i.WithdrawWarning(**door, occurred_on=LAST, reason="已有新的预付卡规定，另行提示")
        await bundle.do(i.withdraw_warning, gone)


async def _interview(
    bundle: Bundle, n: int, title: str, promised: str, days: int, end: str
) -> None:
    officer, on = clerk("council", _CITY), LAST - timedelta(days=24 - n)
    unit = next(each for each in units() if each.n == DEMO_UNIT + n)
    held = i.HoldInterview(
        by=officer, occurred_on=on, interview=record_id(on, f"interview {n}"), title=title,
        enterprise=unit.ref, code=unit.credit_code, place="消委会会议室",
        attended="企业质量负责人和售后负责人", told="说明情况，出示投诉清单，听取解释",
        promised=promised, promise_by=_end(on, promised, days),
    )  # fmt: skip
    await bundle.do(i.hold_interview, held)
    door: dict[str, Any] = {"by": officer, "occurred_on": LAST, "interview": held.interview}
    if end == "kept":
        kept = i.KeepPromise(**door, found="抽查退款记录，均已退还")
        await bundle.do(i.keep_promise, kept)
    if end == "broken":
        broken = i.BreakPromise(**door, found="回访三名消费者，都没有兑奖")
        await bundle.do(i.break_promise, broken)


def _end(on: date, promised: str, days: int) -> date | None:
    return on + timedelta(days=days) if promised else None


async def _propose(
    bundle: Bundle, n: int, to: str, nature: str, title: str, text: str, answer: str, days: int
) -> None:
    on = LAST - timedelta(days=days)
    answers = clerk("regulator", "350102") if to == "regulator" else secretary(0)
    sent = _sent(n, on, answers.party, nature, title, text)
    await bundle.do(i.send_proposal, sent)
    if answer:
        day = {"occurred_on": on + timedelta(days=9)}
        said = i.ReplyToProposal(by=answers, **day, proposal=sent.proposal, answer=answer)
        await bundle.do(i.reply_to_proposal, said)


def _sent(n: int, on: date, to: PartyRef, nature: str, title: str, text: str) -> i.SendProposal:
    return i.SendProposal(
        by=clerk("council", _CITY), occurred_on=on, proposal=record_id(on, f"proposal {n}"),
        addressee=to, nature=nature, title=title, text=text,
    )  # fmt: skip


async def _taken_back(bundle: Bundle) -> None:
    on = LAST - timedelta(days=33)
    sent = _sent(9, on, secretary(0).party, "suggestion", "统一维修价目表", "各店价目不一。")
    await bundle.do(i.send_proposal, sent)
    back = i.TakeProposalBack(
        by=sent.by, occurred_on=on + timedelta(days=2), proposal=sent.proposal,
        reason="价格由企业自定，协会不宜统一",
    )  # fmt: skip
    await bundle.do(i.take_proposal_back, back)
