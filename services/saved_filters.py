"""Saved filters: the address of a filtered list, kept by a person under a name of her own.

They are a convenience of the desk and no act in any case, and what is typed into a filter may
name somebody: so they stand beside the log, with the account, and are gone when they are deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from events.event import Acting
from events.words import Words
from services.actions.refused import AlreadyDecided, NotFound, Refused

Pool = AsyncConnectionPool[Any]
#: Filters of one person at one party.
MOST = 50
#: Characters of a name, and of what it stands for.
NAME, QUERY = 40, 1_000

_COLUMNS = "id, list, query, name, by_name, shared, person = %(person)s as mine"
_HERS = "party = %(party)s and (person = %(person)s or shared)"
_OF_LIST = f"""
    select {_COLUMNS} from desk.saved_filters where {_HERS} and list = %(list)s
    order by name, made_at, id"""
_ALL = f"select {_COLUMNS} from desk.saved_filters where {_HERS} order by list, name, made_at, id"
_ONE = f"select {_COLUMNS} from desk.saved_filters where {_HERS} and id = %(id)s"
_COUNT = "select count(*) from desk.saved_filters where person = %(person)s and party = %(party)s"
_SAVE = """
    insert into desk.saved_filters (person, party, list, query, name, by_name, shared)
    values (%(person)s, %(party)s, %(list)s, %(query)s, %(name)s, %(by_name)s, %(shared)s)"""
_CHANGE = """
    update desk.saved_filters set name = %(name)s, shared = %(shared)s
    where id = %(id)s and person = %(person)s and party = %(party)s"""
_DELETE = """
    delete from desk.saved_filters where id = %(id)s and party = %(party)s
    and (person = %(person)s or (shared and %(head)s))"""
#: Every process forgets the lists that it remembers.
_TELL = "select pg_notify('gongzhi_desk', '')"


@dataclass(frozen=True)
class Saved:
    """One saved filter as somebody of the party sees it."""

    id: UUID
    list: str
    query: str
    name: str
    by_name: str
    shared: bool
    mine: bool

    @property
    def url(self) -> str:
        """The list with this filter."""
        return f"{self.list}?{self.query}"


async def of_list(pool: Pool, by: Acting, path: str) -> Sequence[Saved]:
    """Hers, and those that colleagues share with her, for one list."""
    return await _found(pool, _OF_LIST, by, list=path)


async def all_of(pool: Pool, by: Acting) -> Sequence[Saved]:
    """Hers, and those that colleagues share with her."""
    return await _found(pool, _ALL, by)


async def one(pool: Pool, by: Acting, id: str) -> Saved:
    """The filter, if she may use it. Raises `NotFound`."""
    found = await _found(pool, _ONE, by, id=id)
    if not found:
        raise NotFound(_NOT_THERE)
    return found[0]


async def save(pool: Pool, by: Acting, path: str, query: str, name: str, shared: bool) -> None:
    """Keep it under this name. Raises `Refused`."""
    values = {"list": path, "query": query, "name": _named(name), "shared": shared}
    if not query or len(query) > QUERY:
        raise Refused(_NO_FILTER if not query else _TOO_LONG)
    async with pool.connection() as connection:
        row = await (await connection.execute(_COUNT, _who(by))).fetchone()
    if row is not None and row[0] >= MOST:
        raise Refused(_TOO_MANY)
    await _write(pool, _SAVE, by, **values)


async def change(pool: Pool, by: Acting, id: str, name: str, shared: bool) -> None:
    """Another name; shared with the unit, or not any more. Raises `Refused`."""
    if not await _write(pool, _CHANGE, by, id=id, name=_named(name), shared=shared):
        raise NotFound(_NOT_THERE)


async def delete(pool: Pool, by: Acting, id: str) -> None:
    """Hers, or as head one that is shared. Raises `NotFound`."""
    if not await _write(pool, _DELETE, by, id=id, head=by.role == "head"):
        raise NotFound(_NOT_THERE)


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise Refused(_NO_NAME, "name")
    if len(name) > NAME:
        raise Refused(_LONG_NAME, "name")
    return name


async def _found(pool: Pool, sql: str, by: Acting, **values: object) -> Sequence[Saved]:
    async with pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(Saved))
        found: list[Saved] = await (
            await cursor.execute(sql.encode(), _who(by) | values)
        ).fetchall()
    return found


async def _write(pool: Pool, sql: str, by: Acting, **values: object) -> int:
    try:
        async with pool.connection() as connection:
            done = await connection.execute(sql.encode(), _who(by) | values)
            changed: int = done.rowcount
            await connection.execute(_TELL)
    except UniqueViolation:
        raise AlreadyDecided(_SAME_NAME.fill(name=values["name"])) from None
    return changed


def _who(by: Acting) -> dict[str, object]:
    return {"person": by.person, "party": by.party.id, "by_name": by.name}


_NOT_THERE = Words("没有找到这个筛选", "There is no such saved filter")
_NO_NAME = Words("请给这个筛选起个名字，以后好认", "Give the filter a name, to know it by")
_LONG_NAME = Words(f"名字最多 {NAME} 个字，请写短一些", f"A name has {NAME} characters at most")
_SAME_NAME = Words(
    "您在这个列表已经有一个叫“{name}”的筛选，请换个名字",
    "You have a filter of this list called “{name}” already; choose another name",
)
_NO_FILTER = Words(
    "这个列表现在没有筛选条件。请先筛选，再保存。",
    "Nothing is filtered here now. Filter the list first, then save.",
)
_TOO_LONG = Words("筛选条件太长，不能保存", "The filter is too long to be saved")
_TOO_MANY = Words(
    f"每人最多保存 {MOST} 个筛选。请先删除不用的。",
    f"Nobody can keep more than {MOST} filters. Delete some first.",
)
