"""Plans of the session that builds: they are made early and kept while the tables grow."""

from __future__ import annotations

from services.building.builder import Builder
from services.building.fold import Shape
from services.building.session import Session
from services.platform import Platform
from services.views.view import Change


async def test_a_plan_made_while_the_table_is_empty_uses_the_index_of_its_scope(
    platform: Platform,
) -> None:
    view = platform.views.obligations
    async with platform.pool.connection() as connection:
        for sql in (*view.drop(), *view.create(), *view.index()):
            await connection.execute(sql.encode())
    builder = Builder(view, platform.pool)
    await builder.prepare()
    shape = Shape(Change, "rows", ("done_by",), ("record", "what", "open"))
    session = Session(str(platform.pool.conninfo))
    try:
        connection = await session.connected()
        await connection.execute(b"prepare settling (text) as " + _numbered(builder, shape))
        found = await connection.execute("explain execute settling ('[]')")
        plan = "\n".join(row[0] for row in await found.fetchall())
    finally:
        await session.aclose()
    assert "Index Cond: (record = g.w_record)" in plan, plan


def _numbered(builder: Builder, shape: Shape) -> bytes:
    return builder._statement(shape).replace(b"%s", b"$1")
