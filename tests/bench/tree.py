"""What the tree costs an append: the same log beside one that keeps no tree."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import psycopg

from events.ids import new_id
from events.log import Log
from events.words import Words
from services.platform import Platform
from tests.bench import sample
from tests.bench.bench import Bench
from tests.bench.rounds import Timing, produce
from tests.bench.row import Row, share
from tests.opening import open_platform

PRODUCERS = 256
#: Events of a batch, as the goal names it.
BATCH = 100
#: The log without its tree: no hash of an entry, nothing paired, no tile.
_WITHOUT = """
    create or replace function log.leaf(
        p_party text, p_milliseconds bigint, p_hash bytea, p_version integer, p_stream uuid,
        p_topic text
    ) returns bytea language sql stable parallel safe as $$ select ''::bytea $$;
    create or replace function log.grow(p_size bigint, p_edge bytea, p_leaves bytea)
    returns bytea language plpgsql as $$ begin return p_edge; end $$"""


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Batches of a hundred, and as many producers as the other goals have, with and without."""
    async with AsyncExitStack() as stack:
        grown = await stack.enter_async_context(bench.platform(working=False))
        bare = await stack.enter_async_context(_bare(bench))
        found = await bench.turns(
            off=partial(batches, bare.log, bench.seconds),
            ours=partial(batches, grown.log, bench.seconds),
            off_single=partial(singles, bare.log, bench.seconds),
            ours_single=partial(singles, grown.log, bench.seconds),
        )
    yield share(
        Words(f"树的代价，每批 {BATCH} 件", f"the tree's cost, batches of {BATCH}"),
        found["ours"].per_second, found["off"].per_second, 0.75, unit="/s",
        against="no tree",
    )  # fmt: skip
    yield share(
        Words(f"树的代价，{PRODUCERS} 个写入者", f"the tree's cost, {PRODUCERS} producers"),
        found["ours_single"].per_second, found["off_single"].per_second, 0.75, unit="/s",
        against="no tree",
    )  # fmt: skip


@asynccontextmanager
async def _bare(bench: Bench) -> AsyncIterator[Platform]:
    """The platform on a log that keeps no tree."""
    with bench.database() as dsns:
        with psycopg.connect(dsns.owner, autocommit=True) as owner:
            owner.execute(_WITHOUT)
        async with open_platform(dsns.owner, dsns.app, working=False) as platform:
            yield platform


async def batches(log: Log, seconds: float) -> Timing:
    """A hundred events in one append, two at a time, so that one is thought of meanwhile."""
    return await produce(
        2, seconds, lambda: log.append([sample.first() for _ in range(BATCH)], new_id()), BATCH
    )


async def singles(log: Log, seconds: float) -> Timing:
    """Each an append of its own, as commands come."""
    return await produce(PRODUCERS, seconds, lambda: log.append([sample.first()], new_id()))
