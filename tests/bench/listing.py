"""A list page from the database beside Django's, fifty rows each, asked by sixteen at once.

The peer's page is the plainer one: a table and its page numbers, without the frame, the filters
and the rights that ours has.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from events.words import Words
from tests.bench.bench import Bench
from tests.bench.filling import fill
from tests.bench.http import call_apart, get
from tests.bench.pages import COUNCIL, SMALL, served
from tests.bench.peers import django_served
from tests.bench.row import Row, faster

CONNECTIONS = 16


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Both serve the same number of records; the client runs in a process of its own."""
    async with (
        django_served.served(bench, SMALL) as port,
        bench.platform(working=False) as platform,
    ):
        await fill(platform, SMALL)
        async with served(platform) as shown:
            ask = shown.request(COUNCIL, "/council/complaints")
            found = await bench.turns(
                Django=partial(
                    call_apart, port, CONNECTIONS, bench.seconds, get("/complaints", port)
                ),
                ours=partial(call_apart, shown.port, CONNECTIONS, bench.seconds, ask),
            )
    peer = found["Django"].per_second if "Django" in found else None
    yield faster(
        Words("列表页，一个进程", "list page, one process"), found["ours"].per_second, peer, 2.5,
        unit="/s", against="Django, 2 workers", note=bench.why_not("Django"),
    )  # fmt: skip
