"""The log checks itself: whatever is changed behind its back is found, with its position."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from deploy.cli.doctor import findings
from events.event import today
from services.heads.checking import check
from services.heads.selfcheck import SelfCheck, last_checks
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns
from tests.deploy.test_cli import Shell
from tests.heads.conftest import Parties, grow
from tests.heads.test_threats import EDITS, REMAKE

pytestmark = pytest.mark.postgres
DAILY = timedelta(days=1)
#: What is changed as superuser -> the first position it is found at.
FOUND = {
    **{name: (statements, 400) for name, statements in EDITS.items()},
    "reorders": (EDITS["reorders"], 301),  # with their leaves, so that only the head tells
    "changes the end that is not signed": (
        ["update log.head set edge = set_byte(edge, 3, 3)"], 601
    ),
    "edits state and leaf": (
        ["update log.events set state = state || ' ' where position = 400", REMAKE[0]],
        301,  # all the rest was signed at 300, and what was signed at 600 differs
    ),
    "takes one out": (["delete from log.events where position = 400"], 400),
    "cuts off the end": (
        ["delete from log.events where position > 500", "update log.head set size = 500"], 501
    ),
    "serves another tile": (
        ["update log.tiles set hashes = set_byte(hashes, 700, 7) where level = 0 and index = 1"],
        257,
    ),
    "takes a tile out": (["delete from log.tiles where index = 0"], 1),
}  # fmt: skip


@pytest.fixture
async def signed(platform: Platform, parties: Parties) -> Platform:
    """600 events, signed at 300 and at 600."""
    for _ in range(2):
        await grow(platform, 300)
        await parties.publisher.publish()
    return platform


async def as_superuser(database: Dsns, statements: list[str]) -> None:
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute("set session_replication_role = replica")
        for statement in statements:
            await owner.execute(statement.encode())


async def test_an_untouched_log_is_sound(signed: Platform) -> None:
    async with signed.pool.connection() as connection:
        assert await check(connection) == (600, 2, None)


@pytest.mark.parametrize("what", FOUND)
async def test_what_an_administrator_changes_is_found(
    what: str, signed: Platform, database: Dsns
) -> None:
    statements, position = FOUND[what]
    await as_superuser(database, statements)
    found = await SelfCheck(signed.pool, DAILY).now()
    assert found is not None
    assert found.altered is not None
    assert found.altered.position == position, found.altered
    (kept,) = await last_checks(signed.pool, 5)
    assert (kept.position, kept.en) == (position, found.altered.words.en)
    told = [f.found.en async for f in findings(signed, today(), Settings())]
    assert any(f"position {position} is not what it was" in each for each in told), told


async def test_it_is_done_once_a_day_by_one_process(signed: Platform, database: Dsns) -> None:
    checks = SelfCheck(signed.pool, DAILY)
    assert await checks.is_due()
    async with await psycopg.AsyncConnection.connect(database.app) as another:
        await another.execute("select pg_advisory_lock(7311)")
        assert await checks.now() is None
        # A connection that was closed keeps its lock until its server process has ended.
        await another.execute("select pg_advisory_unlock(7311)")
    assert await checks.now() == (600, 2, None)
    assert not await checks.is_due()
    await as_superuser(database, ["update log.checks set checked_at = now() - interval '25 hours'"])
    assert await checks.is_due()


async def test_from_the_shell(
    signed: Platform, database: Dsns, tmp_path: pytest.TempPathFactory
) -> None:
    shell = Shell(tmp_path, database)  # type: ignore[arg-type]
    assert "600 条记录与 2 个已签名的检查点一致" in await shell.asks("log", "check")
    await as_superuser(database, EDITS["back-dates"])
    assert "第 400 条不是原来的内容" in await shell.asks("log", "check", code=30)
    assert "position 400" in await shell.asks("log", "check", code=30, lang="en")


async def test_metrics_say_it(signed: Platform, parties: Parties, database: Dsns) -> None:
    signed.witnesses = parties.witnesses
    await SelfCheck(signed.pool, DAILY).now()
    text = (await signed.metrics.text()).decode()
    assert "gongzhi_log_signed_position 600.0" in text
    assert "gongzhi_log_witnessed_position 0.0" in text
    assert "gongzhi_log_altered_position 0.0" in text
    assert 'gongzhi_witness_position{witness="council"} 0.0' in text
    await as_superuser(database, EDITS["edits a state"])
    await SelfCheck(signed.pool, DAILY).now()
    assert "gongzhi_log_altered_position 400.0" in (await signed.metrics.text()).decode()
