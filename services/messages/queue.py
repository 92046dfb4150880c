"""Queue: what is to be told, what became of it, and when the next try is due.

A try is counted, and the next one set, before it is made: whoever is killed in it tries again at
that time, and nobody else meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.views.asking import MOST as COUNTED
from services.views.asking import SIZE, Page

Pool = AsyncConnectionPool[Any]
#: Seconds after each try until the next; the last one is looked at once more, to be given up.
WAITS = (60.0, 300.0, 1_800.0, 7_200.0, 43_200.0, 60.0)
#: Tries in all.
MOST = len(WAITS)

_COLUMNS = """
    id, kind, subject, number, cause, sealed, way, carried_by, state, tries, error, made_at,
    due_at, tried_at"""
_OPEN = "state in ('waiting', 'retrying')"
_ADD = """
    insert into desk.messages (kind, subject, number, cause, due_at)
    select %(kind)s, %(subject)s, %(number)s, %(cause)s, %(due)s
    where %(kind)s <> 'news' or not exists (
        select from desk.messages
        where subject = %(subject)s and kind = 'news' and state = 'waiting' and tries = 0)
    on conflict do nothing"""
_ADD_CODE = """
    insert into desk.messages (kind, subject, way, sealed, mark)
    values ('code', %(subject)s, %(way)s, %(sealed)s, %(mark)s)"""
_CLAIM = f"""
    update desk.messages m set tries = tries + 1, tried_at = %(now)s,
        due_at = %(now)s + make_interval(secs => (%(waits)s::float8[])[least(tries + 1, %(last)s)])
    from (
        select id from desk.messages where {_OPEN} and due_at <= %(now)s
        order by due_at limit %(most)s for update skip locked) due
    where m.id = due.id returning m.{", m.".join(_COLUMNS.replace(",", "").split())}"""
_SETTLE = f"""
    update desk.messages set state = %(state)s, error = %(error)s, way = %(way)s,
        carried_by = %(by)s
    where id = %(id)s and tries = %(tries)s and {_OPEN}"""
_AGAIN = """
    update desk.messages set state = 'waiting', tries = 0, error = '', due_at = %(now)s
    where id = %(id)s and state in ('retrying', 'failed', 'unreachable') returning id"""
_LIST = f"""
    select {_COLUMNS} from desk.messages where {{where}}
    order by made_at desc, id limit {SIZE} offset %(offset)s"""
_COUNT = f"select count(*) from (select from desk.messages where {{where}} limit {COUNTED + 1}) n"
_ONE = f"select {_COLUMNS} from desk.messages where id = %(id)s"
_TROUBLE = f"""
    select {_COLUMNS} from desk.messages
    where subject = %(subject)s and state in ('retrying', 'failed', 'unreachable')
    order by made_at desc, id limit 5"""
_STATES = "select state, count(*) from desk.messages group by state"
_CODES = """
    select count(*) filter (where made_at > %(now)s - interval '15 minutes'),
        count(*),
        coalesce((array_agg(state order by made_at desc))[1] in ('retrying', 'failed'), false)
    from desk.messages where mark = %(mark)s and made_at > %(now)s - interval '1 day'"""
_OLD_CODES = """
    select distinct subject from desk.messages where kind = 'code' and made_at < %(before)s"""
_FORGET = f"delete from desk.messages where made_at < %(before)s and not {_OPEN}"
_FORGET_OF = "delete from desk.messages where subject = any(%(subjects)s)"


@dataclass(frozen=True)
class Waiting:
    """A message as it stands in the queue."""

    id: UUID
    kind: str
    subject: UUID
    number: str
    cause: int | None
    sealed: bytes | None
    way: str
    carried_by: str
    state: str
    tries: int
    error: str
    made_at: datetime
    due_at: datetime
    tried_at: datetime | None


@dataclass(frozen=True)
class Codes:
    """How many codes went to somebody of late, in a day; whether the latest did not arrive."""

    late: int
    day: int
    trouble: bool


async def add(connection: Any, rows: Sequence[dict[str, object]]) -> None:
    """Put these into the queue, each once; what is new in one case is told together."""
    async with connection.cursor() as cursor:
        await cursor.executemany(_ADD.encode(), rows)


async def add_code(pool: Pool, subject: UUID, way: str, sealed: bytes, mark: bytes) -> None:
    """A code, which goes at once."""
    await _do(pool, _ADD_CODE, subject=subject, way=way, sealed=sealed, mark=mark)


async def claim(pool: Pool, now: datetime, most: int) -> list[Waiting]:
    """What is due and nobody else has taken; its try counts from now."""
    return await _found(pool, _CLAIM, now=now, most=most, waits=list(WAITS), last=MOST)


async def settle(pool: Pool, one: Waiting, state: str, way: str, by: str, error: str = "") -> bool:
    """What came of this very try."""
    values = {"id": one.id, "tries": one.tries, "state": state, "way": way, "by": by}
    return bool(await _do(pool, _SETTLE, **values, error=error))


async def again(pool: Pool, id: str, now: datetime) -> bool:
    """Begin anew with one that was not delivered; whether there is such a one."""
    return bool(await _do(pool, _AGAIN, id=id, now=now))


async def listed(pool: Pool, state: str, number: int) -> Page:
    """The newest first, of one state or all."""
    where = "state = %(state)s" if state else "true"
    values = {"state": state, "offset": (number - 1) * SIZE}
    async with pool.connection() as connection:
        counted = await connection.execute(_COUNT.format(where=where).encode(), values)
        row = await counted.fetchone()
    many = int(row[0]) if row else 0
    rows = await _found(pool, _LIST.format(where=where), **values)
    return Page([vars(each) for each in rows], min(many, COUNTED), number, more=many > COUNTED)


async def one(pool: Pool, id: str) -> Waiting | None:
    """The message with this id."""
    return next(iter(await _found(pool, _ONE, id=id)), None)


async def trouble(pool: Pool, complaint: object) -> list[Waiting]:
    """What could not be told in this case, newest first."""
    return await _found(pool, _TROUBLE, subject=complaint)


async def states(pool: Pool) -> dict[str, int]:
    """How many messages are in which state."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_STATES.encode())).fetchall()
    return {state: many for state, many in rows}


async def codes_to(pool: Pool, mark: bytes, now: datetime) -> Codes:
    """What this person was sent of codes."""
    async with pool.connection() as connection:
        cursor = await connection.execute(_CODES.encode(), {"mark": mark, "now": now})
        row = await cursor.fetchone()
    return Codes(*row) if row else Codes(0, 0, False)


async def old_codes(pool: Pool, now: datetime) -> list[UUID]:
    """The days of which no code counts any more, by the subjects of their keys."""
    async with pool.connection() as connection:
        asked = {"before": now - timedelta(days=2)}
        rows = await (await connection.execute(_OLD_CODES, asked)).fetchall()
    return [subject for (subject,) in rows]


async def forget(pool: Pool, before: datetime) -> None:
    """What was written before and has ended."""
    await _do(pool, _FORGET, before=before)


async def forget_of(pool: Pool, subjects: Sequence[UUID]) -> None:
    """Everything to these persons."""
    await _do(pool, _FORGET_OF, subjects=list(subjects))


async def _found(pool: Pool, sql: str, **values: object) -> list[Waiting]:
    async with pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(Waiting))
        found: list[Waiting] = await (await cursor.execute(sql.encode(), values)).fetchall()
    return found


async def _do(pool: Pool, sql: str, **values: object) -> int:
    async with pool.connection() as connection:
        changed: int = (await connection.execute(sql.encode(), values)).rowcount
    return changed
