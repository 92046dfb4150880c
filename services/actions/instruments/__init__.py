"""Instruments of a council: what it tells everybody, whom it calls in, what it asks of others."""

from services.actions.instruments.interviews import (
    INTERVIEW_STATES,
    BreakPromise,
    HoldInterview,
    Interview,
    KeepPromise,
    break_promise,
    hold_interview,
    keep_promise,
)
from services.actions.instruments.proposals import (
    PROPOSAL_STATES,
    PassProposalOn,
    Proposal,
    ReplyToProposal,
    SendProposal,
    TakeProposalBack,
    pass_proposal_on,
    reply_to_proposal,
    send_proposal,
    take_proposal_back,
)
from services.actions.instruments.warnings import (
    WARNING_STATES,
    ConsumerWarning,
    DraftWarning,
    PublishWarning,
    RewriteWarning,
    WithdrawWarning,
    draft_warning,
    publish_warning,
    rewrite_warning,
    withdraw_warning,
)

__all__ = [
    "INTERVIEW_STATES", "PROPOSAL_STATES", "WARNING_STATES", "BreakPromise", "ConsumerWarning",
    "DraftWarning", "HoldInterview", "Interview", "KeepPromise", "PassProposalOn", "Proposal",
    "PublishWarning", "ReplyToProposal", "RewriteWarning", "SendProposal", "TakeProposalBack",
    "WithdrawWarning", "break_promise", "draft_warning", "hold_interview", "keep_promise",
    "pass_proposal_on", "publish_warning", "reply_to_proposal", "rewrite_warning",
    "send_proposal", "take_proposal_back", "withdraw_warning",
]  # fmt: skip
