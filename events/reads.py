"""Reads: who looked at what is said about a person, when and for what (R13)."""

from __future__ import annotations

from datetime import datetime

from events.event import Event, Value
from events.terms import READS
from events.words import Words


class Read(Value, frozen=True, kw_only=True):
    """One look: at which record, for what, at which moment."""

    what: str
    record: str
    number: str
    why: str
    at: datetime


class PersonalDataRead(Event, frozen=True, kw_only=True):
    """Somebody looked; what one request showed her stands in one event."""

    TOPIC = "personal-data-read"
    SAYS = Words("{by} 查阅了个人信息：{what}", "{by} read personal data: {what}")

    reads: list[Read]

    def _values(self) -> dict[str, object]:
        said = [(READS[each.what], each.number) for each in self.reads]
        zh = "、".join(f"{words.zh} {number}" for words, number in said)
        en = ", ".join(f"{words.en} {number}" for words, number in said)
        return {**super()._values(), "what": Words(zh, en)}
