"""Recorder: the log behind the `eventsourcing` library's own interface, for stock applications.

`PERSISTENCE_MODULE=events.recorder` and `LOG_DSN` (the application's role) let an unchanged
`eventsourcing.application.Application` save to our log and read its notifications. It writes
through the same server-side function as `events.log`, so positions stay gapless and in commit
order across both. What a stock application saves has topics of its own, which our views do not
know: give it a database of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    DatabaseError,
    DataError,
    InfrastructureFactory,
    InfrastructureFactoryError,
    IntegrityError,
    InterfaceError,
    InternalError,
    ListenNotifySubscription,
    Notification,
    NotSupportedError,
    OperationalError,
    PersistenceError,
    ProcessRecorder,
    ProgrammingError,
    StoredEvent,
    Subscription,
    TrackingRecorder,
)
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

Pool = ConnectionPool[psycopg.Connection[Any]]
T = TypeVar("T", bound=TrackingRecorder)

#: A stock application names no acting party.
NO_PARTY = ""
CHANNEL = "gongzhi_log"

_APPEND = """
    select size_before, conflicts
    from log.append(%b, %b, %b, %b, %b, %b, %b, null, null)"""
_STREAM = """
    select stream, version, topic, state from log.events
    where stream = %(stream)b and version > coalesce(%(gt)b::int, -1)
      and version <= coalesce(%(lte)b::int, 2147483647)
    order by version {order} limit %(limit)b"""
_NOTIFICATIONS = """
    select position, stream, version, topic, state from log.events
    where position >= %(first)b and position <= coalesce(%(stop)b::bigint, 9223372036854775807)
      and (%(topics)b::text[] is null or topic = any(%(topics)b::text[]))
    order by position limit %(limit)b"""
_SIZE = "select nullif(size, 0) from log.head"

#: psycopg's errors and the library's names for them, the narrower ones first.
_ERRORS: tuple[tuple[type[Exception], type[PersistenceError]], ...] = (
    (psycopg.errors.UniqueViolation, IntegrityError),
    (psycopg.IntegrityError, IntegrityError),
    (psycopg.DataError, DataError),
    (PoolTimeout, OperationalError),
    (PoolClosed, InterfaceError),
    (psycopg.OperationalError, OperationalError),
    (psycopg.ProgrammingError, ProgrammingError),
    (psycopg.InternalError, InternalError),
    (psycopg.InterfaceError, InterfaceError),
    (psycopg.DatabaseError, DatabaseError),
)


class LogRecorder(ApplicationRecorder):
    """The library's recorder over a pool of connections of the application's role."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append all or nothing; the positions. A version that is taken: `IntegrityError`."""
        if not stored_events:
            return []
        rows = [
            (
                1,
                e.originator_id,
                e.originator_version,
                e.topic,
                NO_PARTY,
                e.state,
                sha256(e.state).digest(),
            )
            for e in stored_events
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        before, conflicts = self._all(_APPEND, columns)[0]
        if conflicts:
            raise IntegrityError("a version is taken already")
        return list(range(before + 1, before + 1 + len(rows)))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream between two versions."""
        values = {"stream": originator_id, "gt": gt, "lte": lte, "limit": limit}
        rows = self._all(_STREAM.format(order="desc" if desc else "asc"), values)
        return [
            StoredEvent(originator_id=stream, originator_version=version, topic=topic, state=state)
            for stream, version, topic, state in rows
        ]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The events from a position on, in the order of the log."""
        first = 0 if start is None else start + (not inclusive_of_start)
        chosen = list(topics) or None
        values = {"first": first, "stop": stop, "topics": chosen, "limit": limit}
        return [
            Notification(
                id=position,
                originator_id=stream,
                originator_version=version,
                topic=topic,
                state=state,
            )
            for position, stream, version, topic, state in self._all(_NOTIFICATIONS, values)
        ]

    def max_notification_id(self) -> int | None:
        """The last position, or None while the log is empty."""
        size: int | None = self._all(_SIZE, ())[0][0]
        return size

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """What follows `gt`, now and as it is recorded."""
        return LogSubscription(self, gt, topics)

    def _all(self, sql: str, values: Any) -> list[tuple[Any, ...]]:
        with _named(), self.pool.connection() as connection:
            return connection.cursor(binary=True).execute(sql.encode(), values).fetchall()


class LogSubscription(ListenNotifySubscription[ApplicationRecorder]):
    """Woken by the log's own NOTIFY."""

    def __init__(
        self, recorder: LogRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        dsn = recorder.pool.conninfo
        self._dsn = dsn if isinstance(dsn, str) else dsn()
        self._listening = Thread(target=self._listen)
        self._listening.start()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._listening.join()

    def _listen(self) -> None:
        """On a connection of its own, so that waiting readers do not use up the pool."""
        try:
            with _named(), psycopg.connect(self._dsn, autocommit=True) as connection:
                connection.execute(f"listen {CHANNEL}".encode())
                self._has_been_notified.set()  # what came before we listened
                while not self._has_been_stopped and not self._thread_error:
                    for _ in connection.notifies(timeout=0.1, stop_after=1):
                        self._has_been_notified.set()
        except BaseException as error:
            self._thread_error = self._thread_error or error
            self.stop()


class LogFactory(InfrastructureFactory[TrackingRecorder]):
    """Makes recorders for a stock application, from `LOG_DSN`."""

    LOG_DSN = "LOG_DSN"

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        dsn = self.env.get(self.LOG_DSN)
        if not dsn:
            raise InfrastructureFactoryError(f"{self.LOG_DSN} is not set: where is the log?")
        self.pool = open_pool(dsn)

    def application_recorder(self) -> ApplicationRecorder:
        return LogRecorder(self.pool)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """The log keeps events; snapshots would be a second truth."""
        if purpose != "events":
            raise NotSupportedError(f"the log keeps no {purpose}")
        return LogRecorder(self.pool)

    def tracking_recorder(self, tracking_recorder_class: type[T] | None = None) -> Any:
        raise NotSupportedError("positions are kept by our views, see services/building/builder.py")

    def process_recorder(self) -> ProcessRecorder:
        raise NotSupportedError("what happens by itself stands in services/policies")

    def close(self) -> None:
        self.pool.close()


def open_pool(dsn: str, size: int = 10) -> Pool:
    """Connections that commit each statement, as the log's one function expects."""
    pool: Pool = ConnectionPool(
        dsn, min_size=1, max_size=size, open=False, kwargs={"autocommit": True}
    )
    pool.open(wait=True, timeout=10)
    return pool


@contextmanager
def _named() -> Iterator[None]:
    """Errors by the library's names."""
    try:
        yield
    except Exception as error:
        for kind, name in _ERRORS:
            if isinstance(error, kind):
                raise name(str(error)) from error
        raise
