"""Intake: a complaint comes in, is accepted, refused, passed on or withdrawn (121 §10–§16)."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from events.complaints.complaint import ComplaintEvent
from events.event import PartyRef, Personal, as_it_was
from events.terms import REFUSAL_GROUNDS, Money
from events.words import Words


class ComplaintRegistered(ComplaintEvent, frozen=True, kw_only=True):
    """A complaint was received and got its number (121 §10)."""

    TOPIC = "complaint-registered"
    #: 2: with commitments to what was told in person; 3: with its number elsewhere; 4: with what
    #: she would complain of jointly.
    VERSION = 4
    UPCASTS: ClassVar = {1: as_it_was, 2: as_it_was, 3: as_it_was}
    SAYS = Words(
        "{by} 登记了投诉 {number}，被投诉人：{respondent}，由{handler}处理",
        "{by} registered complaint {number} against {respondent}, handled by {handler}",
    )

    handler: PartyRef
    complainant: Personal
    told: Personal
    respondent: str = ""
    respondent_address: str = ""
    category: str = "other"
    trade: str = ""
    product: str = ""
    remedies: list[str] = msgspec.field(default_factory=list)
    claimed: Money | None = None
    injury: bool = False
    may_publish: bool = False
    may_mediate: bool = True
    bought_on: str = ""
    #: Its number in another system, such as the national platform's (121 §40).
    reference: str = ""
    #: Category and goods of what others complain of, if she would complain jointly (121 §12).
    joins: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "respondent": self.respondent or Words("未提供", "not given")}


class ComplaintAccepted(ComplaintEvent, frozen=True, kw_only=True):
    """The body in charge accepted the complaint (121 §15)."""

    TOPIC = "complaint-accepted"
    VERSION = 2  # with who is to mediate
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words("{by} 受理了投诉 {number}", "{by} accepted complaint {number}")

    #: A code of `MEDIATORS`; "" where it was not said.
    mediated_by: str = ""


class ComplaintRefused(ComplaintEvent, frozen=True, kw_only=True):
    """The body in charge refused the complaint on a ground of 121 §16 and named other ways."""

    TOPIC = "complaint-refused"
    VERSION = 2  # with the other ways she was told
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words(
        "{by} 决定不予受理投诉 {number}（{ground}）：{reason}",
        "{by} refused complaint {number} ({ground}): {reason}",
    )

    ground: str
    #: Codes of `WAYS` (CPL §39).
    ways: list[str] = msgspec.field(default_factory=list)

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": REFUSAL_GROUNDS[self.ground]}


class ComplaintTransferred(ComplaintEvent, frozen=True, kw_only=True):
    """The complaint went to the body that has the power to handle it."""

    TOPIC = "complaint-transferred"
    SAYS = Words(
        "{by} 将投诉 {number} 转给{to}：{reason}",
        "{by} transferred complaint {number} to {to}: {reason}",
    )

    to: PartyRef


class ComplaintWithdrawn(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer withdrew the complaint."""

    TOPIC = "complaint-withdrawn"
    VERSION = 2  # her reason is hers, sealed
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words("{by} 撤回了投诉 {number}{reason}", "{by} withdrew complaint {number}{reason}")

    why: Personal | None = None

    def _values(self) -> dict[str, object]:
        said = Words(f"：{self.reason}", f": {self.reason}") if self.reason else Words("", "")
        return {**super()._values(), "reason": said}

    def _actor(self) -> Words:
        """The consumer withdraws, also where the body's clerk recorded it for her."""
        who = super()._actor()
        if self.by.party.kind == "consumer":
            return who
        return Words(f"消费者（由 {who.zh} 代为记录）", f"The consumer (recorded by {who.en})")
