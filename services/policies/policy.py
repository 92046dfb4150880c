"""Policies: after an event, a command; the system acts, the rule's name is the reason.

Each policy is a pure function from a recorded event to commands; the ids it uses are derived
from the event, so that doing it twice is the same as once.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from events.event import Recorded
from events.log import Appended, Conflict, Log
from services.actions.command import Command
from services.actions.refused import Refused
from services.correlation import correlated
from services.perform import perform

log_ = logging.getLogger("gongzhi.policies")

Action = Callable[[Any, Any], Awaitable[Appended]]
Step = tuple[Action, Command]
Policy = Callable[[Recorded], AsyncIterator[Step]]

_PAGE = 1000
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

    async def act(self, until: int) -> bool:
        """Act on what is new up to `until`; whether anything was added to the log.

        `until` = what every view has seen: a policy that asks a view must not be ahead of it.
        """
        added = False
        async with self.log.pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(_WHERE + " for update skip locked")).fetchone()
            position = row[0] if row else until
            while position < until:
                page = await self.log.after(position, min(_PAGE, until - position))
                for recorded in page:
                    added = await self._act_on(recorded) or added
                    position = recorded.position
                await connection.execute(_REACHED, [position])
        return added

    async def _act_on(self, recorded: Recorded) -> bool:
        added = False
        for policy in self.policies:
            async for action, command in policy(recorded):
                with correlated(command.correlation):
                    added = await self._do(action, command) or added
        return added

    async def _do(self, action: Action, command: Command) -> bool:
        while True:
            try:
                done = await perform(self.log, action, command)
            except Refused as refused:
                log_.debug("policy refused: %s", refused)
                return False
            except Conflict:  # people are acting on the same record; decide again on what is new
                continue
            return not done.repeated
