"""Vault: a key for each person in each matter; what is said about her is readable only with it.

Keys stand in `vault.keys`, wrapped by the keyring, apart from the log: a key that is destroyed
takes with it all that was ever sealed under it, in the log, its copies and its backups. That it
was destroyed stands in the log too, and wins over any older copy of the keys.
"""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from events import personal
from events.event import Event, Recorded
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
from events.personal import ERASED, LOCKED, Key, PersonErased, VaultLocked, parts_of, usable

__all__ = ["PersonErased", "Vault", "VaultLocked"]

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
        keys: dict[str, Key] = {}
        for domain, subject in {each for event in events for each in personal.subjects(event)}:
            keys[subject] = await self._sealing[domain].one(UUID(subject)) or LOCKED
        return [
            personal.sealed(event, keys, stream, version)
            for version, event in enumerate(events, start=after + 1)
        ]

    async def _keys_made(self, domain: str, subjects: Sequence[UUID]) -> Mapping[UUID, Key]:
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
        made = {row[0]: Key(fresh[row[0]]) for row in rows}
        there = [subject for subject in subjects if subject not in made]
        return {**made, **(await self._keys_of(there) if there else {})}

    # -- opening -------------------------------------------------------------------------

    async def opened(self, recorded: Iterable[Recorded]) -> list[Recorded]:
        """The events with what is said about persons, as far as it can be read."""
        found = list(recorded)
        wanted = {UUID(told.subject) for each in found for _, told in personal.told_in(each.event)}
        keys = await self._keys_of(list(wanted)) if wanted else {}
        return [personal.opened(each, keys) for each in found]

    async def _keys_of(self, subjects: Sequence[UUID]) -> Mapping[UUID, Key]:
        values = {"subjects": list(subjects)}
        async with self.pool.connection() as connection:
            rows = await (await connection.execute(_KEYS, values)).fetchall()
        found: dict[UUID, Key] = {}
        for domain in DOMAINS:
            mine = [row for row in rows if domain_of(row[2]) == domain]
            if any(kek and not self.rings[domain].knows(kek) for _, _, kek in mine):
                await self._look_again(domain)
            there = [row for row in mine if row[1] is not None]
            sealed = [Wrapped(kek, wrapped) for _, wrapped, kek in there]
            keys = await self.rings[domain].unwrap_all(sealed) if sealed else []
            found |= {row[0]: ERASED for row in mine if row[1] is None}
            found |= {
                row[0]: Key(key) if key else LOCKED for row, key in zip(there, keys, strict=True)
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
        return usable(await gathered.one(subject) or LOCKED)

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
