"""Indicators: a body publishes the figures of a month, counted up to a position of the log.

Nothing published is replaced: figures by another method stand beside those that are there.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from events.event import CHINA, Acting, Event, PartyRef
from events.ids import derived_id
from events.indicators import FiguresPublished
from events.log import Appended
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Given
from services.actions.refused import AlreadyDecided, Refused

#: Of which the ids of published months are derived.
_PUBLISHED = UUID("7c1d7a5e-3d64-5f0c-9a27-1f3b8a4f6f21")


#: All bodies as one, as they are published by the body of the province.
TOGETHER = PartyRef(id="together", name="全省合计", kind="system")


class PublishFigures(Command):
    """Publish the figures of a month."""

    SAYS = Words("公布本月数据", "Publish the figures of the month")

    month: Given
    upto: int
    method: int = 0
    sha256: str = ""
    figures: str = ""

    @property
    def body(self) -> PartyRef:
        """Whose figures they are."""
        return self.by.party


class PublishFiguresTogether(PublishFigures):
    """Publish the figures of all bodies together."""

    SAYS = Words("公布全省合计", "Publish all bodies together")

    @property
    def body(self) -> PartyRef:
        return TOGETHER


class MonthOfFigures(Aggregate):
    """What one body published of one month."""

    WORD: ClassVar[Words] = Words("月报", "figures of a month")
    IN_ORDER = False

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.methods: set[int] = set()

    def relation(self, by: Acting) -> str:
        return "body"

    def publish(self, command: PublishFigures) -> None:
        """Raises `Refused` while the month goes on, or where this method is published already."""
        if command.at.astimezone(CHINA).date().isoformat()[:7] <= command.month:
            raise Refused(_GOES_ON)
        if command.method in self.methods:
            raise AlreadyDecided(_THERE)
        self.record(
            FiguresPublished, command, month=command.month, body=command.body,
            method=command.method, upto=command.upto, sha256=command.sha256,
            figures=command.figures,
        )  # fmt: skip

    def when(self, event: Event) -> None:
        if isinstance(event, FiguresPublished):
            self.state = "published"
            self.methods.add(event.method)


def month_stream(body: str, month: str) -> UUID:
    """Where it stands what a body published of a month."""
    return derived_id(_PUBLISHED, f"{body}/{month}")


async def publish_figures(log: Log, command: PublishFigures) -> Appended:
    """Record the figures; raises `Refused`."""
    id = month_stream(command.body.id, command.month)
    there = (await load(log, MonthOfFigures, id)).version
    how = change if there else begin
    return await how(log, MonthOfFigures, id, command, MonthOfFigures.publish)


_GOES_ON = Words(
    "这个月还没有结束，月末以后才能公布", "This month is not over; publish it when it has ended"
)
_THERE = Words(
    "这个月的数据已经按这一版方法公布；公布的数据不能替换",
    "The figures of this month are published by this method; what is published is not replaced",
)
