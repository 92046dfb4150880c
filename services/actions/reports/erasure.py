"""Erasure: what is said about a reporter is deleted, after a check and by a second person.

As with a complaint (`complaints/erasure.py`), but without restriction: a report that runs needs
nothing of who made it, so that only an open report, and the policy on retention, stand against it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from events.informants import (
    InformantErased,
    InformantErasureChecked,
    InformantErasureRefused,
    InformantErasureRequested,
)
from events.log import Appended
from events.terms import ERASURE_GROUNDS
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.complaints import STANDING, Hold
from services.actions.complaints.erasure import RETENTION, years_later
from services.actions.refused import AlreadyDecided, NotAllowed, Refused
from services.actions.reports.report import OPEN, OnReport, Report

#: Where the personal data stands -> what may be done with it.
_NEXT: dict[str, tuple[str, ...]] = {
    "": ("RequestInformantErasure",),
    "refused": ("RequestInformantErasure",),
    "requested": ("CheckInformantErasure", "RefuseInformantErasure"),
    "checked": ("EraseInformant", "RefuseInformantErasure"),
    "erased": (),
}


def possible(standing: str) -> tuple[str, ...]:
    """The commands that fit where the personal data stands."""
    return _NEXT[standing]


def holds(state: str, last_on: date, on: date) -> list[Hold]:
    """What speaks against deleting it on this day."""
    found = [Hold(_OPEN, law=True)] if state in (*OPEN, "reward_review") else []
    if on < (until := years_later(last_on, RETENTION)):
        found.append(Hold(_KEPT.fill(years=RETENTION, until=until), law=False))
    return found


class RequestInformantErasure(OnReport):
    """Ask that what is said about the reporter be deleted."""

    SAYS = Words("请求删除举报人信息", "Ask for the reporter's data to be deleted")

    ground: Annotated[Given, one_of(ERASURE_GROUNDS)] = ask(
        "为什么要删除？", "Why should it be deleted?", widget="radios", options=ERASURE_GROUNDS
    )


async def request_informant_erasure(log: Log, command: RequestInformantErasure) -> Appended:
    return await change(log, Report, command.report, command, request)


def request(report: Report, command: RequestInformantErasure) -> None:
    _refuse_untimely(report, command)
    report.say(InformantErasureRequested, command, ground=command.ground)


class CheckInformantErasure(OnReport):
    """State that nothing forbids it."""

    SAYS = Words("核对：可以删除", "Checked: it may be deleted")

    despite: Text = ask(
        "保存期未满的话，为什么现在就删除？", "Where it is kept too short: why delete it now?",
        widget="area", default="",
    )  # fmt: skip


async def check_informant_erasure(log: Log, command: CheckInformantErasure) -> Appended:
    return await change(log, Report, command.report, command, check)


def check(report: Report, command: CheckInformantErasure) -> None:
    _refuse_untimely(report, command)
    found = holds(report.state, report.ended_on or command.on, command.on)
    for hold in found:
        if hold.law:
            raise Refused(hold.words)
        if len(command.despite) < 5:
            raise Refused(hold.words, field="despite")
    report.say(InformantErasureChecked, command, despite=command.despite if found else "")


class EraseInformant(OnReport):
    """Have it deleted, as the second person: who she is, and what she told."""

    SAYS = Words("批准并删除举报人信息", "Approve, and delete the reporter's data")


async def erase_informant(log: Log, command: EraseInformant) -> Appended:
    return await change(log, Report, command.report, command, erase)


def erase(report: Report, command: EraseInformant) -> None:
    _refuse_untimely(report, command)
    if command.by.person == report.checked_by:
        raise NotAllowed(_SECOND)
    report.say(InformantErased, command, subjects=[report.informant, str(report.id)])


class RefuseInformantErasure(OnReport):
    """Say why it is not deleted."""

    SAYS = Words("不同意删除", "Refuse to delete it")

    reason: Reason = ask("为什么不能删除？", "Why can it not be deleted?", widget="area")


async def refuse_informant_erasure(log: Log, command: RefuseInformantErasure) -> Appended:
    return await change(log, Report, command.report, command, refuse)


def refuse(report: Report, command: RefuseInformantErasure) -> None:
    _refuse_untimely(report, command)
    report.say(InformantErasureRefused, command, reason=command.reason)


def _refuse_untimely(report: Report, command: OnReport) -> None:
    if type(command).__name__ not in possible(report.personal):
        now = STANDING[report.personal]
        raise AlreadyDecided(_NOT_NOW.fill(now=now, said=command.SAYS))


_NOT_NOW = Words(
    "举报人信息现在是“{now}”，不能“{said}”。",
    "The reporter's data is now {now}; not possible: {said}.",
)
_SECOND = Words(
    "您自己核对过这次删除，要由另一位负责人批准。",
    "You checked this deletion yourself; another head must approve it.",
)
_OPEN = Words(
    "举报还没有处理完，核查和奖励需要这些信息。请先作出决定。",
    "The report is not decided yet; verification and reward need them. Decide first.",
)
_KEPT = Words(
    "按内部规定保存 {years} 年，到{until}。这不是法律期限，可以说明理由提前删除。",
    "By policy it is kept for {years} years, until {until}. That is no period of law; "
    "give a reason to delete it earlier.",
)
