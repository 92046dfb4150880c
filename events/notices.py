"""Notices: what a party was told of a case in which it has a part, and that it has seen it."""

from __future__ import annotations

from typing import ClassVar

from events.event import Event, PartyRef, as_it_was
from events.words import Words


class PartyTold(Event, frozen=True, kw_only=True):
    """A party was told what happened in a case; `position` is where that stands in the log."""

    TOPIC = "party-told"
    VERSION = 2  # with whom alone it may be shown
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words(
        "{by} 告知{to}：{number} 有新情况（日志第 {position} 条）",
        "{by} told {to} what happened in {number} (position {position} of the log)",
    )

    to: PartyRef
    number: str
    case: str
    record: str
    position: int
    #: The one party that may read it in any list, where the record itself is so (121 §37).
    only_for: str = ""


class NoticeAcknowledged(Event, frozen=True, kw_only=True):
    """Somebody of the party has seen it."""

    TOPIC = "notice-acknowledged"
    VERSION = 2  # with whom alone it concerns
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words("{by} 已阅 {number} 的通知", "{by} acknowledged the notice on {number}")

    to: PartyRef
    number: str
    #: The one party that may read it in any list, where it is about a report (121 §37).
    only_for: str = ""
