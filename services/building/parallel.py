"""Parallel: several processes rebuild one view, each the streams that fall to its part.

Only for views none of whose rows is touched by two streams (`View.by_stream`). They build up to
the end of the log as it was at the start; what came since, and the switch, is the rebuilder's.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from contextlib import aclosing
from multiprocessing import get_context
from typing import Any

from psycopg_pool import AsyncConnectionPool

from events.log import Log
from services.building import progress
from services.building.builder import Builder, Window
from services.building.crew import Crew, Reading
from services.building.session import Session
from services.loop import run
from services.views.view import View


async def rebuild(pool: AsyncConnectionPool[Any], view: View, parts: int) -> None:
    """Begin a rebuild in so many parts and build each in a process of its own.

    The seats are held here until all are done, so that no worker begins with them meanwhile.
    """
    async with aclosing(Session(str(pool.conninfo))) as session, aclosing(Log(pool)) as log:
        await session.take((view.name, view.version, part) for part in range(1, parts + 1))
        await Builder(view, pool).rebuild(parts)
        await _build(str(pool.conninfo), type(view), parts, await log.size())


async def _build(conninfo: str, kind: type[View], parts: int, until: int) -> None:
    loop = asyncio.get_running_loop()
    # Not forked: the event loop and the connections of this process are not the child's.
    with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as processes:
        given = [(conninfo, kind, part, parts, until) for part in range(1, parts + 1)]
        each = (loop.run_in_executor(processes, _process, *one) for one in given)
        await asyncio.gather(*each)


def _process(conninfo: str, kind: type[View], part: int, parts: int, until: int) -> None:
    run(_build_part(conninfo, kind, part, parts, until))


async def _build_part(conninfo: str, kind: type[View], part: int, parts: int, until: int) -> None:
    """One part, up to this position; should another build it too, the server lets one through."""
    pool: AsyncConnectionPool[Any]
    async with (
        AsyncConnectionPool(conninfo, min_size=1, max_size=2, kwargs={"autocommit": True}) as pool,
        aclosing(Log(pool)) as log,
        aclosing(Session(conninfo)) as session,
    ):
        builder = Builder(kind(pool, log), pool, part, parts)
        await progress.look(await session.connected(), [builder])
        await Crew(_part(log, part, parts, until), session).follow([builder])


def _part(log: Log, part: int, parts: int, until: int) -> Reading:
    """Reads what falls to the part, up to a position."""

    async def read(start: int, most: int) -> Window:
        end = min(start + most, until)
        return Window(start, end, await log.of_part(start, end, part, parts))

    return read
