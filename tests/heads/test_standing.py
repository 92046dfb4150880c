"""The doctor names the witness that is away, and says when too few are left."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from deploy.cli.doctor import Finding, findings
from events.event import today
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns
from tests.heads.conftest import NAMES, Parties, ask, grow

pytestmark = pytest.mark.postgres
_LATER = "update log.heads set signed_at = signed_at - interval '7 minutes'"


async def found(platform: Platform, policy: Path) -> dict[str, Finding]:
    settings = Settings(log_policy_file=policy)
    every = [finding async for finding in findings(platform, today(), settings)]
    return {finding.what.en: finding for finding in every}


@pytest.fixture
def policy(parties: Parties, tmp_path: Path) -> Path:
    path = tmp_path / "policy.txt"
    path.write_bytes(parties.text)
    return path


async def later(database: Dsns) -> None:
    """Seven minutes after the heads were signed."""
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute("set session_replication_role = replica")
        await owner.execute(_LATER.encode())


async def test_who_is_away_is_named_and_the_quorum_holds(
    platform: Platform, parties: Parties, database: Dsns, policy: Path
) -> None:
    await grow(platform, 3)
    await parties.publisher.publish()
    await ask(parties, "regulator", "council")
    await later(database)
    now = await found(platform, policy)
    assert now["witness council"] == now["witness council"]._replace(well=True)
    assert now["witness council"].found.en == "has cosigned 3 events"
    away = now["witness association"]
    assert not away.well
    assert "silent for 7 minutes" in away.found.en
    assert now["quorum of witnesses"].well


async def test_too_few_witnesses_are_said(
    platform: Platform, parties: Parties, database: Dsns, policy: Path
) -> None:
    await grow(platform, 3)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    await grow(platform, 2)
    await parties.publisher.publish()
    assert (await found(platform, policy))["quorum of witnesses"].well, "they were asked just now"
    await later(database)
    now = await found(platform, policy)
    assert [now[f"witness {name}"].well for name in NAMES] == [False] * 3
    assert "logged, but not witnessed" in now["quorum of witnesses"].found.en


async def test_who_misses_heartbeats_that_others_answer_is_named(
    platform: Platform, parties: Parties, database: Dsns, policy: Path
) -> None:
    await grow(platform, 3)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute(
            "update log.cosignatures set answered_at = answered_at - interval '4.5 minutes'"
            " where witness = 'council'"
        )
    now = await found(platform, policy)
    assert now["witness regulator"].well
    assert "silent for 4 minutes" in now["witness council"].found.en


async def test_a_policy_that_cannot_be_read_is_a_finding(
    platform: Platform, tmp_path: Path
) -> None:
    wrong = tmp_path / "policy.txt"
    wrong.write_text("witness\n")
    finding = (await found(platform, wrong))["witness policy"]
    assert not finding.well
    assert "policy:1" in finding.found.en
