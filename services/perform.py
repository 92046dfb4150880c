"""perform: the one door for commands: may this party, was it done before, do it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from events.log import Appended, Conflict, Log
from events.vault import PersonErased
from services import access, duties
from services.actions.change import idempotency_key
from services.actions.command import Command
from services.actions.refused import ERASED, AlreadyDecided, OwnWork, Refused
from services.correlation import current

C = TypeVar("C", bound=Command)


async def perform(
    log: Log, action: Callable[[Any, C], Awaitable[Appended]], command: C
) -> Appended:
    """Do it and say where it stands in the log. Raises `Refused`.

    A conflict means that somebody else acted on the record meanwhile: the record is loaded
    again and its rules decide again, once. A form that is sent again is found by its key: by the
    log itself or, where the first time changed what its rules decide on, after they refused.
    """
    access.check_ever(command)
    command = _correlated(command)
    try:
        return await _once_more_at_a_conflict(log, action, command)
    except Refused as refused:
        key = idempotency_key(command)
        if key is not None and (earlier := await log.repeat(key)) is not None:
            return earlier
        if isinstance(refused, OwnWork):
            await duties.note(log, command.by, type(command), refused, command.key)
        raise


async def _once_more_at_a_conflict(
    log: Log, action: Callable[[Any, C], Awaitable[Appended]], command: C
) -> Appended:
    try:
        try:
            return await action(log, command)
        except Conflict:
            return await action(log, command)
    except PersonErased:
        raise AlreadyDecided(ERASED) from None


def _correlated(command: C) -> C:
    """Its events carry the id of the request it came with, unless it continues something older."""
    if command.correlation or not current():
        return command
    return command.model_copy(update={"correlation": current()})
