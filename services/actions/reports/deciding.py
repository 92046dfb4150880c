"""Deciding: the head files or does not; what is filed goes on as an enforcement follow-up.

Nothing here is decided by software. The follow-up says nothing of the report: whoever reads it
learns that a clue was verified, not that somebody reported (121 §37).
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from events.event import PartyRef
from events.ids import derived_id
from events.log import Appended
from events.report_terms import NOT_FILED_GROUNDS
from events.reports import ReportClosed, ReportFiled, ReportNotFiled, ReportResultNotified
from events.words import Words
from services import numbers
from services.actions.change import Log, change, idempotency_key
from services.actions.command import Given, Reason, ask, one_of
from services.actions.enforcement import OpenFollowUp, open_follow_up
from services.actions.refused import AlreadyDecided
from services.actions.reports.report import OnReport, Report
from services.actions.together import Together

#: Where such a follow-up comes from, in words that give no reporter away.
SOURCE = "clue"


class DecideFiling(OnReport):
    """Take the matter up: a follow-up on the enterprise is opened with the decision."""

    SAYS = Words("决定立案", "Decide to file")

    enterprise: PartyRef
    follow_up_number: str = ""
    matter: Reason = ask(
        "要跟进什么事情？", "What is to be followed up?", widget="area",
        hint=Words("企业会看到这段话：不要写有人举报，也不要写能认出举报人的内容。",
                   "The enterprise will read it: say neither that somebody reported nor anything "
                   "that gives the reporter away."),
    )  # fmt: skip
    reason: Reason = ask("立案的理由", "Why is it filed?", widget="area")

    @property
    def follow_up(self) -> UUID:
        """A report is filed once."""
        return derived_id(self.report, "follow-up")


async def decide_filing(log: Log, command: DecideFiling) -> Appended:
    """Decision and follow-up stand in the log together, or neither."""
    if not command.follow_up_number:
        number = await numbers.next_number(log, numbers.FOLLOW_UP, command.on)
        command = command.model_copy(update={"follow_up_number": number})
    together = Together(log)
    await change(together, Report, command.report, command, file)
    opened = OpenFollowUp(
        by=command.by, at=command.at, occurred_on=command.occurred_on,
        correlation=command.correlation, follow_up=command.follow_up,
        number=command.follow_up_number, enterprise=command.enterprise, source=SOURCE,
        matter=command.matter,
    )  # fmt: skip
    await open_follow_up(together, opened)
    return await together.commit(idempotency_key(command))


def file(report: Report, command: DecideFiling) -> None:
    report.say(
        ReportFiled, command, follow_up=str(command.follow_up),
        follow_up_number=command.follow_up_number, reason=command.reason,
    )  # fmt: skip


class DecideNotFiling(OnReport):
    """Do not take it up, on a ground of Order 2 §20 or because there is no violation."""

    SAYS = Words("决定不予立案", "Decide not to file")

    ground: Annotated[Given, one_of(NOT_FILED_GROUNDS)] = ask(
        "依据哪一项？", "On which ground?", widget="radios", options=NOT_FILED_GROUNDS
    )
    reason: Reason = ask("核查情况和理由", "What verification found, and why", widget="area")


async def decide_not_filing(log: Log, command: DecideNotFiling) -> Appended:
    return await change(log, Report, command.report, command, not_file)


def not_file(report: Report, command: DecideNotFiling) -> None:
    report.say(ReportNotFiled, command, ground=command.ground, reason=command.reason)


class NotifyResult(OnReport):
    """Tell the reporter the result, where a law, regulation or rule says so (121 §36)."""

    SAYS = Words("告知举报人结果", "Tell the reporter the result")

    law: Reason = ask(
        "哪一部法律、法规、规章的哪一条规定要告知？", "Which article of which law says so?",
        hint=Words("没有这样的规定就不告知（第 121 号令第三十六条）。",
                   "Without one it is not told (Order 121, Article 36)."),
    )  # fmt: skip
    result: Given = ask("告知什么？", "What is told?", widget="area")


async def notify_result(log: Log, command: NotifyResult) -> Appended:
    return await change(log, Report, command.report, command, notify)


def notify(report: Report, command: NotifyResult) -> None:
    report.say(ReportResultNotified, command, law=command.law, result=command.result)


class CloseReport(OnReport):
    """Close the file on the report."""

    SAYS = Words("办结", "Close the file")


async def close_report(log: Log, command: CloseReport) -> Appended:
    return await change(log, Report, command.report, command, close)


def close(report: Report, command: CloseReport) -> None:
    if report.state == "reward_review" and not report.reward_decided:
        raise AlreadyDecided(_REWARD_OPEN)
    report.say(ReportClosed, command)


_REWARD_OPEN = Words(
    "奖励还没有决定，请负责人先批准或者不批准，再办结。",
    "The reward is not decided yet. Let the head grant or refuse it, then close the file.",
)
