"""How an action reaches its record: load, may this party, is it still so, rule, append."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from events.event import Recorded
from events.ids import repeat_key
from events.log import Append, Appended
from events.words import Words
from services import access
from services.actions.aggregate import Aggregate
from services.actions.command import Command
from services.actions.refused import AlreadyDecided, Changed, NotFound

A = TypeVar("A", bound=Aggregate)
C = TypeVar("C", bound=Command)


class Log(Protocol):
    """What actions need of the log: `events.log.Log`, or several acts `Together`."""

    async def load(self, stream: UUID, opened: bool = False) -> list[Recorded]: ...

    async def append(self, changes: list[Append], key: UUID | None = None) -> Appended: ...

    async def next_number(self, series: str) -> int: ...

    async def give_back(self, series: str, number: int) -> None: ...


async def load(log: Log, kind: type[A], id: UUID) -> A:
    """The record as it now is; version 0 where there is none."""
    aggregate = kind(id)
    aggregate.replay(await log.load(id, opened=kind.OPENED))
    return aggregate


async def begin(
    log: Log, kind: type[A], id: UUID, command: C, rule: Callable[[A, C], None]
) -> Appended:
    """Start a new record by a rule of its kind; nothing is loaded where its id is new too."""
    aggregate = kind(id) if id in command.made else await load(log, kind, id)
    if aggregate.version:
        raise AlreadyDecided(Words("这条记录已经存在", "This record already exists"))
    access.check(command, aggregate)
    return await _obey(log, aggregate, command, rule)


async def change(
    log: Log, kind: type[A], id: UUID, command: C, rule: Callable[[A, C], None]
) -> Appended:
    """Change an existing record by a rule of its kind."""
    aggregate = await load(log, kind, id)
    if not aggregate.version:
        raise NotFound(access.NOT_THERE)
    access.check_part(command, aggregate)
    _refuse_unseen(aggregate, command)
    access.check_state(command, aggregate)
    return await _obey(log, aggregate, command, rule)


async def _obey(
    log: Log, aggregate: Any, command: Command, rule: Callable[[Any, Any], None]
) -> Appended:
    before = aggregate.version
    rule(aggregate, command)
    key = idempotency_key(command)
    return await log.append([Append(aggregate.id, before, aggregate.new)], key)


def _refuse_unseen(aggregate: Aggregate, command: Command) -> None:
    """What came beside it since then (files, scans) makes no form out of date."""
    if command.seen is None or aggregate.last is None:
        return
    if aggregate.changed <= command.seen <= aggregate.version:
        return
    said = aggregate.last.said()
    raise Changed(
        Words(
            f"在您填写期间，这条记录已有新的变化：{said.zh}。您填写的内容还在，请核对后再提交。",
            f"This record has changed meanwhile: {said.en}. What you typed is kept; "
            "please check it and send again.",
        ),
        type(aggregate),
        aggregate.id,
        command.seen,
    )


def idempotency_key(command: Command) -> UUID | None:
    """One key per acting person and form: a repeat is found, not done again."""
    if not command.key:
        return None
    whose = f"{command.by.party.id}/{command.by.person}/{type(command).__name__}"
    return repeat_key(command.key, whose)
