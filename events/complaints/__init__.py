"""Complaints (投诉): from what a consumer tells to how it ended (SAMR Order 121)."""

from events.complaints.abuse import AbuseSignsJudged
from events.complaints.afterwards import (
    CalledBack,
    ComplaintReopened,
    OutcomeStated,
    RatingLapsed,
    RatingReminded,
)
from events.complaints.closing import (
    ComplaintClosed,
    ComplaintImportReversed,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.complaints.comments import (
    CommentDeclined,
    CommentEvent,
    CommentShown,
    CommentWithdrawn,
    CommentWritten,
)
from events.complaints.complaint import ComplaintEvent
from events.complaints.consents import (
    ComplaintPublished,
    ConsentGiven,
    ConsentWithdrawn,
    PublicationTakenBack,
)
from events.complaints.direct import (
    DirectSettlementConfirmed,
    DirectSettlementDenied,
    DirectSettlementFailed,
    DirectSettlementOffered,
    DirectSettlementReported,
)
from events.complaints.entrusting import (
    EntrustmentEnded,
    EntrustmentMoved,
    MediationEntrusted,
)
from events.complaints.forwarding import (
    ComplaintForwarded,
    ComplaintReturnedToDesk,
)
from events.complaints.identity import (
    IdentityConfirmed,
    IdentityProofGiven,
    IdentityProofRequested,
)
from events.complaints.intake import (
    ComplaintAccepted,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
)
from events.complaints.joint import (
    ComplaintLetGo,
    ComplaintMerged,
    ComplaintSeparated,
    ComplaintTookIn,
    RepresentativesNamed,
    RepresentedConsented,
)
from events.complaints.keeping import (
    AgreementPerformed,
    ClueExtended,
    ClueNoted,
    ClueVerified,
    DefaultReported,
    PartiesNotified,
)
from events.complaints.mediation import (
    AgreementReached,
    MediationStarted,
    MediationTerminated,
)
from events.complaints.messages import MessageUndelivered
from events.complaints.referral import (
    ClueMoved,
    ClueReferred,
    ReferralReturned,
)
from events.complaints.sessions import (
    AttendanceStated,
    MediationHeld,
    MediationScheduled,
    ProposalAnswered,
    ProposalMade,
    RecusalDecided,
    RecusalRequested,
)
from events.complaints.talks import (
    AnswerNotNeeded,
    BodyWrote,
    SideWrote,
)
from events.complaints.testing import (
    TestingEnded,
    TestingStarted,
)

__all__ = [
    "AbuseSignsJudged", "AgreementPerformed", "AgreementReached", "AnswerNotNeeded",
    "AttendanceStated", "BodyWrote", "CalledBack", "ClueExtended", "ClueMoved", "ClueNoted",
    "ClueReferred", "ClueVerified", "CommentDeclined", "CommentEvent", "CommentShown",
    "CommentWithdrawn", "CommentWritten", "ComplaintAccepted", "ComplaintClosed", "ComplaintEvent",
    "ComplaintForwarded", "ComplaintImportReversed", "ComplaintLetGo", "ComplaintMerged",
    "ComplaintPublished", "ComplaintRefused", "ComplaintRegistered", "ComplaintReopened",
    "ComplaintReturnedToDesk", "ComplaintSeparated", "ComplaintTookIn", "ComplaintTransferred",
    "ComplaintWithdrawn", "ConsentGiven", "ConsentWithdrawn", "DefaultReported",
    "DirectSettlementConfirmed", "DirectSettlementDenied", "DirectSettlementFailed",
    "DirectSettlementOffered", "DirectSettlementReported", "EntrustmentEnded", "EntrustmentMoved",
    "IdentityConfirmed", "IdentityProofGiven", "IdentityProofRequested", "MediationEntrusted",
    "MediationHeld", "MediationScheduled", "MediationStarted", "MediationTerminated",
    "MessageUndelivered", "OutcomeStated", "PartiesNotified", "ProposalAnswered", "ProposalMade",
    "PublicationTakenBack", "RatingLapsed", "RatingReminded", "RecusalDecided", "RecusalRequested",
    "ReferralReturned", "RepresentativesNamed", "RepresentedConsented", "RestitutionRecorded",
    "SatisfactionStated", "SideWrote", "TestingEnded", "TestingStarted",
]  # fmt: skip
