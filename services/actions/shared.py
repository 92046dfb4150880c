"""Shared: a case in which others than its own parties can have a part, and that can be restricted.

What a party is to the case comes from the case's own events first (`own_relation`), then from
what it was offered and accepted. Kinds of case extend this class and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from events.event import Acting, Event, PartyRef
from events.sharing import (
    VISIBILITY,
    RelationAccepted,
    RelationDeclined,
    RelationGivenUp,
    RelationLowered,
    RelationMoved,
    RelationOffered,
    RelationPrescribed,
    RelationRaiseOffered,
    RelationWithdrawn,
    SharingEvent,
)
from events.words import Words
from services.actions.command import Command
from services.actions.files import HasFiles


@dataclass(frozen=True)
class Part:
    """What one party has in a case, and what it was offered and has not answered."""

    party: PartyRef
    relation: str = ""
    offered: str = ""
    message: str = ""
    by: Acting | None = None


class Shared(HasFiles):
    """The base of every kind of case."""

    #: What the party in charge is to it.
    OWNER: ClassVar[str]
    #: Kinds of party that can have a part: bodies, whose people read with an account.
    OFFERED_TO: ClassVar[tuple[str, ...]] = (
        "regulator", "council", "association", "testing",
    )  # fmt: skip

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.visibility = "normal"
        self.parts: dict[str, Part] = {}

    def own_relation(self, by: Acting) -> str:
        """What the case's own events make of the party: "none" where nothing, "new" before."""
        raise NotImplementedError

    def relation(self, by: Acting) -> str:
        """By the case's own events, else by the part it accepted; "offered" until it answers."""
        own = self.own_relation(by)
        if own != "none" or by.party.id not in self.parts:
            return own
        part = self.parts[by.party.id]
        return part.relation or "offered"

    @property
    def in_charge(self) -> str:
        """The id of the party in charge."""
        raise NotImplementedError

    def offer_to(self, by: Acting) -> str:
        """The level the party was offered and has not answered, else ""."""
        part = self.parts.get(by.party.id)
        return part.offered if part else ""

    def why_open(self) -> Words | None:
        """Why it cannot be restricted, where something else would go on telling of it."""
        return None

    @property
    def restricted(self) -> bool:
        return self.visibility == "restricted"

    def share(self, kind: type[SharingEvent], command: Command, **fields: object) -> None:
        """Record who has a part in it, or who sees it."""
        about = {"case": self.CASE, "number": self.case_number, "only_for": self.only_for}
        self.record(kind, command, **about, **fields)

    def _see(self, event: Event, on: date) -> None:
        self._sharing(event)
        super()._see(event, on)

    def _sharing(self, event: Event) -> None:
        self.visibility = VISIBILITY.get(type(event), self.visibility)
        match event:
            case RelationOffered() | RelationRaiseOffered():
                self._part(event.to, offered=event.relation, message=event.message, by=event.by)
            case RelationLowered() | RelationPrescribed():
                self._part(event.to, relation=event.relation, offered="", by=event.by)
            case RelationAccepted():
                self._part(event.by.party, relation=event.relation, offered="")
            case RelationDeclined():
                self._part(event.by.party, offered="")
            case RelationWithdrawn() | RelationGivenUp():
                party = getattr(event, "party", event.by.party)
                self.parts.pop(party.id, None)
            case RelationMoved():
                self._move(event)

    def _move(self, event: RelationMoved) -> None:
        self.parts.pop(event.giver.id, None)
        if event.relation or event.offered:
            now = Part(event.to, event.relation, event.offered, event.message, event.let_by)
            self.parts[event.to.id] = now

    def _part(self, party: PartyRef, **changed: object) -> None:
        part = replace(self.parts.get(party.id, Part(party)), party=party, **changed)  # type: ignore[arg-type]
        self.parts[party.id] = part
        if not (part.relation or part.offered):
            del self.parts[party.id]
