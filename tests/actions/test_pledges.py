"""The rules of pledges: every state against every command, then each rule by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from pydantic import ValidationError

from events.event import Acting, Event, system
from events.ids import new_id
from events.pledges import (
    BreachSuspected,
    EvidenceSubmitted,
    MemberQuestioned,
    PledgeDrafted,
    PledgeMet,
    PledgeNotMet,
    PledgePublished,
    PledgeSigned,
    PledgeSpotChecked,
    PledgeWithdrawn,
    QuestionAnswered,
)
from services.actions import member_pledges as m
from services.actions import member_questions as q
from services.actions import pledges as p
from services.actions.member_pledges import MemberPledge
from services.actions.pledge_checks import SpotCheckPledge, percent_of, spot_check
from services.actions.pledges import Pledge
from services.actions.refused import NotAllowed
from tests.given import given
from tests.people import (
    ADMIN,
    ASSOCIATION,
    AUDITOR,
    CHEN,
    CONTACT,
    LI,
    LIN_HEAD,
    MINHAI,
    OTHER_ENTERPRISE,
    ZHAO,
    acting,
    party,
)

ID = new_id()
OTHERS = acting("外会", party("福建省照明行业协会", "association", 66), "secretary", n=166)
STRANGER = acting("外企", OTHER_ENTERPRISE, "contact", n=167)
RULE = system("flag-breach")
DAY = date(2026, 3, 2)
FROM, TO = date(2026, 1, 1), date(2026, 12, 31)
WORDING: dict[str, Any] = {
    "title": "充电器追溯标签承诺", "text": "每只充电器贴追溯标签", "metric": "有标签的比例",
    "target": "不低于 95%", "evidence": "标签照片", "period_from": FROM, "period_to": TO,
}  # fmt: skip
NUMBER = "CN-2026-000001-X"
DRAFTED = PledgeDrafted(by=CHEN, occurred_on=DAY, number=NUMBER, association=ASSOCIATION, **WORDING)
PUBLISHED = PledgePublished(
    by=CHEN, number=NUMBER, title=WORDING["title"], association=ASSOCIATION, text_hash="ab"
)
ABOUT: dict[str, Any] = {
    "number": NUMBER, "pledge": str(ID), "title": WORDING["title"], "association": ASSOCIATION,
    "enterprise": MINHAI,
}  # fmt: skip
SIGNED = PledgeSigned(by=CHEN, occurred_on=DAY, period_from=FROM, period_to=TO, **ABOUT)
EVIDENCE = EvidenceSubmitted(by=CONTACT, what="标签照片四十张", **ABOUT)
OWN_EVIDENCE = EvidenceSubmitted(by=CHEN, what="标签照片四十张", **ABOUT)
ASKED = MemberQuestioned(by=CHEN, question="为什么被责令改正", **ABOUT)
ANSWERED = QuestionAnswered(by=CONTACT, answer="已经改正完毕", **ABOUT)
FLAGGED = BreachSuspected(by=RULE, cause="directive", cause_number="JD-2026-000001-X", **ABOUT)
MET = PledgeMet(by=LIN_HEAD, reason="照片和数量相符", **ABOUT)
NOT_MET = PledgeNotMet(by=LIN_HEAD, reason="只有八成有标签", **ABOUT)
WITHDRAWN = PledgeWithdrawn(by=CONTACT, reason="不再生产充电器", **ABOUT)


def on(kind: Callable[..., Any], day: date = DAY, by: Acting = CHEN, **fields: Any) -> Any:
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=4)
    return kind(by=by, at=at, **fields)


def text(kind: Callable[..., Any], by: Acting = CHEN, **fields: Any) -> Any:
    return on(kind, by=by, pledge=ID, **{**WORDING, **fields})


def signed(kind: Callable[..., Any], day: date = DAY, by: Acting = CHEN, **fields: Any) -> Any:
    return on(kind, day, by, member_pledge=ID, **fields)


# -- the text ----------------------------------------------------------------------------

TEXT_HISTORIES: dict[str, tuple[Event, ...]] = {
    "": (),
    "draft": (DRAFTED,),
    "published": (DRAFTED, PUBLISHED),
}
TEXT_STEPS: dict[str, tuple[Any, Any, type[Event]]] = {
    "draft": (Pledge.draft, text(p.DraftPledge, number=NUMBER), PledgeDrafted),
    "redraft": (Pledge.redraft, text(p.RedraftPledge, target="全部"), PledgeDrafted),
    "publish": (Pledge.publish, on(p.PublishPledge, pledge=ID), PledgePublished),
}
TEXT_MAY = {"": {"draft"}, "draft": {"redraft", "publish"}, "published": set()}


@pytest.mark.parametrize("state", TEXT_HISTORIES)
@pytest.mark.parametrize("step", TEXT_STEPS)
def test_every_state_of_the_text_against_every_command(state: str, step: str) -> None:
    rule, command, event = TEXT_STEPS[step]
    asked = given(Pledge, *TEXT_HISTORIES[state]).when(rule, command)
    if step in TEXT_MAY[state]:
        asked.then(event, number=NUMBER, association=ASSOCIATION)
    else:
        asked.refused("不能")


@pytest.mark.parametrize("state", ["draft", "published"])
def test_the_states_of_the_text_are_those_named(state: str) -> None:
    assert given(Pledge, *TEXT_HISTORIES[state]).record.state == state
    assert state in p.STATES


@pytest.mark.parametrize("by", [OTHERS, CONTACT, ZHAO, LI, ADMIN, AUDITOR], ids=lambda by: by.name)
def test_only_the_own_association_words_and_publishes(by: Acting) -> None:
    for step in ("redraft", "publish"):
        rule, command, _ = TEXT_STEPS[step]
        asked = command.model_copy(update={"by": by})
        given(Pledge, DRAFTED).when(rule, asked).refused("不能")


@pytest.mark.parametrize("by", [CONTACT, ZHAO, LI, ADMIN, AUDITOR], ids=lambda by: by.name)
def test_only_an_association_drafts(by: Acting) -> None:
    given(Pledge).when(Pledge.draft, text(p.DraftPledge, by=by)).refused("不能")


def test_publishing_freezes_the_latest_wording() -> None:
    reworded = PledgeDrafted(
        by=CHEN, number=NUMBER, association=ASSOCIATION, **{**WORDING, "target": "全部"}
    )
    said = ["充电器追溯标签承诺", "每只充电器贴追溯标签", "有标签的比例", "全部", "标签照片",
            "2026-01-01", "2026-12-31"]  # fmt: skip
    frozen = sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    given(Pledge, DRAFTED, reworded).when(Pledge.publish, on(p.PublishPledge, pledge=ID)).then(
        PledgePublished, text_hash=frozen
    )


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as found:
        text(p.DraftPledge, metric=" ", evidence="", period_from=TO, period_to=FROM)
    assert [e["loc"][0] for e in found.value.errors()] == ["metric", "evidence", "period_to"]


# -- one member's pledge -----------------------------------------------------------------

HISTORIES: dict[str, tuple[Event, ...]] = {
    "": (),
    "active": (SIGNED,),
    "active, asked": (SIGNED, ASKED),
    "active, answered": (SIGNED, ASKED, ANSWERED),
    "evidence": (SIGNED, EVIDENCE),
    "evidence, asked": (SIGNED, EVIDENCE, ASKED),
    "met": (SIGNED, EVIDENCE, MET),
    "met, asked": (SIGNED, EVIDENCE, MET, ASKED),
    "not_met": (SIGNED, EVIDENCE, NOT_MET),
    "not_met, asked": (SIGNED, EVIDENCE, ASKED, NOT_MET),
    "withdrawn": (SIGNED, WITHDRAWN),
    "withdrawn, asked": (SIGNED, ASKED, WITHDRAWN),
}


def published() -> Pledge:
    return given(Pledge, DRAFTED, PUBLISHED).record


def signing(is_member: bool = True, pledge: Pledge | None = None) -> Any:
    text = pledge or published()
    return lambda record, command: record.sign(command, text, is_member)


SIGN = {"pledge": ID, "enterprise": MINHAI}


def checking(percent: int = 95) -> Any:
    return lambda record, command: spot_check(record, command, percent)


CAUSE = {"cause": "recheck", "cause_number": "JD-2026-000009-X"}
STEPS: dict[str, tuple[Any, Any, type[Event]]] = {
    "sign": (signing(), on(m.SignPledge, **SIGN), PledgeSigned),
    "submit": (MemberPledge.submit, signed(m.SubmitEvidence, what="照片四十张"), EvidenceSubmitted),
    "met": (MemberPledge.met, signed(m.JudgeMet, reason="照片数量相符"), PledgeMet),
    "not_met": (MemberPledge.not_met, signed(m.JudgeNotMet, reason="只有八成有"), PledgeNotMet),
    "withdraw": (
        MemberPledge.withdraw, signed(m.WithdrawPledge, reason="不再生产了"), PledgeWithdrawn,
    ),
    "flag": (q.flag, signed(q.FlagBreach, by=RULE, **CAUSE), BreachSuspected),
    "ask": (q.question, signed(q.QuestionMember, question="请说明原因"), MemberQuestioned),
    "answer": (
        q.answer, signed(q.AnswerQuestion, by=CONTACT, answer="已经改正完"), QuestionAnswered,
    ),
    "check": (
        checking(), signed(SpotCheckPledge, by=ZHAO, sample=20, conforming=18), PledgeSpotChecked,
    ),
}  # fmt: skip
_ACTIVE = {"submit", "withdraw", "flag", "check"}
MAY: dict[str, set[str]] = {
    "": {"sign"},
    "active": {*_ACTIVE, "ask"},
    "active, asked": {*_ACTIVE, "answer"},
    "active, answered": {*_ACTIVE, "ask"},
    "evidence": {*_ACTIVE, "met", "not_met", "ask"},
    "evidence, asked": {*_ACTIVE, "met", "not_met", "answer"},
    "met": {"ask", "check"},
    "met, asked": {"answer", "check"},
    "not_met": {"ask", "check"},
    "not_met, asked": {"answer", "check"},
    "withdrawn": {"sign"},
    "withdrawn, asked": {"sign"},
}


@pytest.mark.parametrize("state", HISTORIES)
@pytest.mark.parametrize("step", STEPS)
def test_every_state_against_every_command(state: str, step: str) -> None:
    rule, command, event = STEPS[step]
    asked = given(MemberPledge, *HISTORIES[state]).when(rule, command)
    if step in MAY[state]:
        asked.then(event, **{**ABOUT, "pledge": asked.record.new[0].pledge})
    else:
        asked.refused("不能")


@pytest.mark.parametrize("state", [s for s in HISTORIES if s])
def test_the_states_are_those_named(state: str) -> None:
    named, _, aside = state.partition(", ")
    record = given(MemberPledge, *HISTORIES[state]).record
    assert record.state == named
    assert named in m.STATES
    assert record.asked == {"asked": "questioned"}.get(aside, aside)


OUTSIDERS = [OTHERS, STRANGER, ZHAO, LI, ADMIN, AUDITOR]


@pytest.mark.parametrize("by", OUTSIDERS, ids=lambda by: by.name)
@pytest.mark.parametrize("step", [s for s in STEPS if s not in ("sign", "check")])
@pytest.mark.parametrize("state", [s for s in HISTORIES if s])
def test_no_other_party_takes_any_step(by: Acting, step: str, state: str) -> None:
    rule, command, _ = STEPS[step]
    asked = command.model_copy(update={"by": by})
    given(MemberPledge, *HISTORIES[state]).when(rule, asked).refused("不能")


@pytest.mark.parametrize("step", ["met", "not_met", "ask", "flag"])
def test_the_member_does_not_judge_nor_ask_itself(step: str) -> None:
    rule, command, _ = STEPS[step]
    asked = command.model_copy(update={"by": CONTACT})
    given(MemberPledge, *HISTORIES["evidence"]).when(rule, asked).refused("不能")


@pytest.mark.parametrize("step", ["sign", "submit", "withdraw"])
def test_the_member_itself_signs_submits_and_withdraws(step: str) -> None:
    rule, command, event = STEPS[step]
    asked = command.model_copy(update={"by": CONTACT})
    history = () if step == "sign" else HISTORIES["active"]
    given(MemberPledge, *history).when(rule, asked).then(event, enterprise=MINHAI, by=CONTACT)
    given(MemberPledge, *HISTORIES["met"]).when(rule, asked).refused("不能")


def test_people_do_not_flag() -> None:
    rule, command, _ = STEPS["flag"]
    asked = command.model_copy(update={"by": CHEN})
    given(MemberPledge, SIGNED).when(rule, asked).refused("不能")


# -- signing -----------------------------------------------------------------------------


@pytest.mark.parametrize("by", [CHEN, LIN_HEAD, CONTACT], ids=lambda by: by.name)
def test_the_association_or_the_member_signs(by: Acting) -> None:
    given(MemberPledge).when(signing(), on(m.SignPledge, by=by, **SIGN)).then(
        PledgeSigned, enterprise=MINHAI, association=ASSOCIATION, period_to=TO
    )


@pytest.mark.parametrize("by", [OTHERS, STRANGER], ids=lambda by: by.name)
def test_nobody_signs_for_others(by: Acting) -> None:
    asked = given(MemberPledge).when(signing(), on(m.SignPledge, by=by, **SIGN))
    asked.refused("只能由福建省电动自行车行业协会或者“闽海充电器有限公司”自己签署")
    assert isinstance(asked.refusal, NotAllowed)


def test_a_draft_is_not_signed() -> None:
    rule = signing(pledge=given(Pledge, DRAFTED).record)
    given(MemberPledge).when(rule, on(m.SignPledge, **SIGN)).refused("还没有发布")


def test_only_members_sign() -> None:
    rule = signing(is_member=False)
    given(MemberPledge).when(rule, on(m.SignPledge, **SIGN)).refused("不是", field="enterprise")


def test_nothing_is_signed_after_its_period() -> None:
    asked = on(m.SignPledge, TO + timedelta(days=1), **SIGN)
    given(MemberPledge).when(signing(), asked).refused("为止")
    given(MemberPledge).when(signing(), on(m.SignPledge, TO, **SIGN)).then(PledgeSigned)


# -- judging -----------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["met", "not_met"])
def test_who_submitted_the_evidence_does_not_judge_it(step: str) -> None:
    rule, command, event = STEPS[step]
    asked = given(MemberPledge, SIGNED, OWN_EVIDENCE).when(rule, command)
    asked.refused("您提交了该证据，不能由您核验")
    assert isinstance(asked.refusal, NotAllowed)
    head = command.model_copy(update={"by": LIN_HEAD})
    given(MemberPledge, SIGNED, OWN_EVIDENCE).when(rule, head).then(event)


def test_later_evidence_of_another_does_not_lift_that() -> None:
    rule, command, _ = STEPS["met"]
    given(MemberPledge, SIGNED, OWN_EVIDENCE, EVIDENCE).when(rule, command).refused("您提交了")


def test_a_new_signature_begins_anew() -> None:
    history = (SIGNED, OWN_EVIDENCE, WITHDRAWN, SIGNED, EVIDENCE)
    rule, command, event = STEPS["met"]
    given(MemberPledge, *history).when(rule, command).then(event)


def test_silence_is_judged_only_after_the_period() -> None:
    reason = {"reason": "到期没有提交材料"}
    given(MemberPledge, SIGNED).when(
        MemberPledge.not_met, signed(m.JudgeNotMet, TO, **reason)
    ).refused("都可以提交")
    given(MemberPledge, SIGNED).when(
        MemberPledge.not_met, signed(m.JudgeNotMet, TO + timedelta(days=1), **reason)
    ).then(PledgeNotMet, reason="到期没有提交材料")


# -- spot checks -------------------------------------------------------------------------


def checked(by: Acting = LI, conforming: int = 18) -> PledgeSpotChecked:
    return PledgeSpotChecked(by=by, sample=20, conforming=conforming, percent=95, **ABOUT)


def test_a_spot_check_says_the_share_and_whether_it_falls_short() -> None:
    assert checked().said().zh.endswith("20 件中 18 件符合，抽查 90%，未达到 95%")
    assert checked(conforming=19).said().en.endswith("spot check 95%, target 95% met")
    almost = PledgeSpotChecked(by=LI, sample=1000, conforming=949, percent=95, **ABOUT)
    assert "抽查 94.9%，未达到 95%" in almost.said().zh
    never_up = PledgeSpotChecked(by=LI, sample=30001, conforming=28500, percent=95, **ABOUT)
    assert "抽查 94.9%，未达到 95%" in never_up.said().zh


def test_nobody_judges_it_met_while_the_latest_check_falls_short() -> None:
    rule, command, event = STEPS["met"]
    asked = given(MemberPledge, SIGNED, EVIDENCE, checked()).when(rule, command)
    asked.refused("抽查 90%，未达到 95%")
    later = (SIGNED, EVIDENCE, checked(), checked(conforming=20))
    given(MemberPledge, *later).when(rule, command).then(event)
    rule, command, event = STEPS["not_met"]
    given(MemberPledge, SIGNED, EVIDENCE, checked()).when(rule, command).then(event)


@pytest.mark.parametrize("by", [CHEN, CONTACT, OTHERS, ADMIN, AUDITOR], ids=lambda by: by.name)
def test_only_regulators_and_councils_check(by: Acting) -> None:
    rule, command, _ = STEPS["check"]
    asked = command.model_copy(update={"by": by})
    given(MemberPledge, *HISTORIES["evidence"]).when(rule, asked).refused("不能")


def test_who_handed_in_evidence_does_not_check_it_as_an_officer_either() -> None:
    """Whatever roles she holds: the person counts, not the party she acts for."""
    officer = acting("陈静", LI.party, "clerk", n=106)
    rule, command, _ = STEPS["check"]
    asked = given(MemberPledge, SIGNED, OWN_EVIDENCE).when(
        rule, command.model_copy(update={"by": officer})
    )
    asked.refused("您提交了该证据，不能由您核验")


@pytest.mark.parametrize(
    ("target", "percent"),
    [("不低于95%", 95), ("≥ 95 ％", 95), ("100%", 100), ("0家", 0), ("不超过5%", 0),
     ("低于 5%", 0), ("at least 98%", 98), ("at most 2%", 0), ("", 0), ("150%", 0)],
)  # fmt: skip
def test_the_percentage_stands_in_the_frozen_target(target: str, percent: int) -> None:
    assert percent_of(target) == percent


def test_no_more_conform_than_were_looked_at() -> None:
    with pytest.raises(ValidationError, match="18 件多于抽查的 10 件"):
        signed(SpotCheckPledge, sample=10, conforming=18)
    with pytest.raises(ValidationError):
        signed(SpotCheckPledge, sample=0, conforming=0)


# -- questions and breaches --------------------------------------------------------------


def test_one_cause_is_flagged_once() -> None:
    again = signed(q.FlagBreach, by=RULE, cause="recheck", cause_number=FLAGGED.cause_number)
    given(MemberPledge, SIGNED, FLAGGED).when(q.flag, again).refused("已经提示过")
    given(MemberPledge, SIGNED, FLAGGED).when(q.flag, STEPS["flag"][1]).then(BreachSuspected)


def test_a_cause_from_before_the_latest_step_is_flagged_on_the_day_of_that_step() -> None:
    early = signed(q.FlagBreach, DAY - timedelta(days=9), by=RULE, **CAUSE)
    asked = given(MemberPledge, SIGNED).when(q.flag, early)
    asked.then(BreachSuspected, occurred_on=DAY)
    said = asked.record.new[0].said()
    assert "整改复查不合格（JD-2026-000009-X）" in said.zh
    assert "failed the regulator's re-check (JD-2026-000009-X)" in said.en


def test_a_second_question_waits_for_the_first_answer() -> None:
    asked = signed(q.QuestionMember, question="还有别的原因吗")
    given(MemberPledge, SIGNED, ASKED).when(q.question, asked).refused("还没有答复上一次询问")


@pytest.mark.parametrize("way", ["counter", "phone", "letter"])
def test_the_secretary_records_an_answer_that_came_another_way(way: str) -> None:
    asked = signed(q.AnswerQuestion, answer="已经改正完", way=way)
    done = given(MemberPledge, SIGNED, ASKED).when(q.answer, asked)
    done.then(QuestionAnswered, answer="已经改正完")
    by = done.record.new[0].by
    assert (by.channel, by.on_behalf_of, by.name) == (way, MINHAI.name, CHEN.name)
    assert done.record.new[0].said().zh.startswith("“闽海充电器有限公司”（由 福建省电动自行车")


def test_the_secretary_says_how_the_answer_came() -> None:
    asked = signed(q.AnswerQuestion, answer="已经改正完")
    given(MemberPledge, SIGNED, ASKED).when(q.answer, asked).refused("来电", field="way")


def test_a_member_has_one_record_per_pledge() -> None:
    assert m.member_pledge_id(ID, MINHAI) == m.member_pledge_id(ID, MINHAI)
    assert m.member_pledge_id(ID, MINHAI) != m.member_pledge_id(ID, OTHER_ENTERPRISE)
    assert m.member_pledge_id(ID, MINHAI) != m.member_pledge_id(new_id(), MINHAI)
