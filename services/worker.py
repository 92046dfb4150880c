"""The worker: follows the log, builds every view, lets the policies act.

Woken by NOTIFY, with a safety poll; a database that goes away is waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence

from psycopg import OperationalError

from events.event import Recorded
from events.log import Log
from services.policies.policy import Policies
from services.views.builder import Builder

log_ = logging.getLogger("gongzhi.worker")
BATCH = 1000


class Worker:
    """One follower for all views and policies."""

    def __init__(self, log: Log, builders: Sequence[Builder], policies: Policies) -> None:
        self.log = log
        self.builders = builders
        self.policies = policies
        self.wake = asyncio.Event()

    async def lay(self) -> None:
        for builder in self.builders:
            await builder.lay()
        await self.policies.lay()

    async def run(self) -> None:
        """Build for ever; ends when cancelled."""
        while True:
            self.wake.clear()
            try:
                await self.catch_up()
            except (OperationalError, OSError) as gone:
                log_.warning("database is away, waiting: %s", gone)
                await asyncio.sleep(1)
                continue
            await self._wait()

    async def catch_up(self) -> None:
        """Bring every view that can go on to the end of the log, then let policies act.

        Policies act only on what every view has seen; a view that stopped makes them wait, so
        that nothing is overlooked.
        """
        while True:
            going = [b for b in self.builders if not b.failed]
            await self._build(going)
            if not await self.policies.act(min(b.position for b in self.builders)):
                return

    async def _build(self, going: Sequence[Builder]) -> None:
        for builder in going:
            builder.position = await builder.reached()
        for start in sorted({b.position for b in going}):
            await self._build_from(start, [b for b in going if b.position == start])

    async def _build_from(self, start: int, builders: Sequence[Builder]) -> None:
        async for page in self.log.pages(start, BATCH):
            for builder in builders:
                await self._build_page(builder, page)

    async def _build_page(self, builder: Builder, page: Sequence[Recorded]) -> None:
        if builder.failed:
            return
        try:
            await builder.build(page)
        except (OperationalError, OSError):
            builder.failed = False
            raise
        except Exception:
            log_.exception("view %s stopped at %s", builder.view.name, page[0].position)

    async def _wait(self) -> None:
        """Until woken, or 2 s. Not `wait_for`: on Python 3.11 it can swallow a cancellation."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await self.wake.wait()
