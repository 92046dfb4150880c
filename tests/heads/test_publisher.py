"""Heads: signed soon after the log grew, one for each size, never of a log that was rewritten."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from events.ids import new_id
from events.log import Append
from events.proofs.keys import SignerKey
from events.proofs.merkle import consistent, includes
from services.heads import signing
from services.heads.checking import check
from services.heads.publisher import Heads, Publisher, Rewritten
from services.heads.signing import CommandSigner, KeySigner
from services.heads.tree import LogTree
from services.platform import Platform
from services.private_files import KeyTrouble
from services.settings import Settings
from tests.database import Dsns
from tests.events.test_log import accepted
from tests.opening import open_platform

pytestmark = pytest.mark.postgres
KEY = SignerKey.generate("test.example/log")


async def grow(platform: Platform, many: int) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()]) for _ in range(many)])


async def test_a_head_is_signed_once_for_each_size_and_continues_the_last(
    platform: Platform,
) -> None:
    publisher = Publisher(platform.pool, KeySigner(KEY))
    assert await publisher.publish() is None
    heads = []
    for many in (1, 1, 5, 249, 1, 300, 70_000):
        await grow(platform, many)
        published = await publisher.publish()
        assert published is not None
        assert published.verify_log([KEY.verifier]) == KEY.verifier
        assert await publisher.publish() is None
        heads.append(published.head)
    tree = LogTree(platform.pool)
    for old, new in pairwise(heads):
        proof = await tree.consistency(old.size, new.size)
        assert consistent(old.size, new.size, old.root, new.root, proof)
    async with platform.pool.connection() as db:
        rows = await (await db.execute("select leaf from log.events order by position")).fetchall()
    for head in heads:
        for index in {0, head.size // 2, head.size - 1}:
            path = await tree.inclusion(index, head.size)
            assert includes(index, head.size, bytes(rows[index][0]), path, head.root)


async def test_a_second_signer_of_one_size_loses(platform: Platform) -> None:
    await grow(platform, 3)
    other = SignerKey.generate("test.example/log")
    one, two = (Publisher(platform.pool, KeySigner(key)) for key in (KEY, other))
    told = await asyncio.gather(one.publish(), two.publish())
    kept = await Heads(platform.pool).latest()
    assert kept is not None
    assert {bytes(each) for each in told if each} == {bytes(kept)}


REWRITES = [
    "update log.head set size = 4, edge = (select edge from log.head)",
    "update log.head set edge = set_byte(edge, 3, get_byte(edge, 3) # 1)",
    "update log.events set leaf = sha256(leaf) where position = 300",
]
#: Found by who proves the continuation from tiles: after a start, and by the self-check.
ONLY_TILES = "update log.tiles set hashes = set_byte(hashes, 3, get_byte(hashes, 3) # 1)"


@pytest.mark.parametrize("rewrite", [*REWRITES, ONLY_TILES])
@pytest.mark.parametrize("restarted", [False, True])
async def test_a_log_that_was_rewritten_gets_no_new_head(
    platform: Platform, database: Dsns, rewrite: str, restarted: bool
) -> None:
    publisher = Publisher(platform.pool, KeySigner(KEY))
    await grow(platform, 299)
    assert await publisher.publish() is not None
    await grow(platform, 10)
    with psycopg.connect(database.owner, autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute(rewrite.encode())
    if restarted:
        publisher = Publisher(platform.pool, KeySigner(KEY))
    elif rewrite == ONLY_TILES:
        assert await publisher.publish() is not None, "the head is of the events as they are"
        return
    with pytest.raises((Rewritten, ValueError)):
        await publisher.publish()
    latest = await Heads(platform.pool).latest()
    assert latest is not None
    assert latest.head.size == 299


@pytest.mark.parametrize("signed_before", [False, True])
async def test_many_events_at_once_are_proved_by_tiles(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, signed_before: bool
) -> None:
    """As after an import, or when the first key is made for a log that has grown without."""
    monkeypatch.setattr("services.heads.publisher.MOST", 100)
    publisher = Publisher(platform.pool, KeySigner(KEY))
    if signed_before:
        await grow(platform, 7)
        await publisher.publish()
    await grow(platform, 900)
    signed = await publisher.publish()
    assert signed is not None
    assert signed.head.size == await platform.log.size()
    async with platform.pool.connection() as connection:
        assert (await check(connection)).altered is None


async def test_heads_follow_the_log_by_themselves(database: Dsns) -> None:
    async with open_platform(database.owner, database.app, signer=KeySigner(KEY)) as platform:
        await grow(platform, 7)
        async with asyncio.timeout(120):
            while (latest := await Heads(platform.pool).latest()) is None or latest.head.size < 7:
                await asyncio.sleep(0.02)


async def test_a_head_that_is_kept_stays(platform: Platform, database: Dsns) -> None:
    await grow(platform, 2)
    await Publisher(platform.pool, KeySigner(KEY)).publish()
    with psycopg.connect(database.owner, autocommit=True) as owner:
        for statement in ("update log.heads set size = 1", "delete from log.heads"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(statement)


# -- keys --------------------------------------------------------------------------------


def a_signer(tmp_path: Path, text: str) -> str:
    program = tmp_path / "signer.py"
    program.write_text(text)
    return f"{sys.executable} {program}"


async def test_a_command_signs_and_what_it_signs_is_checked(
    platform: Platform, tmp_path: Path
) -> None:
    await grow(platform, 2)
    signs = (
        "import base64, sys\nsys.path.insert(0, '.')\n"
        "from events.proofs.keys import SignerKey\n"
        f"key = SignerKey.parse({KEY.text!r})\n"
        "print(base64.b64encode(key.sign(sys.stdin.read())).decode())"
    )
    command = CommandSigner(a_signer(tmp_path, signs), KEY.verifier)
    published = await Publisher(platform.pool, command).publish()
    assert published is not None
    assert published.verify_log([KEY.verifier])
    for wrong in (
        f"print({base64.b64encode(bytes(64)).decode()!r})", "print('?')", "raise SystemExit('no')"
    ):  # fmt: skip
        await grow(platform, 1)
        lying = CommandSigner(a_signer(tmp_path, wrong), KEY.verifier)
        with pytest.raises(KeyTrouble):
            await Publisher(platform.pool, lying).publish()


def test_a_key_is_kept_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    assert signing.signer(settings) is None
    path = signing.key_path(settings)
    signing.keep(path, KEY)
    assert path.stat().st_mode & 0o777 == 0o600
    found = signing.signer(settings)
    assert found is not None
    assert found.verifier == KEY.verifier
    with pytest.raises(KeyTrouble, match="not overwritten"):
        signing.keep(path, SignerKey.generate("other"))
    path.chmod(0o640)
    with pytest.raises(KeyTrouble, match="chmod 600"):
        signing.signer(settings)


@pytest.mark.parametrize(
    "broken",
    [
        lambda tmp: Settings(data=tmp, log_key="nonsense"),
        lambda tmp: Settings(data=tmp, log_signer="true", log_vkey="nonsense"),
    ],
)
def test_what_is_no_key_is_said_without_showing_it(
    tmp_path: Path, broken: Callable[[Path], Settings]
) -> None:
    with pytest.raises(KeyTrouble) as told:
        signing.signer(broken(tmp_path))
    assert "GONGZHI_LOG_" in told.value.words.zh
