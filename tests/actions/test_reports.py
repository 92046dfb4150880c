"""The rules of a report: every state against every command, then each rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from events import informants as i
from events import reports as ev
from events.event import Acting, Event, Personal
from events.ids import new_id
from events.terms import Money
from services import access
from services.actions import reports as r
from services.actions.command import Command
from services.actions.refused import AlreadyDecided, NotAllowed
from services.actions.reports import (
    Report,
    deciding,
    erasure,
    intake,
    reward,
    sorting,
    unmasking,
    verification,
)
from services.rights.reports import REPORTS
from tests.given import Given, given
from tests.opening import SUBJECT
from tests.people import (
    ASSOCIATION,
    AUDITOR,
    CHEN,
    CONSUMER,
    CONTACT,
    COUNCIL,
    GULOU,
    LI,
    MINHAI,
    WANG,
    WU,
    ZHAO,
    acting,
)

DAY = date(2026, 11, 2)
ID, EARLIER, INFORMANT = new_id(), new_id(), new_id()
ABOUT: dict[str, Any] = {"number": "JB-2026-000001-X", "handler": GULOU}
WHY = "现场没有看到认证标志"
HEAD = acting("吴敏", GULOU, "head", n=130)
TOLD = Personal(subject=SUBJECT, fields={"facts": "仓库里有无证充电器"})
TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "仓库里有无证充电器",
    "name": "陈小姐", "phone": "138-0000 1234",
}  # fmt: skip


def on(kind: Callable[..., Any], by: Acting = HEAD, day: date = DAY, **fields: Any) -> Any:
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=4)
    return kind(by=by, at=at, **{"report": ID, **fields})


def registered(anonymous: bool = False) -> ev.ReportRegistered:
    return ev.ReportRegistered(
        by=CONSUMER, occurred_on=DAY, informant=str(INFORMANT), informant_number=7, told=TOLD,
        respondent="闽海充电器", anonymous=anonymous, **ABOUT,
    )  # fmt: skip


REGISTERED = registered()
STARTED = ev.VerificationStarted(by=LI, **ABOUT)
PAUSED = ev.VerificationPaused(by=LI, what="送检充电器", **ABOUT)
RESUMED = ev.VerificationResumed(by=LI, result="不合格", **ABOUT)
EXTENDED = ev.VerificationExtended(by=WU, reason="案情复杂", **ABOUT)
FILED = ev.ReportFiled(
    by=WU, reason=WHY, follow_up=str(new_id()), follow_up_number="JD-2026-000001-X", **ABOUT
)
NOT_FILED = ev.ReportNotFiled(by=WU, ground="N1", reason=WHY, **ABOUT)
TOLD_RESULT = ev.ReportResultNotified(by=LI, law="某条例第十条", result="已立案", **ABOUT)
PROPOSED = ev.RewardProposed(
    by=LI, level="2", amount=Money(minor=300_000), fined=Money(minor=0), reason=WHY, **ABOUT
)
GRANTED = ev.RewardGranted(by=WU, level="2", amount=Money(minor=300_000), **ABOUT)
CLOSED = ev.ReportClosed(by=LI, **ABOUT)
NO_POWER = ev.PowerLackingTold(by=LI, where="晋安区市场监管局", **ABOUT)
DUPLICATE = ev.DuplicateRecorded(by=LI, earlier="JB-2026-000002-X", reason=WHY, **ABOUT)
MERGED = ev.ReportMerged(by=LI, into="JB-2026-000002-X", reason=WHY, **ABOUT)

HISTORIES: dict[str, tuple[Event, ...]] = {
    "received": (REGISTERED,),
    "no_power_told": (REGISTERED, NO_POWER),
    "duplicate_recorded": (REGISTERED, DUPLICATE),
    "merged": (REGISTERED, MERGED),
    "verifying": (REGISTERED, STARTED),
    "paused": (REGISTERED, STARTED, PAUSED),
    "filed": (REGISTERED, STARTED, FILED),
    "not_filed": (REGISTERED, STARTED, NOT_FILED),
    "result_notified": (REGISTERED, STARTED, FILED, TOLD_RESULT),
    "reward_review": (REGISTERED, STARTED, FILED, PROPOSED),
    "closed": (REGISTERED, STARTED, NOT_FILED, CLOSED),
    "taken_back": (REGISTERED, ev.ReportTakenBack(by=LI, reason=WHY, **ABOUT)),
}
ANY = tuple(HISTORIES)
OPEN = ("received", "verifying", "paused")
EARLIER_ONE = {"earlier": EARLIER, "earlier_number": "JB-2026-000002-X", "reason": WHY,
               "earlier_state": "verifying", "earlier_handler": GULOU.id}  # fmt: skip

Rule = Callable[..., None]
#: command -> its rule, what is typed, and the states in which a head of the handler may give it
ACTS: dict[type[Command], tuple[Rule, dict[str, Any], tuple[str, ...]]] = {
    r.SupplementReport: (intake.supplement, {"facts": "还有一批货"}, OPEN),
    r.WithdrawReport: (intake.withdraw, {"reason": "不想再追究"}, OPEN),
    r.TellNoPower: (sorting.no_power, {"where": "晋安区市场监管局"}, ("received", "verifying")),
    r.MarkDuplicate: (sorting.duplicate, EARLIER_ONE, ("received",)),
    r.MergeWithNewFacts: (sorting.merge, EARLIER_ONE, ("received",)),
    r.TakeInNewFacts: (
        sorting.take_in, {"later": EARLIER, "later_number": "JB-2026-000003-X", "since": DAY}, OPEN,
    ),
    r.TakeBackReport: (intake.take_back_report, {"reason": WHY}, ("received",)),
    r.StartVerification: (verification.start, {}, ("received",)),
    r.ExtendVerification: (verification.extend, {"reason": WHY}, ("verifying", "paused")),
    r.PauseForTesting: (verification.pause, {"what": "送检充电器"}, ("verifying",)),
    r.EndTesting: (verification.resume, {"result": "检验不合格"}, ("paused",)),
    r.DecideFiling: (
        deciding.file,
        {"enterprise": MINHAI, "matter": "无证充电器", "reason": WHY,
         "follow_up_number": "JD-2026-000001-X"},
        ("verifying",),
    ),
    r.DecideNotFiling: (deciding.not_file, {"ground": "N1", "reason": WHY}, ("verifying",)),
    r.NotifyResult: (
        deciding.notify, {"law": "某条例第十条", "result": "已经立案"}, ("filed", "not_filed"),
    ),
    r.ProposeReward: (
        reward.propose,
        {"level": "1", "fined": Money(minor=0), "natural_person": True, "reason": WHY},
        ("filed", "result_notified"),
    ),
    r.DecideReward: (reward.decide, {"granted": True}, ("reward_review",)),
    r.UnmaskReporter: (unmasking.unmask, {"ground": "verify", "reason": WHY}, ANY),
    r.CloseReport: (
        deciding.close, {},
        ("no_power_told", "duplicate_recorded", "merged", "filed", "not_filed", "result_notified"),
    ),
}  # fmt: skip
HEADS = (r.ExtendVerification, r.DecideFiling, r.DecideNotFiling, r.DecideReward)
TABLE = [(kind, state) for kind in ACTS for state in HISTORIES]


def asked(
    kind: type[Command], history: tuple[Event, ...], by: Acting = HEAD, **more: Any
) -> Given[Report]:
    """The command given to a report with this history."""
    rule, typed, _ = ACTS[kind]
    found = given(Report, *history)
    return found.when(rule, on(kind, by, report=found.record.id, **{**typed, **more}))


def test_the_table_knows_every_state_and_every_command() -> None:
    assert set(HISTORIES) == {code for code, _ in r.STATES}
    on_one = {
        kind
        for parent in (r.OnReport, r.OnEarlier)
        for kind in parent.__subclasses__()
        if kind is not r.OnEarlier
    }
    of_the_data = {kind for kind in on_one if kind.__module__ == erasure.__name__}
    assert set(ACTS) == on_one - of_the_data
    assert {right.command for right in REPORTS} == {k.__name__ for k in on_one} | {"RegisterReport"}


@pytest.mark.parametrize("state", HISTORIES)
def test_each_history_leads_to_its_state(state: str) -> None:
    assert given(Report, *HISTORIES[state]).record.state == state


@pytest.mark.parametrize(("kind", "state"), TABLE, ids=lambda v: getattr(v, "__name__", v))
def test_every_command_in_every_state(kind: type[Command], state: str) -> None:
    """Done where the law of the states allows it; else refused with what happened last."""
    then = asked(kind, HISTORIES[state])
    if state in ACTS[kind][2]:
        assert then.refusal is None
        assert len(then.record.new) == 1
    elif (kind, state) == (r.CloseReport, "reward_review"):
        then.refused("奖励还没有决定")
    else:
        assert isinstance(then.refusal, AlreadyDecided)
        then.refused(f"现在不能“{kind.SAYS.zh}”：最近一步是“{HISTORIES[state][-1].said().zh}”")


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize("by", [WANG, ZHAO, CHEN, CONTACT, CONSUMER, AUDITOR])
def test_nobody_but_the_regulator_in_charge(kind: type[Command], by: Acting) -> None:
    then = asked(kind, HISTORIES[ACTS[kind][2][0]], by)
    assert isinstance(then.refusal, NotAllowed)


@pytest.mark.parametrize("kind", ACTS)
def test_what_only_a_head_decides(kind: type[Command]) -> None:
    then = asked(kind, HISTORIES[ACTS[kind][2][0]], LI)
    assert (then.refusal is None) == (kind not in HEADS)


@pytest.mark.parametrize(("kind", "state"), TABLE, ids=lambda v: getattr(v, "__name__", v))
def test_what_the_reporter_may_do_herself(kind: type[Command], state: str) -> None:
    found = given(Report, *HISTORIES[state])
    rule, typed, _ = ACTS[kind]
    she = r.reporter(found.record.id)
    then = found.when(rule, on(kind, she, report=found.record.id, **typed))
    hers = kind in (r.SupplementReport, r.WithdrawReport) and state in OPEN
    assert (then.refusal is None) == hers


# -- registering -------------------------------------------------------------------------


def told(by: Acting = CONSUMER, **changed: Any) -> Given[Report]:
    command = on(
        r.RegisterReport, by, number="JB-2026-000001-X", informant=INFORMANT, informant_number=7,
        **{"handler": GULOU, **TELLS, **changed},
    )  # fmt: skip
    return given(Report).when(intake.register, command)


def test_a_report_says_nothing_of_who_made_it() -> None:
    then = told(code="ABCD-2345-WXYZ")
    then.then(ev.ReportRegistered, number="JB-2026-000001-X", informant=str(INFORMANT))
    event = then.record.new[0]
    assert isinstance(event, ev.ReportRegistered)
    assert event.told.fields == {"facts": "仓库里有无证充电器"}
    assert "陈小姐" not in str(event)
    assert "13800001234" not in str(event)
    assert event.query == r.query_hash("abcd 2345 wxyz")
    assert "举报人 7 号" in event.said().zh
    assert event.only_for == GULOU.id
    assert not hasattr(event, "enterprise"), "what is shown of an enterprise finds no report"


def test_who_made_it_stands_by_itself() -> None:
    command = on(
        r.RegisterReport, CONSUMER, handler=GULOU, informant=INFORMANT, informant_number=7, **TELLS
    )
    then = given(r.Informant).when(intake.record_informant, command)
    (event,) = then.record.new
    assert isinstance(event, i.InformantRecorded)
    assert event.who
    assert event.who.subject == str(INFORMANT)
    assert event.who.fields == {"name": "陈小姐", "phone": "13800001234"}
    nobody = given(r.Informant).when(
        intake.record_informant, command.model_copy(update={"anonymous": True})
    )
    assert nobody.record.new[0].who is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", {**r.REQUIRED, **r.IDENTITY})
def test_what_is_missing_is_said_at_its_question(name: str) -> None:
    told(**{name: " "}).refused({**r.REQUIRED, **r.IDENTITY}[name].zh, field=name)


def test_an_anonymous_report_needs_no_name() -> None:
    told(anonymous=True, name="", phone="").then(ev.ReportRegistered, anonymous=True)
    told(anonymous=True, reward_wanted=True).refused("匿名举报不能申请奖励", "reward_wanted")


def test_only_a_regulator_handles_reports() -> None:
    told(handler=COUNCIL).refused("没有处理举报的职责")


@pytest.mark.parametrize("by", [CHEN, CONTACT, AUDITOR])
def test_who_may_not_register(by: Acting) -> None:
    told(by).refused("不能对这条记录“提交举报”")


# -- the single rules --------------------------------------------------------------------


def test_withdrawing_does_not_end_verification() -> None:
    then = asked(r.WithdrawReport, HISTORIES["verifying"])
    then.then(ev.ReportWithdrawn)
    assert then.record.state == "verifying"
    withdrawn = (*HISTORIES["verifying"], ev.ReportWithdrawn(by=CONSUMER, **ABOUT))
    asked(r.WithdrawReport, withdrawn).refused("已经撤回过")
    asked(r.DecideFiling, withdrawn).then(ev.ReportFiled)


def test_verification_is_extended_once_until_new_facts_come() -> None:
    extended = (*HISTORIES["verifying"], EXTENDED)
    asked(r.ExtendVerification, extended).refused("已经延长过一次")
    renewed = ev.NewFactsMerged(
        by=LI, later="JB-2026-000003-X", later_id=str(EARLIER), since=DAY + timedelta(9), **ABOUT
    )
    then = asked(r.ExtendVerification, (*extended, renewed))
    assert then.record.since == DAY + timedelta(9)
    then.then(ev.VerificationExtended)


@pytest.mark.parametrize("kind", [r.MarkDuplicate, r.MergeWithNewFacts])
def test_a_repetition_is_the_same_reporters_here(kind: type[Command]) -> None:
    asked(kind, HISTORIES["received"], same_person=False).refused("不是同一举报人")
    other = {"earlier_handler": ASSOCIATION.id}
    asked(kind, HISTORIES["received"], **other).refused("没有找到由本单位处理")
    found = given(Report, *HISTORIES["received"])
    itself = on(kind, report=found.record.id, **{**EARLIER_ONE, "earlier": found.record.id})
    found.when(ACTS[kind][0], itself).refused("本件举报的编号", "earlier_number")


@pytest.mark.parametrize("state", ANY)
def test_new_facts_go_only_into_what_is_not_decided(state: str) -> None:
    then = asked(r.MergeWithNewFacts, HISTORIES["received"], earlier_state=state)
    if state in OPEN:
        then.then(ev.ReportMerged, into="JB-2026-000002-X")
    else:
        then.refused("已经有决定")


def test_no_decision_without_ground_and_no_notice_without_law() -> None:
    for kind, wrong in ((r.DecideNotFiling, {"ground": "N9"}), (r.NotifyResult, {"law": ""})):
        with pytest.raises(ValidationError):
            on(kind, **{**ACTS[kind][1], **wrong})


@pytest.mark.parametrize(
    ("level", "fined", "earned"),
    [("1", 0, 500_000), ("1", 20_000_000, 1_000_000), ("2", 100, 300_000), ("3", 0, 100_000),
     ("3", 20_000_000, 200_000), ("1", 3_000_000_000, 100_000_000)],
)  # fmt: skip
def test_what_a_report_earns(level: str, fined: int, earned: int) -> None:
    assert r.amount(level, Money(minor=fined)) == Money(minor=earned)


def test_who_is_rewarded() -> None:
    asked(r.ProposeReward, HISTORIES["filed"], natural_person=False).refused("只给自然人")
    anonymous = (registered(anonymous=True), STARTED, FILED)
    asked(r.ProposeReward, anonymous).refused("匿名举报")
    not_true = (REGISTERED, STARTED, NOT_FILED, TOLD_RESULT)
    asked(r.ProposeReward, not_true).refused("查证属实")


def test_nobody_decides_on_a_reward_she_proposed() -> None:
    hers = ev.RewardProposed(
        by=HEAD, level="2", amount=Money(minor=1), fined=Money(minor=0), reason=WHY, **ABOUT
    )
    asked(r.DecideReward, (REGISTERED, STARTED, FILED, hers)).refused("另一位负责人")
    asked(r.DecideReward, HISTORIES["reward_review"], granted=False).refused(
        "不批准的理由", "reason"
    )
    asked(r.DecideReward, HISTORIES["reward_review"], granted=False, reason=WHY).then(
        ev.RewardRefused, reason=WHY
    )
    decided = (*HISTORIES["reward_review"], GRANTED)
    asked(r.DecideReward, decided).refused("已经决定")
    asked(r.CloseReport, decided).then(ev.ReportClosed)


def test_nobody_is_unmasked_who_was_never_named() -> None:
    asked(r.UnmaskReporter, (registered(anonymous=True),)).refused("匿名举报")
    erased = i.InformantErased(by=WU, subjects=[str(INFORMANT)], **ABOUT)
    asked(r.UnmaskReporter, (*HISTORIES["closed"], erased)).refused("已依法删除")
    asked(r.UnmaskReporter, HISTORIES["verifying"]).then(
        ev.ReporterUnmasked, ground="verify", reason=WHY
    )


def test_a_report_is_for_its_regulator_alone() -> None:
    report = given(Report, REGISTERED).record
    others = (WANG, ZHAO, CHEN, CONTACT, AUDITOR, CONSUMER, r.reporter(new_id()))
    assert {report.relation(by) for by in others} == {"none"}
    assert report.relation(LI) == "handler"
    assert report.relation(r.reporter(UUID(str(report.id)))) == "reporter"


# -- deletion ----------------------------------------------------------------------------

ERASING: dict[type[Command], tuple[Rule, dict[str, Any]]] = {
    r.RequestInformantErasure: (erasure.take, {"ground": "consent"}),
    r.CheckInformantErasure: (erasure.take, {"despite": "举报人书面请求提前删除"}),
    r.EraseInformant: (erasure.take, {}),
    r.RefuseInformantErasure: (erasure.take, {"reason": "奖励还没有发放"}),
}
_REQUESTED = i.InformantErasureRequested(by=LI, ground="consent", **ABOUT)
_CHECKED = i.InformantErasureChecked(by=LI, **ABOUT)
STANDING: dict[str, tuple[Event, ...]] = {
    "": (),
    "requested": (_REQUESTED,),
    "checked": (_REQUESTED, _CHECKED),
    "refused": (_REQUESTED, i.InformantErasureRefused(by=LI, reason=WHY, **ABOUT)),
    "erased": (_REQUESTED, _CHECKED, i.InformantErased(by=WU, subjects=[SUBJECT], **ABOUT)),
}


@pytest.mark.parametrize("standing", STANDING)
@pytest.mark.parametrize("kind", ERASING)
def test_every_step_of_deletion_fits_where_the_data_stands(
    standing: str, kind: type[Command]
) -> None:
    found = given(Report, *HISTORIES["closed"], *STANDING[standing])
    rule, fields = ERASING[kind]
    then = found.when(rule, on(kind, report=found.record.id, **fields))
    if kind.__name__ in r.possible(standing):
        assert then.refusal is None
        assert i.STANDS[type(then.record.new[0])] == then.record.personal
    else:
        assert isinstance(then.refusal, AlreadyDecided)


def test_deletion_waits_for_the_decision_and_takes_a_second_person() -> None:
    found = given(Report, *HISTORIES["verifying"], _REQUESTED)
    check = on(r.CheckInformantErasure, report=found.record.id, despite=WHY)
    found.when(erasure.take, check).refused("还没有处理完")
    again = given(Report, *HISTORIES["closed"], _REQUESTED)
    bare = on(r.CheckInformantErasure, report=again.record.id)
    again.when(erasure.take, bare).refused("保存 3 年", "despite")
    hers = i.InformantErasureChecked(by=HEAD, **ABOUT)
    third = given(Report, *HISTORIES["closed"], _REQUESTED, hers)
    third.when(erasure.take, on(r.EraseInformant, report=third.record.id)).refused("另一个人")
    last = given(Report, *HISTORIES["closed"], _REQUESTED, _CHECKED)
    last.when(erasure.take, on(r.EraseInformant, report=last.record.id)).then(
        i.InformantErased, subjects=[str(INFORMANT), str(last.record.id)]
    )


def test_access_knows_what_the_table_of_commands_knows() -> None:
    for kind, (_, _, states) in ACTS.items():
        may = {s for s in HISTORIES if access.may(HEAD, kind.__name__, "handler", s)}
        assert may - set(states) <= {"reward_review"}
        assert set(states) <= may
