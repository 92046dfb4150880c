"""Complaints (投诉): from what a consumer tells to how it ended (SAMR Order 121)."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from events.event import Event, PartyRef, Personal, as_it_was
from events.terms import REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS, Money
from events.words import Words


class ComplaintEvent(Event, frozen=True, kw_only=True):
    """What all events of a complaint say: its number and, where known, the enterprise."""

    number: str
    enterprise: PartyRef | None = None


class ComplaintRegistered(ComplaintEvent, frozen=True, kw_only=True):
    """A complaint was received and got its number (121 §10)."""

    TOPIC = "complaint-registered"
    VERSION = 2  # with commitments to what was told in person
    UPCASTS: ClassVar = {1: as_it_was}
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

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "respondent": self.respondent or Words("未提供", "not given")}


class ComplaintAccepted(ComplaintEvent, frozen=True, kw_only=True):
    """The body in charge accepted the complaint (121 §15)."""

    TOPIC = "complaint-accepted"
    SAYS = Words("{by} 受理了投诉 {number}", "{by} accepted complaint {number}")


class ComplaintRefused(ComplaintEvent, frozen=True, kw_only=True):
    """The body in charge refused the complaint on a ground of 121 §16 and named other ways."""

    TOPIC = "complaint-refused"
    SAYS = Words(
        "{by} 决定不予受理投诉 {number}（{ground}）：{reason}",
        "{by} refused complaint {number} ({ground}): {reason}",
    )

    ground: str

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


class MediationStarted(ComplaintEvent, frozen=True, kw_only=True):
    """Both sides being willing, mediation began (121 §18)."""

    TOPIC = "mediation-started"
    SAYS = Words("{by} 开始调解投诉 {number}", "{by} began mediation of complaint {number}")


class AgreementReached(ComplaintEvent, frozen=True, kw_only=True):
    """The parties agreed; what the consumer gets (121 §24)."""

    TOPIC = "agreement-reached"
    VERSION = 2  # with commitments to what was told in person
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words(
        "{by} 记录投诉 {number} 达成调解协议：{remedy}",
        "{by} recorded an agreement on complaint {number}: {remedy}",
    )

    remedy: str
    terms: Personal | None = None
    result_code: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "remedy": REMEDIES[self.remedy]}


class MediationTerminated(ComplaintEvent, frozen=True, kw_only=True):
    """Mediation ended without agreement on a ground of 121 §23."""

    TOPIC = "mediation-terminated"
    SAYS = Words(
        "{by} 终止调解投诉 {number}（{ground}）：{reason}",
        "{by} terminated mediation of complaint {number} ({ground}): {reason}",
    )

    ground: str
    result_code: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": TERMINATION_GROUNDS[self.ground]}


class RestitutionRecorded(ComplaintEvent, frozen=True, kw_only=True):
    """How much the consumer got back."""

    TOPIC = "restitution-recorded"
    SAYS = Words(
        "{by} 记录投诉 {number} 为消费者挽回损失 {amount}",
        "{by} recorded that complaint {number} brought the consumer {amount}",
    )

    amount: Money

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "amount": self.amount.said()}


class SatisfactionStated(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer said whether she is satisfied."""

    TOPIC = "satisfaction-stated"
    SAYS = Words(
        "{by} 记录消费者对投诉 {number} 的评价：{answer}",
        "{by} recorded the consumer's view of complaint {number}: {answer}",
    )

    satisfied: bool

    def _values(self) -> dict[str, object]:
        answer = Words("满意", "satisfied") if self.satisfied else Words("不满意", "not satisfied")
        return {**super()._values(), "answer": answer}


class ComplaintClosed(ComplaintEvent, frozen=True, kw_only=True):
    """The file on the complaint was closed."""

    TOPIC = "complaint-closed"
    SAYS = Words("{by} 办结了投诉 {number}", "{by} closed complaint {number}")


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


class ComplaintImportReversed(ComplaintEvent, frozen=True, kw_only=True):
    """The import that brought this complaint was reversed; it no longer counts."""

    TOPIC = "complaint-import-reversed"
    SAYS = Words(
        "{by} 撤销了投诉 {number} 的导入：{reason}",
        "{by} reversed the import of complaint {number}: {reason}",
    )
