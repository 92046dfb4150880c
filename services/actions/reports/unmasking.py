"""Unmasking: who the reporter is can be opened for a reason, on a basis, and that is recorded."""

from __future__ import annotations

from typing import Annotated

from events.log import Appended
from events.report_terms import UNMASK_GROUNDS
from events.reports import ReporterUnmasked
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.refused import AlreadyDecided, Refused
from services.actions.reports.report import OnReport, Report


class UnmaskReporter(OnReport):
    """Open who the reporter is; it is recorded by whom, on which basis and why."""

    SAYS = Words("查看举报人身份", "Unmask the reporter")

    ground: Annotated[Given, one_of(UNMASK_GROUNDS)] = ask(
        "依据什么？", "On which basis?", widget="radios", options=UNMASK_GROUNDS
    )
    reason: Reason = ask("为什么现在必须知道是谁？", "Why must it be known now?", widget="area")


async def unmask_reporter(log: Log, command: UnmaskReporter) -> Appended:
    return await change(log, Report, command.report, command, unmask)


def unmask(report: Report, command: UnmaskReporter) -> None:
    if report.anonymous:
        raise Refused(_ANONYMOUS)
    if report.personal == "erased":
        raise AlreadyDecided(_ERASED)
    report.say(ReporterUnmasked, command, ground=command.ground, reason=command.reason)


_ANONYMOUS = Words(
    "这是匿名举报，没有登记举报人是谁。", "This report is anonymous; nobody recorded who made it."
)
_ERASED = Words(
    "举报人的个人信息已依法删除，无法查看。", "The reporter's personal data was deleted by law."
)
