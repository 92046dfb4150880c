"""The figures of the running program: what the writer did, where the views are, what stopped."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families

from events import waiting
from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append, Conflict, LogBusy
from events.proofs.cosignatures import COSIGNATURE
from events.proofs.keys import SignerKey
from events.proofs.policies import Policy
from events.watching import Written
from services.heads.publisher import Heads, Publisher
from services.heads.selfcheck import SelfCheck
from services.heads.signing import KeySigner
from services.heads.witnesses import Witnesses
from services.metrics import Metrics
from services.platform import Platform
from tests.caught_up import caught_up
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ZHAO

pytestmark = pytest.mark.postgres
LOG = SignerKey.generate("test.example/log")
COUNCIL = SignerKey.generate("council.example/w1", COSIGNATURE)
WITNESSED = f"log {LOG.verifier}\nwitness council {COUNCIL.verifier}\nquorum council\n".encode()
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
async def idle(database: Dsns) -> AsyncIterator[Platform]:
    """A platform that builds nothing."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


def one(stream: UUID, after: int = 0, many: int = 1) -> list[Append]:
    return [Append(stream, after, [ComplaintAccepted(by=ZHAO, number="GZ-1")] * many)]


async def figures(metrics: Metrics) -> Figures:
    families = text_string_to_metric_families((await metrics.text()).decode())
    samples = (sample for family in families for sample in family.samples)
    return {(s.name, frozenset(s.labels.items())): s.value for s in samples}


def of(found: Figures, name: str, **labels: str) -> float:
    return found[name, frozenset(labels.items())]


def named(found: Figures, name: str) -> dict[str, float]:
    """By view."""
    return {dict(labels)["view"]: value for (n, labels), value in found.items() if n == name}


# -- the writer --------------------------------------------------------------------------


async def test_commands_are_counted_by_how_they_ended(idle: Platform) -> None:
    stream, key = new_id(), uuid4()
    await idle.log.append(one(stream, many=3), key)
    await idle.log.append(one(stream, many=3), key)
    with pytest.raises(Conflict):
        await idle.log.append(one(stream))
    found = await figures(idle.metrics)
    ended = {
        result: of(found, "gongzhi_log_commands_total", result=result)
        for result in ("recorded", "repeated", "conflict", "in_vain")
    }
    assert ended == {"recorded": 1, "repeated": 1, "conflict": 1, "in_vain": 0}
    assert of(found, "gongzhi_log_appended_events_total") == 3
    assert of(found, "gongzhi_log_position") == 3


async def test_a_batch_is_observed_as_a_whole(idle: Platform) -> None:
    await asyncio.gather(*(idle.log.append(one(new_id(), many=2)) for _ in range(40)))
    found = await figures(idle.metrics)
    batches = of(found, "gongzhi_log_commit_seconds_count")
    assert 1 < batches < 40
    assert of(found, "gongzhi_log_batch_commands_count") == batches
    assert of(found, "gongzhi_log_batch_commands_sum") == 40
    assert of(found, "gongzhi_log_batch_events_sum") == 80
    assert of(found, "gongzhi_log_append_seconds_count") == 40
    assert of(found, "gongzhi_log_append_seconds_bucket", le="+Inf") == 40
    total = of(found, "gongzhi_log_append_seconds_sum")
    assert total >= of(found, "gongzhi_log_commit_seconds_sum") > 0


async def test_the_latency_is_that_of_each_command(idle: Platform) -> None:
    """Queued to acknowledged, in buckets that add up."""
    idle.metrics.log.written(Written([0.0, 4.0, 4.9993], 4.9995, 5.0, 3, 0, 0))
    found = await figures(idle.metrics)
    buckets = [(0.001, 1), (0.5, 1), (1.0, 2), (2.5, 2), (5.0, 3)]
    for le, count in buckets:
        assert of(found, "gongzhi_log_append_seconds_bucket", le=str(le)) == count
    assert of(found, "gongzhi_log_append_seconds_sum") == pytest.approx(6.0007)


async def test_what_waits_and_what_is_turned_away_is_seen(
    idle: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_WAITING", 5)
    commands = [asyncio.ensure_future(idle.log.append(one(new_id()))) for _ in range(8)]
    await asyncio.sleep(0)
    found = await figures(idle.metrics)
    assert of(found, "gongzhi_log_commands_total", result="in_vain") == 3
    done = await asyncio.gather(*commands, return_exceptions=True)
    assert sum(isinstance(each, LogBusy) for each in done) == 3
    assert of(await figures(idle.metrics), "gongzhi_log_waiting_commands") == 0


# -- views -------------------------------------------------------------------------------


async def test_views_say_how_far_they_are_behind(idle: Platform) -> None:
    await idle.catch_up()
    await idle.log.append(one(new_id(), many=7))
    found = await figures(idle.metrics)
    names = {view.name for view in idle.views}
    assert named(found, "gongzhi_view_lag_events") == dict.fromkeys(names, 7)
    assert set(named(found, "gongzhi_view_stopped").values()) == {0}
    assert of(found, "gongzhi_policies_lag_events") == 7
    await asyncio.sleep(0.05)
    late = named(await figures(idle.metrics), "gongzhi_view_lag_seconds")
    assert all(0.05 <= seconds < 60 for seconds in late.values())
    assert 0.05 <= of(await figures(idle.metrics), "gongzhi_policies_lag_seconds") < 60


async def test_a_view_that_has_read_everything_is_not_late(platform: Platform) -> None:
    await platform.log.append(one(new_id(), many=7))
    await caught_up(platform)
    found = await figures(platform.metrics)
    assert set(named(found, "gongzhi_view_position").values()) == {7}
    assert set(named(found, "gongzhi_view_lag_events").values()) == {0}
    assert set(named(found, "gongzhi_view_lag_seconds").values()) == {0}


async def test_a_stopped_view_and_a_rebuild_are_shown(idle: Platform) -> None:
    await idle.log.append(one(new_id(), many=8))
    view = next(iter(idle.views))
    await idle.builders[0].rebuild()
    await stands(idle, view.name, 0, 3, failed_at=4)
    await stands(idle, view.name, 1, 6)
    found = await figures(idle.metrics)
    known = {"view": view.name, "version": str(view.version)}
    assert of(found, "gongzhi_view_stopped", **known) == 1
    assert of(found, "gongzhi_view_rebuild_ratio", **known, part="1") == 0.75
    assert of(found, "gongzhi_view_rebuild_stopped", **known, part="1") == 0
    assert sum(named(found, "gongzhi_view_stopped").values()) == 1


async def stands(
    platform: Platform, name: str, part: int, position: int, failed_at: int | None = None
) -> None:
    async with platform.pool.connection() as connection:
        await connection.execute(
            "update views.tracking set position = %s, failed_at = %s where name = %s and part = %s",
            (position, failed_at, name, part),
        )


# -- the program and its database --------------------------------------------------------


async def test_the_pool_and_the_process_are_shown(idle: Platform) -> None:
    async with idle.pool.connection():
        found = await figures(idle.metrics)
    assert of(found, "gongzhi_database_up") == 1
    assert of(found, "gongzhi_database_pool_connections", state="used") == 1
    assert of(found, "gongzhi_database_pool_connections", state="idle") >= 1
    assert of(found, "gongzhi_database_pool_most") == idle.pool.max_size
    assert of(found, "gongzhi_database_pool_timeouts_total") == 0
    assert of(found, "process_resident_memory_bytes") > 1_000_000
    assert any(name == "gongzhi_build_info" for name, _ in found)


async def test_while_the_database_is_away_the_rest_is_still_told(database: Dsns) -> None:
    async with open_platform(database.owner, database.app, working=False) as gone:
        await gone.log.append(one(new_id()))
        await gone.pool.close()
        found = await figures(gone.metrics)
        assert of(found, "gongzhi_database_up") == 0
        assert of(found, "gongzhi_log_appended_events_total") == 1
        assert not named(found, "gongzhi_view_position"), "what is not known is not said"


async def test_requests_are_counted_by_their_route(idle: Platform) -> None:
    for took in (0.004, 0.2):
        idle.metrics.requests.answered("GET", "/council/complaints/{id}", 200, took)
    idle.metrics.requests.answered("BREW", "", 405, 0.001)
    found = await figures(idle.metrics)
    seen: dict[str, Any] = {"method": "GET", "route": "/council/complaints/{id}"}
    assert of(found, "gongzhi_http_requests_total", **seen, status="200") == 2
    assert of(found, "gongzhi_http_request_seconds_bucket", **seen, le="0.005") == 1
    assert of(found, "gongzhi_http_request_seconds_count", **seen) == 2
    other = {"method": "other", "route": "none", "status": "405"}
    assert of(found, "gongzhi_http_requests_total", **other) == 1


async def test_what_the_operators_are_told_to_watch_is_there(idle: Platform) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    advised = set(re.findall(r"\b(?:gongzhi_[a-z_]+|process_[a-z_]+)", readme))
    assert len(advised) > 8
    idle.metrics.requests.answered("GET", "/", 200, 0.1)
    await idle.log.append(one(new_id()))
    await idle.builders[0].rebuild()
    idle.witnesses = Witnesses(Heads(idle.pool), Policy.parse(WITNESSED))
    await Publisher(idle.pool, KeySigner(LOG)).publish()
    await SelfCheck(idle.pool, timedelta()).now()
    there = {name for name, _ in await figures(idle.metrics)}
    assert advised <= there
