"""The worker: follows the log, builds every view, lets the policies act.

Woken by NOTIFY, with a safety poll. Of several workers the one that holds a view's seat builds
it; the others stand by and take over when it is gone. Rebuilding goes on beside, on a connection
of its own, so that what is shown is never late for it (`services/building/rebuilder.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
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
from services.timekeeping.process import ClockProcess

log_ = logging.getLogger("gongzhi.worker")
#: Seconds between two looks when nothing wakes us; and of rest after something went wrong.
POLL, REST = 1.0, 1.0


class Worker:
    """One follower for all views and policies."""

    def __init__(
        self,
        log: Log,
        builders: Sequence[Builder],
        policies: Policies,
        clocks: ClockProcess | None = None,
    ) -> None:
        self.log = log
        self.builders = builders
        self.policies, self.clocks = policies, clocks
        self.rebuilder = Rebuilder(log, [builder.view for builder in builders])
        self.wake, self.moved = asyncio.Event(), asyncio.Event()
        self._looked = -math.inf
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
        if self.clocks is not None:
            await self.clocks.lay()

    async def run(self) -> None:
        """Build for ever. Ends when cancelled, or when the log holds a form unknown to us."""
        try:
            async with asyncio.TaskGroup() as all_:
                all_.create_task(_for_ever(self._build_ours, self._woken))
                all_.create_task(_for_ever(self._act_and_tell, self._moved))
                all_.create_task(_for_ever(self.rebuilder.turn, lambda: asyncio.sleep(POLL)))
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
            await self._look()
            await self._build(self.builders)
            if not await self._act():
                return

    async def aclose(self) -> None:
        """Give the seats back."""
        await self._session.aclose()
        await self.rebuilder.aclose()

    # -- views ---------------------------------------------------------------------------

    async def _build_ours(self) -> bool:
        """Build what we have the seat for, to the end of the log."""
        self.wake.clear()
        taken = await self._session.take(builder.key for builder in self.builders)
        for key in taken:  # we may be able to see what stopped those before us
            await progress.retry(await self._session.connected(), key)
        ours = [builder for builder in self.builders if self._session.holds(builder.key)]
        if taken or len(ours) < len(self.builders) or self._doubtful():
            await self._look()
        await self._build(ours)
        self.moved.set()
        return False

    async def _build(self, builders: Sequence[Builder]) -> None:
        async with self._busy:
            await self._crew.follow(builders)

    async def _look(self) -> None:
        """Where the views stand by the database: others may have rebuilt or mended one."""
        for builder in self.builders:
            await builder.view.prepare()
        async with self._busy:
            await progress.look(await self._session.connected(), self.builders)
            self._looked = time.monotonic()

    def _doubtful(self) -> bool:
        return time.monotonic() - self._looked > POLL

    async def _woken(self) -> None:
        await _either(self.wake)

    # -- policies ------------------------------------------------------------------------

    async def _act(self) -> bool:
        """Let policies act on what every view has seen; whether that added to the log.

        A view that stopped makes them wait, so that nothing is overlooked.
        """
        self.moved.clear()
        return await self.policies.act(min(b.position for b in self.builders))

    async def _act_and_tell(self) -> bool:
        """Policies, then what the clocks have to say."""
        acted = await self._act()
        if self.clocks is None:
            return acted
        return await self.clocks.act(min(b.position for b in self.builders)) or acted

    async def _moved(self) -> None:
        await _either(self.moved)


async def _either(event: asyncio.Event) -> None:
    """Until it is set, or `POLL`. Not `wait_for`: on Python 3.11 it can swallow a cancellation."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(POLL):
            await event.wait()


async def _for_ever(
    turn: Callable[[], Awaitable[bool]], wait: Callable[[], Awaitable[None]]
) -> None:
    """Turn after turn, waiting in between where nothing is to do, or the database is away.

    A library below can swallow the one cancellation that a task group sends (seen on 3.11);
    that it was sent still stands with the task.
    """
    task = asyncio.current_task()
    while not (task and task.cancelling()):
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
