"""Loading in bundles: each is one append under a key of its own, so a load can be resumed.

A bundle draws its chances and ids from its own name: the same whether or not the bundles
before it were loaded in this run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from events.event import CHINA
from events.ids import derived_id, repeat_key
from events.log import Appended
from services import access
from services.actions.change import Log
from services.actions.command import Command
from services.actions.together import Together
from services.platform import Platform

C = TypeVar("C", bound=Command)
Say = Callable[[str, str], None]

SEED = 2023
#: The demo tells of these days; what is still open then is due soon or overdue.
FIRST, LAST = date(2023, 5, 5), date(2026, 11, 20)


class Bundle(Together):
    """Commands that are recorded together or not at all."""

    def __init__(self, log: Log, name: str) -> None:
        super().__init__(log)
        self.chance = chance(name)

    async def do(self, action: Callable[[Any, C], Awaitable[Appended]], command: C) -> None:
        """Give one command; refused like anybody's."""
        access.check_ever(command)
        await action(self, command)


Fill = Callable[[Bundle], Awaitable[None]]


async def load_bundle(platform: Platform, name: str, fill: Fill) -> bool:
    """Record what `fill` asks for, unless an earlier load did; whether it was new."""
    key = repeat_key(name, f"demo/{SEED}")
    if await platform.log.repeat(key):
        return False
    bundle = Bundle(platform.log, name)
    await fill(bundle)
    await bundle.commit(key)
    return True


def chance(name: str) -> Random:
    """Chances that are the same in every load."""
    return Random(f"{SEED} {name}")


def record_id(on: date, name: str) -> UUID:
    """The id of a record: ordered by its date like any other, and the same in every load."""
    midnight = datetime.combine(on, datetime.min.time(), CHINA)
    return derived_id(UUID(int=int(midnight.timestamp() * 1000) << 80), f"{SEED} {name}")


def some_day(chance: Random, first: date, last: date) -> date:
    """A day between the two."""
    return first + timedelta(days=chance.randrange(max(1, (last - first).days + 1)))


def later(chance: Random, on: date, least: int, most: int) -> date:
    """Some days later, but never after the demo's last day."""
    return min(LAST, on + timedelta(days=chance.randint(least, most)))
