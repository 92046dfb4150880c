"""Entrusting: a council mediates in the regulator's name (121 §19); it entrusts nobody further.

That only a regulator can entrust stands in the table of rights.
"""

from __future__ import annotations

from events.complaints import EntrustmentEnded, EntrustmentMoved, MediationEntrusted
from events.complaints.terms import SIDES
from events.event import Acting, PartyRef
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, ask
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.refused import AlreadyDecided, Refused


class EntrustMediation(OnComplaint):
    """Have a council mediate in the regulator's name."""

    SAYS = Words("委托调解", "Entrust the mediation")

    to: PartyRef = ask("委托给哪个消委会？", "To which council?", widget="select")


async def entrust_mediation(log: Log, command: EntrustMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, entrust)


def entrust(complaint: Complaint, command: EntrustMediation) -> None:
    if complaint.mediator is not None:
        name = complaint.mediator.name
        raise Refused(Words(f"已经委托{name}调解", f"{name} is entrusted already"), field="to")
    if command.to.kind != "council":
        raise Refused(
            Words("只能委托消费者协会等调解组织", "Only a council can be entrusted"), field="to"
        )
    for side, words in SIDES:
        if (side, "entrust") not in complaint.consents:
            raise Refused(
                Words(
                    f"{words.zh}还没有同意委托调解（121号令第十九条），请先征求并记录同意",
                    f"No consent of {words.en} to entrusting yet (SAMR Order 121, Article 19); "
                    "ask, and record it first",
                )
            )
    complaint.say(MediationEntrusted, command, to=command.to, principal=command.by.party)


class EndEntrustment(OnComplaint):
    """The mediation goes back to the regulator."""

    SAYS = Words("结束委托，交回", "End the entrustment")

    reason: Reason = ask("调解情况和交回原因", "How it went and why it goes back", widget="area")


async def end_entrustment(log: Log, command: EndEntrustment) -> Appended:
    return await change(log, Complaint, command.complaint, command, end)


def end(complaint: Complaint, command: EndEntrustment) -> None:
    if complaint.mediator is None:
        raise Refused(Words("没有委托调解，不用结束", "Nobody is entrusted with it"))
    principal = _principal(complaint, command.by)
    complaint.say(EntrustmentEnded, command, principal=principal, reason=command.reason)


def _principal(complaint: Complaint, by: Acting) -> PartyRef:
    """The regulator in whose name it was mediated."""
    return complaint.principal or by.party


class MoveEntrustment(OnComplaint):
    """The council was merged: its successor goes on with the mediation."""

    SAYS = Words("委托调解转入合并后的单位", "Move the mediation to the successor")

    giver: PartyRef
    to: PartyRef


async def move_entrustment(log: Log, command: MoveEntrustment) -> Appended:
    return await change(log, Complaint, command.complaint, command, move)


def move(complaint: Complaint, command: MoveEntrustment) -> None:
    if complaint.mediator is None or complaint.mediator.id != command.giver.id:
        raise AlreadyDecided(Words("该单位没有受托调解", "That unit is not entrusted with it"))
    complaint.say(EntrustmentMoved, command, giver=command.giver, to=command.to)
