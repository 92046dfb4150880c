"""What says which row is meant is of one type in all writes, so that folding may compare it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import pytest

from portals.web import PLATFORM
from services.views.all import Views
from services.views.view import Put, View, Write
from tests.conftest import Served

pytestmark = pytest.mark.postgres


async def test_keys_and_scopes_have_one_type_each(serving: Served) -> None:
    platform = serving.app[PLATFORM]
    types: dict[tuple[str, str, str], set[type]] = defaultdict(set)
    async for page in platform.log.pages():
        for view in platform.views:
            await view.look_up(page)
            for recorded in page:
                for write in view.see(recorded):
                    named = write.columns if isinstance(write, Put) else write.where
                    for column in meant(write, view):
                        if column in named:
                            types[view.name, write.table, column].add(type(named[column]))
    assert {at: kinds for at, kinds in types.items() if len(kinds) > 1} == {}
    assert len(types) > 20


async def test_rows_of_views_that_processes_may_share_come_of_one_stream(serving: Served) -> None:
    platform = serving.app[PLATFORM]
    streams: dict[tuple[object, ...], set[UUID]] = defaultdict(set)
    async for page in platform.log.pages():
        for view in (view for view in platform.views if view.by_stream):
            await view.look_up(page)
            for recorded in page:
                for write in view.see(recorded):
                    named = write.columns if isinstance(write, Put) else write.where
                    scope = view.scopes.get(write.table, view.keys[write.table])
                    row = tuple(named[column] for column in scope)
                    streams[view.name, write.table, *row].add(recorded.stream)
    assert [row for row, several in streams.items() if len(several) > 1] == []
    assert len(streams) > 100


def meant(write: Write, view: View) -> tuple[str, ...]:
    keys, scopes = view.keys[write.table], view.scopes.get(write.table, ())
    return (*keys, *scopes)


def test_no_view_is_named_like_the_beginning_of_another() -> None:
    """`rebuilding.retire` finds a view's tables by its name."""
    names = [view.name for view in Views(None)]  # type: ignore[arg-type]
    assert not [(a, b) for a in names for b in names if b.startswith(f"{a}_")]
