"""The stock `ProjectionRunner`: one upsert and one transaction per event, as its guide shows.

Peer of everything that builds views; `rate` and `wait` are what others hold theirs against.
`python -m tests.bench.runner DSN MANY` keeps so many of them idle until it is ended.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any

from eventsourcing.application import Application
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from tests.bench.rounds import Timing
from tests.bench.stock import TEXT, Note, environment

_TABLE = SQL(
    "create table if not exists {}.{} (id uuid primary key, version bigint, text text, topic text)"
)
_UPSERT = SQL(
    "insert into {}.{} values (%s, %s, %s, %s) on conflict (id) do update "
    "set version = excluded.version, text = excluded.text, topic = excluded.topic"
)


class Notes(PostgresTrackingRecorder):
    """The view: one table, written together with the position."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        names = Identifier(datastore.schema), Identifier("notes")
        self.sql_create_statements.append(_TABLE.format(*names))
        self.upsert = _UPSERT.format(*names)

    def put(self, values: tuple[object, ...], tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self.upsert, values, prepare=True)


class Noting(Projection[Notes]):
    """Every event is a row."""

    name = "noting"
    topics = ()

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        values = domain_event.originator_id, domain_event.originator_version, TEXT, "written"
        self.view.put(values, tracking)


@contextmanager
def running(dsn: str) -> Iterator[ProjectionRunner[Application, Notes]]:
    """Follows the stock application of this database from where its view is."""
    with ProjectionRunner(
        application_class=Application,
        projection_class=Noting,
        view_class=Notes,
        env=environment(dsn),
    ) as runner:
        yield runner


def rate(dsn: str, events: int) -> Timing:
    """Events a second while it catches up with so many new ones; call it by `to_thread`."""
    saving: Application = Application(env=environment(dsn))
    try:
        for _ in range(0, events, 100):
            last = saving.save(*(Note(text=TEXT) for _ in range(100)))[-1].notification.id
    finally:
        saving.close()
    began = time.perf_counter()
    with running(dsn) as runner:
        while (runner.view.max_tracking_id(runner.app_name) or 0) < last:
            runner.run_forever(timeout=0.005)
    return Timing(events / (time.perf_counter() - began))


def wait(dsn: str, saves: int) -> Timing:
    """How long a reader waits for what she has just saved; call it by `to_thread`."""
    taken = []
    with running(dsn) as runner:
        runner.app.save(Note(text=TEXT))
        for _ in range(saves):
            last = runner.app.save(Note(text=TEXT))[-1].notification.id
            began = time.perf_counter()
            runner.wait(last, timeout=5)
            taken.append(time.perf_counter() - began)
    return Timing.of(taken, sum(taken))._replace(p50=median(taken) * 1000)


def main(dsn: str, many: int) -> None:
    """As many followers as views, each as the library makes it."""
    with ExitStack() as following:
        for _ in range(many):
            following.enter_context(running(dsn))
        print("ready", flush=True)
        signal.pause()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
