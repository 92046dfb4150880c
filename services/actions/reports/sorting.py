"""Sorting: a report that is another's, that repeats, or that belongs to an earlier one.

Whether two reports are by one person is compared here, by telephone; who she is shows nowhere.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from events.informants import InformantRecorded
from events.log import Appended
from events.reports import (
    DuplicateRecorded,
    NewFactsMerged,
    PowerLackingTold,
    ReportMerged,
)
from events.words import Words
from services.actions.change import Log, change, idempotency_key, load
from services.actions.command import Given, Reason, RecordId, Text, ask
from services.actions.refused import AlreadyDecided, Refused
from services.actions.reports.report import OPEN, OnReport, Report
from services.actions.together import Together


class TellNoPower(OnReport):
    """Tell the reporter that this body has no power, and where to go (121 §34)."""

    SAYS = Words("告知无权处理", "Tell: no power here")

    where: Given = ask(
        "举报人应当向哪里提出？", "Where should the reporter turn to?",
        hint=Words("属于市场监管部门职责的，写有处理权限的市场监管部门的名称。",
                   "If it is a market regulator's duty, name the one with the power."),
    )  # fmt: skip
    reason: Text = ask("说明", "Explanation", widget="area", default="")


async def tell_no_power(log: Log, command: TellNoPower) -> Appended:
    return await change(log, Report, command.report, command, no_power)


def no_power(report: Report, command: TellNoPower) -> None:
    report.say(PowerLackingTold, command, where=command.where, reason=command.reason)


class OnEarlier(OnReport):
    """A command that refers to an earlier report of the same reporter.

    Its last three fields are what the action found out about that one.
    """

    earlier: RecordId
    earlier_number: Text = ask(
        "先前的举报编号", "Number of the earlier report", default="",
        hint=Words("例如 JB-2026-000012-X", "For example JB-2026-000012-X"),
    )  # fmt: skip
    reason: Reason = ask("认定的理由", "Why so?", widget="area")
    earlier_state: str = ""
    earlier_handler: str = ""
    same_person: bool | None = None


class MarkDuplicate(OnEarlier):
    """The same reporter, facts and business as before: nothing further is done (121 §35)."""

    SAYS = Words("认定重复举报", "Record as a duplicate")


async def mark_duplicate(log: Log, command: MarkDuplicate) -> Appended:
    command = await _looked_up(log, command)
    return await change(log, Report, command.report, command, duplicate)


def duplicate(report: Report, command: MarkDuplicate) -> None:
    _refuse_unfit(report, command)
    report.say(DuplicateRecorded, command, earlier=command.earlier_number, reason=command.reason)


class MergeWithNewFacts(OnEarlier):
    """New facts on an earlier report: merge, and count its time anew from this one (121 §35)."""

    SAYS = Words("并入先前举报（有新事实）", "Merge into the earlier report (new facts)")


async def merge_with_new_facts(log: Log, command: MergeWithNewFacts) -> Appended:
    """Both records say so in one append."""
    command, together = await _looked_up(log, command), Together(log)
    await change(together, Report, command.report, command, merge)
    later = await load(together, Report, command.report)
    taken = TakeInNewFacts(
        by=command.by, at=command.at, occurred_on=command.occurred_on, report=command.earlier,
        correlation=command.correlation, later=later.id, later_number=later.number,
        since=later.since or command.on,
    )  # fmt: skip
    await change(together, Report, command.earlier, taken, take_in)
    return await together.commit(idempotency_key(command))


def merge(report: Report, command: MergeWithNewFacts) -> None:
    _refuse_unfit(report, command)
    if command.earlier_state not in OPEN:
        raise AlreadyDecided(_DECIDED.fill(number=command.earlier_number))
    report.say(ReportMerged, command, into=command.earlier_number, reason=command.reason)


class TakeInNewFacts(OnReport):
    """What a merge does to the earlier report: its time runs anew from the later one."""

    SAYS = Words("并入新事实", "Take in new facts")

    later: RecordId
    later_number: str
    since: date


def take_in(report: Report, command: TakeInNewFacts) -> None:
    report.say(
        NewFactsMerged, command, later=command.later_number, later_id=str(command.later),
        since=command.since,
    )  # fmt: skip


def _refuse_unfit(report: Report, command: OnEarlier) -> None:
    if command.earlier == report.id:
        raise Refused(_ITSELF, field="earlier_number")
    if command.earlier_handler != command.by.party.id:
        raise Refused(_NOT_OURS, field="earlier_number")
    if command.same_person is False:
        raise Refused(_ANOTHER.fill(number=command.earlier_number), field="earlier_number")


C = TypeVar("C", bound=OnEarlier)


async def _looked_up(log: Log, command: C) -> C:
    """The command with what the earlier report is."""
    this, earlier = [await load(log, Report, id) for id in (command.report, command.earlier)]
    found = {
        "earlier_number": earlier.number,
        "earlier_state": earlier.state,
        "earlier_handler": earlier.only_for,
        "same_person": await _same_person(log, this.informant, earlier.informant),
    }
    return command.model_copy(update=found)


async def _same_person(log: Log, one: str, two: str) -> bool | None:
    """Whether both gave the same telephone; None where it cannot be told."""
    phones = [await _phone(log, each) for each in (one, two)]
    return phones[0] == phones[1] if all(phones) else None


async def _phone(log: Log, informant: str) -> str:
    for recorded in await log.load(UUID(informant), opened=True) if informant else ():
        if isinstance(recorded.event, InformantRecorded) and recorded.event.who:
            return recorded.event.who.get("phone")
    return ""


_ITSELF = Words(
    "这就是本件举报的编号，请填写先前那一件的编号",
    "That is this report's own number; give that of the earlier one",
)
_NOT_OURS = Words(
    "没有找到由本单位处理的这件举报，请核对编号",
    "Your office handles no report with that number; check it",
)
_ANOTHER = Words(
    "举报 {number} 留的是另一个电话，不是同一举报人。"
    "第 121 号令第三十五条只适用于同一举报人，请分别处理。",
    "Report {number} gave another telephone: another reporter. Article 35 of Order 121 is about "
    "one and the same, so handle each by itself.",
)
_DECIDED = Words(
    "举报 {number} 已经有决定，不能再并入。请单独核查这一件，或者认定为重复举报。",
    "Report {number} is decided already. Verify this one by itself, or record it as a duplicate.",
)
