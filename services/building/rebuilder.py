"""Rebuilder: does what `rebuilding` describes, page by page, for every view that is built beside.

A rebuild is begun by a row in `views.tracking` (`gongzhi views rebuild`, or a version that has no
tables yet); whoever has the part's seat builds it, and it may be broken off at any moment.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from events.log import Log
from services.building import progress, rebuilding
from services.building.builder import Builder
from services.building.crew import Crew, whole
from services.building.session import Session
from services.views.view import View

#: Seconds between two looks for older versions of views that nobody asks any more.
RETIRE = 60.0


class Rebuilder:
    """Builds beside, over a connection of its own."""

    def __init__(self, log: Log, views: Sequence[View]) -> None:
        self.log = log
        self.views = {(view.name, view.version): view for view in views}
        self._session = Session(str(log.pool.conninfo))
        self._crew = Crew(whole(log), self._session)
        self._busy = asyncio.Lock()
        self._builders: dict[progress.Key, Builder] = {}
        self._retired = 0.0

    async def turn(self) -> bool:
        """One step of what is ours; now and then drop what nobody asks any more."""
        if time.monotonic() - self._retired > RETIRE:
            await rebuilding.retire(await self._session.connected(), self.views.values())
            self._retired = time.monotonic()
        return await self.step(ours=True)

    async def step(self, *, ours: bool) -> bool:
        """Build to the end of the log and show what is complete; whether something was shown."""
        async with self._busy:
            builders = await self._parts(ours)
            await self._crew.follow(builders)
            shown = False
            for view in {builder.view for builder in builders}:
                parts = [builder for builder in builders if builder.view is view]
                shown = await self._finish(view, parts) or shown
            return shown

    async def aclose(self) -> None:
        await self._session.aclose()

    async def _parts(self, ours: bool) -> list[Builder]:
        """What is being built beside of our views; only where we have the seat, if `ours`."""
        rows = await self._rows()
        if ours and rows:
            await self._session.take(row.key for row in rows)
            rows = [row for row in rows if self._session.holds(row.key)]
        builders = [self._builder(row) for row in rows]
        for builder in builders:
            builder.know(rows)
            await builder.view.prepare()
        return builders

    async def _rows(self) -> list[progress.Part]:
        async with self.log.pool.connection() as connection:
            rows = await progress.read(connection)
        return [row for row in rows if row.part and row.key[:2] in self.views]

    def _builder(self, row: progress.Part) -> Builder:
        """The same each time: it knows its tables and statements."""
        known = self._builders.get(row.key)
        if known is None or known.parts != row.parts:
            view = self.views[row.key[:2]]
            known = self._builders[row.key] = Builder(view, self.log.pool, row.part, row.parts)
        return known

    async def _finish(self, view: View, parts: Sequence[Builder]) -> bool:
        connection = await self._session.connected()
        return await rebuilding.finish(connection, view, lambda: self._crew.follow(parts))
