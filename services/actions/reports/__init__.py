"""Reports (举报): a clue of a violation is verified, and a head decides whether a case is filed.

Received by the regulator of the place where it happens (SAMR Order 121 §29), a report is verified
within fifteen working days (Order 2 §18), unless this body has no power (§34) or it repeats an
earlier one (§35). What is filed goes on as an enforcement follow-up. The reporter is told the
result only where a law says so (§36); who she is stands elsewhere, under other keys, and is opened
by an act of its own. Withdrawing a report does not end the verification of its clue.

`report` is the record; `intake`, `sorting`, `verification`, `deciding`, `reward`, `unmasking` and
`erasure` are the stages of the procedure, each with its commands, actions and rules.
"""

from events.reports.states import STATES
from services.actions.reports.deciding import (
    CloseReport,
    DecideFiling,
    DecideNotFiling,
    NotifyResult,
    close_report,
    decide_filing,
    decide_not_filing,
    notify_result,
)
from services.actions.reports.erasure import (
    CheckInformantErasure,
    EraseInformant,
    RefuseInformantErasure,
    RequestInformantErasure,
    holds,
    informant_erasure_step,
    possible,
)
from services.actions.reports.intake import (
    IDENTITY,
    REQUIRED,
    Informant,
    RegisterReport,
    SupplementReport,
    TakeBackReport,
    WithdrawReport,
    missing,
    register_report,
    supplement_report,
    withdraw_report,
)
from services.actions.reports.report import (
    OPEN,
    OnReport,
    Report,
    query_hash,
    reporter,
)
from services.actions.reports.reward import (
    DecideReward,
    ProposeReward,
    amount,
    decide_reward,
    propose_reward,
)
from services.actions.reports.sorting import (
    MarkDuplicate,
    MergeWithNewFacts,
    OnEarlier,
    TakeInNewFacts,
    TellNoPower,
    mark_duplicate,
    merge_with_new_facts,
    tell_no_power,
)
from services.actions.reports.unmasking import (
    UnmaskReporter,
    unmask_reporter,
)
from services.actions.reports.verification import (
    EndTesting,
    ExtendVerification,
    PauseForTesting,
    StartVerification,
    end_testing,
    extend_verification,
    pause_for_testing,
    start_verification,
)

__all__ = [
    "IDENTITY",
    "OPEN",
    "REQUIRED",
    "STATES",
    "CheckInformantErasure",
    "CloseReport",
    "DecideFiling",
    "DecideNotFiling",
    "DecideReward",
    "EndTesting",
    "EraseInformant",
    "ExtendVerification",
    "Informant",
    "MarkDuplicate",
    "MergeWithNewFacts",
    "NotifyResult",
    "OnEarlier",
    "OnReport",
    "PauseForTesting",
    "ProposeReward",
    "RefuseInformantErasure",
    "RegisterReport",
    "Report",
    "RequestInformantErasure",
    "StartVerification",
    "SupplementReport",
    "TakeBackReport",
    "TakeInNewFacts",
    "TellNoPower",
    "UnmaskReporter",
    "WithdrawReport",
    "amount",
    "close_report",
    "decide_filing",
    "decide_not_filing",
    "decide_reward",
    "end_testing",
    "extend_verification",
    "holds",
    "informant_erasure_step",
    "mark_duplicate",
    "merge_with_new_facts",
    "missing",
    "notify_result",
    "pause_for_testing",
    "possible",
    "propose_reward",
    "query_hash",
    "register_report",
    "reporter",
    "start_verification",
    "supplement_report",
    "tell_no_power",
    "unmask_reporter",
    "withdraw_report",
]
