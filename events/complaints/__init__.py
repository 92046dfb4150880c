"""Complaints (投诉): from what a consumer tells to how it ended (SAMR Order 121)."""

from events.complaints.closing import (
    ComplaintClosed,
    ComplaintImportReversed,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.complaints.complaint import ComplaintEvent
from events.complaints.intake import (
    ComplaintAccepted,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
)
from events.complaints.mediation import (
    AgreementReached,
    MediationStarted,
    MediationTerminated,
)
from events.complaints.referral import (
    ClueReferred,
    ReferralReturned,
)

__all__ = [
    "AgreementReached",
    "ClueReferred",
    "ComplaintAccepted",
    "ComplaintClosed",
    "ComplaintEvent",
    "ComplaintImportReversed",
    "ComplaintRefused",
    "ComplaintRegistered",
    "ComplaintTransferred",
    "ComplaintWithdrawn",
    "MediationStarted",
    "MediationTerminated",
    "ReferralReturned",
    "RestitutionRecorded",
    "SatisfactionStated",
]
