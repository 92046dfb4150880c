"""Every state of a complaint against every command: done, or refused with which sentence."""

from __future__ import annotations

from typing import Any

import pytest

from events.event import Acting, system
from services import access
from services.actions import complaints as c
from services.actions.command import Command
from services.actions.complaints import Complaint, erasure, talks
from services.actions.erasure import STANDING
from services.actions.refused import AlreadyDecided, NotAllowed
from services.rights import COMPLAINTS
from tests.actions.complaint_histories import ACTS, HISTORIES, OTHER, history, on
from tests.given import Given, given
from tests.people import (
    AUDITOR,
    CHEN,
    CONSUMER,
    CONTACT,
    COUNCIL,
    GULOU,
    LI,
    QIAN,
    WANG,
    WU,
    ZHAO,
)

RULE = system("rating")
OPEN = "received identity negotiating accepted mediating testing recusal"
ENDED = "agreed performed defaulted terminated"
KEPT = f"{OPEN} refused {ENDED} withdrawn merged closed"

#: Command -> the states in which whoever is in charge may give it, as Order 121 has them.
ALLOWED: dict[type[Command], str] = {
    c.RequestIdentityProof: "received",
    c.GiveIdentityProof: "identity",
    c.ConfirmIdentity: "identity",
    c.AcceptComplaint: "received",
    c.RefuseComplaint: "received identity",
    c.ForwardComplaint: "received identity",
    c.ReturnToDesk: "received identity",
    c.WithdrawComplaint: f"{OPEN} merged",
    c.GiveConsent: KEPT,
    c.WithdrawConsent: KEPT,
    c.PublishComplaint: f"{ENDED} closed",
    c.TakePublicationBack: KEPT,
    c.WriteComment: f"{ENDED} closed",
    c.WithdrawComment: KEPT,
    c.ShowComment: KEPT,
    c.DeclineComment: KEPT,
    c.MergeComplaint: "received identity accepted mediating",
    c.SeparateComplaint: "merged",
    c.NameRepresentatives: OPEN,
    c.ConsentAsRepresented: OPEN,
    c.JudgeAbuseSigns: f"{OPEN} refused",
    c.OfferDirectSettlement: "received accepted",
    c.ReportDirectSettlement: "negotiating",
    c.FailDirectSettlement: "negotiating",
    c.ConfirmDirectSettlement: "negotiating",
    c.DenyDirectSettlement: "negotiating",
    c.StartMediation: "accepted",
    c.EntrustMediation: "accepted mediating",
    c.EndEntrustment: "mediating",
    c.ScheduleMediation: "mediating",
    c.AnswerInvitation: "mediating",
    c.HoldMediation: "mediating",
    c.MakeProposal: "mediating",
    c.AnswerProposal: "mediating",
    c.RequestRecusal: "mediating",
    c.DecideRecusal: "recusal",
    c.StartTesting: "mediating",
    c.EndTesting: "testing",
    c.RecordAgreement: "mediating",
    c.TerminateMediation: "accepted mediating",
    c.NotifyParties: "terminated closed",
    c.ReportPerformance: "agreed defaulted",
    c.ReportDefault: "agreed performed",
    c.RecordRestitution: ENDED,
    c.StateSatisfaction: f"{ENDED} closed",
    c.RemindRating: f"{ENDED} closed",
    c.LapseRating: f"{ENDED} closed",
    c.RecordUndelivered: KEPT,
    c.CallBack: f"{ENDED} refused withdrawn closed",
    c.StateOutcome: f"{ENDED} closed",
    c.ReopenComplaint: "refused defaulted terminated withdrawn closed",
    c.CloseComplaint: f"{ENDED} refused withdrawn",
    c.WriteToConsumer: KEPT,
    c.WriteToBusiness: KEPT,
    c.WriteToBody: KEPT,
    c.NoAnswerToConsumer: KEPT,
    c.NoAnswerToBusiness: KEPT,
    c.NoteClue: KEPT,
    c.ExtendClue: KEPT,
    c.VerifyClue: KEPT,
    c.ReferClue: KEPT,
    c.ReverseComplaintImport: KEPT,
}
#: What each other party may do, in which states; all else is not theirs.
HERS = {
    kind: ALLOWED[kind]
    for kind in (
        c.GiveIdentityProof, c.WithdrawComplaint, c.GiveConsent, c.WithdrawConsent,
        c.ConfirmDirectSettlement, c.DenyDirectSettlement, c.AnswerProposal, c.RequestRecusal,
        c.ReportPerformance, c.ReportDefault, c.StateSatisfaction, c.StateOutcome, c.WriteToBody,
        c.AnswerInvitation,
    )
}  # fmt: skip
THE_FIRMS = {
    kind: ALLOWED[kind]
    for kind in (
        c.GiveConsent, c.WithdrawConsent, c.ReportDirectSettlement, c.FailDirectSettlement,
        c.AnswerProposal, c.RequestRecusal, c.ReportPerformance, c.WriteComment, c.WithdrawComment,
        c.WriteToBody, c.AnswerInvitation,
    )
}  # fmt: skip
THE_ENTRUSTED = {
    kind: ALLOWED[kind]
    for kind in (
        c.EndEntrustment, c.ScheduleMediation, c.AnswerInvitation, c.HoldMediation,
        c.MakeProposal, c.AnswerProposal,
        c.RequestRecusal, c.StartTesting, c.EndTesting, c.RecordAgreement, c.WriteToConsumer,
        c.WriteToBusiness, c.NoAnswerToConsumer, c.NoAnswerToBusiness,
    )
}  # fmt: skip
#: Who gives it, where it is not a clerk of the regulator in charge.
BY: dict[type[Command], Acting] = {
    c.DecideRecusal: WU, c.ExtendClue: WU, c.ReferClue: ZHAO,
    c.RemindRating: RULE, c.LapseRating: RULE, c.RecordUndelivered: RULE,
}  # fmt: skip
TABLE = [(kind, state) for kind in ACTS for state in HISTORIES]
PAIR = pytest.mark.parametrize(
    ("kind", "state"), TABLE, ids=lambda value: getattr(value, "__name__", value)
)


def asked(kind: type[Command], state: str, by: Acting | None = None) -> Given[Complaint]:
    """The command given to a complaint in this state; `by` None = whoever is in charge."""
    handler = COUNCIL if kind is c.ReferClue else GULOU
    events = history(kind, state, handler) if state in ALLOWED[kind].split() else HISTORIES[state]
    found = given(Complaint, *events)
    found.record.unit = handler
    hers = kind in (c.StateOutcome, c.WriteToBody)
    by = by or (c.complainant(found.record.id) if hers else BY.get(kind, LI))
    if by is CONSUMER:
        by = c.complainant(found.record.id)
    rule, typed, _ = ACTS[kind]
    return found.when(rule, on(kind, by, complaint=found.record.id, **typed))


def all_commands() -> set[type[Command]]:
    found: set[type[Command]] = set()
    heirs: list[Any] = [c.OnComplaint]
    while heirs:
        heirs += (new := heirs.pop().__subclasses__())
        found |= {kind for kind in new if kind.__module__.startswith(c.__name__)}
    return found - {c.OfASide, *_OF_EITHER}


#: What the body does in its talk with either side: given for one of them.
_OF_EITHER = {talks.WriteToSide, talks.NeedNoAnswer}
#: Of the regulator that has the clue, and of the rule on mergers, in whatever state.
_OF_CLUES = {c.ReturnReferral, c.MoveClue, c.MoveEntrustment}


def test_the_table_knows_every_state_and_every_command() -> None:
    assert set(HISTORIES) == {code for code, _ in c.STATES}
    of_the_data = {kind for kind in all_commands() if kind.__module__ == erasure.__name__}
    assert set(ACTS) == set(ALLOWED) == all_commands() - of_the_data - _OF_CLUES
    assert {kind.__name__ for kind in of_the_data} == {
        name for standing, _ in STANDING for name in c.possible(standing)
    }, "whose own table stands in tests/vault/test_erasure.py"
    named = {right.command for right in COMPLAINTS}
    assert named == {kind.__name__ for kind in all_commands()} | {"RegisterComplaint"}


@pytest.mark.parametrize("state", HISTORIES)
def test_each_history_leads_to_its_state(state: str) -> None:
    assert given(Complaint, *HISTORIES[state]).record.state == state


@PAIR
def test_every_command_in_every_state(kind: type[Command], state: str) -> None:
    """Done where the law of the states allows it; else refused with what happened last."""
    then = asked(kind, state)
    if state in ALLOWED[kind].split():
        assert then.refusal is None, then.refusal
        assert then.record.new
    else:
        assert isinstance(then.refusal, AlreadyDecided)
        last = HISTORIES[state][-1].said().zh
        then.refused(f"现在不能“{kind.SAYS.zh}”：最近一步是“{last}”")


@pytest.mark.parametrize("by", [QIAN, WANG, CHEN, AUDITOR])
@pytest.mark.parametrize("kind", ACTS)
def test_nobody_without_a_part_in_it(kind: type[Command], by: Acting) -> None:
    then = asked(kind, ALLOWED[kind].split()[0], by)
    assert isinstance(then.refusal, NotAllowed)
    then.refused(f"不能对这条记录“{kind.SAYS.zh}”")


@pytest.mark.parametrize("kind", ACTS)
def test_what_others_than_the_body_may_do(kind: type[Command]) -> None:
    """By the table of rights: the consumer, the business, a council it is entrusted to."""
    others = (
        (CONSUMER, "complainant", HERS),
        (CONTACT, "respondent", THE_FIRMS),
        (ZHAO, "mediator", THE_ENTRUSTED),
        (c.complainant(OTHER), "represented", {c.ConsentAsRepresented: OPEN}),
    )
    for by, relation, theirs in others:
        states = [s for s in HISTORIES if access.may(by, kind.__name__, relation, s)]
        if kind not in (c.RemindRating, c.LapseRating):
            assert set(states) == set(theirs.get(kind, "").split()), relation


@pytest.mark.parametrize("by", [CONSUMER, CONTACT])
@pytest.mark.parametrize("kind", ACTS)
def test_the_sides_do_what_is_theirs(kind: type[Command], by: Acting) -> None:
    theirs = HERS if by is CONSUMER else THE_FIRMS
    then = asked(kind, ALLOWED[kind].split()[0], by)
    if kind in theirs and ACTS[kind][1].get("whose", by.party.kind) == by.party.kind:
        assert then.refusal is None, then.refusal
    else:
        assert then.refusal is not None


@pytest.mark.parametrize("kind", [c.DecideRecusal, c.ExtendClue])
def test_what_only_the_head_decides(kind: type[Command]) -> None:
    then = asked(kind, ALLOWED[kind].split()[0], LI)
    assert isinstance(then.refusal, NotAllowed)
