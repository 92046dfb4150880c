"""Direct settlement (ODR): the business is invited to settle with the consumer itself (121 §6).

Its report alone settles nothing: the consumer confirms it, or it goes on where it was. The time
of the body to decide and to mediate runs on meanwhile; no text stops it.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import (
    DirectSettlementConfirmed,
    DirectSettlementDenied,
    DirectSettlementFailed,
    DirectSettlementOffered,
    DirectSettlementReported,
)
from events.log import Appended
from events.terms import REMEDIES
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.complaints.sides import told_or_none
from services.actions.refused import Refused


class OfferDirectSettlement(OnComplaint):
    """Invite the business to settle with the consumer directly."""

    SAYS = Words("请经营者直接和解", "Invite a direct settlement")

    matter: Reason = ask(
        "告诉经营者什么？", "What is the business told?", widget="area",
        hint=Words(
            "写明争议和消费者的要求，不写消费者的姓名、电话和地址。",
            "The dispute and what is asked for; not the consumer's name, telephone or address.",
        ),
    )  # fmt: skip


async def offer_direct_settlement(log: Log, command: OfferDirectSettlement) -> Appended:
    return await change(log, Complaint, command.complaint, command, offer)


def offer(complaint: Complaint, command: OfferDirectSettlement) -> None:
    if complaint.enterprise is None:
        raise Refused(
            Words(
                "被投诉人没有与企业登记对应，平台上无法请它答复；请用其他方式联系",
                "The business is not matched with the register, so it cannot be asked here",
            )
        )
    matter = personal(complaint.id, command, "matter")
    complaint.say(DirectSettlementOffered, command, matter=matter)


class ReportDirectSettlement(OnComplaint):
    """The business reports what it settled."""

    SAYS = Words("报告已经和解", "Report a settlement")

    remedy: Annotated[Given, one_of(REMEDIES)] = ask(
        "消费者得到什么？", "What does the consumer get?", widget="select", options=REMEDIES
    )
    result: Reason = ask("怎样和解的？", "How was it settled?", widget="area",
        hint=Words("写明时间、方式和结果。", "When, how, and with which result."),
    )  # fmt: skip


async def report_direct_settlement(log: Log, command: ReportDirectSettlement) -> Appended:
    return await change(log, Complaint, command.complaint, command, report)


def report(complaint: Complaint, command: ReportDirectSettlement) -> None:
    result = personal(complaint.id, command, "result")
    complaint.say(DirectSettlementReported, command, remedy=command.remedy, result=result)


class ConfirmDirectSettlement(OnComplaint):
    """The consumer confirms that it is settled."""

    SAYS = Words("确认已经和解", "Confirm the settlement")


async def confirm_direct_settlement(log: Log, command: ConfirmDirectSettlement) -> Appended:
    return await change(log, Complaint, command.complaint, command, confirm)


def confirm(complaint: Complaint, command: ConfirmDirectSettlement) -> None:
    _refuse_unreported(complaint)
    complaint.say(DirectSettlementConfirmed, command, remedy=complaint.settled_as)


class DenyDirectSettlement(OnComplaint):
    """The consumer says that it is not settled."""

    SAYS = Words("没有和解", "It is not settled")

    why: Text = ask("哪里不符？", "What is not right?", widget="area", default="")


async def deny_direct_settlement(log: Log, command: DenyDirectSettlement) -> Appended:
    return await change(log, Complaint, command.complaint, command, deny)


def deny(complaint: Complaint, command: DenyDirectSettlement) -> None:
    _refuse_unreported(complaint)
    why = told_or_none(complaint, command, "why")
    complaint.say(DirectSettlementDenied, command, resumes=complaint.before_offer, why=why)


class FailDirectSettlement(OnComplaint):
    """They did not settle; the body goes on."""

    SAYS = Words("直接和解不成", "No direct settlement")

    why: Text = ask("为什么没有和解？", "Why not?", widget="area", default="")


async def fail_direct_settlement(log: Log, command: FailDirectSettlement) -> Appended:
    return await change(log, Complaint, command.complaint, command, fail)


def fail(complaint: Complaint, command: FailDirectSettlement) -> None:
    why = told_or_none(complaint, command, "why")
    complaint.say(DirectSettlementFailed, command, resumes=complaint.before_offer, why=why)


def _refuse_unreported(complaint: Complaint) -> None:
    if not complaint.settled_as:
        raise Refused(
            Words(
                "经营者还没有报告和解，没有可以确认的内容",
                "The business has not reported a settlement yet",
            )
        )
