"""Emmett: event sourcing for Node.js on PostgreSQL, run by its own client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

from tests.bench.bench import Bench
from tests.bench.child import said
from tests.bench.peers.installed import NPM, node, npm_package
from tests.bench.rounds import Timing
from tests.bench.sample import SIZE

_PROGRAM = Path(__file__).with_suffix(".mjs")


@asynccontextmanager
async def sides(bench: Bench) -> AsyncIterator[dict[str, Callable[[], Awaitable[Timing]]]]:
    """Sixteen at a time, where it is at its best."""
    npm_package("@event-driven-io/emmett-postgresql")
    node()
    with bench.database(tables=False) as dsns:
        yield {"Emmett_16": partial(_round, _address(dsns.owner), 16, bench.seconds)}


async def _round(address: str, producers: int, seconds: float) -> Timing:
    """The store is opened anew; only its writing is timed."""
    how = (str(producers), str(seconds), str(SIZE))
    printed = await said(node(), _PROGRAM, NPM, address, *how)
    found = json.loads(printed.splitlines()[-1])
    return Timing.of(found["taken"], found["wall"])


def _address(dsn: str) -> str:
    """Node's client reads addresses only, a socket's folder among the parameters."""
    known = {name: str(value) for name, value in conninfo_to_dict(dsn).items() if value}
    who = quote(known.get("user", ""), safe="")
    if "password" in known:
        who += ":" + quote(known["password"], safe="")
    where = {"host": known.get("host", "localhost"), "port": known.get("port", "5432")}
    return f"postgresql://{who}@localhost/{known['dbname']}?{urlencode(where)}"
