"""Direct settlement (ODR): the business settles with the consumer itself, or does not (121 §6)."""

from __future__ import annotations

from events.complaints.complaint import ComplaintEvent
from events.event import Personal
from events.terms import REMEDIES
from events.words import Words


class DirectSettlementOffered(ComplaintEvent, frozen=True, kw_only=True):
    """The body invited the business to settle with the consumer directly."""

    TOPIC = "direct-settlement-offered"
    SAYS = Words(
        "{by} 请{enterprise}就投诉 {number} 先与消费者直接和解",
        "{by} invited {enterprise} to settle complaint {number} directly",
    )

    matter: Personal


class DirectSettlementReported(ComplaintEvent, frozen=True, kw_only=True):
    """The business says what it settled with the consumer, who has yet to confirm it."""

    TOPIC = "direct-settlement-reported"
    SAYS = Words(
        "{by} 报告已就投诉 {number} 与消费者和解：{remedy}",
        "{by} reported complaint {number} as settled with the consumer: {remedy}",
    )

    remedy: str
    result: Personal

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "remedy": REMEDIES[self.remedy]}


class DirectSettlementConfirmed(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer confirmed it."""

    TOPIC = "direct-settlement-confirmed"
    SAYS = Words(
        "{by} 确认投诉 {number} 已经和解：{remedy}",
        "{by} confirmed that complaint {number} is settled: {remedy}",
    )

    remedy: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "remedy": REMEDIES[self.remedy]}


class DirectSettlementDenied(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer says it is not settled; the body goes on where it was (`resumes`)."""

    TOPIC = "direct-settlement-denied"
    SAYS = Words(
        "{by} 表示投诉 {number} 没有和解", "{by} said that complaint {number} is not settled"
    )

    resumes: str
    why: Personal | None = None


class DirectSettlementFailed(ComplaintEvent, frozen=True, kw_only=True):
    """They did not settle; the body goes on where it was (`resumes`)."""

    TOPIC = "direct-settlement-failed"
    SAYS = Words(
        "{by} 记录投诉 {number} 直接和解不成",
        "{by} recorded that direct settlement of complaint {number} failed",
    )

    resumes: str
    why: Personal | None = None
