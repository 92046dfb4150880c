"""Referral: signs of a violation go to a regulator, which answers (Order 778 §36)."""

from __future__ import annotations

from events.complaints.complaint import ComplaintEvent
from events.event import PartyRef
from events.words import Words


class ClueReferred(ComplaintEvent, frozen=True, kw_only=True):
    """A council passed a clue of a violation to a regulator, who owes it an answer (R778 §36)."""

    TOPIC = "clue-referred"
    SAYS = Words(
        "{by} 就投诉 {number} 向{to}移送违法线索：{reason}",
        "{by} referred a clue from complaint {number} to {to}: {reason}",
    )

    to: PartyRef


class ReferralReturned(ComplaintEvent, frozen=True, kw_only=True):
    """The regulator gave the clue back with its reason."""

    TOPIC = "referral-returned"
    SAYS = Words(
        "{by} 退回投诉 {number} 的移送线索：{reason}",
        "{by} returned the clue from complaint {number}: {reason}",
    )

    council: PartyRef
