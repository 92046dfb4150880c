"""Complaints (投诉): a consumer asks for a dispute to be settled; a body mediates.

A complaint is received by the body in charge (a council or a regulator), which accepts it,
refuses it on a ground of SAMR Order 121 §16, or hands it over (`hand_over`). Accepted, it may be
mediated; mediation ends in an agreement (§24) or is terminated on a ground of §23. Signs of a
violation are referred to a regulator as a clue, whose answer is owed (Order 778 §36); the
clue lives on when the complaint is closed. Nothing here is decided by software: each step
is a person's command.

Open dilemma: who is the "body with the power" (§13, §14) is chosen by people, not derived.

`complaint` is the record; `intake`, `mediation`, `referral`, `closing` and `erasure` are the
stages of the procedure, each with its commands, actions and rules next to each other.
"""

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
from services.actions.complaints.complaint import (
    STATES,
    Complaint,
    OnComplaint,
    complainant,
)
from services.actions.complaints.erasure import (
    STANDING,
    CheckErasure,
    ErasePersonalData,
    Hold,
    RefuseErasure,
    RequestErasure,
    RestrictProcessing,
    check_erasure,
    erase_personal_data,
    holds,
    possible,
    refuse_erasure,
    request_erasure,
    restrict_processing,
)
from services.actions.complaints.intake import (
    OTHER_WAYS,
    REQUIRED,
    AcceptComplaint,
    RefuseComplaint,
    RegisterComplaint,
    WithdrawComplaint,
    accept_complaint,
    missing,
    refuse_complaint,
    register_complaint,
    withdraw_complaint,
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
    ReferClue,
    ReturnReferral,
    refer_clue,
    return_referral,
)

__all__ = [
    "OTHER_WAYS",
    "REQUIRED",
    "STANDING",
    "STATES",
    "AcceptComplaint",
    "CheckErasure",
    "CloseComplaint",
    "Complaint",
    "ErasePersonalData",
    "Hold",
    "OnComplaint",
    "RecordAgreement",
    "RecordRestitution",
    "ReferClue",
    "RefuseComplaint",
    "RefuseErasure",
    "RegisterComplaint",
    "RequestErasure",
    "RestrictProcessing",
    "ReturnReferral",
    "ReverseComplaintImport",
    "StartMediation",
    "StateSatisfaction",
    "TerminateMediation",
    "WithdrawComplaint",
    "accept_complaint",
    "check_erasure",
    "close_complaint",
    "complainant",
    "erase_personal_data",
    "holds",
    "missing",
    "possible",
    "record_agreement",
    "record_restitution",
    "refer_clue",
    "refuse_complaint",
    "refuse_erasure",
    "register_complaint",
    "request_erasure",
    "restrict_processing",
    "return_referral",
    "reverse_complaint_import",
    "start_mediation",
    "state_satisfaction",
    "terminate_mediation",
    "withdraw_complaint",
]
