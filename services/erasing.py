"""Erasing: once it is recorded that personal data was deleted, the keys are destroyed.

The event comes first; if the process dies before the keys are gone, the next one that starts
destroys them, and so it does with keys that came back from an old backup: the log wins.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from events.erasure import KeptDataErased, PersonalDataErased
from events.event import Recorded
from events.informants import InformantErased
from events.log import Appended, Log
from events.vault import Vault
from services.actions.command import Command

C = TypeVar("C", bound=Command)
_ERASED = (PersonalDataErased, InformantErased, KeptDataErased)


async def taking(
    vault: Vault, step: Callable[[Any, C], Awaitable[Appended]], log: Log, command: C
) -> Appended:
    """Take a step of a deletion; after the last one the keys that its event names are destroyed.

    `platform.perform(partial(taking, vault, erasure_step), command)`.
    """
    done = await step(log, command)
    if subjects := _subjects((await log.at({done.last})).values()):
        await vault.destroy(subjects)
    return done


async def bury(log: Log) -> int:
    """Destroy every key that the log says was destroyed; how many subjects it names."""
    position, many = 0, 0
    while found := await log.of_kinds(_ERASED, position):
        subjects = _subjects(found)
        await log.vault.destroy(subjects)
        position, many = found[-1].position, many + len(subjects)
    return many


def _subjects(found: Iterable[Recorded]) -> list[UUID]:
    erased = [each.event for each in found if isinstance(each.event, _ERASED)]
    return [UUID(subject) for event in erased for subject in event.subjects]
