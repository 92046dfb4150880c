"""Concluding: where the two differ on an item, one records what both conclude, the other confirms.

Who does not agree records another conclusion, which the first one then has to confirm.
"""

from __future__ import annotations

from typing import Annotated

from events.log import Appended
from events.verification import VOTES, JointConclusionConfirmed, JointConclusionRecorded
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.enforcement.review import the_item
from services.actions.refused import Refused


class ConcludeJointly(OnFollowUp):
    """Record what both conclude on an item on which they differ."""

    SAYS = Words("记录共同结论", "Record the joint conclusion")

    item: int = ask("哪一项？", "Which item?", widget="radios")
    vote: Annotated[Given, one_of(VOTES)] = ask(
        "共同结论是什么？", "What do both conclude?", widget="radios", options=VOTES
    )
    conclusion: Reason = ask("为什么？", "Why?", widget="area")


class ConfirmConclusion(OnFollowUp):
    """Confirm the joint conclusion that the other one recorded."""

    SAYS = Words("确认共同结论", "Confirm the joint conclusion")

    item: int = ask("哪一项？", "Which item?", widget="radios")


async def conclude_jointly(log: Log, command: ConcludeJointly) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, conclude)


async def confirm_conclusion(log: Log, command: ConfirmConclusion) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, confirm)


def conclude(follow_up: FollowUp, command: ConcludeJointly) -> None:
    item = the_item(follow_up.review, command.item)
    if item not in follow_up.review.to_conclude(command.by.person):
        raise Refused(_NOT_YOURS_TO_CONCLUDE.fill(n=item.n))
    follow_up.say(
        JointConclusionRecorded, command, directive=follow_up.directive, item=item.n,
        sha256=item.sha256, vote=command.vote, conclusion=command.conclusion,
    )  # fmt: skip


def confirm(follow_up: FollowUp, command: ConfirmConclusion) -> None:
    item = the_item(follow_up.review, command.item)
    if item not in follow_up.review.to_confirm(command.by.person) or item.conclusion is None:
        raise Refused(_NOT_YOURS_TO_CONFIRM.fill(n=item.n))
    follow_up.say(
        JointConclusionConfirmed, command, directive=follow_up.directive, item=item.n,
        sha256=item.sha256, vote=item.conclusion.vote,
    )  # fmt: skip


_NOT_YOURS_TO_CONCLUDE = Words(
    "第 {n} 项没有需要您记录共同结论的分歧", "On item {n} there is no difference for you to settle"
)
_NOT_YOURS_TO_CONFIRM = Words(
    "第 {n} 项没有等您确认的共同结论", "There is no joint conclusion on item {n} for you to confirm"
)
