"""Reads: who looked at what is said about a person, when and for what (R13)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from events.event import Event, Value, as_it_was
from events.terms import READS
from events.words import Words


class Read(Value, frozen=True, kw_only=True):
    """One look: at which record, for what, at which moment."""

    what: str
    record: str
    number: str
    why: str
    at: datetime
    #: Which file of the record, by the beginning of its hash.
    item: str = ""


class PersonalDataRead(Event, frozen=True, kw_only=True):
    """Somebody looked; what one request showed her stands in one event."""

    TOPIC = "personal-data-read"
    VERSION = 2  # with the file that was opened
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words("{by} 查阅了个人信息：{what}", "{by} read personal data: {what}")

    reads: list[Read]

    def _values(self) -> dict[str, object]:
        said = [(READS[each.what], f"{each.number} {each.item}".rstrip()) for each in self.reads]
        zh = "、".join(f"{words.zh} {number}" for words, number in said)
        en = ", ".join(f"{words.en} {number}" for words, number in said)
        return {**super()._values(), "what": Words(zh, en)}
