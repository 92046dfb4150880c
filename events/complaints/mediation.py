"""Mediation: how it begins, and how it ends (121 §18–§24)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from events.complaints.complaint import ComplaintEvent
from events.event import PartyRef, Personal, as_it_was
from events.terms import REMEDIES, TERMINATION_GROUNDS
from events.words import Words


class MediationStarted(ComplaintEvent, frozen=True, kw_only=True):
    """Both sides being willing, mediation began (121 §18)."""

    TOPIC = "mediation-started"
    SAYS = Words("{by} 开始调解投诉 {number}", "{by} began mediation of complaint {number}")


class AgreementReached(ComplaintEvent, frozen=True, kw_only=True):
    """The parties agreed; what the consumer gets (121 §24)."""

    TOPIC = "agreement-reached"
    #: 2: with commitments to what was told in person; 3: until when it is to be kept; 4: which body
    #: is in charge.
    VERSION = 4
    UPCASTS: ClassVar = {1: as_it_was, 2: as_it_was, 3: as_it_was}
    SAYS = Words(
        "{by} 记录投诉 {number} 达成调解协议：{remedy}",
        "{by} recorded an agreement on complaint {number}: {remedy}",
    )

    remedy: str
    terms: Personal | None = None
    result_code: str = ""
    #: Until when it is to be kept, and whether there is a mediation paper (`PAPERS`).
    perform_by: date | None = None
    paper: str = ""
    #: Whose complaint it is, also where somebody else was entrusted to mediate.
    body: PartyRef | None = None

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
