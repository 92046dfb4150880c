"""Instruments of a council: every state against every command, who may, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from events import instruments as e
from events.event import Acting, PartyRef, Personal, system
from events.ids import new_id
from services.actions import instruments as i
from services.actions.aggregate import Aggregate
from services.actions.command import Command
from services.actions.instruments import interviews, proposals, warnings
from tests.given import Given, given
from tests.people import (
    ASSOCIATION,
    CHEN,
    COUNCIL,
    GULOU,
    JINAN,
    LI,
    MINHAI,
    QIAN,
    WANG,
    ZHAO,
    acting,
)

HEAD = acting("赵敏", COUNCIL, "head", n=140)
ID = "01900000-0000-7000-8000-0000000000aa"
WHY = "检测结果已经更正"
TITLE = {"number": "JS-2026-000001-7", "council": COUNCIL, "title": "充电器"}
DRAFTED = e.WarningDrafted(by=ZHAO, **TITLE, nature="warning", text="不要买没有标志的")
PUBLISHED = e.WarningPublished(by=HEAD, **TITLE, nature="warning")
WITHDRAWN = e.WarningWithdrawn(by=HEAD, **TITLE, nature="warning", reason=WHY)
FIRM = {**TITLE, "enterprise": MINHAI}
TOLD = Personal.committed(ID, {"attended": "负责人"})
HELD = e.InterviewHeld(by=ZHAO, **FIRM, place="会议室", told=TOLD)
PROMISED = e.InterviewHeld(
    by=ZHAO, **FIRM, place="会议室", told=TOLD, promised="退款", promise_by=date(2026, 12, 1)
)
KEPT = e.PromiseKept(by=ZHAO, **FIRM, found="都退了")
BROKEN = e.PromiseBroken(by=ZHAO, **FIRM, found="没有退")
ASKED = {**TITLE, "nature": "problem", "addressee": GULOU}
SENT = e.ProposalSent(by=ZHAO, **ASKED, text="请抽查")
REPLIED = e.ProposalReplied(by=LI, **ASKED, answer="已经抽查完毕")
BACK = e.ProposalTakenBack(by=ZHAO, **ASKED, reason=WHY)
HISTORIES: dict[type[Aggregate], dict[str, list[Any]]] = {
    i.ConsumerWarning: {
        "draft": [DRAFTED], "published": [DRAFTED, PUBLISHED],
        "withdrawn": [DRAFTED, PUBLISHED, WITHDRAWN],
    },
    i.Interview: {
        "held": [HELD], "promised": [PROMISED], "kept": [PROMISED, KEPT],
        "broken": [PROMISED, BROKEN],
    },
    i.Proposal: {"sent": [SENT], "answered": [SENT, REPLIED], "taken_back": [SENT, BACK]},
}  # fmt: skip
REWRITES = {"title": "充电器", "nature": "tip", "goods": "", "text": "看标志"}
#: Record, rule, command, by whom, what happened, in which states.
ACTS: list[tuple[type[Aggregate], Any, type[Command], Acting, dict[str, Any], type, str]] = [
    (i.ConsumerWarning, warnings.rewrite, i.RewriteWarning, ZHAO, REWRITES, e.WarningRewritten,
     "draft"),
    (i.ConsumerWarning, warnings.publish, i.PublishWarning, HEAD, {}, e.WarningPublished, "draft"),
    (i.ConsumerWarning, warnings.withdraw, i.WithdrawWarning, HEAD, {"reason": WHY},
     e.WarningWithdrawn, "published"),
    (i.Interview, interviews.keep, i.KeepPromise, ZHAO, {"found": "货款都退了"}, e.PromiseKept,
     "promised"),
    (i.Interview, interviews.not_kept, i.BreakPromise, ZHAO, {"found": "没有退货款"},
     e.PromiseBroken, "promised"),
    (i.Proposal, proposals.reply, i.ReplyToProposal, LI, {"answer": "已经抽查完毕"},
     e.ProposalReplied, "sent"),
    (i.Proposal, proposals.take_back, i.TakeProposalBack, ZHAO, {"reason": WHY},
     e.ProposalTakenBack, "sent"),
    (i.Proposal, proposals.pass_on, i.PassProposalOn, system("merge"), {"to": JINAN},
     e.ProposalPassedOn, "sent"),
]  # fmt: skip
NAMES = {i.ConsumerWarning: "warning", i.Interview: "interview", i.Proposal: "proposal"}
CASES = [(act, state) for act in ACTS for state in HISTORIES[act[0]]]


def tried(act: Any, state: str, by: Acting | None = None) -> Given[Any]:
    kind, rule, command, who, fields, _, _ = act
    made = command(by=by or who, **{NAMES[kind]: ID}, **fields)
    return given(kind, *HISTORIES[kind][state]).when(rule, made)


@pytest.mark.parametrize(("act", "state"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_every_command_in_every_state(act: Any, state: str) -> None:
    found = tried(act, state)
    if state in act[6].split():
        found.then(act[5], title="充电器", number="JS-2026-000001-7")
    else:
        found.refused("最近一步")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act[2].__name__)
@pytest.mark.parametrize("by", [QIAN, WANG, CHEN])
def test_no_other_party_acts_on_it(act: Any, by: Acting) -> None:
    tried(act, act[6].split()[0], by).refused("不能")


def test_a_clerk_drafts_and_the_head_publishes() -> None:
    for act in ACTS[1:3]:
        tried(act, act[6], ZHAO).refused("不能")


def test_an_association_answers_by_its_secretary() -> None:
    to = {**ASKED, "addressee": ASSOCIATION}
    sent = e.ProposalSent(by=ZHAO, **to, text="请公开会员名单")
    answer = i.ReplyToProposal(by=CHEN, proposal=ID, answer="已经全部公开")
    given(i.Proposal, sent).when(proposals.reply, answer).then(
        e.ProposalReplied, answer="已经全部公开"
    )


def test_after_a_merger_the_successor_answers() -> None:
    passed = e.ProposalPassedOn(by=system("merge"), **ASKED, to=JINAN)
    answer = i.ReplyToProposal(by=WANG, proposal=ID, answer="已经抽查完毕")
    given(i.Proposal, SENT, passed).when(proposals.reply, answer).then(e.ProposalReplied)
    given(i.Proposal, SENT, passed).when(
        proposals.reply, answer.model_copy(update={"by": LI})
    ).refused("不能")


@pytest.mark.parametrize("to", [None, MINHAI, COUNCIL])
def test_only_regulators_and_associations_are_asked(to: PartyRef | None) -> None:
    with pytest.raises(ValidationError, match="请选择监管部门或者行业协会"):
        i.SendProposal(by=ZHAO, addressee=to, nature="problem", title="充电器", text="请抽查")


def test_a_promise_has_a_day_and_a_day_a_promise() -> None:
    said: dict[str, Any] = {
        "by": ZHAO, "enterprise": MINHAI, "code": "91350100M000100Y43", "title": "充电器",
        "place": "会议室", "attended": "负责人", "told": "说明情况", "interview": new_id(),
    }  # fmt: skip
    for more in ({"promised": "退款"}, {"promise_by": date(2026, 12, 1)}):
        with pytest.raises(ValidationError, match="承诺和期限要么都填"):
            i.HoldInterview(**said, **more)
    assert i.HoldInterview(**said, promised="退款", promise_by=date(2026, 12, 1))
