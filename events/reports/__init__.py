"""Reports (举报): clues of a violation, from what is told to how it ended (SAMR Order 121).

Who told it stands elsewhere (`informants.py`). No event of a report names an enterprise in a field
of that name: whatever is shown of an enterprise to others finds nothing here.
"""

from events.reports.deciding import (
    ReportClosed,
    ReporterUnmasked,
    ReportFiled,
    ReportNotFiled,
    ReportResultNotified,
    VerificationExtended,
    VerificationPaused,
    VerificationResumed,
    VerificationStarted,
)
from events.reports.intake import (
    DuplicateRecorded,
    NewFactsMerged,
    PowerLackingTold,
    ReportMerged,
    ReportRegistered,
    ReportSupplemented,
    ReportTakenBack,
    ReportWithdrawn,
)
from events.reports.report import (
    REPORTER,
    ReportEvent,
    reporter_number,
)
from events.reports.reward import (
    RewardEvent,
    RewardGranted,
    RewardProposed,
    RewardRefused,
)

#: What answers the question whether the clue is taken up.
DECIDED = (
    PowerLackingTold, DuplicateRecorded, ReportMerged, ReportFiled, ReportNotFiled,
    ReportTakenBack,
)  # fmt: skip

__all__ = [
    "DECIDED",
    "REPORTER",
    "DuplicateRecorded",
    "NewFactsMerged",
    "PowerLackingTold",
    "ReportClosed",
    "ReportEvent",
    "ReportFiled",
    "ReportMerged",
    "ReportNotFiled",
    "ReportRegistered",
    "ReportResultNotified",
    "ReportSupplemented",
    "ReportTakenBack",
    "ReportWithdrawn",
    "ReporterUnmasked",
    "RewardEvent",
    "RewardGranted",
    "RewardProposed",
    "RewardRefused",
    "VerificationExtended",
    "VerificationPaused",
    "VerificationResumed",
    "VerificationStarted",
    "reporter_number",
]
