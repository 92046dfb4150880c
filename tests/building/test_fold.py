"""Folded writes leave the same rows as the same writes one by one, on a real database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.building import statements
from services.building.fold import Group, fold
from services.views.view import Change, Drop, Put, View, Write
from tests.database import Dsns

pytestmark = pytest.mark.postgres


class Things(View):
    """One table written by its key, and one whose writes name their owner only."""

    name = "things"
    tables: ClassVar = {
        "rows": "id text, a int, b text, n int not null default 0",
        "owned": "id text, owner text not null, a int, n int not null default 0",
    }
    keys: ClassVar = {"rows": ("id",), "owned": ("id",)}
    scopes: ClassVar = {"owned": ("owner",)}


#: Writes that may touch any row are rare, as they are in views.
KINDS = ["put", "change", "drop"] * 4 + ["change all", "drop all"]
ids, numbers = st.sampled_from("uv"), st.one_of(st.none(), st.integers(0, 3))
some = {"a": numbers, "b": st.one_of(st.none(), st.sampled_from("xy'\\\n")), "n": st.integers(0, 9)}
columns = st.fixed_dictionaries({}, optional=some)
plus = st.one_of(st.just({}), st.fixed_dictionaries({"n": st.integers(-2, 2)}))


def changed(draw: Any, where: dict[str, Any]) -> Change | None:
    """Columns to set and numbers to add to, never the same one."""
    more = draw(plus)
    setting = {k: v for k, v in draw(columns).items() if k not in more}
    return Change("rows", where, setting, more) if setting or more else None


@st.composite
def write(draw: Any) -> Write:
    id = draw(ids)
    kind = draw(st.sampled_from(KINDS))
    done: Write | None = None
    if kind == "change":
        done = changed(draw, {"id": id})
    elif kind == "change all":
        done = changed(draw, {"a": draw(st.integers(0, 3))})
    elif kind == "drop":
        done = Drop("rows", {"id": id})
    elif kind == "drop all":
        done = Drop("rows", {"a": draw(st.integers(0, 3))})
    return done or Put("rows", {"id": id, **draw(columns)})


@st.composite
def owned(draw: Any) -> Write:
    owner = draw(st.sampled_from("op"))
    id = owner + draw(ids)
    kind = draw(st.sampled_from(["put", "change", "change one", "drop"]))
    if kind == "put":
        return Put("owned", {"id": id, "owner": owner, "a": draw(numbers)})
    if kind == "drop":
        return Drop("owned", {"owner": owner, "a": draw(st.integers(0, 3))})
    where = {"owner": owner} | ({"id": id} if kind == "change one" else {})
    return Change("owned", where, {"a": draw(numbers)}, draw(plus))


writes = st.lists(st.one_of(write(), owned()), max_size=10)


@pytest.fixture
def connection(database: Dsns) -> Iterable[psycopg.Connection[Any]]:
    with psycopg.connect(database.app, autocommit=True) as opened:
        for sql in Things.create():
            opened.execute(sql.encode())
        yield opened


def rows_after(connection: psycopg.Connection[Any], groups: Iterable[Group]) -> list[Any]:
    """What stands in both tables after these groups; nothing of it stays."""
    types = {"id": "text", "owner": "text", "a": "int", "b": "text", "n": "int"}
    with connection.transaction(force_rollback=True):
        for group in groups:
            short = group.shape.table
            sql = statements.statement(Things.table(short), ("id",), types, group.shape)
            connection.execute(sql.encode(), [statements.rows(group)])
        return [
            connection.execute(f"select * from {Things.table(t)} order by id".encode()).fetchall()
            for t in Things.tables
        ]


def alone(writes: Sequence[Write]) -> list[Group]:
    """Each write as a group of its own, unfolded."""
    return [group for write in writes for group in fold(Things, [write])]


@settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=writes, then=writes)
def test_folded_is_the_same_as_one_by_one(
    connection: psycopg.Connection[Any], first: list[Write], then: list[Write]
) -> None:
    folded = [*fold(Things, first), *fold(Things, then)]
    assert rows_after(connection, folded) == rows_after(connection, alone([*first, *then]))


def test_many_writes_are_few_statements() -> None:
    puts: list[Write] = [Put("rows", {"id": str(n), "a": n}) for n in range(500)]
    changes: list[Write] = [Change("rows", {"id": str(n)}, {"a": 0}) for n in range(500)]
    assert len(fold(Things, puts + changes)) == 1
    settled: list[Write] = [Change("owned", {"owner": str(n)}, {"a": 1}) for n in range(500)]
    assert len(fold(Things, settled + settled)) <= 2
