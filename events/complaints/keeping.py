"""Keeping: what was agreed is done or is not; both sides are told how mediation ended."""

from __future__ import annotations

import msgspec

from events.complaints.complaint import ComplaintEvent
from events.complaints.consents import Side
from events.complaints.terms import SIDES, TOLD_BY
from events.event import PartyRef, Personal
from events.words import Words


class AgreementPerformed(ComplaintEvent, frozen=True, kw_only=True):
    """What was agreed has been done, as this party says."""

    TOPIC = "agreement-performed"
    SAYS = Words(
        "{by} 记录投诉 {number} 的协议已经履行",
        "{by} recorded that the agreement on complaint {number} was kept",
    )


class DefaultReported(ComplaintEvent, frozen=True, kw_only=True):
    """What was agreed was not done, or not wholly, as this party says."""

    TOPIC = "default-reported"
    SAYS = Words(
        "{by} 报告投诉 {number} 的协议没有履行",
        "{by} reported that the agreement on complaint {number} is not kept",
    )

    why: Personal
    #: Who is in charge, and has to act on it.
    body: PartyRef | None = None


class PartiesNotified(ComplaintEvent, frozen=True, kw_only=True):
    """The sides were told of the end of mediation (form 8); `complete` = both now know."""

    TOPIC = "parties-notified"
    SAYS = Words(
        "{by} 以{way}告知{whom}投诉 {number} 终止调解",
        "{by} told {whom} {way} that the mediation of complaint {number} has ended",
    )

    whom: list[Side] = msgspec.field(default_factory=list)
    way: str = "letter"
    complete: bool = False

    def _values(self) -> dict[str, object]:
        sides = [SIDES[side] for side in self.whom]
        whom = Words("、".join(w.zh for w in sides), " and ".join(w.en for w in sides))
        return {**super()._values(), "whom": whom, "way": TOLD_BY[self.way]}


class ClueNoted(ComplaintEvent, frozen=True, kw_only=True):
    """The regulator came upon signs of a violation, to be verified in 15 working days (121 §27)."""

    TOPIC = "clue-noted"
    SAYS = Words(
        "{by} 在调解投诉 {number} 中发现违法线索：{reason}",
        "{by} came upon signs of a violation while mediating complaint {number}: {reason}",
    )


class ClueExtended(ComplaintEvent, frozen=True, kw_only=True):
    """The head gave fifteen more working days to verify it (121 §27)."""

    TOPIC = "clue-extended"
    SAYS = Words(
        "{by} 批准延长核查投诉 {number} 中的线索：{reason}",
        "{by} gave more time to verify the signs found with complaint {number}: {reason}",
    )


class ClueVerified(ComplaintEvent, frozen=True, kw_only=True):
    """The signs were verified; a case of its own goes on with them, or there is none."""

    TOPIC = "clue-verified"
    SAYS = Words(
        "{by} 核查了投诉 {number} 中的线索：{result}",
        "{by} verified the signs found with complaint {number}: {result}",
    )

    result: str
