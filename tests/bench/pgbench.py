"""What the server itself can do: PostgreSQL's own `pgbench`, one statement per transaction."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.bench.bench import Absent, Bench
from tests.bench.child import said
from tests.bench.rounds import Timing
from tests.bench.sample import SIZE

#: One row of about the same bytes, with the two unique indexes every event log has.
TABLE = """
    create table single (
        position bigserial primary key, stream uuid not null, version integer not null,
        state bytea not null, unique (stream, version)
    )"""
INSERT = (
    "insert into single (stream, version, state) values "
    f"(gen_random_uuid(), 1, decode(repeat('78', {SIZE}), 'hex'));\n"
)


@asynccontextmanager
async def sides(bench: Bench) -> AsyncIterator[dict[str, Callable[[], Awaitable[Timing]]]]:
    """One client, eight and thirty-two."""
    found(bench)
    with bench.database(tables=False) as dsns:
        with psycopg.connect(dsns.owner) as connection:
            connection.execute(TABLE)
        yield {f"pgbench_{many}": partial(clients, bench, dsns.owner, many) for many in (1, 8, 32)}


def found(bench: Bench) -> Path:
    """The program; `Absent` says how to get it."""
    program = bench.place.pgbench()
    if program is None:
        raise Absent("pgbench is not here: apt-get install postgresql-contrib")
    return program


async def clients(bench: Bench, dsn: str, many: int, statement: str = INSERT) -> Timing:
    """One round of so many clients; p99 from pgbench's own log of every transaction."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-pgbench-") as folder:
        script = Path(folder) / "statement.sql"
        script.write_text(statement)
        length = max(1, round(bench.seconds))
        options = ["-n", "-M", "prepared", "-c", str(many), "-j", str(min(many, 2)), "-l"]
        printed = await said(
            found(bench), *options, "-T", str(length), "-f", script,
            cwd=folder, env=environment(dsn),
        )  # fmt: skip
        rate = re.search(rb"tps = ([\d.]+)", printed)
        return Timing.of(_taken(Path(folder)), length)._replace(
            per_second=float(rate[1]) if rate else 0.0
        )


def _taken(folder: Path) -> list[float]:
    """Seconds of every transaction: the third column, in microseconds."""
    return [
        int(line.split()[2]) / 1e6
        for log in folder.glob("pgbench_log.*")
        for line in log.read_text().splitlines()
    ]


def environment(dsn: str) -> dict[str, str]:
    """libpq's own variables: no password on a command line."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"dbname": "PGDATABASE", "options": "PGOPTIONS", "sslmode": "PGSSLMODE"}
    known = conninfo_to_dict(dsn)
    return os.environ | {names[key]: str(known[key]) for key in names if known.get(key)}
