"""A list page from the database beside Django's, fifty rows each, asked by sixteen at once.

The peer's page is the plainer one: a table and its page numbers, without the frame, the filters
and the rights that ours has.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from events.words import Words
from portals.remembered import MOST
from tests.bench.bench import Bench
from tests.bench.filling import fill
from tests.bench.http import call_apart, get
from tests.bench.pages import COUNCIL, SMALL, served
from tests.bench.peers import django_served
from tests.bench.rounds import Timing
from tests.bench.row import Row, faster

CONNECTIONS = 16
_LIST = "/council/complaints"
#: Side, what it is called, how many times the peer it has to be.
_SIDES = (
    ("ours", Words("列表页，一个进程", "list page, one process"), 2.5),
    ("ours_kept", Words("列表页，未有新事件", "list page, nothing new in the log"), 7),
)


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Both serve the same number of records; the client runs in a process of its own."""
    async with (
        django_served.served(bench, SMALL) as port,
        bench.platform(working=False) as platform,
    ):
        await fill(platform, SMALL)
        async with served(platform) as asked, served(platform, memory=MOST) as kept:
            found = await bench.turns(
                Django=_asking(bench, port, get("/complaints", port)),
                ours=_asking(bench, asked.port, asked.request(COUNCIL, _LIST)),
                ours_kept=_asking(bench, kept.port, kept.request(COUNCIL, _LIST)),
            )
    peer = found["Django"].per_second if "Django" in found else None
    for side, words, goal in _SIDES:
        yield faster(
            words, found[side].per_second, peer, goal,
            unit="/s", against="Django, 2 workers", note=bench.why_not("Django"),
        )  # fmt: skip


def _asking(bench: Bench, port: int, request: bytes) -> Callable[[], Awaitable[Timing]]:
    return partial(call_apart, port, CONNECTIONS, bench.seconds, request)
