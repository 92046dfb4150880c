"""Consents: to being published and to an entrusted mediation; publication, and taking it back."""

from __future__ import annotations

from typing import Literal

from events.complaints.complaint import ComplaintEvent
from events.complaints.terms import CONSENTS, SIDES
from events.words import Words

Side = Literal["consumer", "enterprise"]


class ConsentEvent(ComplaintEvent, frozen=True, kw_only=True):
    """What one side says to one thing."""

    what: Literal["entrust", "publish"]
    whose: Side

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "what": CONSENTS[self.what], "whose": SIDES[self.whose]}


class ConsentGiven(ConsentEvent, frozen=True, kw_only=True):
    """One side agreed."""

    TOPIC = "consent-given"
    SAYS = Words(
        "{by} 记录：{whose}同意就投诉 {number} {what}",
        "{by} recorded on complaint {number}: consent of {whose} to {what}",
    )


class ConsentWithdrawn(ConsentEvent, frozen=True, kw_only=True):
    """One side withdrew its consent; what was done before stays lawful."""

    TOPIC = "consent-withdrawn"
    SAYS = Words(
        "{by} 记录：{whose}撤回同意，不再就投诉 {number} {what}",
        "{by} recorded on complaint {number}: {whose} withdrew consent to {what}",
    )


class ComplaintPublished(ComplaintEvent, frozen=True, kw_only=True):
    """The body made public what it was about and how it ended; never who complained (121 §38)."""

    TOPIC = "complaint-published"
    SAYS = Words(
        "{by} 公示了投诉 {number} 的信息", "{by} made the information on complaint {number} public"
    )


class PublicationTakenBack(ComplaintEvent, frozen=True, kw_only=True):
    """It is public no longer."""

    TOPIC = "publication-taken-back"
    SAYS = Words(
        "{by} 撤下了投诉 {number} 的公示：{reason}",
        "{by} took the publication of complaint {number} back: {reason}",
    )
