"""A small view for tests, in two versions, which can be made to stop at an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from events.complaints import ComplaintAccepted
from events.event import Recorded
from events.ids import new_id
from events.log import Append
from services.building.builder import Builder
from services.platform import Platform
from services.policies.policy import Policies
from services.views.view import Put, View, Write
from services.worker import Worker
from tests.people import ZHAO


class Counting(View):
    """The last version of every stream, and every event by its position."""

    name = "counting"
    by_stream = True
    tables: ClassVar = {
        "rows": "stream uuid, version int not null",
        "each": "position int, reason text not null",
    }
    keys: ClassVar = {"rows": ("stream",), "each": ("position",)}
    indexes: ClassVar = {"rows": ("(version)",)}
    #: An event that cannot be seen, and one whose row the database refuses.
    unseen: int | None = None
    refused: int | None = None

    def see(self, recorded: Recorded) -> Iterator[Write]:
        if recorded.position == self.unseen:
            raise ArithmeticError("two and two are five\nbelow: a row of somebody")
        yield Put("rows", {"stream": recorded.stream, "version": recorded.version})
        position = 2**40 if recorded.position == self.refused else recorded.position
        reason = getattr(recorded.event, "reason", "")
        yield Put("each", {"position": position, "reason": reason})


class CountingLater(Counting):
    """The same in a later version of the software."""

    version = 2


@asynccontextmanager
async def worker_of(platform: Platform, *views: View) -> Any:
    """A worker of its own for these views, laid."""
    builders = [Builder(view, platform.pool) for view in views]
    worker = Worker(platform.log, builders, Policies(platform.log, []))
    await worker.lay()
    try:
        yield worker
    finally:
        await worker.aclose()


async def record(platform: Platform, many: int, streams: int = 5) -> None:
    """So many events on so many new streams, one append each stream."""
    for start in range(streams):
        share = len(range(start, many, streams))
        accepted = ComplaintAccepted(by=ZHAO, number="GZ-2026-000001-7", reason="可以受理")
        await platform.log.append([Append(new_id(), 0, [accepted] * share)])


async def positions(view: View) -> Sequence[int]:
    """The events that the view has seen."""
    return [row["position"] for row in await view.rows("select position from {each} order by 1")]
