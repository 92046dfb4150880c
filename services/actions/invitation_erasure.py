"""Erasure of who was invited: her name and contact in the invitation (PIPL §47).

The steps are those of every deletion (`services/actions/erasure.py`). What was told serves the
invitation alone: once it was accepted or revoked nothing stands against deleting it.
"""

from __future__ import annotations

from events.erasure import KEPT_STANDS
from events.log import Appended
from events.words import Words
from services.actions import erasure
from services.actions.change import Log, change
from services.actions.erasure import About, Hold
from services.actions.invitations import Invitation, OnInvitation


class RequestInvitationErasure(OnInvitation, erasure.Requests):
    """Ask that what is kept of her be deleted."""

    SAYS = Words("请求删除受邀人信息", "Ask for the invited person's data to be deleted")


class CheckInvitationErasure(OnInvitation, erasure.Checks):
    """State that nothing forbids it."""


class EraseInvitationData(OnInvitation, erasure.Erases):
    """Have it deleted, as the second person."""

    SAYS = Words("批准并删除受邀人信息", "Approve, and delete the invited person's data")


class RefuseInvitationErasure(OnInvitation, erasure.Refuses):
    """Say why it is not deleted."""


STEPS: tuple[type[OnInvitation], ...] = (
    RequestInvitationErasure, CheckInvitationErasure, EraseInvitationData, RefuseInvitationErasure,
)  # fmt: skip


async def invitation_erasure_step(log: Log, command: OnInvitation) -> Appended:
    """Take a step of the deletion."""
    return await change(log, Invitation, command.invitation, command, take)


def take(invitation: Invitation, command: OnInvitation) -> None:
    about = About(invitation.data, KEPT_STANDS, invitation.say_of_data, [str(invitation.id)])
    erasure.take(about, command, holds(invitation.state))


def holds(state: str) -> list[Hold]:
    """What speaks against deleting it."""
    return [Hold(_OPEN, law=True)] if state == "open" else []


_OPEN = Words(
    "邀请还没有结束，需要知道邀请的是谁。请先撤销邀请。",
    "The invitation is open, and it must be known whom it is for. Revoke it first.",
)
