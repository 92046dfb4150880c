"""The vault from the operator's shell: its key is made, changed, lost and put back."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from events.keyring import PERSONS, Keyring
from services.platform import Platform
from services.vault_keys import Filed
from tests.database import Dsns
from tests.deploy.test_cli import Shell
from tests.opening import RING
from tests.vault.test_vault import NAME, lodged, name_of

pytestmark = pytest.mark.postgres


async def test_its_key_is_changed_lost_and_put_back(
    platform: Platform, database: Dsns, tmp_path: Path
) -> None:
    stream = await lodged(platform.log)
    shell, path = Shell(tmp_path, database), tmp_path / "data" / "vault.key"
    Filed(path).make()
    path.write_text(RING.text)
    assert str(RING.first) in await shell.asks("vault", "show")
    assert "1 个个人密钥" in await shell.asks("vault", "rotate")
    assert len(path.read_text().split()) == 2
    await shell.asks("vault", "retire")
    (line,) = path.read_text().split()
    assert str(RING.first) not in await shell.asks("vault", "show", lang="en")
    platform.vault.sources[PERSONS] = lambda: Keyring.parse(line)
    platform.vault._looked[PERSONS] = -1e9
    assert await name_of(platform.log, stream) == (NAME, "")
    path.rename(path.with_suffix(".away"))
    assert "缺少" in await shell.asks("vault", "show", code=1)
    assert "✗ 保险库" in await shell.asks("doctor", code=1)
    assert not path.exists(), "a lost key is never replaced by itself"
    path.with_suffix(".away").rename(path)
    assert "缺少" not in await shell.asks("vault", "show")
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        row = await (await connection.execute("select kek from vault.keys")).fetchone()
    assert row == (Keyring.parse(line).first,)
