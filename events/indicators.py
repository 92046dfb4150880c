"""Indicators: published figures of a month, each with how and up to where it was counted."""

from __future__ import annotations

from events.event import Event, PartyRef
from events.words import Words


class FiguresPublished(Event, frozen=True, kw_only=True):
    """A body published how it handled the complaints of a month; a recount stands beside."""

    TOPIC = "figures-published"
    SAYS = Words(
        "{by} 公布了{body} {month} 的投诉处理数据（方法第 {method} 版，截至日志第 {upto} 条，"
        "SHA-256 {mark}…）",
        "{by} published the figures of {body} for {month} (method {method}, up to log position "
        "{upto}, SHA-256 {mark}…)",
    )

    month: str
    body: PartyRef
    method: int
    upto: int
    sha256: str
    #: Without small numbers, as everybody may read it (`services/indicators/published.py`).
    figures: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "mark": self.sha256[:16]}
