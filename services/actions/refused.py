"""Refused: the one exception a person reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from events.words import Words


class Refused(Exception):
    """What cannot be done, why (article or rule), and what can be done instead.

    `field` names the field of the command at fault, so that a form can say it there.
    """

    def __init__(self, words: Words, field: str | None = None) -> None:
        super().__init__(words.zh)
        self.words = words
        self.field = field


class NotAllowed(Refused):
    """This party, role or relation may not do this (HTTP 403)."""


class OwnWork(NotAllowed):
    """She did herself what this would judge: the attempt is recorded (HTTP 403)."""

    def __init__(self, words: Words, record: UUID, because: str, number: str) -> None:
        super().__init__(words)
        self.record, self.because, self.number = record, because, number


class NotFound(Refused):
    """There is no such record for this person: reveals nothing (HTTP 404)."""


class AlreadyDecided(Refused):
    """Somebody else acted first (HTTP 409): says who, what and when."""


#: Where something about a person would be sealed whose key is destroyed.
ERASED = Words(
    "这件记录中的个人信息已依法删除，不能再登记此人的信息。",
    "The personal data in this record was erased by law; nothing more can be entered about her.",
)


class Changed(AlreadyDecided):
    """The record is not as she saw it: what was sent was written for version `seen` of it."""

    def __init__(self, words: Words, kind: type[Any], id: UUID, seen: int) -> None:
        super().__init__(words)
        self.kind, self.id, self.seen = kind, id, seen
