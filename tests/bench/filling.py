"""Filling: rows straight into the tables of the views, as a large province would have them.

For measuring pages and looking at plans: nothing here was ever recorded in a log. A few bodies
have much, most have little; the same size gives the same rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from psycopg import AsyncConnection

from deploy.postgres import Server
from services.platform import Platform
from services.views.view import View
from tests.database import drop_database, fresh_database
from tests.opening import open_platform

_SQL = Path(__file__).with_name("filling.sql")


def filled_id(kind: str, nth: int = 0) -> str:
    """The id of the nth record of a kind; among bodies the first has the most to do."""
    return str(UUID(hashlib.md5(f"{kind}{nth}".encode()).hexdigest()))


@asynccontextmanager
async def filled(server: Server, size: int) -> AsyncIterator[Platform]:
    """A platform over a database of its own, with so many rows in each large table."""
    dsns = fresh_database(server)
    async with open_platform(dsns.owner, dsns.app, working=False) as platform:
        await fill(platform, size)
        yield platform
    drop_database(server, dsns)


async def fill(platform: Platform, size: int) -> None:
    """`size` rows in each large table of every view, with its indexes."""
    async with await AsyncConnection.connect(platform.pool.conninfo, autocommit=True) as db:
        await db.execute("select setseed(0.5)")
        for view in platform.views:
            await _without_indexes(db, view)
        for statement in _statements(platform, size):
            await db.execute(statement.encode())
        for view in platform.views:
            for statement in view.index():
                await db.execute(statement.encode())
            for short in view.tables:
                await db.execute(f"vacuum analyze {view.table(short)}".encode())


async def _without_indexes(db: AsyncConnection, view: View) -> None:
    """Rows first, indexes after: many times faster."""
    for statement in [*view.drop(), *view.create()]:
        await db.execute(statement.encode())


def _statements(platform: Platform, size: int) -> list[str]:
    """The statements of `filling.sql`; `:view.table` and `:size` stand for what is filled."""
    text = _SQL.read_text(encoding="utf-8").replace(":size", str(size))
    tables = {f"{v.name}.{short}": v.table(short) for v in platform.views for short in v.tables}
    text = re.sub(r"(?<!:):(\w+\.\w+)", lambda named: tables[named[1]], text)
    return [each for each in text.split(";\n") if each.strip()]
