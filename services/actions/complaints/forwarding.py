"""Forwarding: only the central desk passes a complaint on; a unit gives it back (121 §41).

Within one authority the time to decide runs on; another authority has its own.
"""

from __future__ import annotations

from events.complaints import ComplaintForwarded, ComplaintReturnedToDesk
from events.event import PartyRef
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import MaybeDate, Reason, ask
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.complaints.stages import refuse_for_a_unit
from services.actions.refused import Refused


class ForwardComplaint(OnComplaint):
    """The central desk passes it to who has the power (form 3)."""

    SAYS = Words("分送", "Forward")

    to: PartyRef = ask("分送给哪个单位？", "To which unit or bureau?", widget="select")
    reason: Reason = ask("为什么由它处理？", "Why is it for them?", widget="area")
    report_by: MaybeDate = ask(
        "请在什么时候之前报告结果？", "Until when is the result to be reported?",
        widget="date", default=None,
        hint=Words("分送通知书要写这一天。", "The notice of forwarding names it."),
    )  # fmt: skip
    #: Whether it stays in the same authority; the page knows it from the register of bodies.
    within: bool = False


async def forward_complaint(log: Log, command: ForwardComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, forward)


def forward(complaint: Complaint, command: ForwardComplaint) -> None:
    refuse_for_a_unit(complaint.desk, complaint.within)
    if command.to.kind != "regulator" or command.to.id == complaint.handler:
        raise Refused(
            Words(
                "只能分送给其他市场监管部门或者所属机构", "Forward it to another regulator or unit"
            ),
            field="to",
        )
    complaint.say(
        ComplaintForwarded, command, to=command.to, reason=command.reason,
        report_by=command.report_by, within=command.within,
    )  # fmt: skip


class ReturnToDesk(OnComplaint):
    """A unit without power gives it back to the desk."""

    SAYS = Words("退回分送单位", "Return to the desk")

    reason: Reason = ask("为什么没有处理权限？", "Why have you no power?", widget="area")


async def return_to_desk(log: Log, command: ReturnToDesk) -> Appended:
    return await change(log, Complaint, command.complaint, command, return_it)


def return_it(complaint: Complaint, command: ReturnToDesk) -> None:
    if complaint.desk is None:
        raise Refused(
            Words(
                "这件投诉不是由统一接收机构分送来的，不能退回；需要时可以转交",
                "No desk forwarded it to you, so it cannot be returned; you can transfer it",
            )
        )
    complaint.say(
        ComplaintReturnedToDesk, command,
        desk=complaint.desk, within=complaint.within, reason=command.reason,
    )  # fmt: skip
