"""Connecting: the pool of connections that everything of one process shares."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool

from services.views.asking import suit

#: Seconds a page waits for a connection before it says that the database is away.
WAIT = 10.0
#: A server that vanished without a word is noticed within half a minute, by who only listens too.
_ALIVE: dict[str, Any] = {
    "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}  # fmt: skip


def pool_of(app: str, size: int) -> AsyncConnectionPool[Any]:
    """With the role everything runs as; whoever waits too long is told."""
    return AsyncConnectionPool(
        make_conninfo(app, **(_ALIVE | conninfo_to_dict(app))),
        min_size=2,
        max_size=size,
        open=False,
        timeout=WAIT,
        # Whoever asks makes it try anew; else it rests longer after each attempt, up to minutes.
        reconnect_timeout=WAIT,
        kwargs={"autocommit": True},
        configure=suit,
    )
