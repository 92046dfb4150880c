"""Crew: builders that go through the log together, one transaction for each page of events.

Rows of all their views and all their positions change in that one transaction. What cannot be
seen is found by halving: the view whose event it is stops there and says so; the others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence

from psycopg import OperationalError

from events.codec import UnknownForm
from events.event import Recorded
from events.log import Log
from services.building import progress
from services.building.builder import Builder, Window
from services.building.fold import Group
from services.building.session import Session

log_ = logging.getLogger("gongzhi.views")
#: Page of the log: enough for set-based writing to pay, little enough not to hold up the pages
#: that the same process serves.
PAGE = 1000


class Elsewhere(Exception):
    """Somebody else builds the view, or it was rebuilt: look again where it stands."""


class Crew:
    """Builds over one session. Raises `OperationalError` while the database is away."""

    def __init__(self, log: Log, session: Session) -> None:
        self.log = log
        self.session = session

    async def follow(self, builders: Sequence[Builder]) -> None:
        """Bring all of them to the end of the log."""
        while await self.step(builders):
            pass

    async def step(self, builders: Iterable[Builder]) -> bool:
        """One page for those that are furthest behind; whether there was something to build."""
        going = [builder for builder in builders if not builder.failed]
        start = min((builder.position for builder in going), default=0)
        behind = [builder for builder in going if builder.position == start]
        if not behind or not (page := await self._page(behind)):
            return False
        try:
            await self._build(behind, Window(start, page[-1].position, page))
        except Elsewhere:
            await progress.look(await self.session.connected(), behind)
            return False
        return True

    async def _page(self, behind: Sequence[Builder]) -> list[Recorded]:
        """What follows; a form that this software does not know stops them all, just before it."""
        start = behind[0].position
        try:
            return await self.log.after(start, PAGE)
        except UnknownForm as form:
            known = (form.position or start + 1) - start - 1
            if known:
                return await self.log.after(start, known)
            for builder in behind:
                await self._stop(builder, start + 1, form)
            raise

    async def _build(self, builders: Sequence[Builder], window: Window) -> None:
        try:
            await self._write(builders, window)
        except (OperationalError, OSError, Elsewhere):
            raise  # away, full or elsewhere: nothing is wrong with the view
        except Exception as failure:
            await self._isolate(builders, window, failure)

    async def _isolate(
        self, builders: Sequence[Builder], window: Window, failure: Exception
    ) -> None:
        """Each by itself, then half by half, until one builder stands before one event."""
        if len(builders) > 1:
            for builder in builders:
                await self._build([builder], window)
        elif len(window.events) > 1:
            for half in window.halves:
                if not builders[0].failed:
                    await self._build(builders, half)
        else:
            await self._stop(builders[0], window.events[0].position, failure)

    async def _write(self, builders: Sequence[Builder], window: Window) -> None:
        """All or nothing."""
        connection = await self.session.connected()
        work = []
        for builder in builders:
            await builder.prepare(connection)
            work.append((builder, _changes(builder, window)))
            await asyncio.sleep(0)  # pages that are served by the same process go in between
        keys = [builder.key for builder in builders]
        async with connection.pipeline(), connection.transaction():
            moved = await progress.move(connection, keys, window.start, window.end)
            if moved != len(keys):
                raise Elsewhere
            for builder, groups in work:
                await builder.write(connection, groups)
            await progress.tell(connection, keys, window.end)
        for builder in builders:
            builder.position = window.end

    async def _stop(self, builder: Builder, position: int, failure: Exception) -> None:
        builder.failed = True
        log_.error("view %s stopped at %s", builder.view.name, position, exc_info=failure)
        connection = await self.session.connected()
        await progress.stop(connection, builder.key, position, repr(failure)[:2000])


def _changes(builder: Builder, window: Window) -> list[Group]:
    return builder.changes(r for r in window.events if builder.mine(r.stream))
