"""Invitations (邀请): a party's administrator asks somebody to act for it.

The code is told once and works once, for fourteen days; renewing the invitation makes another code
and ends the former. Whoever comes with it chooses her own sign-in name and password, or takes the
role with the account she has. The code itself stands nowhere; its hash stands at the desk.

Open dilemma: that the code reaches the right person is up to who hands it over.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from events.erasure import KEPT_STANDS
from events.event import Acting, Event, PartyRef, Personal
from events.ids import new_id
from events.invitations import (
    InvitationAccepted,
    InvitationRenewed,
    InvitationRevoked,
    PersonInvited,
)
from events.log import Appended
from events.terms import ROLES
from events.words import Code, Words
from services.actions.aggregate import Aggregate
from services.actions.allow_lists import refuse_outside
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, Text, ask, one_of
from services.actions.erasure import Data
from services.actions.people import ROLES_OF
from services.actions.refused import AlreadyDecided, NotAllowed, Refused

#: Days a code works.
DAYS = 14

STATES = Code(
    "invitation_state",
    {
        "open": Words("等待接受", "awaits her"),
        "accepted": Words("已接受", "accepted"),
        "revoked": Words("已撤销", "revoked"),
    },
)


class InvitePerson(Command):
    """Invite somebody to act for a party in a role."""

    SAYS = Words("邀请人员", "Invite somebody")

    invitation: UUID = Field(default_factory=new_id)
    party: PartyRef
    name: Given = ask("姓名", "Name", most=50)
    contact: Text = ask(
        "手机号或者邮箱（供您自己核对）",
        "Telephone or mail, for your own use",
        default="",
        most=100,
    )
    role: Annotated[Given, one_of(ROLES)] = ask(
        "什么角色？", "Which role?", widget="radios", options=ROLES
    )


class OnInvitation(Command):
    """A command on one invitation."""

    invitation: RecordId


class RenewInvitation(OnInvitation):
    """Another code, for another fourteen days."""

    SAYS = Words("重新邀请", "Renew the invitation")


class RevokeInvitation(OnInvitation):
    """The code works no more."""

    SAYS = Words("撤销邀请", "Revoke the invitation")

    reason: Reason = ask("为什么撤销？", "Why is it revoked?", widget="area")


class AcceptInvitation(OnInvitation):
    """She came with the code; `person` is her account, new or her own."""

    SAYS = Words("接受邀请", "Accept the invitation")

    person: RecordId


async def invite_person(log: Log, command: InvitePerson) -> Appended:
    await refuse_outside(log, command.party, command.contact)
    return await begin(log, Invitation, command.invitation, command, Invitation.invite)


async def renew_invitation(log: Log, command: RenewInvitation) -> Appended:
    return await change(log, Invitation, command.invitation, command, Invitation.renew)


async def revoke_invitation(log: Log, command: RevokeInvitation) -> Appended:
    return await change(log, Invitation, command.invitation, command, Invitation.revoke)


async def accept_invitation(log: Log, command: AcceptInvitation) -> Appended:
    return await change(log, Invitation, command.invitation, command, Invitation.accept)


class Invitation(Aggregate):
    """The rules of one invitation."""

    WORD: ClassVar[Words] = Words("邀请", "invitation")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.party: PartyRef | None = None
        self.role = ""
        self.until: date | None = None
        self.data = Data()

    def relation(self, by: Acting) -> str:
        if self.party is None:
            return "new"
        return "ours" if by.party.id == self.party.id else "none"

    def invite(self, command: InvitePerson) -> None:
        by, party = command.by, command.party
        if by.party.kind != "operator" and by.party.id != party.id:
            raise NotAllowed(_OWN_ONLY.fill(party=party.name))
        if command.role not in ROLES_OF.get(party.kind, ()):
            raise Refused(_NO_SUCH_ROLE.fill(role=ROLES[command.role], party=party.name), "role")
        told = {"name": command.name, "contact": command.contact}
        who = Personal.committed(str(self.id), {k: v for k, v in told.items() if v})
        self.record(PersonInvited, command, party=party, role=command.role, who=who)

    def renew(self, command: RenewInvitation) -> None:
        self._say(InvitationRenewed, command)

    def revoke(self, command: RevokeInvitation) -> None:
        self._say(InvitationRevoked, command, reason=command.reason)

    def accept(self, command: AcceptInvitation) -> None:
        if self.until is None or command.on > self.until:
            raise AlreadyDecided(EXPIRED.fill(days=DAYS))
        self._say(InvitationAccepted, command, person=str(command.person))

    def _say(self, kind: type[Event], command: Command, **fields: object) -> None:
        self.record(kind, command, party=self.party, role=self.role, **fields)

    def say_of_data(self, kind: type[Event], command: Command, **fields: object) -> None:
        """Record a step of the deletion of what was told of her."""
        about = {"kept": "invitation", "party": self.party, "person": str(self.id)}
        self.record(kind, command, **about, **fields)

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        if isinstance(event, (PersonInvited, InvitationRenewed)):
            self.until = on + timedelta(days=DAYS)

    def when(self, event: Event) -> None:
        self.data.see(event, KEPT_STANDS)
        match event:
            case PersonInvited():
                self.state, self.party, self.role = "open", event.party, event.role
            case InvitationRevoked():
                self.state = "revoked"
            case InvitationAccepted():
                self.state = "accepted"


EXPIRED = Words(
    "这个邀请已经过期（{days} 天内有效）。请邀请您的单位重新发出。",
    "This invitation has expired: it works for {days} days. Ask who invited you for another.",
)
_OWN_ONLY = Words(
    "您只能为本单位邀请人员，不能为“{party}”邀请。",
    "You invite people for your own party, not for {party}.",
)
_NO_SUCH_ROLE = Words("“{party}”没有“{role}”这个角色。", "{party} has no role {role}.")
