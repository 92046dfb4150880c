"""Notices: what a party was told of a case in which it has a part, and that it has seen it."""

from __future__ import annotations

from events.event import Event, PartyRef
from events.words import Words


class PartyTold(Event, frozen=True, kw_only=True):
    """A party was told what happened in a case; `position` is where that stands in the log."""

    TOPIC = "party-told"
    SAYS = Words(
        "{by} 告知{to}：{number} 有新情况（日志第 {position} 条）",
        "{by} told {to} what happened in {number} (position {position} of the log)",
    )

    to: PartyRef
    number: str
    case: str
    record: str
    position: int


class NoticeAcknowledged(Event, frozen=True, kw_only=True):
    """Somebody of the party has seen it."""

    TOPIC = "notice-acknowledged"
    SAYS = Words("{by} 已阅 {number} 的通知", "{by} acknowledged the notice on {number}")

    to: PartyRef
    number: str
