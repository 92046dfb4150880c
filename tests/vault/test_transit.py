"""The key-encryption keys at a real OpenBao: wrapped, unwrapped, changed, away and refused."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from events.keyring import DOMAINS, INFORMANTS, PERSONS, NoSuchKey
from events.log import Log
from events.vault import Vault, VaultLocked
from services import transit
from services.platform import Platform
from services.private_files import KeyTrouble
from services.settings import Settings
from services.vault_keys import Filed, keys, unlock
from tests.vault.bao import BAO, ROOT, Bao, running
from tests.vault.test_vault import NAME, lodged, name_of

needed = pytest.mark.skipif(BAO is None, reason="no OpenBao here: make test-tools")


@pytest.fixture(scope="module")
def bao() -> Iterator[Bao]:
    with running() as server:
        yield server


def settings(bao: Bao, data: Path, **more: Any) -> Settings:
    given = {"transit_url": bao.url, "transit_token": ROOT, "data": data}
    return Settings(**{**given, **more})


async def the_vault(platform: Platform, chosen: Settings) -> Vault:
    vault = Vault(platform.pool)
    await unlock(vault, keys(chosen))
    return vault


async def keks(platform: Platform) -> set[str]:
    async with platform.pool.connection() as connection:
        rows = await (await connection.execute("select kek from vault.keys")).fetchall()
    return {row[0] for row in rows}


@needed
@pytest.mark.postgres
async def test_what_is_said_of_persons_is_sealed_and_opened_there(
    platform: Platform, bao: Bao, tmp_path: Path
) -> None:
    role, secret = bao.approle()
    chosen = settings(
        bao, tmp_path, transit_token=None, transit_role_id=role, transit_secret_id=secret
    )
    vault = await the_vault(platform, chosen)
    async with aclosing(Log(platform.pool, vault)) as log:
        stream = await lodged(log)
        assert await name_of(log, stream) == (NAME, "")
        assert await keks(platform) == {"transit/gongzhi#1"}
        time.sleep(2.5)  # the token of the role has run out; a new one is asked for
        assert await name_of(log, stream) == (NAME, "")
        assert await vault.strange() == []
        assert not (tmp_path / "vault.key").exists(), "no key stands in a file"


@needed
@pytest.mark.postgres
async def test_its_key_is_changed_and_a_filed_one_is_left(
    platform: Platform, bao: Bao, tmp_path: Path
) -> None:
    filed = {PERSONS: Filed(tmp_path / "vault.key"), INFORMANTS: Filed(tmp_path / "i.key")}
    before = Vault(platform.pool)
    await unlock(before, filed)
    async with aclosing(Log(platform.pool, before)) as log:
        old = await lodged(log)
    vault = await the_vault(platform, settings(bao, tmp_path))
    async with aclosing(Log(platform.pool, vault)) as log:
        new = await lodged(log)
        assert len(await keks(platform)) == 2
        bao.ask("POST", "transit/keys/gongzhi/rotate", {})
        again = await the_vault(platform, settings(bao, tmp_path))
        assert str(again.rings[PERSONS].first).startswith("transit/gongzhi#")
        assert await again.rewrap() == 2
        assert await again.rewrap() == 0
        assert await keks(platform) == {again.rings[PERSONS].first}
        (tmp_path / "vault.key").unlink()
        latest = str(again.rings[PERSONS].first).rpartition("#")[2]
        bao.ask("POST", "transit/keys/gongzhi/config", {"min_decryption_version": int(latest)})
        for stream in (old, new):
            assert await name_of(log, stream) == (NAME, ""), (
                "without the file, without old versions"
            )


@needed
@pytest.mark.postgres
async def test_while_it_is_away_nothing_personal_is_shown_or_entered(
    platform: Platform, bao: Bao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transit, "TIMEOUT", 0.3)
    vault = await the_vault(platform, settings(bao, tmp_path))
    async with aclosing(Log(platform.pool, vault)) as log:
        stream = await lodged(log)
        bao.freeze(signal.SIGSTOP)
        try:
            assert await name_of(log, stream) == ("", "locked")
            with pytest.raises(VaultLocked):
                await lodged(log)
            late = await the_vault(platform, settings(bao, tmp_path))
            assert late.locked, "a start without the server is a start without the key"
        finally:
            bao.freeze(signal.SIGCONT)
        assert await name_of(log, stream) == (NAME, "")
        late._looked = dict.fromkeys(DOMAINS, -1e9)
        async with aclosing(Log(platform.pool, late)) as other:
            await lodged(other)


@needed
async def test_what_it_refuses_is_said(bao: Bao, tmp_path: Path) -> None:
    good = keys(settings(bao, tmp_path))[PERSONS].read(PERSONS)
    (one, two) = await good.wrap_all([b"1" * 32, b"2" * 32])
    damaged = two._replace(key=two.key[:-6] + b"AAAA==")
    assert await good.unwrap_all([one, damaged]) == [b"1" * 32, None], "one of many, not all"
    for wrong in ({"transit_token": "stolen"}, {"transit_key": "none"}):
        ring = keys(settings(bao, tmp_path, **wrong))[PERSONS].read(PERSONS)
        assert ring.first is None
    informants = keys(settings(bao, tmp_path))[INFORMANTS].read(INFORMANTS)
    assert informants.first == "informants:transit/gongzhi-informants#1"
    assert await informants.unwrap_all([one]) == [None], "another key opens none of it"
    bad = keys(settings(bao, tmp_path, transit_token="stolen"))[PERSONS].read(PERSONS)
    with pytest.raises(NoSuchKey):
        await bad.wrap_all([b"1" * 32])


@pytest.mark.parametrize(
    "wrong",
    [{"transit_url": "http://keys.example.cn"}, {"transit_url": "keys"}, {"transit_token": None}],
)
def test_settings_that_cannot_be_meant(tmp_path: Path, wrong: dict[str, Any]) -> None:
    given = {"transit_url": "https://keys.example.cn", "transit_token": "t", "data": tmp_path}
    with pytest.raises(KeyTrouble, match="TRANSIT"):
        keys(Settings(**{**given, **wrong}))


async def test_a_server_that_is_not_there_is_a_missing_key(tmp_path: Path) -> None:
    nowhere = Settings(transit_url="http://127.0.0.1:9", transit_token="t", data=tmp_path)  # type: ignore[arg-type]
    ring = keys(nowhere)[PERSONS].read(PERSONS)
    assert ring.first is None
    assert not ring.knows("another")
