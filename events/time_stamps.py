"""Time stamps: what an authority outside says to have existed, and when (RFC 3161)."""

from __future__ import annotations

from datetime import date, datetime

from events.event import CHINA, Event
from events.words import Words


class HeadTimeStamped(Event, frozen=True, kw_only=True):
    """An authority has stamped a head of the log: nothing below it can be younger."""

    TOPIC = "head-time-stamped"
    SAYS = Words(
        "{by} 取得 {authority} 的可信时间戳：日志 {origin} 到第 {size} 条的检查点，{on} {clock}",
        "{by} had the head of {size} events of {origin} time-stamped by {authority}, {on}, {clock} "
        "(UTC+8)",
    )

    #: The day in China that it stands for: one a day.
    day: date
    origin: str
    size: int
    #: Root hash of the head, base64.
    root: str
    #: Where the authority was asked.
    authority: str
    #: When it existed, as the authority says.
    stamped_at: datetime
    #: The TimeStampResp in DER, base64.
    token: str

    def _values(self) -> dict[str, object]:
        at = self.stamped_at.astimezone(CHINA)
        return super()._values() | {"on": at.date(), "clock": f"{at:%H:%M:%S}"}
