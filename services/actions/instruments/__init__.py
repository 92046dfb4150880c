"""Instruments of a council: what it tells everybody, whom it calls in, what it asks of others."""

from services.actions.instruments.comparisons import (
    COMPARISON_STATES,
    Comparison,
    CorrectComparison,
    DraftComparison,
    PublishComparison,
    RewriteComparison,
    WithdrawComparison,
    correct_comparison,
    draft_comparison,
    publish_comparison,
    rewrite_comparison,
    withdraw_comparison,
)
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
from services.actions.instruments.samples import (
    AddSample,
    CommentOnComparison,
    DropSample,
    ShowComparison,
    add_sample,
    comment_on_comparison,
    drop_sample,
    show_comparison,
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
    "COMPARISON_STATES", "INTERVIEW_STATES", "PROPOSAL_STATES", "WARNING_STATES", "AddSample",
    "BreakPromise", "CommentOnComparison", "Comparison", "ConsumerWarning", "CorrectComparison",
    "DraftComparison", "DraftWarning", "DropSample", "HoldInterview", "Interview", "KeepPromise",
    "PassProposalOn", "Proposal", "PublishComparison", "PublishWarning", "ReplyToProposal",
    "RewriteComparison", "RewriteWarning", "SendProposal", "ShowComparison", "TakeProposalBack",
    "WithdrawComparison", "WithdrawWarning", "add_sample", "break_promise",
    "comment_on_comparison", "correct_comparison", "draft_comparison", "draft_warning",
    "drop_sample", "hold_interview", "keep_promise", "pass_proposal_on", "publish_comparison",
    "publish_warning", "reply_to_proposal", "rewrite_comparison", "rewrite_warning",
    "send_proposal", "show_comparison", "take_proposal_back", "withdraw_comparison",
    "withdraw_warning",
]  # fmt: skip
