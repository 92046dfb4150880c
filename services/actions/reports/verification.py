"""Verification: the clue is looked into; its time may be stopped for testing, or extended once."""

from __future__ import annotations

from events.log import Appended
from events.reports import (
    VerificationExtended,
    VerificationPaused,
    VerificationResumed,
    VerificationStarted,
)
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask
from services.actions.extending import in_time
from services.actions.refused import AlreadyDecided
from services.actions.reports.report import OnReport, Report


class StartVerification(OnReport):
    """Begin to verify the clue."""

    SAYS = Words("开始核查", "Begin verification")


async def start_verification(log: Log, command: StartVerification) -> Appended:
    return await change(log, Report, command.report, command, start)


def start(report: Report, command: StartVerification) -> None:
    report.say(VerificationStarted, command)


class ExtendVerification(OnReport):
    """The head gives fifteen working days more, once (Order 2 §18)."""

    SAYS = Words("批准延长核查", "Extend verification")

    reason: Reason = ask("有什么特殊情况？", "Which special circumstances?", widget="area")


async def extend_verification(log: Log, command: ExtendVerification) -> Appended:
    rule = in_time(extend, "C5", await log.load(command.report))
    return await change(log, Report, command.report, command, rule)


def extend(report: Report, command: ExtendVerification) -> None:
    if report.extended:
        raise AlreadyDecided(_ONCE)
    report.say(VerificationExtended, command, reason=command.reason)


class PauseForTesting(OnReport):
    """Testing, inspection, quarantine, appraisal or identification: its days do not count."""

    SAYS = Words("送检，暂停期限", "Stop the time for testing")

    what: Given = ask(
        "做什么检测、检验、检疫、鉴定或者辨认？",
        "Which testing, inspection, quarantine, appraisal or identification?",
    )


async def pause_for_testing(log: Log, command: PauseForTesting) -> Appended:
    return await change(log, Report, command.report, command, pause)


def pause(report: Report, command: PauseForTesting) -> None:
    report.say(VerificationPaused, command, what=command.what)


class EndTesting(OnReport):
    """The result is there."""

    SAYS = Words("收到结果，恢复期限", "The result is there: time runs again")

    result: Given = ask("结果是什么？", "What is the result?", widget="area")


async def end_testing(log: Log, command: EndTesting) -> Appended:
    return await change(log, Report, command.report, command, resume)


def resume(report: Report, command: EndTesting) -> None:
    report.say(VerificationResumed, command, result=command.result)


_ONCE = Words(
    "核查期限已经延长过一次。《市场监督管理行政处罚程序规定》第十八条只允许延长一次，请在期限内作出决定。",
    "It was extended once already, and Article 18 of the procedure for penalties allows no more. "
    "Decide within the time.",
)
