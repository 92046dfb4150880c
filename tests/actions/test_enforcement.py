"""The rules of a follow-up: every state against every command, then each rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from events.enforcement import (
    DirectiveAnswered,
    DirectiveDelivered,
    DirectiveIssued,
    FollowUpClosed,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.event import Acting, Event
from events.ids import new_id
from services.actions import enforcement as e
from services.actions.command import Command
from services.actions.enforcement import FollowUp, closing, directive, opening, recheck
from services.actions.refused import OwnWork
from tests.given import given
from tests.people import (
    ADMIN,
    AUDITOR,
    CHEN,
    CONTACT,
    COUNCIL,
    GULOU,
    LI,
    MINHAI,
    OTHER_ENTERPRISE,
    WANG,
    WU,
    ZHAO,
    acting,
)

ID = new_id()
ABOUT: dict[str, Any] = {"number": "JD-2026-000001-X", "enterprise": MINHAI, "regulator": GULOU}
DAY = date(2026, 11, 2)
DUE = date(2026, 11, 12)


def on(kind: Callable[..., Any], day: date = DAY, by: Acting = LI, **fields: Any) -> Any:
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=4)
    return kind(by=by, at=at, follow_up=ID, **fields)


OPENED = FollowUpOpened(
    by=LI, occurred_on=DAY, source="referral", matter="充电器没有认证", raised_by=COUNCIL,
    complaint=str(ID), source_number="GZ-2026-000001-C", **ABOUT,
)  # fmt: skip
ISSUED = DirectiveIssued(
    by=LI, directive="rectification", demands="停止销售", basis="第五十四条", due=DUE, **ABOUT
)
DELIVERED = DirectiveDelivered(by=LI, directive="rectification", how="当面送达", due=DUE, **ABOUT)
ANSWERED = DirectiveAnswered(by=CONTACT, directive="rectification", answer="已停止销售", **ABOUT)
PASSED = RecheckPassed(by=LI, finding="没有再销售", **ABOUT)
FAILED = RecheckFailed(by=LI, finding="仍在销售", **ABOUT)
CLOSED = FollowUpClosed(by=LI, reason="整改完成", **ABOUT)

HISTORIES: dict[str, tuple[Event, ...]] = {
    "opened": (OPENED,),
    "issued": (OPENED, ISSUED),
    "delivered": (OPENED, ISSUED, DELIVERED),
    "answered": (OPENED, ISSUED, DELIVERED, ANSWERED),
    "passed": (OPENED, ISSUED, DELIVERED, ANSWERED, PASSED),
    "failed": (OPENED, ISSUED, DELIVERED, ANSWERED, FAILED),
    "closed": (OPENED, ISSUED, DELIVERED, ANSWERED, PASSED, CLOSED),
}

OPEN = {"enterprise": MINHAI, "source": "own", "matter": "抽查发现不合格"}
ISSUE = {"directive": "talk", "demands": "到局里说明情况", "basis": "第四条", "due": DUE}
ANSWER = {"answer": "已经全部下架", "way": "phone"}

STEPS: dict[str, tuple[Any, Any, dict[str, Any], type[Event]]] = {
    "issue": (directive.issue, e.IssueDirective, ISSUE, DirectiveIssued),
    "deliver": (directive.deliver, e.DeliverDirective, {"how": "邮寄"}, DirectiveDelivered),
    "answer": (directive.answer, e.AnswerDirective, ANSWER, DirectiveAnswered),
    "pass": (
        recheck.passes, e.RecheckPasses, {"by": WU, "finding": "现场没有再看到"}, RecheckPassed,
    ),
    "fail": (recheck.fails, e.RecheckFails, {"by": WU, "finding": "现场仍在销售"}, RecheckFailed),
    "close": (closing.close, e.CloseFollowUp, {"reason": "已经整改完成"}, FollowUpClosed),
    "send": (closing.tell, e.SendResult, {"result": "已责令改正"}, ResultSentToCouncil),
}  # fmt: skip
MAY = {
    "opened": {"issue", "close"},
    "issued": {"deliver"},
    "delivered": {"answer"},
    "answered": {"pass", "fail"},
    "passed": {"close", "send"},
    "failed": {"issue", "close", "send"},
    "closed": {"send"},
}


@pytest.mark.parametrize("state", HISTORIES)
@pytest.mark.parametrize("step", STEPS)
def test_every_state_against_every_command(state: str, step: str) -> None:
    rule, kind, fields, event = STEPS[step]
    asked = given(FollowUp, *HISTORIES[state]).when(rule, on(kind, **fields))
    if step in MAY[state]:
        asked.then(event, number=ABOUT["number"], enterprise=MINHAI, regulator=GULOU)
    else:
        asked.refused("不能")


@pytest.mark.parametrize("state", HISTORIES)
def test_the_states_are_those_named(state: str) -> None:
    assert given(FollowUp, *HISTORIES[state]).record.state == state
    assert state in e.STATES


def test_a_follow_up_is_opened_by_the_regulator_that_acts() -> None:
    given(FollowUp).when(opening.take_up, on(e.OpenFollowUp, **OPEN)).then(
        FollowUpOpened, regulator=GULOU, enterprise=MINHAI, source="own"
    )


def test_a_referral_names_the_council() -> None:
    asked = on(e.OpenFollowUp, **{**OPEN, "source": "referral"})
    given(FollowUp).when(opening.take_up, asked).refused("消委会", field="source")


@pytest.mark.parametrize("by", [ZHAO, CHEN, CONTACT, ADMIN, AUDITOR], ids=lambda by: by.party.kind)
def test_only_a_regulator_opens_one(by: Acting) -> None:
    given(FollowUp).when(opening.take_up, on(e.OpenFollowUp, by=by, **OPEN)).refused("不能")


@pytest.mark.parametrize("by", [WANG, ZHAO, CHEN, CONTACT, ADMIN], ids=lambda by: by.name)
@pytest.mark.parametrize("state", HISTORIES)
def test_no_other_party_takes_the_regulators_steps(by: Acting, state: str) -> None:
    for step in set(STEPS) - {"answer"}:
        rule, kind, fields, _ = STEPS[step]
        given(FollowUp, *HISTORIES[state]).when(rule, on(kind, **{**fields, "by": by})).refused(
            "不能"
        )


def test_the_head_may_do_what_the_clerk_may() -> None:
    given(FollowUp, OPENED).when(directive.issue, on(e.IssueDirective, by=WU, **ISSUE)).then(
        DirectiveIssued, directive="talk", due=DUE
    )


@pytest.mark.parametrize("due", [DAY, DAY - timedelta(days=1)])
def test_the_answer_is_due_after_the_day_of_issue(due: date) -> None:
    asked = on(e.IssueDirective, **{**ISSUE, "due": due})
    given(FollowUp, OPENED).when(directive.issue, asked).refused("晚于", field="due")


def test_delivery_keeps_the_date_or_moves_it_later() -> None:
    before = given(FollowUp, *HISTORIES["issued"])
    before.when(directive.deliver, on(e.DeliverDirective, how="邮寄")).then(
        DirectiveDelivered, due=DUE, directive="rectification"
    )
    later = DUE + timedelta(days=5)
    before = given(FollowUp, *HISTORIES["issued"])
    before.when(directive.deliver, on(e.DeliverDirective, how="邮寄", due=later)).then(
        DirectiveDelivered, due=later
    )


def test_delivery_does_not_shorten_the_time() -> None:
    asked = on(e.DeliverDirective, how="邮寄", due=DUE - timedelta(days=1))
    given(FollowUp, *HISTORIES["issued"]).when(directive.deliver, asked).refused(
        "早于", field="due"
    )


def test_delivery_after_the_date_needs_a_new_date() -> None:
    asked = on(e.DeliverDirective, day=DUE, how="邮寄")
    given(FollowUp, *HISTORIES["issued"]).when(directive.deliver, asked).refused(
        "顺延", field="due"
    )


def test_the_contact_of_the_enterprise_answers() -> None:
    asked = on(e.AnswerDirective, by=CONTACT, answer="已经全部下架")
    given(FollowUp, *HISTORIES["delivered"]).when(directive.answer, asked).then(
        DirectiveAnswered, by=CONTACT, answer="已经全部下架"
    )


def test_another_enterprise_does_not() -> None:
    stranger = acting("陌生人", OTHER_ENTERPRISE, "contact")
    asked = on(e.AnswerDirective, by=stranger, answer="已经全部下架")
    given(FollowUp, *HISTORIES["delivered"]).when(directive.answer, asked).refused("不能")


@pytest.mark.parametrize("way", ["counter", "phone", "letter"])
def test_a_clerk_records_an_answer_that_came_another_way(way: str) -> None:
    asked = on(e.AnswerDirective, answer="已经全部下架", way=way)
    done = given(FollowUp, *HISTORIES["delivered"]).when(directive.answer, asked)
    done.then(DirectiveAnswered, answer="已经全部下架")
    by = done.record.new[0].by
    assert (by.channel, by.on_behalf_of, by.name) == (way, MINHAI.name, LI.name)
    said = done.record.new[0].said()
    assert said.zh.startswith(
        "“闽海充电器有限公司”（由 福州市鼓楼区市场监督管理局 李强 代为记录） 答复"
    )
    assert said.en.startswith("闽海充电器有限公司 (recorded by")


def test_a_clerk_says_how_the_answer_came() -> None:
    asked = on(e.AnswerDirective, answer="已经全部下架")
    given(FollowUp, *HISTORIES["delivered"]).when(directive.answer, asked).refused(
        "来电", field="way"
    )


def test_silence_fails_only_after_the_date() -> None:
    finding = {"finding": "到期没有答复"}
    before = given(FollowUp, *HISTORIES["delivered"])
    before.when(recheck.fails, on(e.RecheckFails, day=DUE, **finding)).refused("都可以答复")
    after = given(FollowUp, *HISTORIES["delivered"])
    after.when(recheck.fails, on(e.RecheckFails, day=DUE + timedelta(days=1), **finding)).then(
        RecheckFailed
    )


@pytest.mark.parametrize(
    ("state", "blocker"),
    [("issued", "没有送达"), ("delivered", "没有答复"), ("answered", "没有复查")],
)
def test_closing_names_what_is_missing(state: str, blocker: str) -> None:
    asked = on(e.CloseFollowUp, reason="不想再等了吧")
    asking = given(FollowUp, *HISTORIES[state]).when(closing.close, asked)
    asking.refused(blocker)
    assert asking.refusal is not None
    assert "责令改正通知书" in asking.refusal.words.zh


def test_after_a_failed_recheck_comes_a_new_directive() -> None:
    again = DirectiveIssued(
        by=LI, directive="talk", demands="到局里说明", basis="第四条", due=DUE, **ABOUT
    )
    record = given(FollowUp, *HISTORIES["failed"], again).record
    assert (record.state, record.directive) == ("issued", "talk")


def test_the_result_goes_to_the_council_that_raised_it_once() -> None:
    sending: Command = on(e.SendResult, result="已责令改正，复查合格")
    given(FollowUp, *HISTORIES["closed"]).when(closing.tell, sending).then(
        ResultSentToCouncil, council=COUNCIL, complaint=str(ID), complaint_number="GZ-2026-000001-C"
    )
    sent = ResultSentToCouncil(by=LI, council=COUNCIL, result="已责令改正", **ABOUT)
    given(FollowUp, *HISTORIES["closed"], sent).when(closing.tell, sending).refused("已经告知")


def test_there_is_nobody_to_tell_where_nobody_asked() -> None:
    own = FollowUpOpened(by=LI, source="own", matter="抽查发现不合格", **ABOUT)
    asked = on(e.SendResult, result="已责令改正，复查合格")
    given(FollowUp, own, CLOSED).when(closing.tell, asked).refused("不是消委会")


@pytest.mark.parametrize("kind", ["OpenFollowUp", "IssueDirective", "DeliverDirective"])
def test_reasons_and_codes_are_checked(kind: str) -> None:
    wrong = {
        "OpenFollowUp": {**OPEN, "source": "rumour"},
        "IssueDirective": {**ISSUE, "directive": "shouting"},
        "DeliverDirective": {"how": " "},
    }
    with pytest.raises(ValueError, match="validation error"):
        on(getattr(e, kind), **wrong[kind])


# -- who may verify ----------------------------------------------------------------------


@pytest.mark.parametrize("step", ["pass", "fail"])
def test_who_issued_the_directive_does_not_verify_what_was_put_right(step: str) -> None:
    rule, kind, fields, event = STEPS[step]
    asked = given(FollowUp, *HISTORIES["answered"]).when(rule, on(kind, **{**fields, "by": LI}))
    asked.refused("该文书由您发出，不能由您核验")
    assert isinstance(asked.refusal, OwnWork)
    assert (asked.refusal.because, asked.refusal.number) == ("order", ABOUT["number"])
    given(FollowUp, *HISTORIES["answered"]).when(rule, on(kind, **fields)).then(event)


@pytest.mark.parametrize("step", ["pass", "fail"])
def test_nor_does_who_recorded_the_answer_for_the_enterprise(step: str) -> None:
    recorded = DirectiveAnswered(by=WU, directive="rectification", answer="已下架", **ABOUT)
    rule, kind, fields, event = STEPS[step]
    history = (*HISTORIES["delivered"], recorded)
    given(FollowUp, *history).when(rule, on(kind, **fields)).refused("企业的答复由您记录")
    sun = acting("孙洁", GULOU, "clerk", n=119)
    given(FollowUp, *history).when(rule, on(kind, **{**fields, "by": sun})).then(event)


def test_a_new_directive_begins_anew() -> None:
    again = DirectiveIssued(
        by=WU, directive="talk", demands="到局里说明", basis="第四条", due=DUE, **ABOUT
    )
    history = (*HISTORIES["failed"], again, DELIVERED, ANSWERED)
    rule, kind, fields, event = STEPS["pass"]
    given(FollowUp, *history).when(rule, on(kind, **{**fields, "by": LI})).then(event)
    given(FollowUp, *history).when(rule, on(kind, **fields)).refused("该文书由您发出")
