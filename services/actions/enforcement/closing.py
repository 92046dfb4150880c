"""Closing: the file is closed with a reason, and who raised the matter is told the result.

One does not wait for the other: the result is owed (Order 778 §36) whether or not it is closed.
"""

from __future__ import annotations

from events.enforcement import FollowUpClosed, ResultSentToCouncil
from events.log import Appended
from events.terms import DIRECTIVES
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, ask
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.refused import Refused

_BLOCKERS = {
    "issued": Words("{what}还没有送达", "the {what} is not delivered"),
    "delivered": Words("{what}还没有答复", "the {what} is not answered"),
    "answered": Words("{what}已答复，还没有复查", "the {what} is answered but not re-checked"),
}
_NOT_YET = Words(
    "现在不能办结：{blocker}。完成这一步后再办结。",
    "It cannot be closed yet: {blocker}. Please do that first.",
)
_NOBODY_ASKED = Words(
    "这件跟进不是消委会提出的，没有需要告知的消委会",
    "No council raised this matter, so there is none to be told",
)
_ALREADY_SENT = Words("结果已经告知{council}", "{council} has been told the result already")


class CloseFollowUp(OnFollowUp):
    """Close the follow-up, with the reason."""

    SAYS = Words("办结", "Close")

    reason: Reason = ask("为什么办结？", "Why is it closed?", widget="area")


async def close_follow_up(log: Log, command: CloseFollowUp) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, close)


def close(follow_up: FollowUp, command: CloseFollowUp) -> None:
    if blocker := _BLOCKERS.get(follow_up.state):
        raise Refused(_NOT_YET.fill(blocker=blocker.fill(what=DIRECTIVES[follow_up.directive])))
    follow_up.say(FollowUpClosed, command, reason=command.reason)


class SendResult(OnFollowUp):
    """Tell the council that raised the matter how it ended."""

    SAYS = Words("告知结果", "Send the result")

    result: Reason = ask("处理结果是什么？", "What is the result?", widget="area")


async def send_result(log: Log, command: SendResult) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, tell)


def tell(follow_up: FollowUp, command: SendResult) -> None:
    council = follow_up.opening.raised_by
    if council is None or council.kind != "council":
        raise Refused(_NOBODY_ASKED)
    if follow_up.result_sent:
        raise Refused(_ALREADY_SENT.fill(council=council.name))
    follow_up.say(
        ResultSentToCouncil,
        command,
        council=council,
        result=command.result,
        complaint=follow_up.opening.complaint,
        complaint_number=follow_up.opening.source_number if follow_up.opening.complaint else "",
    )
