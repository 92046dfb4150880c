"""What the instruments share: the council they belong to, and the complaints they rest on."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from events.event import Acting, Event, PartyRef
from events.instruments import Ground, InstrumentEvent
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, load
from services.actions.command import Command, Given, RecordId, Text, ask
from services.actions.complaints.complaint import Complaint
from services.actions.refused import Refused

#: A short line that stands in lists and sentences.
TITLE = ask("标题", "Title", most=80)


class OnGrounds(Command):
    """A command that may rest on complaints of the acting council.

    `complaints` = the records that the typed numbers name, found by whoever asks.
    """

    title: Given = TITLE
    grounds: Text = ask(
        "依据的投诉编号", "Complaints it rests on", default="",
        hint=Words(
            "可以不填；几个编号用空格分开，只能是本单位承办的。别人只看到有几件。",
            "May be left empty; numbers of your own complaints, with blanks between them. "
            "Others only see how many.",
        ),
    )  # fmt: skip
    complaints: tuple[RecordId, ...] = ()


class Instrument(Aggregate):
    """One instrument as its events have made it."""

    STATE_AFTER: ClassVar[dict[type[Event], str]]

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = self.title = ""
        self.council: PartyRef | None = None

    def relation(self, by: Acting) -> str:
        if self.council is None:
            return "new"
        return "council" if by.party.id == self.council.id else "none"

    def when(self, event: Event) -> None:
        self.state = self.STATE_AFTER.get(type(event), self.state)
        if isinstance(event, InstrumentEvent):
            self.number, self.council, self.title = event.number, event.council, event.title


async def grounds_of(log: Log, command: OnGrounds) -> list[Ground]:
    """The complaints, if the acting council handles each and none is restricted."""
    found = []
    for id in command.complaints:
        complaint = await load(log, Complaint, id)
        fits = complaint.relation(command.by) == "handler" and complaint.state != "reversed"
        if not fits or complaint.visibility != "normal":
            raise Refused(_NOT_ITS_OWN.fill(number=complaint.number), field="grounds")
        found.append(Ground(record=str(id), number=complaint.number))
    return found


_NOT_ITS_OWN = Words(
    "投诉 {number} 不能作为依据：只能是本单位承办、没有限制查阅的投诉",
    "Complaint {number} cannot be a ground: only those your council handles, not restricted ones",
)
