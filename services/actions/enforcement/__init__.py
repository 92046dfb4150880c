"""Enforcement follow-up (跟进): a regulator orders, the enterprise answers, somebody looks again.

A regulator opens a follow-up from a council's referral, a complaint, a broken pledge, a
problem found in a check, or on its own finding. Within it stand directives: a rectification
order, a talk, a warning letter. A directive binds from its delivery, is answered by the date
it names, and the matter is re-checked. After a failed re-check a new directive may follow.
Who raised the matter is told the result (Order 778 §36), whether or not the file is closed.

Who issued the directive, or recorded the answer to it, does not re-check (`services/duties.py`).
An enterprise that answers by telephone,
by letter or at the counter is recorded by the regulator's clerk, who says so.

Evidence on paper (items of text and files) is verified by two, blind, before anybody concludes;
where none was handed in, one officer looks for herself.

`follow_up` is the record; `opening`, `directive`, `handing_in`, `verifying`, `concluding`,
`recheck`, `risk` and `closing` are the steps, each with its commands, actions and rules next to
each other; `review` and `standing_risk` are how items and risk stand.
"""

from services.actions.enforcement.closing import (
    CloseFollowUp,
    SendResult,
    close_follow_up,
    send_result,
)
from services.actions.enforcement.concluding import (
    ConcludeJointly,
    ConfirmConclusion,
    conclude_jointly,
    confirm_conclusion,
)
from services.actions.enforcement.directive import (
    WAYS,
    AnswerDirective,
    DeliverDirective,
    IssueDirective,
    answer_directive,
    deliver_directive,
    issue_directive,
)
from services.actions.enforcement.follow_up import STATES, FollowUp, OnFollowUp
from services.actions.enforcement.handing_in import (
    HandInItem,
    ReplaceItem,
    hand_in_item,
    replace_item,
)
from services.actions.enforcement.opening import OpenFollowUp, open_follow_up
from services.actions.enforcement.recheck import (
    RecheckFails,
    RecheckPasses,
    recheck_fails,
    recheck_passes,
)
from services.actions.enforcement.risk import (
    AlignLevel,
    AssessRisk,
    ConfirmLevel,
    SetLevel,
    align_level,
    assess_risk,
    confirm_level,
    set_level,
)
from services.actions.enforcement.verifying import VoteOnItems, ballot, vote_on_items

__all__ = [
    "STATES",
    "WAYS",
    "AlignLevel",
    "AnswerDirective",
    "AssessRisk",
    "CloseFollowUp",
    "ConcludeJointly",
    "ConfirmConclusion",
    "ConfirmLevel",
    "DeliverDirective",
    "FollowUp",
    "HandInItem",
    "IssueDirective",
    "OnFollowUp",
    "OpenFollowUp",
    "RecheckFails",
    "RecheckPasses",
    "ReplaceItem",
    "SendResult",
    "SetLevel",
    "VoteOnItems",
    "align_level",
    "answer_directive",
    "assess_risk",
    "ballot",
    "close_follow_up",
    "conclude_jointly",
    "confirm_conclusion",
    "confirm_level",
    "deliver_directive",
    "hand_in_item",
    "issue_directive",
    "open_follow_up",
    "recheck_fails",
    "recheck_passes",
    "replace_item",
    "send_result",
    "set_level",
    "vote_on_items",
]
