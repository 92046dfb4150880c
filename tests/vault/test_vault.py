"""The vault over a real database: what the log holds, keys that are lost, changed or destroyed."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from events.complaints import ComplaintRegistered
from events.event import Personal
from events.ids import new_id
from events.keyring import INFORMANTS, PERSONS, Keyring
from events.log import Append, Log
from events.vault import PersonErased, Vault, VaultLocked
from services.erasing import bury
from services.platform import Platform
from services.private_files import KeyTrouble
from services.settings import Settings
from services.vault_keys import Filed, Given, keys, unlock
from tests.database import Dsns
from tests.opening import RING
from tests.people import CONSUMER, COUNCIL

pytestmark = pytest.mark.postgres
NAME = "陈金丝雀小姐"


def registered(subject: UUID, name: str = NAME) -> ComplaintRegistered:
    return ComplaintRegistered(
        by=CONSUMER, number="GZ-2026-000001-C", handler=COUNCIL,
        complainant=Personal.committed(str(subject), {"name": name}),
        told=Personal(subject=str(subject), fields={"facts": "着火"}),
    )  # fmt: skip


async def lodged(log: Log) -> UUID:
    stream = new_id()
    await log.append([Append(stream, 0, [registered(stream)])])
    return stream


async def name_of(log: Log, stream: UUID) -> tuple[str, str]:
    """The name as it opens, and why it does not."""
    (recorded,) = await log.load(stream, opened=True)
    assert isinstance(recorded.event, ComplaintRegistered)
    who = recorded.event.complainant
    return who.get("name"), who.unreadable


async def test_the_log_holds_ciphertext_and_commitments(platform: Platform, database: Dsns) -> None:
    stream = await lodged(platform.log)
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        row = await (await connection.execute("select state from log.events")).fetchone()
    assert row is not None
    state = bytes(row[0])
    assert NAME.encode() not in state
    assert state.count(b'"commitments"') == 2, "also where the rule made none"
    (closed,) = await platform.log.load(stream)
    assert closed.event.complainant.fields is None  # type: ignore[attr-defined]
    assert await name_of(platform.log, stream) == (NAME, "")


async def test_one_key_for_each_matter_whoever_asks_first(platform: Platform) -> None:
    stream = new_id()
    events = [registered(stream), registered(stream)]
    await asyncio.gather(
        *(platform.log.append([Append(new_id(), 0, [event])]) for event in events * 10)
    )
    async with platform.pool.connection() as connection:
        row = await (await connection.execute("select count(*) from vault.keys")).fetchone()
    assert row == (1,)


async def test_a_destroyed_key_stays_dead(platform: Platform, database: Dsns) -> None:
    stream = await lodged(platform.log)
    other = await lodged(platform.log)
    await platform.vault.destroy([stream])
    await platform.vault.destroy([stream])
    assert await name_of(platform.log, stream) == ("", "erased")
    assert await name_of(platform.log, other) == (NAME, "")
    with pytest.raises(PersonErased):
        await platform.log.append([Append(new_id(), 0, [registered(stream)])])


async def test_without_its_key_the_vault_says_so(platform: Platform) -> None:
    stream = await lodged(platform.log)
    locked = Log(platform.pool, Vault(platform.pool))
    assert await name_of(locked, stream) == ("", "locked")
    with pytest.raises(VaultLocked):
        await lodged(locked)
    strange = Log(platform.pool, Vault(platform.pool, Keyring.generate()))
    assert await name_of(strange, stream) == ("", "locked")
    assert await strange.vault.strange() == [RING.first]
    with pytest.raises(VaultLocked):  # its key is there, and cannot be used
        await strange.append([Append(new_id(), 0, [registered(stream)])])


async def test_an_envelope_that_an_administrator_moves_does_not_open(
    platform: Platform, database: Dsns
) -> None:
    one, two = await lodged(platform.log), await lodged(platform.log)
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        await connection.execute("alter table log.events disable trigger all")
        await connection.execute(
            "update log.events e set state = o.state from log.events o"
            " where e.stream = %s and o.stream = %s", [one, two],
        )  # fmt: skip
    assert await name_of(platform.log, one) == ("", "altered")


async def test_the_key_is_changed_while_everything_stays_readable(platform: Platform) -> None:
    streams = [await lodged(platform.log) for _ in range(5)]
    ring = RING.renewed()
    elsewhere = Vault(platform.pool, ring)
    platform.vault.sources[PERSONS] = lambda: ring
    platform.vault._looked[PERSONS] = -1e9
    assert await elsewhere.rewrap() == 5
    assert await elsewhere.rewrap() == 0
    for stream in streams:
        assert await name_of(platform.log, stream) == (NAME, ""), "the ring is read again"
    only_new = Log(platform.pool, Vault(platform.pool, Keyring([next(iter(ring.keys.values()))])))
    assert await name_of(only_new, streams[0]) == (NAME, "")
    assert await only_new.vault.strange() == []


async def test_a_ring_is_made_once_and_never_in_place_of_a_lost_one(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "vault.key"
    vault = Vault(platform.pool)
    await unlock(vault, {PERSONS: Filed(path)})
    made = vault.rings[PERSONS].first
    assert made
    assert path.stat().st_mode & 0o777 == 0o600
    async with aclosing(Log(platform.pool, vault)) as log:
        await lodged(log)
    path.unlink()
    again = Vault(platform.pool)
    await unlock(again, {PERSONS: Filed(path)})
    assert again.locked
    assert not path.exists()
    path.write_text("nothing\n")
    path.chmod(0o600)
    with pytest.raises(KeyTrouble):
        await unlock(Vault(platform.pool), {PERSONS: Filed(path)})
    path.chmod(0o644)
    with pytest.raises(KeyTrouble, match="chmod"):
        await unlock(Vault(platform.pool), {PERSONS: Filed(path)})


def test_where_the_ring_is_kept(tmp_path: Path) -> None:
    filed = {PERSONS: Filed(tmp_path / "vault.key"), INFORMANTS: Filed(tmp_path / "informants.key")}
    assert keys(Settings(data=tmp_path)) == filed
    given = keys(Settings(vault_key=RING.text))[PERSONS]  # type: ignore[arg-type]
    assert isinstance(given, Given)
    assert given.ring.keys == RING.keys


async def test_nothing_to_bury_on_a_new_platform(platform: Platform) -> None:
    assert await bury(platform.log) == 0
