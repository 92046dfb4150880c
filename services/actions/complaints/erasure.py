"""Erasure: what is said about the consumer is deleted, after a check and by a second person.

Request → check (holds of the law; retention, which is policy) → a second person → event → the keys
are destroyed (`services/erasing.py`). Where a statutory period runs, processing is restricted to
storage instead (PIPL §47).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from events.erasure import (
    ErasureChecked,
    ErasureRefused,
    ErasureRequested,
    PersonalDataErased,
    ProcessingRestricted,
)
from events.log import Appended
from events.terms import ERASURE_GROUNDS
from events.words import Code, Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.refused import AlreadyDecided, NotAllowed, Refused

#: Years that what is said about a consumer is kept after the last step. Policy, not law: no
#: regulation found names a period for complaints (domain.md §7.2).
RETENTION = 3
#: States in which the complaint itself needs nothing of her any more.
ENDED = ("refused", "withdrawn", "closed", "reversed")

STANDING = Code(
    "personal_data",
    {
        "": Words("正常保存", "kept"),
        "requested": Words("已请求删除，等待核对", "deletion requested, to be checked"),
        "checked": Words("已核对，等待另一人批准删除", "checked, awaits a second person"),
        "refused": Words("未同意删除", "deletion refused"),
        "restricted": Words("已限制处理，只作存储", "restricted to storage"),
        "erased": Words("已依法删除", "deleted by law"),
    },
)
#: Where the personal data stands -> what may be done with it.
_NEXT: dict[str, tuple[str, ...]] = {
    "": ("RequestErasure",),
    "refused": ("RequestErasure",),
    "restricted": ("RequestErasure",),
    "requested": ("CheckErasure", "RefuseErasure", "RestrictProcessing"),
    "checked": ("ErasePersonalData", "RefuseErasure", "RestrictProcessing"),
    "erased": (),
}


class Hold(NamedTuple):
    """Why it may not be deleted now; what is only policy can be overruled with a reason."""

    words: Words
    law: bool


def possible(standing: str) -> tuple[str, ...]:
    """The commands that fit where the personal data stands."""
    return _NEXT[standing]


def holds(state: str, last_on: date, on: date, follow_ups: tuple[str, ...]) -> list[Hold]:
    """What speaks against deleting it on this day."""
    found = []
    if state not in ENDED:
        found.append(Hold(_OPEN, law=True))
    found += [Hold(_FOLLOWED.fill(number=n) if n else _HELD, law=True) for n in follow_ups]
    if on < (until := years_later(last_on, RETENTION)):
        found.append(Hold(_KEPT.fill(years=RETENTION, until=until), law=False))
    return found


def years_later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the last of that month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class RequestErasure(OnComplaint):
    """Ask that what is said about the consumer be deleted."""

    SAYS = Words("请求删除个人信息", "Ask for the personal data to be deleted")

    ground: Annotated[Given, one_of(ERASURE_GROUNDS)] = ask(
        "为什么要删除？", "Why should it be deleted?", widget="radios", options=ERASURE_GROUNDS
    )


async def request_erasure(log: Log, command: RequestErasure) -> Appended:
    return await change(log, Complaint, command.complaint, command, request)


def request(complaint: Complaint, command: RequestErasure) -> None:
    _refuse_untimely(complaint, command)
    complaint.say(ErasureRequested, command, ground=command.ground)


class CheckErasure(OnComplaint):
    """State that nothing forbids it.

    `follow_ups`: numbers of those still open, "" for what the handler may not know of.
    """

    SAYS = Words("核对：可以删除", "Checked: it may be deleted")

    follow_ups: tuple[str, ...] = ()
    despite: Text = ask(
        "保存期未满的话，为什么现在就删除？", "Where it is kept too short: why delete it now?",
        widget="area", default="",
    )  # fmt: skip


async def check_erasure(log: Log, command: CheckErasure) -> Appended:
    return await change(log, Complaint, command.complaint, command, check)


def check(complaint: Complaint, command: CheckErasure) -> None:
    _refuse_untimely(complaint, command)
    found = holds(complaint.state, complaint.ended_on or command.on, command.on, command.follow_ups)
    for hold in found:
        if hold.law:
            raise Refused(hold.words)
        if len(command.despite) < 5:
            raise Refused(hold.words, field="despite")
    complaint.say(ErasureChecked, command, despite=command.despite if found else "")


class ErasePersonalData(OnComplaint):
    """Have it deleted, as the second person."""

    SAYS = Words("批准并删除个人信息", "Approve, and delete the personal data")


async def erase_personal_data(log: Log, command: ErasePersonalData) -> Appended:
    return await change(log, Complaint, command.complaint, command, erase)


def erase(complaint: Complaint, command: ErasePersonalData) -> None:
    _refuse_untimely(complaint, command)
    if command.by.person == complaint.checked_by:
        raise NotAllowed(_SECOND)
    complaint.say(PersonalDataErased, command, subjects=[str(complaint.id)])


class RefuseErasure(OnComplaint):
    """Say why it is not deleted."""

    SAYS = Words("不同意删除", "Refuse to delete it")

    reason: Reason = ask("为什么不能删除？", "Why can it not be deleted?", widget="area")


async def refuse_erasure(log: Log, command: RefuseErasure) -> Appended:
    return await change(log, Complaint, command.complaint, command, refuse)


def refuse(complaint: Complaint, command: RefuseErasure) -> None:
    _refuse_untimely(complaint, command)
    complaint.say(ErasureRefused, command, reason=command.reason)


class RestrictProcessing(OnComplaint):
    """Store it, and do nothing else with it."""

    SAYS = Words("限制处理（只作存储）", "Restrict it to storage")

    reason: Reason = ask(
        "依据哪一项规定不能删除？", "Which rule forbids deleting it?", widget="area"
    )


async def restrict_processing(log: Log, command: RestrictProcessing) -> Appended:
    return await change(log, Complaint, command.complaint, command, restrict)


def restrict(complaint: Complaint, command: RestrictProcessing) -> None:
    _refuse_untimely(complaint, command)
    complaint.say(ProcessingRestricted, command, reason=command.reason)


def _refuse_untimely(complaint: Complaint, command: OnComplaint) -> None:
    if type(command).__name__ not in possible(complaint.personal):
        now = STANDING[complaint.personal]
        raise AlreadyDecided(_NOT_NOW.fill(now=now, said=command.SAYS))


_NOT_NOW = Words(
    "个人信息现在是“{now}”，不能“{said}”。", "The personal data is now {now}; not possible: {said}."
)
_SECOND = Words(
    "您自己核对过这次删除，要由另一个人批准。请让负责人办理。",
    "You checked this deletion yourself; another person must approve it. Ask your head.",
)
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
_KEPT = Words(
    "按内部规定保存 {years} 年，到{until}。这不是法律期限，可以说明理由提前删除。",
    "By policy it is kept for {years} years, until {until}. That is no period of law; "
    "give a reason to delete it earlier.",
)
