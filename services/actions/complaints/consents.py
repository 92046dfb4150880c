"""Consents: given and withdrawn by each side; a publication ends with the consumer's consent."""

from __future__ import annotations

from typing import Annotated

from events.complaints import (
    ComplaintPublished,
    ConsentGiven,
    ConsentWithdrawn,
    PublicationTakenBack,
)
from events.complaints.terms import CONSENTS, SIDES
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.complaints.sides import OfASide, side_of
from services.actions.refused import Refused

_What = Annotated[Given, one_of(CONSENTS)]


class GiveConsent(OfASide):
    """A side agrees to be published, or to an entrusted mediation."""

    SAYS = Words("同意委托调解或者公示", "Consent to entrusting or publication")

    what: _What = ask("同意什么？", "To what?", widget="radios", options=CONSENTS)


async def give_consent(log: Log, command: GiveConsent) -> Appended:
    return await change(log, Complaint, command.complaint, command, consent)


def consent(complaint: Complaint, command: GiveConsent) -> None:
    key = (side_of(complaint, command), command.what)
    if key in complaint.consents:
        raise Refused(
            Words("已经同意过，不用再记录", "This consent is recorded already"), field="what"
        )
    complaint.say(ConsentGiven, command, whose=key[0], what=command.what)


class WithdrawConsent(OfASide):
    """A side withdraws its consent."""

    SAYS = Words("撤回同意", "Withdraw consent")

    what: _What = ask("撤回哪一项同意？", "Which consent?", widget="radios", options=CONSENTS)


async def withdraw_consent(log: Log, command: WithdrawConsent) -> Appended:
    return await change(log, Complaint, command.complaint, command, take_back_consent)


def take_back_consent(complaint: Complaint, command: WithdrawConsent) -> None:
    """Where the consumer no longer agrees to be public, the publication ends with it."""
    side = side_of(complaint, command)
    if (side, command.what) not in complaint.consents:
        raise Refused(
            Words(
                f"{SIDES[side].zh}没有同意过“{CONSENTS[command.what].zh}”，不用撤回",
                f"There is no such consent of {SIDES[side].en} to withdraw",
            ),
            field="what",
        )
    complaint.say(ConsentWithdrawn, command, whose=side, what=command.what)
    if (side, command.what) == ("consumer", "publish") and complaint.published:
        complaint.say(PublicationTakenBack, command, reason=_NO_CONSENT)


_NO_CONSENT = "消费者撤回了同意"


class PublishComplaint(OnComplaint):
    """Make public what it was about and how it ended."""

    SAYS = Words("公示投诉信息", "Make it public")


async def publish_complaint(log: Log, command: PublishComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, publish)


def publish(complaint: Complaint, command: PublishComplaint) -> None:
    if complaint.published:
        raise Refused(Words("已经公示", "It is public already"))
    if not complaint.can_be_public:
        raise Refused(
            Words(
                "消费者没有同意公示，不能公示。可以先征求同意并记录。",
                "The consumer did not agree to be published. Ask, and record the consent first.",
            )
        )
    complaint.say(ComplaintPublished, command)


class TakePublicationBack(OnComplaint):
    """Make it public no longer."""

    SAYS = Words("撤下公示", "Take the publication back")

    reason: Reason = ask("为什么撤下？", "Why is it taken back?", widget="area")


async def take_publication_back(log: Log, command: TakePublicationBack) -> Appended:
    return await change(log, Complaint, command.complaint, command, take_back)


def take_back(complaint: Complaint, command: TakePublicationBack) -> None:
    if not complaint.published:
        raise Refused(Words("现在没有公示，不用撤下", "It is not public now"))
    complaint.say(PublicationTakenBack, command, reason=command.reason)
