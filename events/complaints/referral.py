"""Referral: signs of a violation go to a regulator, which answers (Order 778 §36)."""

from __future__ import annotations

from typing import ClassVar

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


class ClueMoved(ComplaintEvent, frozen=True, kw_only=True):
    """The regulator with the clue was merged into another, which owes the answer from now on."""

    TOPIC = "clue-moved"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "由系统将投诉 {number} 的移送线索转给“{to}”（原接收单位 {giver} 已合并）",
        "The clue from complaint {number} went to {to} by the system ({giver} was merged into it)",
    )

    giver: PartyRef
    to: PartyRef
