"""Delivering: writes what is to be told, and sends what is due, until cancelled.

Several processes take turns by the rows they lock for a moment. What cannot be delivered is tried
again (`queue.WAITS`); what is given up stands in the history of its case.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from events.event import system
from services import numbers
from services.actions.complaints import RecordUndelivered, record_undelivered
from services.actions.refused import Refused
from services.faults import AWAY
from services.messages import queue
from services.messages.composing import NotNeeded, compose
from services.messages.kinds import Failed
from services.messages.queue import MOST, Waiting
from services.messages.writing import write
from services.perform import perform

if TYPE_CHECKING:
    from services.platform import Platform

log_ = logging.getLogger("gongzhi.messages")
#: Seconds between two looks; and of rest while the database is away.
POLL, REST = 1.0, 5.0
#: Seconds between two looks for what is to be forgotten.
TIDY = 3600.0
#: Messages on their way at once.
TOGETHER = 8


class Delivering:
    """One loop over the queue."""

    def __init__(self, platform: Platform) -> None:
        self.platform, self.ways = platform, platform.ways
        self._tidied = -TIDY

    async def run(self) -> None:
        while True:
            rest = POLL
            try:
                await self.tidy()
                await self.turn()
            except AWAY as gone:
                log_.warning("messages wait: %s", gone)
                rest = REST
            except Exception:
                log_.exception("delivering goes on after a fault")
                rest = REST
            await asyncio.sleep(rest)

    async def turn(self, now: datetime | None = None) -> int:
        """Write and send everything that is due; how many tries were made."""
        pool, many = self.platform.pool, 0
        while await write(pool, self.platform.log):
            pass
        while due := await queue.claim(pool, now or datetime.now(UTC), TOGETHER):
            await asyncio.gather(*map(self._one, due))
            many += len(due)
        return many

    async def _one(self, one: Waiting) -> None:
        """One try, and what came of it."""
        try:
            if one.tries > MOST:
                raise Failed("interrupted", final=True)
            await self._send(one)
        except NotNeeded as why:
            await queue.settle(self.platform.pool, one, why.state, one.way, "")
        except Failed as failed:
            await self._failed(one, failed)
        except AWAY:
            raise
        except Exception:
            log_.exception("a message could not be sent")
            await self._failed(one, Failed("fault"))

    async def _send(self, one: Waiting) -> None:
        message = await compose(self.platform.log, one, self.ways.site)
        way = self.ways.of(message.way)
        try:
            await way.send(message)
        except Failed as failed:
            failed.way, failed.by = message.way, way.name
            raise
        await queue.settle(self.platform.pool, one, "sent", message.way, way.name)

    async def _failed(self, one: Waiting, failed: Failed) -> None:
        over = failed.final or one.tries >= MOST
        if over and one.kind != "code" and not one.number.startswith(f"{numbers.ENQUIRY}-"):
            await self._record(one, failed)
        log_.warning("a message was not delivered (try %d): %s", one.tries, failed.said)
        state = "failed" if over else "retrying"
        way, by = failed.way or one.way, failed.by or one.carried_by
        await queue.settle(self.platform.pool, one, state, way, by, failed.said)

    async def _record(self, one: Waiting, failed: Failed) -> None:
        """It stands in her case that she was not told."""
        command = RecordUndelivered(
            by=system("messages"), complaint=one.subject, message=one.kind,
            way=failed.way or one.way or "text", tries=min(one.tries, MOST),
            key=f"message:{one.id}",
        )  # fmt: skip
        try:
            await perform(self.platform.log, record_undelivered, command)
        except Refused as refused:
            log_.debug("not recorded: %s", refused)

    async def tidy(self) -> None:
        """What has ended so long ago is forgotten, and the keys of days with codes."""
        now = asyncio.get_running_loop().time()
        if now - self._tidied < TIDY:
            return
        self._tidied, at = now, datetime.now(UTC)
        await queue.forget(self.platform.pool, at - timedelta(days=self.ways.days))
        if days := await queue.old_codes(self.platform.pool, at):
            await self.platform.vault.destroy(days)
