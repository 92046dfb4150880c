"""Vault: a key for each person in each matter; what is said about her is readable only with it.

Keys stand in `vault.keys`, wrapped by the keyring, apart from the log: a key that is destroyed
takes with it all that was ever sealed under it, in the log, its copies and its backups. That it
was destroyed stands in the log too, and wins over any older copy of the keys.
"""

from __future__ import annotations

import asyncio
import logging
import math
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, get_args, get_type_hints
from uuid import UUID

import msgspec
from psycopg_pool import AsyncConnectionPool

from events.envelopes import Altered, Place, seal, unseal
from events.event import Event, Personal, Recorded, Unreadable
from events.gathering import Gathering
from events.keyring import (
    DOMAINS,
    INFORMANTS,
    PERSONS,
    SIZE,
    Keyring,
    NoSuchKey,
    Ring,
    Wrapped,
    domain_of,
)

log_ = logging.getLogger("gongzhi.vault")

#: Not waited for on disk: what is sealed under a key is written after it, by the same log.
_MAKE = """
    insert into vault.keys (subject, wrapped, kek)
    select subject, wrapped, kek
    from unnest(%(subjects)s::uuid[], %(wrapped)s::bytea[], %(keks)s::text[])
        new (subject, wrapped, kek),
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
    where wrapped is not null and kek <> %(kek)s
    and (kek like %(theirs)s) = %(apart)s order by subject limit %(most)s"""
_REWRAP = """
    update vault.keys k set wrapped = new.wrapped, kek = new.kek
    from unnest(%(subjects)s::uuid[], %(old)s::bytea[], %(new)s::bytea[], %(keks)s::text[])
        new (subject, old, wrapped, kek)
    where k.subject = new.subject and k.wrapped = new.old"""
_ANY = "select exists (select from vault.keys where (kek like %(theirs)s) = %(apart)s)"
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

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        keyring: Ring | None = None,
        informants: Ring | None = None,
    ) -> None:
        self.pool = pool
        empty = Keyring()
        self.rings: dict[str, Ring] = {PERSONS: keyring or empty, INFORMANTS: informants or empty}
        #: From where a ring that changed is read again.
        self.sources: dict[str, Callable[[], Ring | None]] = {}
        #: What goes with the keys that are destroyed: files that were sealed under them.
        self.takes_along: Callable[[Sequence[UUID]], Awaitable[None]] = _nothing
        self._looked = dict.fromkeys(DOMAINS, -math.inf)
        self._sealing = {name: Gathering(partial(self._keys_made, name)) for name in DOMAINS}
        self._opening = Gathering(self._keys_of)

    async def unused(self, domain: str = PERSONS) -> bool:
        """Whether nobody ever had a key here."""
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_ANY, _of(domain))).fetchone()
        return not (row and row[0])

    @property
    def locked(self) -> bool:
        """Whether nothing personal can be written down."""
        return self.rings[PERSONS].first is None

    # -- sealing -------------------------------------------------------------------------

    async def sealed(self, stream: UUID, after: int, events: Sequence[Event]) -> Sequence[Event]:
        """The events with all that is said about persons under their keys.

        Raises `VaultLocked`, `PersonErased`.
        """
        if not any(parts_of(type(event)) for event in events):
            return events
        keys: dict[str, _Key] = {}
        for domain, subject in {each for event in events for each in _subjects(event)}:
            keys[subject] = await self._sealing[domain].one(UUID(subject)) or _LOCKED
        return [
            _sealed(event, keys, stream, version)
            for version, event in enumerate(events, start=after + 1)
        ]

    async def _keys_made(self, domain: str, subjects: Sequence[UUID]) -> Mapping[UUID, _Key]:
        """A key for each, made where there was none."""
        await self._look_again(domain)
        fresh = {subject: secrets.token_bytes(SIZE) for subject in subjects}
        try:
            wrapped = await self.rings[domain].wrap_all(list(fresh.values()))
        except NoSuchKey as missing:
            raise VaultLocked(str(missing)) from None
        values = {"subjects": list(fresh), **_columns(wrapped)}
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
        found: dict[UUID, _Key] = {}
        for domain in DOMAINS:
            mine = [row for row in rows if domain_of(row[2]) == domain]
            if any(kek and not self.rings[domain].knows(kek) for _, _, kek in mine):
                await self._look_again(domain)
            there = [row for row in mine if row[1] is not None]
            sealed = [Wrapped(kek, wrapped) for _, wrapped, kek in there]
            keys = await self.rings[domain].unwrap_all(sealed) if sealed else []
            found |= {row[0]: _ERASED for row in mine if row[1] is None}
            found |= {
                row[0]: _Key(key) if key else _LOCKED for row, key in zip(there, keys, strict=True)
            }
        return found

    async def _look_again(self, domain: str) -> None:
        """The operator may have changed the ring: it is read again, every few seconds at most."""
        if time.monotonic() - self._looked[domain] > AGAIN:
            self._looked[domain] = time.monotonic()
            if (source := self.sources.get(domain)) is not None:
                read: Ring | None = await asyncio.to_thread(source)
                self.rings[domain] = read or self.rings[domain]

    async def key(self, subject: UUID, made_in: str | None = None) -> bytes:
        """The key for what is sealed beside the log; made in this domain where there is none.

        Raises `VaultLocked`, `PersonErased`.
        """
        gathered = self._opening if made_in is None else self._sealing[made_in]
        return _usable(await gathered.one(subject) or _LOCKED)

    # -- keys ----------------------------------------------------------------------------

    async def destroy(self, subjects: Sequence[UUID]) -> None:
        """Destroy the keys of these subjects for good; harmless where that was done."""
        async with self.pool.connection() as connection:
            await connection.execute(_DESTROY, {"subjects": list(subjects)})
            await connection.execute("notify gongzhi_vault")  # pages answered from memory go
        await self.takes_along(subjects)

    async def rewrap(self, domain: str = PERSONS) -> int:
        """Wrap every key under the first of the ring; how many were wrapped anew.

        Raises `NoSuchKey` where one can no longer be unwrapped; what was done stays done.
        """
        done, ring = 0, self.rings[domain]
        async with self.pool.connection() as connection:
            asked = {"kek": ring.first, "most": PART, **_of(domain)}
            while rows := await (await connection.execute(_STALE, asked)).fetchall():
                new = await ring.rewrap_all([Wrapped(kek, wrapped) for _, wrapped, kek in rows])
                columns = {"subjects": [r[0] for r in rows], "old": [r[1] for r in rows]}
                made = {"new": [each.key for each in new], "keks": [each.kek for each in new]}
                await connection.execute(_REWRAP, {**columns, **made})
                done += len(rows)
        return done

    async def strange(self) -> list[str]:
        """The names of keys that wrapped something and are not in their ring."""
        async with self.pool.connection() as connection:
            rows = await (await connection.execute(_NAMES)).fetchall()
        return sorted(kek for (kek,) in rows if not self.rings[domain_of(kek)].knows(kek))


def _of(domain: str) -> dict[str, object]:
    """Which keys are of the domain, for a statement."""
    return {"theirs": f"{INFORMANTS}:%", "apart": domain == INFORMANTS}


def _columns(wrapped: Sequence[Wrapped]) -> dict[str, list[Any]]:
    return {"wrapped": [each.key for each in wrapped], "keks": [each.kek for each in wrapped]}


async def _nothing(subjects: Sequence[UUID]) -> None:
    """Nothing goes with them."""


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


def _subjects(event: Event) -> Iterator[tuple[str, str]]:
    """Whose keys it needs, and in which domain they are made."""
    for _, told in _told(event):
        if told.fields:
            yield event.DOMAIN, told.subject


def _sealed(event: Event, keys: Mapping[str, _Key], stream: UUID, version: int) -> Event:
    changes: dict[str, Personal] = {}
    for part, told in _told(event):
        if told.fields:
            key = _usable(keys[told.subject])
            changes[part] = seal(told, key, Place(stream, version, part))
        else:  # what stands sealed elsewhere does not open here
            changes[part] = Personal(subject=told.subject)
    return msgspec.structs.replace(event, **changes) if changes else event


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
