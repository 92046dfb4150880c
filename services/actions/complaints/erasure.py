"""Erasure: what is said about the consumer is deleted, or restricted to storage (PIPL §47).

The steps are those of every deletion (`services/actions/erasure.py`); here are the words, and what
forbids it.
"""

from __future__ import annotations

from datetime import date

from events.erasure import STANDS
from events.log import Appended
from events.words import Words
from services.actions import erasure
from services.actions.change import Log, change
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.erasure import About, Hold, retained

#: States in which the complaint itself needs nothing of her any more.
ENDED = ("refused", "withdrawn", "closed", "reversed")


class RequestErasure(OnComplaint, erasure.Requests):
    """Ask that what is said about the consumer be deleted."""

    SAYS = Words("请求删除个人信息", "Ask for the personal data to be deleted")


class CheckErasure(OnComplaint, erasure.Checks):
    """State that nothing forbids it.

    `follow_ups`: numbers of those still open, "" for what the handler may not know of.
    """

    follow_ups: tuple[str, ...] = ()


class ErasePersonalData(OnComplaint, erasure.Erases):
    """Have it deleted, as the second person."""

    SAYS = Words("批准并删除个人信息", "Approve, and delete the personal data")


class RefuseErasure(OnComplaint, erasure.Refuses):
    """Say why it is not deleted."""


class RestrictProcessing(OnComplaint, erasure.Restricts):
    """Store it, and do nothing else with it."""


async def erasure_step(log: Log, command: OnComplaint) -> Appended:
    """Take a step of the deletion."""
    return await change(log, Complaint, command.complaint, command, take)


def take(complaint: Complaint, command: OnComplaint) -> None:
    last, open_ones = complaint.ended_on or command.on, getattr(command, "follow_ups", ())
    about = About(complaint.data, STANDS, complaint.say, [str(complaint.id)])
    erasure.take(about, command, holds(complaint.state, last, command.on, open_ones))


def holds(state: str, last_on: date, on: date, follow_ups: tuple[str, ...]) -> list[Hold]:
    """What speaks against deleting it on this day."""
    found = []
    if state not in ENDED:
        found.append(Hold(_OPEN, law=True))
    found += [Hold(_FOLLOWED.fill(number=n) if n else _HELD, law=True) for n in follow_ups]
    return found + retained(last_on, on)


STEPS: tuple[type[OnComplaint], ...] = (
    RequestErasure, CheckErasure, ErasePersonalData, RefuseErasure, RestrictProcessing,
)  # fmt: skip


def possible(standing: str) -> tuple[str, ...]:
    """The commands that fit where the personal data stands."""
    return erasure.possible(standing, STEPS)


_OPEN = Words(
    "投诉还没有结束，办理需要这些信息。请先办结，或者限制处理。",
    "The complaint is not ended and needs them. Close it first, or restrict them to storage.",
)
_FOLLOWED = Words(
    "由它立项的跟进 {number} 还没有结案，执法案卷要保留。",
    "Follow-up {number}, opened from it, is not closed; its file must be kept.",
)
_HELD = Words(
    "另有法律规定的保存要求，现在不能删除。",
    "Another rule of law requires that it be kept for now.",
)
