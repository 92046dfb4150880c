"""Complaints (投诉): a consumer asks for a dispute to be settled; a body mediates.

A complaint is received by the body in charge (a council or a regulator), which accepts it,
refuses it on a ground of SAMR Order 121 §16, or hands it over (`hand_over`). Accepted, it may be
mediated; mediation ends in an agreement (§24) or is terminated on a ground of §23. Signs of a
violation are referred to a regulator as a clue, whose answer is owed (Order 778 §36); the
clue lives on when the complaint is closed. Nothing here is decided by software: each step
is a person's command.

Open dilemma: who is the "body with the power" (§13, §14) is chosen by people, not derived.

`complaint` is the record, made of what each stage leaves behind (`stages`); the other modules are
the stages of the procedure, each with its commands, actions and rules next to each other.
"""

from events.complaints.states import STATES
from services.actions.complaints.abuse import JudgeAbuseSigns, judge_abuse_signs
from services.actions.complaints.afterwards import (
    ASKED_AFTER,
    RATE_WITHIN,
    CallBack,
    LapseRating,
    RemindRating,
    ReopenComplaint,
    StateOutcome,
    call_back,
    lapse_rating,
    remind_rating,
    reopen_complaint,
    state_outcome,
)
from services.actions.complaints.closing import (
    CloseComplaint,
    RecordRestitution,
    ReverseComplaintImport,
    StateSatisfaction,
    close_complaint,
    record_restitution,
    reverse_complaint_import,
    state_satisfaction,
)
from services.actions.complaints.comments import (
    DeclineComment,
    ShowComment,
    WithdrawComment,
    WriteComment,
    decline_comment,
    show_comment,
    withdraw_comment,
    write_comment,
)
from services.actions.complaints.complaint import (
    Complaint,
    OnComplaint,
    complainant,
)
from services.actions.complaints.consents import (
    GiveConsent,
    PublishComplaint,
    TakePublicationBack,
    WithdrawConsent,
    give_consent,
    publish_complaint,
    take_publication_back,
    withdraw_consent,
)
from services.actions.complaints.deciding import (
    OTHER_WAYS,
    AcceptComplaint,
    RefuseComplaint,
    WithdrawComplaint,
    accept_complaint,
    refuse_complaint,
    withdraw_complaint,
)
from services.actions.complaints.direct import (
    ConfirmDirectSettlement,
    DenyDirectSettlement,
    FailDirectSettlement,
    OfferDirectSettlement,
    ReportDirectSettlement,
    confirm_direct_settlement,
    deny_direct_settlement,
    fail_direct_settlement,
    offer_direct_settlement,
    report_direct_settlement,
)
from services.actions.complaints.entrusting import (
    EndEntrustment,
    EntrustMediation,
    MoveEntrustment,
    end_entrustment,
    entrust_mediation,
    move_entrustment,
)
from services.actions.complaints.erasure import (
    CheckErasure,
    ErasePersonalData,
    RefuseErasure,
    RequestErasure,
    RestrictProcessing,
    erasure_step,
    holds,
    possible,
)
from services.actions.complaints.forwarding import (
    ForwardComplaint,
    ReturnToDesk,
    forward_complaint,
    return_to_desk,
)
from services.actions.complaints.identity import (
    ConfirmIdentity,
    GiveIdentityProof,
    RequestIdentityProof,
    confirm_identity,
    give_identity_proof,
    request_identity_proof,
)
from services.actions.complaints.intake import (
    REQUIRED,
    RegisterComplaint,
    missing,
    register_complaint,
)
from services.actions.complaints.joint import (
    ConsentAsRepresented,
    MergeComplaint,
    NameRepresentatives,
    SeparateComplaint,
    consent_as_represented,
    merge_complaint,
    name_representatives,
    separate_complaint,
)
from services.actions.complaints.keeping import (
    ExtendClue,
    NoteClue,
    NotifyParties,
    ReportDefault,
    ReportPerformance,
    VerifyClue,
    extend_clue,
    note_clue,
    notify_parties,
    report_default,
    report_performance,
    verify_clue,
)
from services.actions.complaints.mediation import (
    RecordAgreement,
    StartMediation,
    TerminateMediation,
    record_agreement,
    start_mediation,
    terminate_mediation,
)
from services.actions.complaints.referral import (
    MoveClue,
    ReferClue,
    ReturnReferral,
    move_clue,
    refer_clue,
    return_referral,
)
from services.actions.complaints.sessions import (
    AnswerInvitation,
    AnswerProposal,
    DecideRecusal,
    HoldMediation,
    MakeProposal,
    RequestRecusal,
    ScheduleMediation,
    answer_invitation,
    answer_proposal,
    decide_recusal,
    hold_mediation,
    make_proposal,
    request_recusal,
    schedule_mediation,
)
from services.actions.complaints.sides import (
    OfASide,
)
from services.actions.complaints.talks import (
    NeedNoAnswer,
    NoAnswerToBusiness,
    NoAnswerToConsumer,
    WriteToBody,
    WriteToBusiness,
    WriteToConsumer,
    WriteToSide,
    need_no_answer,
    write_to_body,
    write_to_side,
)
from services.actions.complaints.testing import (
    EndTesting,
    StartTesting,
    end_testing,
    start_testing,
)
from services.actions.complaints.undelivered import RecordUndelivered, record_undelivered

__all__ = [
    "ASKED_AFTER", "OTHER_WAYS", "RATE_WITHIN", "REQUIRED", "STATES", "AcceptComplaint",
    "AnswerInvitation", "AnswerProposal", "CallBack", "CheckErasure", "CloseComplaint", "Complaint",
    "ConfirmDirectSettlement", "ConfirmIdentity", "ConsentAsRepresented", "DecideRecusal",
    "DeclineComment", "DenyDirectSettlement", "EndEntrustment", "EndTesting", "EntrustMediation",
    "ErasePersonalData", "ExtendClue", "FailDirectSettlement", "ForwardComplaint", "GiveConsent",
    "GiveIdentityProof", "HoldMediation", "JudgeAbuseSigns", "LapseRating", "MakeProposal",
    "MergeComplaint", "MoveClue", "MoveEntrustment", "NameRepresentatives", "NeedNoAnswer",
    "NoAnswerToBusiness", "NoAnswerToConsumer", "NoteClue", "NotifyParties", "OfASide",
    "OfferDirectSettlement", "OnComplaint", "PublishComplaint", "RecordAgreement",
    "RecordRestitution", "RecordUndelivered", "ReferClue", "RefuseComplaint", "RefuseErasure",
    "RegisterComplaint", "RemindRating", "ReopenComplaint", "ReportDefault",
    "ReportDirectSettlement", "ReportPerformance", "RequestErasure", "RequestIdentityProof",
    "RequestRecusal", "RestrictProcessing", "ReturnReferral", "ReturnToDesk",
    "ReverseComplaintImport", "ScheduleMediation", "SeparateComplaint", "ShowComment",
    "StartMediation", "StartTesting", "StateOutcome", "StateSatisfaction", "TakePublicationBack",
    "TerminateMediation", "VerifyClue", "WithdrawComment", "WithdrawComplaint", "WithdrawConsent",
    "WriteComment", "WriteToBody", "WriteToBusiness", "WriteToConsumer", "WriteToSide",
    "accept_complaint", "answer_invitation", "answer_proposal", "call_back", "close_complaint",
    "complainant", "confirm_direct_settlement", "confirm_identity", "consent_as_represented",
    "decide_recusal", "decline_comment", "deny_direct_settlement", "end_entrustment", "end_testing",
    "entrust_mediation", "erasure_step", "extend_clue", "fail_direct_settlement",
    "forward_complaint", "give_consent", "give_identity_proof", "hold_mediation", "holds",
    "judge_abuse_signs", "lapse_rating", "make_proposal", "merge_complaint", "missing", "move_clue",
    "move_entrustment", "name_representatives", "need_no_answer", "note_clue", "notify_parties",
    "offer_direct_settlement", "possible", "publish_complaint", "record_agreement",
    "record_restitution", "record_undelivered", "refer_clue", "refuse_complaint",
    "register_complaint", "remind_rating", "reopen_complaint", "report_default",
    "report_direct_settlement", "report_performance", "request_identity_proof", "request_recusal",
    "return_referral", "return_to_desk", "reverse_complaint_import", "schedule_mediation",
    "separate_complaint", "show_comment", "start_mediation", "start_testing", "state_outcome",
    "state_satisfaction", "take_publication_back", "terminate_mediation", "verify_clue",
    "withdraw_comment", "withdraw_complaint", "withdraw_consent", "write_comment", "write_to_body",
    "write_to_side",
]  # fmt: skip
