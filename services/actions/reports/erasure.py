"""Erasure: what is said about a reporter is deleted (PIPL §47).

The steps are those of every deletion (`services/actions/erasure.py`), without restriction: a report
that runs needs nothing of who made it, so that only an open report, and the policy on retention,
stand against it.
"""

from __future__ import annotations

from datetime import date

from events.informants import STANDS
from events.log import Appended
from events.words import Words
from services.actions import erasure
from services.actions.change import Log, change
from services.actions.erasure import About, Hold, retained
from services.actions.reports.report import OPEN, OnReport, Report


class RequestInformantErasure(OnReport, erasure.Requests):
    """Ask that what is said about the reporter be deleted."""

    SAYS = Words("请求删除举报人信息", "Ask for the reporter's data to be deleted")


class CheckInformantErasure(OnReport, erasure.Checks):
    """State that nothing forbids it."""


class EraseInformant(OnReport, erasure.Erases):
    """Have it deleted, as the second person: who she is, and what she told."""

    SAYS = Words("批准并删除举报人信息", "Approve, and delete the reporter's data")


class RefuseInformantErasure(OnReport, erasure.Refuses):
    """Say why it is not deleted."""


async def informant_erasure_step(log: Log, command: OnReport) -> Appended:
    """Take a step of the deletion."""
    return await change(log, Report, command.report, command, take)


def take(report: Report, command: OnReport) -> None:
    about = About(report.data, STANDS, report.say, [report.informant, str(report.id)])
    erasure.take(about, command, holds(report.state, report.ended_on or command.on, command.on))


def holds(state: str, last_on: date, on: date) -> list[Hold]:
    """What speaks against deleting it on this day."""
    needed = [Hold(_OPEN, law=True)] if state in (*OPEN, "reward_review") else []
    return needed + retained(last_on, on)


STEPS: tuple[type[OnReport], ...] = (
    RequestInformantErasure, CheckInformantErasure, EraseInformant, RefuseInformantErasure,
)  # fmt: skip


def possible(standing: str) -> tuple[str, ...]:
    """The commands that fit where the personal data stands."""
    return erasure.possible(standing, STEPS)


_OPEN = Words(
    "举报还没有处理完，核查和奖励需要这些信息。请先作出决定。",
    "The report is not decided yet; verification and reward need them. Decide first.",
)
