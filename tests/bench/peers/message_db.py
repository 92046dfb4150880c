"""message-db: Eventide's event store, a table and server-side functions in PostgreSQL.

Its functions are called by pgbench, so that no client of ours slows it down. All streams are of
one category: only there does it keep one order, as our log does for everything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from tests.bench import pgbench
from tests.bench.bench import Bench
from tests.bench.peers.installed import npm_package
from tests.bench.rounds import Timing
from tests.bench.sample import SIZE

#: Without its pgcrypto, which only older servers need for making ids.
_FIRST = ("schema/message-store.sql", "tables/messages.sql", "types/message.sql")
_WRITE = (
    "select message_store.write_message(gen_random_uuid()::varchar, 'note-' || "
    "gen_random_uuid()::varchar, 'Written', jsonb_build_object('text', "
    f"repeat('x', {SIZE - 20})), null, -1);\n"
)


@asynccontextmanager
async def sides(bench: Bench) -> AsyncIterator[dict[str, Callable[[], Awaitable[Timing]]]]:
    """Eight clients, where it is at its best."""
    scripts = npm_package("@eventide/message-db") / "database"
    pgbench.found(bench)
    with bench.database(tables=False) as dsns:
        _lay(dsns.owner, scripts)
        yield {"message-db_8": partial(pgbench.clients, bench, dsns.owner, 8, _WRITE)}


def _lay(dsn: str, scripts: Path) -> None:
    """In the order of its own install.sh; its functions name each other without the schema."""
    files = [scripts / name for name in _FIRST]
    for folder in ("functions", "indexes", "views"):
        files += sorted((scripts / folder).glob("*.sql"))
    with psycopg.connect(dsn, autocommit=True) as connection:
        database = sql.Identifier(connection.info.dbname)
        path = sql.SQL("alter database {} set search_path = message_store, public")
        connection.execute(path.format(database))
    with psycopg.connect(dsn, autocommit=True) as connection:
        for file in files:
            connection.execute(file.read_bytes())
