"""Invitations: somebody is asked to act for a party, by a code that works once."""

from __future__ import annotations

import msgspec

from events.event import Event, PartyRef, Personal
from events.terms import ROLES
from events.words import Words


class InvitationEvent(Event, frozen=True, kw_only=True):
    """About one invitation to act for a party in a role."""

    party: PartyRef
    role: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "role": ROLES[self.role]}


class PersonInvited(InvitationEvent, frozen=True, kw_only=True):
    """A person was invited; who it is stays sealed until she comes."""

    TOPIC = "person-invited"
    SAYS = Words(
        "{by} 邀请 {name} 担任“{party}”的{role}", "{by} invited {name} to be {role} of {party}"
    )

    who: Personal

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "name": self.who.named()}


class InvitationRevoked(InvitationEvent, frozen=True, kw_only=True):
    """The invitation works no more."""

    TOPIC = "invitation-revoked"
    SAYS = Words(
        "{by} 撤销了“{party}”{role}的邀请：{reason}",
        "{by} revoked the invitation to be {role} of {party}: {reason}",
    )


class InvitationRenewed(InvitationEvent, frozen=True, kw_only=True):
    """The invitation got another code; the former works no more."""

    TOPIC = "invitation-renewed"
    SAYS = Words(
        "{by} 重新发出“{party}”{role}的邀请",
        "{by} renewed the invitation to be {role} of {party}",
    )


class InvitationAccepted(InvitationEvent, frozen=True, kw_only=True):
    """She came, and acts for the party from now on."""

    TOPIC = "invitation-accepted"
    SAYS = Words(
        "受邀人接受邀请，担任“{party}”的{role}（{by}）",
        "The invitation to be {role} of {party} was accepted ({by})",
    )

    person: str


class InvitationsLimited(Event, frozen=True, kw_only=True):
    """Who is invited for a party must be reached at one of these addresses; none = anybody."""

    TOPIC = "invitations-limited"
    SAYS = Words(
        "{by} 限定“{party}”的邀请范围：{allowed}",
        "{by} limited whom {party} invites: {allowed}",
    )

    party: PartyRef
    domains: list[str] = msgspec.field(default_factory=list)
    prefixes: list[str] = msgspec.field(default_factory=list)

    def allowed(self) -> Words:
        """As a sentence names it."""
        listed = [f"@{each}" for each in self.domains] + [f"{each}…" for each in self.prefixes]
        if not listed:
            return Words("不限", "anybody")
        return Words("、".join(listed), ", ".join(listed))

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "allowed": self.allowed()}
