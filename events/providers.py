"""Providers: by which single sign-on the people of a party come in."""

from __future__ import annotations

from events.event import Event, PartyRef
from events.words import Words


class ProviderUsed(Event, frozen=True, kw_only=True):
    """A party's people may come in by its own provider."""

    TOPIC = "provider-used"
    SAYS = Words(
        "{by} 为“{party}”启用了单位统一登录：{issuer}",
        "{by} let the people of {party} come in by {issuer}",
    )

    party: PartyRef
    issuer: str
    client: str


class ProviderEnded(Event, frozen=True, kw_only=True):
    """Nobody comes in by it any more."""

    TOPIC = "provider-ended"
    SAYS = Words(
        "{by} 停用了“{party}”的单位统一登录：{reason}",
        "{by} ended the single sign-on of {party}: {reason}",
    )

    party: PartyRef
