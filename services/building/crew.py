"""Crew: builders that go through the log together, one transaction for each page of events.

Rows of all their views and all their positions change in that one transaction. While the server
writes one page, the next is read and thought through. What cannot be seen is found by halving:
the view whose event it is stops just before it and says so; the others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from typing import NamedTuple

import psycopg

from events.codec import UnknownForm
from events.log import Log
from services.building import progress
from services.building.builder import Builder, Statement, Window
from services.building.session import Session
from services.correlation import correlated

log_ = logging.getLogger("gongzhi.views")
#: Events of a page: enough for set-based writing to pay, little enough not to hold up the pages
#: that the same process serves.
PAGE = 1000


class Thought(NamedTuple):
    """What a page of events changes for these builders, or why that cannot be said."""

    builders: Sequence[Builder]
    window: Window
    statements: Sequence[Statement]
    failure: Exception | None = None
    changed: Collection[progress.Key] = ()


#: The window after a position, of at most so many events; an empty one at the end.
Reading = Callable[[int, int], Awaitable[Window]]


def whole(log: Log) -> Reading:
    """Reads the whole log."""

    async def read(start: int, most: int) -> Window:
        events = await log.after(start, most)
        return Window(start, events[-1].position if events else start, events)

    return read


class Crew:
    """Builds over one session. Raises `OperationalError` while the database is away."""

    def __init__(self, read: Reading, session: Session) -> None:
        self.read = read
        self.session = session

    async def follow(self, builders: Sequence[Builder]) -> None:
        """Bring all of them to the end of the log."""
        ahead = await self._think(builders)
        while ahead:
            writing = asyncio.create_task(self.build(ahead))
            try:
                ahead = await self._think(builders)
            finally:
                as_thought = await writing
            if not as_thought:
                await progress.look(await self.session.connected(), builders)
                ahead = await self._think(builders)

    async def build(self, thought: Thought) -> bool:
        """Write it; whether all went as thought, so that what was thought ahead still holds."""
        failure = thought.failure
        if failure is None:
            try:
                await self._write(thought)
                for builder in thought.builders:
                    builder.position = thought.window.end
                return True
            except (psycopg.OperationalError, OSError):
                raise  # the database is away or full: nothing is wrong with the view
            except psycopg.Error as refused:
                if refused.sqlstate == progress.ELSEWHERE:
                    return False
                failure = refused
        await self._isolate(thought, failure)
        return False

    async def through(self, builders: Sequence[Builder], window: Window) -> Thought:
        """Think a page through; nothing is written."""
        statements: list[Statement] = []
        changed = set()
        try:
            for builder in builders:
                await builder.prepare()
                await builder.view.look_up(window.events)
                if thought := builder.think(window.events):
                    statements += thought
                    changed.add(builder.key)
                await asyncio.sleep(0)  # pages that are served by the same process go in between
        except psycopg.OperationalError:
            raise
        except Exception as failure:
            return Thought(builders, window, [], failure)
        return Thought(builders, window, statements, changed=changed)

    async def _think(self, builders: Iterable[Builder]) -> Thought | None:
        """The next page for those that are furthest behind."""
        going = [builder for builder in builders if builder.laid and not builder.failed]
        start = min((builder.ahead for builder in going), default=0)
        behind = [builder for builder in going if builder.ahead == start]
        try:
            window = await self.read(start, PAGE if behind else 0)
        except UnknownForm as form:
            known = (form.position or start + 1) - start - 1
            if not known:
                return Thought(behind, Window(start, start + 1, []), [], form)
            window = await self.read(start, known)
        if window.end == start:
            return None
        thought = await self.through(behind, window)
        for builder in behind:
            builder.ahead = window.end
        return thought

    async def _isolate(self, thought: Thought, failure: Exception) -> None:
        """Each by itself, then half by half, until one builder stands before one event."""
        builders, window, *_ = thought
        if isinstance(failure, UnknownForm):
            for builder in builders:
                await self._stop(builder, window.end, failure)
            raise failure
        if len(builders) > 1:
            for builder in builders:
                await self.build(await self.through([builder], window))
        elif len(window.events) > 1:
            for half in window.halves:
                if not builders[0].failed:
                    await self.build(await self.through(builders, half))
        else:
            poison = window.events[0]
            with correlated(poison.event.correlation):
                await self._stop(builders[0], poison.position, failure)

    async def _write(self, thought: Thought) -> None:
        """All or nothing, and in one go: nobody waits for an answer in between."""
        connection = await self.session.connected()
        keys = [builder.key for builder in thought.builders]
        start, end = thought.window.start, thought.window.end
        async with connection.pipeline(), connection.transaction():
            await progress.advance(connection, keys, start, end)
            for sql, rows in thought.statements:
                await connection.execute(sql, [rows], prepare=True)
            await progress.tell(connection, keys, thought.changed, end)

    async def _stop(self, builder: Builder, position: int, failure: Exception) -> None:
        builder.failed = True
        log_.error("view %s stopped at %s", builder.view.name, position, exc_info=failure)
        connection = await self.session.connected()
        await progress.stop(connection, builder.key, position, _first_line(failure))


def _first_line(failure: Exception) -> str:
    """What went wrong; the lines below can be the row of a person."""
    first = str(failure).partition("\n")[0]
    return f"{type(failure).__name__}: {first}".rstrip(": ")[:500]
