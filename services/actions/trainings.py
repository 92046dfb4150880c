"""Trainings (培训): a regulator trains people of several units, who are counted (§15)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from events.archives import Attendance, TrainingHeld
from events.event import Acting, Event
from events.ids import new_id
from events.log import Appended
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin
from services.actions.command import Command, Given, ask
from services.actions.refused import Refused


class HoldTraining(Command):
    """Record a training session and who attended."""

    SAYS = Words("记录培训", "Record a training session")

    session: UUID = Field(default_factory=new_id)
    title: Given = ask("培训主题", "Subject of the training", most=200)
    division: Given
    division_name: Given
    attended: list[Attendance] = Field(default_factory=list)


async def hold_training(log: Log, command: HoldTraining) -> Appended:
    return await begin(log, TrainingSession, command.session, command, TrainingSession.hold)


class TrainingSession(Aggregate):
    """One training session."""

    WORD: ClassVar[Words] = Words("培训", "training session")

    def relation(self, by: Acting) -> str:
        return "organiser"

    def hold(self, command: HoldTraining) -> None:
        if not command.attended:
            raise Refused(_NOBODY_CAME, field="attended")
        self.record(
            TrainingHeld, command, title=command.title, division=command.division,
            division_name=command.division_name, attended=command.attended,
        )  # fmt: skip

    def when(self, event: Event) -> None:
        self.state = "held"


_NOBODY_CAME = Words(
    "请写明哪些单位、多少人参加，否则算不出参加人次",
    "Say which units attended, and how many people each: they are counted",
)
