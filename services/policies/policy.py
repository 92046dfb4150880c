"""Policies: after an event, a command; the system acts, the rule's name is the reason.

Each policy is a pure function from a recorded event to commands; the ids it uses are derived
from the event, so that doing it twice is the same as once.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from events.event import Recorded
from events.log import Appended, Log
from services.actions.command import Command
from services.actions.refused import Refused
from services.perform import perform

log_ = logging.getLogger("gongzhi.policies")

Step = tuple[Callable[[Any, Any], Awaitable[Appended]], Command]
Policy = Callable[[Recorded], AsyncIterator[Step]]

_WHERE = "select position from views.tracking where name = 'policies' and version = 1"
_REACHED = "update views.tracking set position = %s where name = 'policies' and version = 1"
_TRACK = "insert into views.tracking (name, version) values ('policies', 1) on conflict do nothing"


class Policies:
    """Follows the log and lets every policy act on every event, once."""

    def __init__(self, log: Log, policies: Sequence[Policy]) -> None:
        self.log = log
        self.policies = policies

    async def lay(self) -> None:
        async with self.log.pool.connection() as connection:
            await connection.execute(_TRACK)

    async def act(self) -> bool:
        """Act on what is new; whether anything was added to the log."""
        added = False
        async with self.log.pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(_WHERE + " for update skip locked")).fetchone()
            if row is None:
                return False
            position = row[0]
            async for page in self.log.pages(position):
                for recorded in page:
                    added = await self._act_on(recorded) or added
                await connection.execute(_REACHED, [page[-1].position])
        return added

    async def _act_on(self, recorded: Recorded) -> bool:
        added = False
        for policy in self.policies:
            async for action, command in policy(recorded):
                added = await self._do(action, command) or added
        return added

    async def _do(self, action: Callable[[Any, Any], Awaitable[Appended]], command: Command) -> bool:
        try:
            done = await perform(self.log, action, command)
        except Refused as refused:
            log_.info("policy refused: %s", refused)
            return False
        return not done.repeated
