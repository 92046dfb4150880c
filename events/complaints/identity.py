"""Identity: the consumer is asked to prove who she is (121 §10, form 4); the clock runs on."""

from __future__ import annotations

from datetime import date

from events.complaints.complaint import ComplaintEvent
from events.event import Personal
from events.words import Words


class IdentityProofRequested(ComplaintEvent, frozen=True, kw_only=True):
    """The body asked for proof of who complains: what, and until when (form 4)."""

    TOPIC = "identity-proof-requested"
    SAYS = Words(
        "{by} 请投诉 {number} 的投诉人在{until}前提供身份证明材料：{what}",
        "{by} asked who lodged complaint {number} to prove her identity by {until}: {what}",
    )

    what: str
    until: date


class IdentityProofGiven(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer answered the request."""

    TOPIC = "identity-proof-given"
    SAYS = Words(
        "{by} 答复了投诉 {number} 的身份证明要求",
        "{by} answered the request for proof of identity on complaint {number}",
    )

    answer: Personal


class IdentityConfirmed(ComplaintEvent, frozen=True, kw_only=True):
    """The body checked who complains and found it proved."""

    TOPIC = "identity-confirmed"
    SAYS = Words(
        "{by} 核验了投诉 {number} 投诉人的身份，予以确认",
        "{by} checked who lodged complaint {number} and confirmed it",
    )
