"""Talks: body and sides write to each other; what a side wrote waits for an answer, or needs none.

Whatever the state: it is read as long as the complaint is kept, and changes nothing of it.
"""

from __future__ import annotations

from typing import ClassVar

from events.complaints import AnswerNotNeeded, BodyWrote, SideWrote
from events.evidence import NewFile
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, MaybeDate, ask
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.complaints.sides import OfASide, Side, side_of
from services.actions.refused import AlreadyDecided, Refused

#: Characters of one message.
MOST = 5_000


class WriteToSide(OnComplaint):
    """Write to one side, and ask for an answer where one is wanted."""

    SIDE: ClassVar[Side]

    text: Given = ask("消息", "Message", widget="area", most=MOST)
    asks: bool = ask("需要对方答复吗？", "Do you want an answer?", widget="yes_no")
    until: MaybeDate = ask(
        "希望在哪一天之前答复？", "By which day?", widget="date", default=None,
        hint=Words("需要答复时可以写明，例如 2026 年 12 月 1 日",
                   "If you want an answer, for example 2026 12 1"),
    )  # fmt: skip


class WriteToConsumer(WriteToSide):
    """Write to the consumer."""

    SAYS = Words("给消费者写消息", "Write to the consumer")
    SIDE = "consumer"


class WriteToBusiness(WriteToSide):
    """Write to the business."""

    SAYS = Words("给经营者写消息", "Write to the business")
    SIDE = "enterprise"


async def write_to_side(log: Log, command: WriteToSide) -> Appended:
    return await change(log, Complaint, command.complaint, command, write_to)


def write_to(complaint: Complaint, command: WriteToSide) -> None:
    """The business is written to once the body has turned to it with the complaint."""
    if command.SIDE == "enterprise" and not complaint.told_the_business:
        raise Refused(_NOT_TOLD)
    if command.until is not None and not command.asks:
        raise Refused(_ASK_FIRST, field="asks")
    if command.until is not None and command.until < command.on:
        raise Refused(_PAST, field="until")
    complaint.say(
        BodyWrote, command, side=command.SIDE, text=personal(complaint.id, command, "text"),
        asks=command.asks, until=command.until,
    )  # fmt: skip


class WriteToBody(OfASide):
    """A side writes to the body in charge: an answer, or something of its own."""

    SAYS = Words("给承办单位写消息", "Write to the body in charge")

    text: Given = ask("您想说的", "What you want to say", widget="area", most=MOST)
    files: tuple[NewFile, ...] = ()


async def write_to_body(log: Log, command: WriteToBody) -> Appended:
    return await change(log, Complaint, command.complaint, command, write)


def write(complaint: Complaint, command: WriteToBody) -> None:
    """Who leads the mediation answers; what comes along is evidence of the complaint."""
    side = side_of(complaint, command)
    complaint.say(
        SideWrote, command, side=side, text=personal(complaint.id, command, "text"),
        body=complaint.mediator or complaint.unit, again=side in complaint.waiting,
    )  # fmt: skip
    complaint.attach(command, command.files)


class NeedNoAnswer(OnComplaint):
    """Say that what a side wrote was read and needs no answer."""

    SIDE: ClassVar[Side]


class NoAnswerToConsumer(NeedNoAnswer):
    """What the consumer wrote needs no answer."""

    SAYS = Words("消费者来信无需答复", "The consumer's message needs no answer")
    SIDE = "consumer"


class NoAnswerToBusiness(NeedNoAnswer):
    """What the business wrote needs no answer."""

    SAYS = Words("经营者来信无需答复", "The business's message needs no answer")
    SIDE = "enterprise"


async def need_no_answer(log: Log, command: NeedNoAnswer) -> Appended:
    return await change(log, Complaint, command.complaint, command, leave)


def leave(complaint: Complaint, command: NeedNoAnswer) -> None:
    if command.SIDE not in complaint.waiting:
        raise AlreadyDecided(_NOTHING_WAITS)
    complaint.say(AnswerNotNeeded, command, side=command.SIDE)


_NOT_TOLD = Words(
    "还没有就这件投诉联系经营者。先受理或者请经营者直接和解，才能给它写消息。",
    "The business has not been told of this complaint yet. Accept it, or ask for a direct "
    "settlement, before you write to it.",
)
_ASK_FIRST = Words(
    "写了答复日期，就请选“需要对方答复”", "There is a day for the answer: say that you want one"
)
_PAST = Words("答复日期不能早于今天", "The day for the answer is in the past")
_NOTHING_WAITS = Words(
    "没有等待答复的消息：已经答复过，或者已经标明无需答复",
    "No message waits: it was answered, or it was said that it needs no answer",
)
