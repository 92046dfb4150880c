"""Mediation: both sides being willing, the body mediates; it ends in an agreement or without.

How they meet stands in `sessions`, what follows an agreement in `keeping` and `closing`.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import AgreementReached, MediationStarted, MediationTerminated
from events.complaints.terms import PAPERS
from events.log import Appended
from events.terms import REMEDIES, TERMINATION_GROUNDS
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, MaybeDate, Reason, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.complaints.joint import refuse_unrepresented
from services.actions.complaints.sides import refuse_unless_mediating
from services.actions.refused import Refused


class StartMediation(OnComplaint):
    """Begin mediation, both sides being willing (121 §18)."""

    SAYS = Words("开始调解", "Start mediation")


async def start_mediation(log: Log, command: StartMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, start)


def start(complaint: Complaint, command: StartMediation) -> None:
    complaint.say(MediationStarted, command)


class RecordAgreement(OnComplaint):
    """Record what the parties agreed."""

    SAYS = Words("记录达成协议", "Record an agreement")

    remedy: Annotated[Given, one_of(REMEDIES)] = ask(
        "消费者得到什么？", "What does the consumer get?", widget="select", options=REMEDIES
    )
    terms: Text = ask("协议内容", "Terms of the agreement", widget="area", default="")
    perform_by: MaybeDate = ask(
        "在什么时候之前履行？", "Until when is it to be kept?", widget="date", default=None
    )
    paper: Annotated[Text, one_of(PAPERS)] = ask(
        "有调解书吗？", "Is there a mediation paper?", widget="radios", options=PAPERS, default=""
    )
    result_code: str = ""


async def record_agreement(log: Log, command: RecordAgreement) -> Appended:
    return await change(log, Complaint, command.complaint, command, agree)


def agree(complaint: Complaint, command: RecordAgreement) -> None:
    refuse_unless_mediating(complaint, command)
    refuse_unrepresented(complaint)
    if command.perform_by is not None and command.perform_by < command.on:
        raise Refused(
            Words("履行日期不能早于达成协议的日期", "It cannot be due before it was agreed"),
            field="perform_by",
        )
    terms = personal(complaint.id, command, "terms")
    complaint.say(
        AgreementReached, command, remedy=command.remedy,
        terms=terms if command.terms else None, result_code=command.result_code,
        perform_by=command.perform_by, paper=command.paper, body=complaint.unit,
    )  # fmt: skip


class TerminateMediation(OnComplaint):
    """End mediation without agreement, on a ground."""

    SAYS = Words("终止调解", "Terminate mediation")

    ground: Annotated[Given, one_of(TERMINATION_GROUNDS)] = ask(
        "依据哪一项？", "On which ground?", widget="select", options=TERMINATION_GROUNDS
    )
    reason: Reason = ask("事实和理由", "Facts and reasons", widget="area")
    result_code: str = ""


async def terminate_mediation(log: Log, command: TerminateMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, terminate)


def terminate(complaint: Complaint, command: TerminateMediation) -> None:
    complaint.say(
        MediationTerminated, command,
        ground=command.ground, reason=command.reason, result_code=command.result_code,
    )  # fmt: skip
