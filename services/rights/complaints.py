"""Rights on complaints, erasure in them and clues from them."""

from __future__ import annotations

from collections.abc import Iterator

from services.access import Right
from services.rights.roles import BODY, STAFF

#: In work; ended with a result.
OPEN = ("received", "identity", "negotiating", "accepted", "mediating", "testing", "recusal")
ENDED = ("agreed", "performed", "defaulted", "terminated")
#: In which new facts can reopen it.
REOPENS = ("refused", "defaulted", "terminated", "withdrawn", "closed")
#: Every state of a complaint but that of a reversed import.
KEPT = (*OPEN, "refused", *ENDED, "withdrawn", "merged", "closed")

_HANDLER = ("handler",)
#: Who leads the mediation: the body itself, or whom it entrusted; the rule says which.
_LEADS = ("handler", "mediator")


def _ours(command: str, *states: str, relations: tuple[str, ...] = _HANDLER) -> Right:
    """What the body in charge does."""
    return Right(command, BODY, STAFF, relations, states)


def _regulators(command: str, *states: str, roles: tuple[str, ...] = STAFF) -> Right:
    return Right(command, ("regulator",), roles, _HANDLER, states)


def _hers(command: str, *states: str, relation: str = "complainant") -> Right:
    """What the consumer does herself."""
    return Right(command, ("consumer",), ("consumer",), (relation,), states)


def _firms(command: str, *states: str) -> Right:
    """What the business does itself."""
    return Right(command, ("enterprise",), ("contact",), ("respondent",), states)


def _sides(command: str, *states: str, relations: tuple[str, ...] = _HANDLER) -> Iterator[Right]:
    """What each side does, and the body records for it."""
    yield _ours(command, *states, relations=relations)
    yield _hers(command, *states)
    yield _firms(command, *states)


_INTAKE = (
    Right("RegisterComplaint", ("consumer",), ("consumer",)),
    Right("RegisterComplaint", BODY, STAFF),
    _ours("RequestIdentityProof", "received"),
    _ours("GiveIdentityProof", "identity"),
    _hers("GiveIdentityProof", "identity"),
    _ours("ConfirmIdentity", "identity"),
    _ours("AcceptComplaint", "received"),
    _ours("RefuseComplaint", "received", "identity"),
    _ours("JudgeAbuseSigns", *OPEN, "refused"),
    _regulators("ForwardComplaint", "received", "identity"),
    _regulators("ReturnToDesk", "received", "identity"),
    _ours("WithdrawComplaint", *OPEN, "merged"),
    _hers("WithdrawComplaint", *OPEN, "merged"),
    *_sides("GiveConsent", *KEPT),
    *_sides("WithdrawConsent", *KEPT),
    _ours("MergeComplaint", "received", "identity", "accepted", "mediating"),
    _ours("SeparateComplaint", "merged"),
    _ours("NameRepresentatives", *OPEN),
    _ours("ConsentAsRepresented", *OPEN),
    _hers("ConsentAsRepresented", *OPEN, relation="represented"),
)  # fmt: skip

_MEDIATION = (
    _ours("OfferDirectSettlement", "received", "accepted"),
    _ours("ReportDirectSettlement", "negotiating"),
    _firms("ReportDirectSettlement", "negotiating"),
    _ours("FailDirectSettlement", "negotiating"),
    _firms("FailDirectSettlement", "negotiating"),
    _ours("ConfirmDirectSettlement", "negotiating"),
    _hers("ConfirmDirectSettlement", "negotiating"),
    _ours("DenyDirectSettlement", "negotiating"),
    _hers("DenyDirectSettlement", "negotiating"),
    _ours("StartMediation", "accepted"),
    # A council cannot entrust, so that what is entrusted to it goes no further (121 §19).
    _regulators("EntrustMediation", "accepted", "mediating"),
    _ours("EndEntrustment", "mediating", relations=_LEADS),
    _ours("ScheduleMediation", "mediating", relations=_LEADS),
    *_sides("AnswerInvitation", "mediating", relations=_LEADS),
    _ours("HoldMediation", "mediating", relations=_LEADS),
    _ours("MakeProposal", "mediating", relations=_LEADS),
    *_sides("AnswerProposal", "mediating", relations=_LEADS),
    *_sides("RequestRecusal", "mediating", relations=_LEADS),
    Right("DecideRecusal", BODY, ("head",), _HANDLER, ("recusal",)),
    _ours("StartTesting", "mediating", relations=_LEADS),
    _ours("EndTesting", "testing", relations=_LEADS),
    _ours("RecordAgreement", "mediating", relations=_LEADS),
    _ours("TerminateMediation", "accepted", "mediating"),
)  # fmt: skip

_AFTER = (
    _ours("NotifyParties", "terminated", "closed"),
    Right("NotifyParties", ("system",), ("rule",), (), ("terminated", "closed")),
    *_sides("ReportPerformance", "agreed", "defaulted"),
    _ours("ReportDefault", "agreed", "performed"),
    _hers("ReportDefault", "agreed", "performed"),
    _ours("RecordRestitution", *ENDED),
    _ours("StateSatisfaction", *ENDED, "closed"),
    _hers("StateSatisfaction", *ENDED, "closed"),
    Right("RemindRating", ("system",), ("rule",), (), (*ENDED, "closed")),
    Right("LapseRating", ("system",), ("rule",), (), (*ENDED, "closed")),
    Right("RecordUndelivered", ("system",), ("rule",), (), KEPT),
    _ours("CallBack", *ENDED, "refused", "withdrawn", "closed"),
    _hers("StateOutcome", *ENDED, "closed"),
    _ours("CloseComplaint", *ENDED, "refused", "withdrawn"),
    _ours("ReopenComplaint", *REOPENS),
    _ours("PublishComplaint", *ENDED, "closed"),
    _ours("TakePublicationBack", *KEPT),
    _ours("WriteComment", *ENDED, "closed"),
    _firms("WriteComment", *ENDED, "closed"),
    _ours("WithdrawComment", *KEPT),
    _firms("WithdrawComment", *KEPT),
    _ours("ShowComment", *KEPT),
    _ours("DeclineComment", *KEPT),
)  # fmt: skip

_TALKS = (
    _ours("WriteToConsumer", *KEPT, relations=_LEADS),
    _ours("WriteToBusiness", *KEPT, relations=_LEADS),
    _ours("NoAnswerToConsumer", *KEPT, relations=_LEADS),
    _ours("NoAnswerToBusiness", *KEPT, relations=_LEADS),
    _hers("WriteToBody", *KEPT),
    _firms("WriteToBody", *KEPT),
)

_CLUES = (
    _regulators("NoteClue", *KEPT),
    _regulators("ExtendClue", *KEPT, roles=("head",)),
    _regulators("VerifyClue", *KEPT),
    Right("ReferClue", ("council",), STAFF, _HANDLER, KEPT),
    # A regulator may meanwhile also handle the complaint itself.
    Right("ReturnReferral", ("regulator",), STAFF, ("referred", "handler")),
    _ours("ReverseComplaintImport", *KEPT),
    Right("MoveClue", ("system",), ("rule",)),
    Right("MoveEntrustment", ("system",), ("rule",)),
)  # fmt: skip

_ERASURE = (
    _hers("RequestErasure", *KEPT),
    _ours("RequestErasure", *KEPT),
    # Who checks and who approves are two people; the rule asks.
    _ours("CheckErasure", *KEPT),
    _ours("RefuseErasure", *KEPT),
    Right("ErasePersonalData", BODY, ("head",), _HANDLER, KEPT),
    Right("RestrictProcessing", BODY, ("head",), _HANDLER, KEPT),
)  # fmt: skip

COMPLAINTS = (*_INTAKE, *_MEDIATION, *_AFTER, *_TALKS, *_CLUES, *_ERASURE)
