"""Identity: who complains is asked to prove it (121 §10, form 4); the time to decide runs on."""

from __future__ import annotations

from datetime import date

from events.complaints import IdentityConfirmed, IdentityProofGiven, IdentityProofRequested
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.refused import Refused


class RequestIdentityProof(OnComplaint):
    """Ask for proof of identity: what, and until when (form 4)."""

    SAYS = Words("要求提供身份证明", "Ask for proof of identity")

    what: Given = ask(
        "要求提供什么材料？", "What is to be provided?",
        hint=Words("例如：居民身份证正反面复印件。", "For example a copy of the ID card."),
    )  # fmt: skip
    until: date = ask(
        "在什么时候之前提供？", "Until when?", widget="date",
        hint=Words(
            "受理决定的期限不因此停止计算，请留出作决定的时间。",
            "The time to decide on the complaint runs on: leave yourselves enough of it.",
        ),
    )  # fmt: skip


async def request_identity_proof(log: Log, command: RequestIdentityProof) -> Appended:
    return await change(log, Complaint, command.complaint, command, ask_for_proof)


def ask_for_proof(complaint: Complaint, command: RequestIdentityProof) -> None:
    if command.until <= command.on:
        raise Refused(
            Words("期限要晚于今天，投诉人才来得及提供", "Give her at least until tomorrow"),
            field="until",
        )
    complaint.say(IdentityProofRequested, command, what=command.what, until=command.until)


class GiveIdentityProof(OnComplaint):
    """The consumer answers the request, with what proves it or why she does not."""

    SAYS = Words("答复身份证明要求", "Answer the request for proof of identity")

    answer: Reason = ask(
        "您怎样证明身份？", "How do you prove who you are?", widget="area",
        hint=Words(
            "例如：证件类型和号码，或者材料已经怎样交给承办单位。",
            "For example kind and number of the document, or how you handed it in.",
        ),
    )  # fmt: skip


async def give_identity_proof(log: Log, command: GiveIdentityProof) -> Appended:
    return await change(log, Complaint, command.complaint, command, give_proof)


def give_proof(complaint: Complaint, command: GiveIdentityProof) -> None:
    complaint.say(IdentityProofGiven, command, answer=personal(complaint.id, command, "answer"))


class ConfirmIdentity(OnComplaint):
    """The body checked who complains; the complaint can be decided on."""

    SAYS = Words("确认身份", "Confirm the identity")


async def confirm_identity(log: Log, command: ConfirmIdentity) -> Appended:
    return await change(log, Complaint, command.complaint, command, confirm)


def confirm(complaint: Complaint, command: ConfirmIdentity) -> None:
    complaint.say(IdentityConfirmed, command)


def refuse_too_early(complaint: Complaint, ground: str, on: date) -> None:
    """Who was given time to prove who she is, is not refused for that before it is over."""
    until = complaint.proof_until
    waiting = complaint.state == "identity" and not complaint.proof_given
    if waiting and until is not None and ground in ("R5", "R6") and on <= until:
        raise Refused(
            Words(
                "给投诉人提供身份证明的期限到{until}，期满才能以此不予受理（121号令第十条、第十六条）",
                "She has until {until} to prove her identity; only then can it be refused for that "
                "(SAMR Order 121, Articles 10 and 16)",
            ).fill(until=until),
            field="ground",
        )
