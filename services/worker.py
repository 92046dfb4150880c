"""The worker: follows the log, builds every view, lets the policies act.

Woken by NOTIFY, with a safety poll. Of several workers the one that holds a view's seat builds
it; the others stand by and take over when it is gone. Rebuilding goes on beside, on a connection
of its own, so that what is shown is never late for it (`services/building/rebuilder.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

from psycopg import OperationalError

from events.codec import UnknownForm
from events.log import Log
from services.building import progress, rebuilding
from services.building.builder import Builder
from services.building.crew import Crew, whole
from services.building.rebuilder import Rebuilder
from services.building.session import Session
from services.policies.policy import Policies

log_ = logging.getLogger("gongzhi.worker")
#: Seconds between two looks when nothing wakes us; and of rest after something went wrong.
POLL, REST = 1.0, 1.0


class Worker:
    """One follower for all views and policies."""

    def __init__(self, log: Log, builders: Sequence[Builder], policies: Policies) -> None:
        self.log = log
        self.builders = builders
        self.policies = policies
        self.rebuilder = Rebuilder(log, [builder.view for builder in builders])
        self.wake = asyncio.Event()
        self._session = Session(str(log.pool.conninfo))
        self._crew = Crew(whole(log), self._session)
        self._busy = asyncio.Lock()

    async def lay(self) -> None:
        """See that every view exists or is being built beside."""
        size = await self.log.size()
        async with self.log.pool.connection() as connection:
            for builder in self.builders:
                await rebuilding.lay(connection, builder.view, size)
            await progress.look(connection, self.builders)
        await self.policies.lay()

    async def run(self) -> None:
        """Build for ever. Ends when cancelled, or when the log holds a form unknown to us."""
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_for_ever(self._turn, self._woken))
                both.create_task(_for_ever(self.rebuilder.turn, lambda: asyncio.sleep(POLL)))
        except* UnknownForm as forms:
            log_.critical("this software is too old for the log: %s", forms.exceptions[0])
        finally:
            await self.aclose()

    async def catch_up(self) -> None:
        """Bring every view to the end of the log, rebuilt ones included, and let policies act.

        Whoever holds the seats: for loading, commands and tests.
        """
        while True:
            while await self.rebuilder.step(ours=False):
                pass
            if not await self._build(self.builders):
                return

    async def aclose(self) -> None:
        """Give the seats back."""
        await self._session.aclose()
        await self.rebuilder.aclose()

    async def _turn(self) -> bool:
        """Build what is ours; whether there is more to do at once."""
        self.wake.clear()
        taken = await self._session.take(builder.key for builder in self.builders)
        connection = await self._session.connected()
        for key in taken:  # we may be able to see what stopped those before us
            await progress.retry(connection, key)
        return await self._build([b for b in self.builders if self._session.holds(b.key)])

    async def _build(self, builders: Sequence[Builder]) -> bool:
        """Build these to the end, then let policies act; whether that added to the log.

        Policies act only on what every view has seen; a view that stopped makes them wait, so
        that nothing is overlooked.
        """
        async with self._busy:
            await progress.look(await self._session.connected(), self.builders)
            await self._crew.follow(builders)
            return await self.policies.act(min(b.position for b in self.builders))

    async def _woken(self) -> None:
        """Not `wait_for`: on Python 3.11 it can swallow a cancellation."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL):
                await self.wake.wait()


async def _for_ever(
    turn: Callable[[], Awaitable[bool]], wait: Callable[[], Awaitable[None]]
) -> None:
    """Turn after turn, waiting in between where nothing is to do, or the database is away."""
    while True:
        try:
            if not await turn():
                await wait()
        except UnknownForm:
            raise
        except (OperationalError, OSError) as gone:
            log_.warning("database is away, waiting: %s", gone)
            await asyncio.sleep(REST)
        except Exception:
            log_.exception("the worker goes on after a fault")
            await asyncio.sleep(REST)
