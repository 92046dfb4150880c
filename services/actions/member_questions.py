"""Questions on a member's pledge: a rule points at what may be a breach, the association asks.

When the shared record shows a rectification order or a failed re-check about the member, the
rule `flag-breach` points at each of its active pledges: a question, not a verdict. The
association asks, the member explains within the association's own time (C40a), and nothing of
this changes how the pledge itself stands: one may ask at any time until it is withdrawn.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from events.event import PartyRef
from events.log import Appended
from events.pledges import BREACH_CAUSES, BreachSuspected, MemberQuestioned, QuestionAnswered
from events.words import Code, Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.enforcement import WAYS
from services.actions.member_pledges import MemberPledge, OnMemberPledge
from services.actions.refused import Refused

ASKED = Code(
    "asked_state",
    {
        "questioned": Words("已询问，待答复", "answer awaited"),
        "answered": Words("已答复询问", "question answered"),
    },
)


class FlagBreach(OnMemberPledge):
    """Point out what may be a breach; given by a system rule only."""

    SAYS = Words("提示疑似违反", "Point out a possible breach")

    cause: Annotated[Given, one_of(BREACH_CAUSES)]
    cause_number: Given


class QuestionMember(OnMemberPledge):
    """Ask the member to explain."""

    SAYS = Words("询问会员", "Ask the member")

    question: Reason = ask("请会员说明什么？", "What should the member explain?", widget="area")


class AnswerQuestion(OnMemberPledge):
    """Answer the association: by the member itself, or recorded for it by the association."""

    SAYS = Words("答复询问", "Answer the question")

    answer: Reason = ask("怎样答复？", "What is the answer?", widget="area")
    way: Annotated[Text, one_of(WAYS)] = ask(
        "会员怎样答复的？", "How did the member answer?", widget="radios", options=WAYS, default=""
    )


async def flag_breach(log: Log, command: FlagBreach) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, flag)


async def question_member(log: Log, command: QuestionMember) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, question)


async def answer_question(log: Log, command: AnswerQuestion) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, answer)


# -- rules -------------------------------------------------------------------------------


def flag(record: MemberPledge, command: FlagBreach) -> None:
    if command.cause_number in record.flagged:
        raise Refused(_ALREADY_FLAGGED.fill(number=command.cause_number))
    if record.last_on and command.on < record.last_on:
        # The cause may be recorded late; the hint then follows the latest step.
        command = command.model_copy(update={"occurred_on": record.last_on})
    record.say(BreachSuspected, command, cause=command.cause, cause_number=command.cause_number)


def question(record: MemberPledge, command: QuestionMember) -> None:
    if record.asked == "questioned":
        raise Refused(_ALREADY_ASKED.fill(member=record.agreed.enterprise))
    record.say(MemberQuestioned, command, question=command.question)


def answer(record: MemberPledge, command: AnswerQuestion) -> None:
    if record.asked != "questioned":
        raise Refused(_NOTHING_ASKED)
    if command.by.party.kind == "association":
        command = _for_the_member(command, record.agreed.enterprise)
    record.say(QuestionAnswered, command, answer=command.answer)


def _for_the_member(command: AnswerQuestion, member: PartyRef) -> AnswerQuestion:
    """The secretary's record of an answer that came another way."""
    way = command.way or command.by.channel
    if way not in WAYS:
        raise Refused(_WHICH_WAY, field="way")
    by = msgspec.structs.replace(command.by, channel=way, on_behalf_of=member.name)
    return command.model_copy(update={"by": by})


_ALREADY_FLAGGED = Words(
    "{number} 已经提示过，不再重复提示", "{number} has been pointed out already"
)
_ALREADY_ASKED = Words(
    "“{member}”还没有答复上一次询问，不能再问。等它答复，或者替它记录电话、书面的答复。",
    "{member} has not answered the last question. Wait for the answer, "
    "or record one that came by telephone or letter.",
)
_NOTHING_ASKED = Words(
    "现在没有待答复的询问，不能答复。协会提出询问后再答复。",
    "No question is open now, so there is nothing to answer until the association asks.",
)
_WHICH_WAY = Words(
    "替会员记录答复时，请选择会员是当面、来电还是寄信答复的",
    "When you record the member's answer, say how it came: counter, telephone or letter",
)
