"""Forwarding: a central desk passes it on; a unit without power gives it back (121 §41)."""

from __future__ import annotations

from datetime import date

from events.complaints.complaint import ComplaintEvent
from events.event import PartyRef
from events.words import Words


class ComplaintForwarded(ComplaintEvent, frozen=True, kw_only=True):
    """The central desk passed it to who has the power (form 3)."""

    TOPIC = "complaint-forwarded"
    SAYS = Words(
        "{by} 将投诉 {number} 分送{to}处理：{reason}",
        "{by} forwarded complaint {number} to {to}: {reason}",
    )

    to: PartyRef
    #: Within the same authority its time runs on; another authority has its own.
    within: bool = False
    report_by: date | None = None


class ComplaintReturnedToDesk(ComplaintEvent, frozen=True, kw_only=True):
    """The unit without power gave it back to the desk that had forwarded it."""

    TOPIC = "complaint-returned-to-desk"
    SAYS = Words(
        "{by} 将投诉 {number} 退回{desk}：{reason}",
        "{by} returned complaint {number} to {desk}: {reason}",
    )

    desk: PartyRef
    within: bool = False
