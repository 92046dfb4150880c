"""Referral: signs of a violation go to a regulator as a clue, whose answer is owed.

The clue lives on by itself: closing or withdrawing the complaint does not end it.
"""

from __future__ import annotations

from events.complaints import ClueMoved, ClueReferred, ReferralReturned
from events.event import PartyRef
from events.evidence import NewFile
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, ask
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.refused import AlreadyDecided, Refused


class ReferClue(OnComplaint):
    """Pass a clue of a violation to a regulator and ask for an answer."""

    SAYS = Words("移送线索", "Refer a clue to the regulator")

    to: PartyRef = ask("移送给哪个监管部门？", "To which regulator?", widget="select")
    reason: Reason = ask("发现了什么违法线索？", "Which signs of a violation?", widget="area")
    files: tuple[NewFile, ...] = ()


async def refer_clue(log: Log, command: ReferClue) -> Appended:
    return await change(log, Complaint, command.complaint, command, refer)


def refer(complaint: Complaint, command: ReferClue) -> None:
    if complaint.referred_to:
        to = complaint.referred_to_name
        raise Refused(
            Words(
                f"线索已经移送{to}，不能重复移送。有新的情况请直接告知{to}；它退回后可以另行移送。",
                f"The clue went to {to} already. Tell {to} what is new; "
                "if it returns the clue, you can refer it again.",
            )
        )
    if command.to.kind != "regulator":
        raise Refused(
            Words("违法线索只能移送市场监管部门", "A clue can only go to a market regulator"),
            field="to",
        )
    complaint.say(ClueReferred, command, to=command.to, reason=command.reason)
    complaint.attach(command, command.files)


class ReturnReferral(OnComplaint):
    """The regulator gives the clue back, with its reason."""

    SAYS = Words("退回线索", "Return the clue")

    reason: Reason = ask("为什么退回？", "Why is it returned?", widget="area")


async def return_referral(log: Log, command: ReturnReferral) -> Appended:
    return await change(log, Complaint, command.complaint, command, give_back)


def give_back(complaint: Complaint, command: ReturnReferral) -> None:
    if command.by.party.id != complaint.referred_to:
        raise Refused(
            Words(
                "现在没有移送给本单位的线索，不需要退回",
                "No clue is with your office now, so there is none to return",
            )
        )
    complaint.say(ReferralReturned, command, council=complaint.referred_by, reason=command.reason)


class MoveClue(OnComplaint):
    """The regulator that has the clue was merged: its successor has it, and owes the answer."""

    SAYS = Words("线索转入合并后的单位", "Move the clue to the successor")

    giver: PartyRef
    to: PartyRef


async def move_clue(log: Log, command: MoveClue) -> Appended:
    return await change(log, Complaint, command.complaint, command, move)


def move(complaint: Complaint, command: MoveClue) -> None:
    if complaint.referred_to != command.giver.id:
        raise AlreadyDecided(Words("线索不在该单位", "The clue is not with that unit"))
    complaint.say(ClueMoved, command, giver=command.giver, to=command.to)
