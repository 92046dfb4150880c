"""Time that a test moves on: of this process and of the log, the same; it never goes back."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo

import psycopg
import pytest

from events.event import CHINA
from portals import remembered

#: Where the product asks what time it is.
_ASKING = (
    "events.event", "services.actions.command", "services.actions.together", "services.reads",
    "services.reminding", "services.security_notes", "services.timekeeping.process",
)  # fmt: skip
#: The log dates by the database's clock; other uses of it (sessions, tries) go by real time.
_LOG = """
    create schema moved;
    do $$ begin execute 'alter function ' || 'log.append'::regproc::oid::regprocedure
        || ' set search_path = moved, pg_catalog, pg_temp'; end $$"""
_MOVE = """
    create or replace function moved.clock_timestamp() returns timestamptz language sql
    as $$ select pg_catalog.clock_timestamp() + interval '{seconds} seconds' $$"""


class Moved(datetime):
    """What `datetime` is to the product meanwhile."""

    by = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.by


class Time:
    """The time of one platform; `owner` reaches its database."""

    def __init__(self, owner: str) -> None:
        self._connection = psycopg.connect(owner, autocommit=True)
        self._connection.execute(_LOG)

    def to(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """On to this moment in China."""
        at = datetime(year, month, day, hour, minute, tzinfo=CHINA)
        Moved.by = at - datetime.now(UTC)
        self._connection.execute(_MOVE.format(seconds=Moved.by.total_seconds()))
        return at

    def close(self) -> None:
        self._connection.close()


@contextmanager
def moving(owner: str) -> Iterator[Time]:
    """While it lasts the time is what the test says."""
    with closing(Time(owner)) as time, pytest.MonkeyPatch.context() as patch:
        for name in _ASKING:
            patch.setattr(importlib.import_module(name), "datetime", Moved)
        patch.setattr(remembered, "minute", lambda: int(Moved.now(UTC).timestamp() // 60))
        patch.setattr(Moved, "by", timedelta())
        yield time
