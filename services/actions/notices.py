"""Notices (通知): one for each party and each happening, acknowledged once for the party.

The id of a notice comes from what it tells of and from the party, so that telling twice is once.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from events.clocks import ClockWarned
from events.event import Acting, Event, PartyRef
from events.ids import derived_id
from events.log import Appended
from events.notices import NoticeAcknowledged, PartyTold
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, RecordId
from services.actions.refused import AlreadyDecided

#: What a notice is about that tells of people hurt or in danger, in a case of another body's.
DANGER = "danger"


class TellParty(Command):
    """Tell a party what happened in a case; by a rule only."""

    SAYS = Words("告知", "Tell")

    to: PartyRef
    number: Given
    case: Given
    record: RecordId
    position: int
    version: int
    #: Where it happened, if beside the record itself: what a clock says has a stream of its own.
    stream: UUID | None = None
    #: The one party that may read it in any list, where the record itself is so (121 §37).
    only_for: str = ""

    @property
    def id(self) -> UUID:
        """The one notice on this happening for this party."""
        return derived_id(self.stream or self.record, f"told {self.version} {self.to.id}")


class AcknowledgeNotice(Command):
    """Say that the party has seen it."""

    SAYS = Words("已阅", "Acknowledge")

    notice: RecordId


async def tell_party(log: Log, command: TellParty) -> Appended:
    return await begin(log, Notice, command.id, command, tell)


async def acknowledge_notice(log: Log, command: AcknowledgeNotice) -> Appended:
    return await change(log, Notice, command.notice, command, acknowledge)


class Notice(Aggregate):
    """One notice to one party: what a rule told it, or a clock that warned it."""

    WORD: ClassVar[Words] = Words("通知", "notice")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.to: PartyRef | None = None
        self.number = self.only_for = ""
        self.seen_by: Acting | None = None

    def relation(self, by: Acting) -> str:
        if self.to is None:
            return "new"
        return "told" if by.party.id == self.to.id else "none"

    def when(self, event: Event) -> None:
        match event:
            case PartyTold():
                self.state, self.to, self.number = "open", event.to, event.number
                self.only_for = event.only_for
            case ClockWarned():
                self.state, self.to, self.number = "open", event.debtor, event.number
                self.only_for = event.only_for
            case NoticeAcknowledged():
                self.state, self.seen_by = "acknowledged", event.by


def tell(notice: Notice, command: TellParty) -> None:
    about = command.model_dump(include={"number", "case", "position", "only_for"})
    notice.record(PartyTold, command, to=command.to, record=str(command.record), **about)


def acknowledge(notice: Notice, command: AcknowledgeNotice) -> None:
    if notice.seen_by is not None or notice.to is None:
        raise AlreadyDecided(Words("这条通知已经有人阅过", "Somebody has acknowledged it already"))
    notice.record(
        NoticeAcknowledged, command, to=notice.to, number=notice.number, only_for=notice.only_for
    )
