"""Directive: issued, delivered, answered by the date it names.

It binds from its delivery. The enterprise answers itself, or the regulator's clerk records an
answer that came another way, and says which.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from events.enforcement import DirectiveAnswered, DirectiveDelivered, DirectiveIssued
from events.event import PartyRef
from events.evidence import NewFile
from events.log import Appended
from events.terms import DIRECTIVES
from events.words import Code, Words
from services.actions.change import Log, change
from services.actions.command import Given, MaybeDate, Reason, Text, ask, one_of
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.refused import Refused

#: How an answer reached the regulator where the enterprise did not enter it itself.
WAYS = Code(
    "answer_way",
    {
        "counter": Words("当面", "at the counter"),
        "phone": Words("电话", "by telephone"),
        "letter": Words("书面寄来", "by letter"),
    },
)

_AFTER_ISSUE = Words(
    "答复日期要晚于发出文书的日期，请另选日期",
    "The date for the answer must be after the day of issue; choose a later one",
)
_NOT_EARLIER = Words(
    "答复日期不能早于文书写明的 {due}，请另选日期",
    "The date for the answer cannot be before {due}, which the directive names",
)
_AFTER_DELIVERY = Words(
    "答复日期 {due}不晚于送达日期，企业来不及答复，请填写顺延后的日期",
    "The date {due} is not after the delivery: no time to answer is left; give a later one",
)
_WHICH_WAY = Words(
    "替企业记录答复时，请选择企业是当面、来电还是寄信答复的",
    "When you record the enterprise's answer, say how it came: counter, telephone or letter",
)


class IssueDirective(OnFollowUp):
    """Issue a directive with its demands, its basis and the date for the answer."""

    SAYS = Words("发出文书", "Issue a directive")

    directive: Annotated[Given, one_of(DIRECTIVES)] = ask(
        "发出哪一种文书？", "Which directive?", widget="radios", options=DIRECTIVES
    )
    demands: Reason = ask("要求企业做什么？", "What must the enterprise do?", widget="area")
    basis: Given = ask(
        "依据哪部法律、哪一条？",
        "On which law and article?",
        hint=Words(
            "例如：《产品质量法》第五十四条", "For example: Product Quality Law, Article 54"
        ),
    )
    due: date = ask("企业最迟哪一天答复？", "By which date must it answer?", widget="date")
    problem: Text = ""


async def issue_directive(log: Log, command: IssueDirective) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, issue)


def issue(follow_up: FollowUp, command: IssueDirective) -> None:
    if command.due <= command.on:
        raise Refused(_AFTER_ISSUE, field="due")
    given = command.model_dump(include={"directive", "demands", "basis", "due"})
    problem = command.problem or follow_up.opening.problem
    follow_up.say(DirectiveIssued, command, problem=problem, **given)


class DeliverDirective(OnFollowUp):
    """Record that the directive reached the enterprise; a later date may be set."""

    SAYS = Words("记录送达", "Record delivery")

    how: Given = ask(
        "怎样送达的？",
        "How was it delivered?",
        hint=Words("例如：当面送达，周海签收", "For example: by hand, signed by Zhou Hai"),
    )
    due: MaybeDate = ask(
        "答复日期要顺延到哪一天？",
        "Is the date for the answer moved, and to when?",
        hint=Words("不顺延就不用填写。", "Leave it empty to keep the date."),
        widget="date",
        default=None,
    )


async def deliver_directive(log: Log, command: DeliverDirective) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, deliver)


def deliver(follow_up: FollowUp, command: DeliverDirective) -> None:
    due = command.due or follow_up.due
    if due < follow_up.due:
        raise Refused(_NOT_EARLIER.fill(due=follow_up.due), field="due")
    if due <= command.on:
        raise Refused(_AFTER_DELIVERY.fill(due=due), field="due")
    follow_up.say(
        DirectiveDelivered, command, directive=follow_up.directive, how=command.how, due=due
    )


class AnswerDirective(OnFollowUp):
    """Answer the directive: by the enterprise itself, or recorded for it by the regulator."""

    SAYS = Words("答复文书", "Answer the directive")

    files: tuple[NewFile, ...] = ()
    answer: Reason = ask("做了哪些整改？", "What has been put right, and how?", widget="area")
    way: Annotated[Text, one_of(WAYS)] = ask(
        "企业怎样答复的？",
        "How did the enterprise answer?",
        widget="radios",
        options=WAYS,
        default="",
    )


async def answer_directive(log: Log, command: AnswerDirective) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, answer)


def answer(follow_up: FollowUp, command: AnswerDirective) -> None:
    if command.by.party.kind == "regulator":
        command = _for_the_enterprise(command, follow_up.opening.enterprise)
    follow_up.say(DirectiveAnswered, command, directive=follow_up.directive, answer=command.answer)
    follow_up.attach(command, command.files)


def _for_the_enterprise(command: AnswerDirective, enterprise: PartyRef) -> AnswerDirective:
    """The clerk's record of an answer that came another way."""
    way = command.way or command.by.channel
    if way not in WAYS:
        raise Refused(_WHICH_WAY, field="way")
    by = msgspec.structs.replace(command.by, channel=way, on_behalf_of=enterprise.name)
    return command.model_copy(update={"by": by})
