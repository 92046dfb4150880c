"""Deciding: the body in charge accepts or refuses a complaint (121 §15, §16).

The consumer may withdraw it as long as it is open.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import (
    ComplaintAccepted,
    ComplaintRefused,
    ComplaintWithdrawn,
)
from events.complaints.terms import MEDIATORS, WAYS
from events.log import Appended
from events.terms import REFUSAL_GROUNDS
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.complaints.identity import refuse_too_early
from services.actions.complaints.joint import refuse_unrepresented
from services.actions.refused import Refused

#: The other ways a consumer always has (CPL §39); every refusal and termination names them.
OTHER_WAYS = tuple(words for _, words in WAYS)


class AcceptComplaint(OnComplaint):
    """Accept the complaint (121 §15)."""

    SAYS = Words("受理", "Accept")

    mediated_by: Annotated[Text, one_of(MEDIATORS)] = ask(
        "由谁调解？", "Who is to mediate?", widget="radios", options=MEDIATORS, default="",
        hint=Words(
            "委托调解要经双方同意，受理以后再办理。",
            "Entrusting it needs the consent of both sides, and comes after accepting.",
        ),
    )  # fmt: skip


async def accept_complaint(log: Log, command: AcceptComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, accept)


def accept(complaint: Complaint, command: AcceptComplaint) -> None:
    if command.mediated_by == "entrusted" and command.by.party.kind != "regulator":
        raise Refused(
            Words("只有市场监管部门可以委托调解", "Only a market regulator can entrust mediation"),
            field="mediated_by",
        )
    complaint.say(ComplaintAccepted, command, mediated_by=command.mediated_by)


class RefuseComplaint(OnComplaint):
    """Refuse it on a ground, with the facts; the letter names the other ways (CPL §39)."""

    SAYS = Words("不予受理", "Refuse")

    ground: Annotated[Given, one_of(REFUSAL_GROUNDS)] = ask(
        "依据哪一项？", "On which ground?", widget="radios", options=REFUSAL_GROUNDS
    )
    reason: Reason = ask("事实和理由", "Facts and reasons", widget="area")


async def refuse_complaint(log: Log, command: RefuseComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, refuse)


def refuse(complaint: Complaint, command: RefuseComplaint) -> None:
    refuse_too_early(complaint, command.ground, command.on)
    complaint.say(
        ComplaintRefused, command,
        ground=command.ground, reason=command.reason, ways=list(WAYS.terms),
    )  # fmt: skip


class WithdrawComplaint(OnComplaint):
    """The consumer withdraws it; a clue of a violation survives as its own case."""

    SAYS = Words("撤回投诉", "Withdraw")

    reason: Reason = ask("撤回的原因", "Why is it withdrawn?", widget="area")


async def withdraw_complaint(log: Log, command: WithdrawComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, withdraw)


def withdraw(complaint: Complaint, command: WithdrawComplaint) -> None:
    refuse_unrepresented(complaint)
    complaint.say(ComplaintWithdrawn, command, why=personal(complaint.id, command, "reason"))
