"""Appends as one of several processes; says on its output what was acknowledged.

`python -m tests.events.appender DSN COUNT SHARED`: COUNT appends of one to three events, every
fourth one to the SHARED stream, where all processes contend for versions.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append, Conflict, Log
from tests.people import ZHAO


async def main(dsn: str, count: int, shared: UUID) -> None:
    async with (
        AsyncConnectionPool(dsn, kwargs={"autocommit": True}, min_size=1) as pool,
        aclosing(Log(pool)) as log,
    ):
        await append(log, count, shared)


async def append(log: Log, count: int, shared: UUID) -> None:
    for n in range(count):
        contended = n % 4 == 0
        stream = shared if contended else new_id()
        events = [ComplaintAccepted(by=ZHAO, number=f"GZ-{n}")] * (1 + n % 3)
        after = len(await log.load(stream)) if contended else 0
        try:
            done = await log.append([Append(stream, after, events)])
        except Conflict:
            print("conflict", flush=True)
            continue
        print(done.first, done.last, stream, after, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), UUID(sys.argv[3])))
