"""Bulk: thousands of commands in a row, for imports and for logs that come from elsewhere.

The way into the log is the same (`events/writer.py`, `log.append`), with a line and a connection
of its own: who appends meanwhile does not stand behind an import, but waits for one of its
batches at most. Measured beside COPY in `tests/bench/copying.py`; why not COPY: ARCHITECTURE.md.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from events.log import Append, Appended, Log, stored
from events.writer import Writer

#: Events of a batch: with more of them all others wait longer, and little is gained.
EACH = 800
#: So many commands, and bytes, stand in line at most: the next batch and the one after.
LINE, LINE_BYTES = 2_000, 16 << 20
#: After so many commands the other tasks of the process have a turn.
TURN = 50


class Bundle(NamedTuple):
    """Changes that stand or fall together, under their idempotency key."""

    changes: Sequence[Append]
    key: UUID | None = None


class Bulk:
    """A second line into the same log, closed with `aclose`."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._writer = Writer(str(log.pool.conninfo), EACH)
        self._writer.watch = log.writer.watch

    async def append(self, bundles: Iterable[Bundle]) -> list[Appended | Exception]:
        """What came of each bundle, in their order: where it stands, or why it does not.

        In the log a batch may overtake another: what must stand after it is appended after it.

        A `Conflict` or an event that cannot be stored fails its own bundle. Takes bundles from
        the iterable as others are written; cancelled, it leaves out what still waits in line.
        """
        outcomes: list[Appended | Exception] = []
        line: deque[asyncio.Future[Appended]] = deque()
        try:
            for n, bundle in enumerate(bundles, start=1):
                if n % TURN == 0:
                    await asyncio.sleep(0)
                while line and self._full:
                    outcomes.append(await _outcome(line.popleft()))
                line.append(await self._join(bundle))
            outcomes += [await _outcome(line.popleft()) for _ in range(len(line))]
            return outcomes
        finally:
            for waiting in line:
                waiting.cancel()

    async def aclose(self) -> None:
        """Write what waits and close the connection."""
        await self._writer.aclose()

    @property
    def _full(self) -> bool:
        queue = self._writer.queue
        return len(queue.waiting) >= LINE or queue.bytes >= LINE_BYTES

    async def _join(self, bundle: Bundle) -> asyncio.Future[Appended]:
        rows = [row for each in bundle.changes for row in stored(await self._log.sealed(each))]
        return self._writer.join(rows, bundle.key)


async def _outcome(waiting: asyncio.Future[Appended]) -> Appended | Exception:
    try:
        return await waiting
    except Exception as failure:
        return failure
