"""Account log: what happens with a person's account is recorded beside her record as a person.

These are no decisions of the platform's parties but facts of the desk, so they have a stream of
their own and no rules: only what was done is written, after it was done.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from events.event import Acting, Personal
from events.ids import derived_id
from events.log import Append, Conflict, Log
from events.parties import PersonEvent
from services.correlation import current

#: Tries again when another process wrote to the same account meanwhile.
TRIES = 5


def account_stream(person: str) -> UUID:
    """Where the history of a person's account stands."""
    return derived_id(UUID(person), "account")


async def note(
    log: Log, kind: type[PersonEvent], by: Acting, person: str, name: str, /, **fields: Any
) -> int:
    """Record that it happened; its position."""
    stream = account_stream(person)
    who = Personal(subject=person, fields={"name": name})
    for left in reversed(range(TRIES)):
        event = kind(by=by, who=who, correlation=current(), **fields)
        try:
            done = await log.append([Append(stream, await log.version(stream), [event])])
        except Conflict:
            if not left:
                raise
        else:
            return done.last
    raise AssertionError("unreachable")
