"""Vault: a key for each person in each matter; what is said about her is readable only with it.

Keys stand in `vault.keys`, wrapped by the keyring, apart from the log: a key that is destroyed
takes with it all that was ever sealed under it, in the log, its copies and its backups. That it
was destroyed stands in the log too, and wins over any older copy of the keys.
"""

from __future__ import annotations

import logging
import math
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints
from uuid import UUID

import msgspec
from psycopg_pool import AsyncConnectionPool

from events.envelopes import Altered, Place, seal, unseal
from events.event import Event, Personal, Recorded, Unreadable
from events.gathering import Gathering
from events.keyring import SIZE, Keyring, NoSuchKey

log_ = logging.getLogger("gongzhi.vault")

#: Not waited for on disk: what is sealed under a key is written after it, by the same log.
_MAKE = """
    insert into vault.keys (subject, wrapped, kek)
    select subject, wrapped, %(kek)s
    from unnest(%(subjects)s::uuid[], %(wrapped)s::bytea[]) new (subject, wrapped),
        (select set_config('synchronous_commit', 'off', true)) _
    on conflict do nothing returning subject"""
_KEYS = "select subject, wrapped, kek from vault.keys where subject = any(%(subjects)s)"
_DESTROY = """
    insert into vault.keys (subject, wrapped, kek, destroyed_at)
    select unnest(%(subjects)s::uuid[]), null, '', now()
    on conflict (subject) do update set wrapped = null, kek = '', destroyed_at = now()
    where vault.keys.wrapped is not null"""
_STALE = """
    select subject, wrapped, kek from vault.keys
    where wrapped is not null and kek <> %(kek)s order by subject limit %(most)s"""
_REWRAP = """
    update vault.keys k set wrapped = new.wrapped, kek = %(kek)s
    from unnest(%(subjects)s::uuid[], %(old)s::bytea[], %(new)s::bytea[])
        new (subject, old, wrapped)
    where k.subject = new.subject and k.wrapped = new.old"""
_ANY = "select exists (select from vault.keys)"
_NAMES = "select distinct kek from vault.keys where wrapped is not null"
#: Keys wrapped anew in one go.
PART = 1000
#: Seconds after which the ring is read again.
AGAIN = 5.0


class VaultLocked(Exception):
    """The key-encryption key is missing: nothing personal can be written down now."""


class PersonErased(Exception):
    """This person's key was destroyed: nothing more can be written about her in this matter."""


class _Key(NamedTuple):
    """The data key, or why there is none."""

    key: bytes | None
    why: Unreadable = ""


_ERASED, _LOCKED = _Key(None, "erased"), _Key(None, "locked")


class Vault:
    """The keys of persons over a pool of connections of the application's role."""

    def __init__(self, pool: AsyncConnectionPool[Any], keyring: Keyring | None = None) -> None:
        self.pool = pool
        self.keyring = keyring or Keyring()
        #: From where a ring that changed is read again.
        self.source: Callable[[], Keyring | None] = lambda: None
        self._looked = -math.inf
        self._sealing = Gathering(self._keys_made)
        self._opening = Gathering(self._keys_of)

    async def unused(self) -> bool:
        """Whether nobody ever had a key here."""
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_ANY)).fetchone()
        return not (row and row[0])

    @property
    def locked(self) -> bool:
        """Whether nothing personal can be written down."""
        return self.keyring.first is None

    # -- sealing -------------------------------------------------------------------------

    async def sealed(self, stream: UUID, after: int, events: Sequence[Event]) -> Sequence[Event]:
        """The events with all that is said about persons under their keys.

        Raises `VaultLocked`, `PersonErased`.
        """
        if not any(parts_of(type(event)) for event in events):
            return events
        return [
            await self._sealed(event, stream, version)
            for version, event in enumerate(events, start=after + 1)
        ]

    async def _sealed(self, event: Event, stream: UUID, version: int) -> Event:
        changes: dict[str, Personal] = {}
        for part, told in _told(event):
            if told.fields:
                key = await self._sealing.one(UUID(told.subject)) or _LOCKED
                changes[part] = seal(told, _usable(key), Place(stream, version, part))
            else:  # what stands sealed elsewhere does not open here
                changes[part] = Personal(subject=told.subject)
        return msgspec.structs.replace(event, **changes) if changes else event

    async def _keys_made(self, subjects: Sequence[UUID]) -> Mapping[UUID, _Key]:
        """A key for each, made where there was none."""
        self._look_again()
        if self.locked:
            raise VaultLocked("no key-encryption key")
        fresh = {subject: secrets.token_bytes(SIZE) for subject in subjects}
        values = {
            "subjects": list(fresh), "kek": self.keyring.first,
            "wrapped": [self.keyring.wrap(key) for key in fresh.values()],
        }  # fmt: skip
        async with self.pool.connection() as connection:
            rows = await (await connection.execute(_MAKE, values)).fetchall()
        made = {row[0]: _Key(fresh[row[0]]) for row in rows}
        there = [subject for subject in subjects if subject not in made]
        return {**made, **(await self._keys_of(there) if there else {})}

    # -- opening -------------------------------------------------------------------------

    async def opened(self, recorded: Iterable[Recorded]) -> list[Recorded]:
        """The events with what is said about persons, as far as it can be read."""
        found = list(recorded)
        wanted = {UUID(told.subject) for each in found for _, told in _told(each.event)}
        keys = await self._keys_of(list(wanted)) if wanted else {}
        return [_opened(each, keys) for each in found]

    async def _keys_of(self, subjects: Sequence[UUID]) -> Mapping[UUID, _Key]:
        values = {"subjects": list(subjects)}
        async with self.pool.connection() as connection:
            rows = await (await connection.execute(_KEYS, values)).fetchall()
        if any(kek and kek not in self.keyring.keys for _, _, kek in rows):
            self._look_again()
        return {subject: self._unwrapped(kek, wrapped) for subject, wrapped, kek in rows}

    def _unwrapped(self, kek: str, wrapped: bytes | None) -> _Key:
        if wrapped is None:
            return _ERASED
        try:
            return _Key(self.keyring.unwrap(kek, wrapped))
        except NoSuchKey:
            return _LOCKED

    def _look_again(self) -> None:
        """The operator may have changed the ring: it is read again, every few seconds at most."""
        if time.monotonic() - self._looked > AGAIN:
            self._looked = time.monotonic()
            self.keyring = self.source() or self.keyring

    # -- keys ----------------------------------------------------------------------------

    async def destroy(self, subjects: Sequence[UUID]) -> None:
        """Destroy the keys of these subjects for good; harmless where that was done."""
        async with self.pool.connection() as connection:
            await connection.execute(_DESTROY, {"subjects": list(subjects)})
            await connection.execute("notify gongzhi_vault")  # pages answered from memory go

    async def rewrap(self) -> int:
        """Wrap every key under the first of the ring; how many were wrapped anew.

        Raises `NoSuchKey` where one can no longer be unwrapped; what was done stays done.
        """
        done, kek = 0, self.keyring.first
        async with self.pool.connection() as connection:
            asked = {"kek": kek, "most": PART}
            while rows := await (await connection.execute(_STALE, asked)).fetchall():
                new = [self.keyring.wrap(self.keyring.unwrap(row[2], row[1])) for row in rows]
                columns = {"subjects": [r[0] for r in rows], "old": [r[1] for r in rows]}
                await connection.execute(_REWRAP, {**columns, "new": new, "kek": kek})
                done += len(rows)
        return done

    async def strange(self) -> list[str]:
        """The names of keys that wrapped something and are not in the ring."""
        async with self.pool.connection() as connection:
            rows = await (await connection.execute(_NAMES)).fetchall()
        return sorted(row[0] for row in rows if row[0] not in self.keyring.keys)


def _usable(found: _Key) -> bytes:
    if found.key is not None:
        return found.key
    raise PersonErased if found.why == "erased" else VaultLocked("its key is not in the ring")


@cache
def parts_of(kind: type[Event]) -> tuple[str, ...]:
    """The fields of an event in which something is said about a person, and is sealed."""
    if kind.IN_OFFICE:
        return ()
    hints = get_type_hints(kind)
    return tuple(
        name for name in kind.__struct_fields__
        if hints[name] is Personal or Personal in get_args(hints[name])
    )  # fmt: skip


def _told(event: Event) -> Iterator[tuple[str, Personal]]:
    for part in parts_of(type(event)):
        told = getattr(event, part)
        if told is not None:
            yield part, told


def _opened(recorded: Recorded, keys: Mapping[UUID, _Key]) -> Recorded:
    changes: dict[str, Personal] = {}
    for part, told in _told(recorded.event):
        if told.sealed is not None:
            place = Place(recorded.stream, recorded.version, part)
            found = keys.get(UUID(told.subject), _LOCKED)
            changes[part] = _unsealed(told, found, place)
    if not changes:
        return recorded
    event = msgspec.structs.replace(recorded.event, **changes)
    return msgspec.structs.replace(recorded, event=event)


def _unsealed(told: Personal, found: _Key, place: Place) -> Personal:
    why = found.why
    try:
        if found.key is not None:
            return unseal(told, found.key, place)
    except Altered:
        log_.critical("what is said of a person was altered: %s", place)
        why = "altered"
    return msgspec.structs.replace(told, unreadable=why)
