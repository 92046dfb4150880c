"""The library's own cases against our recorder, and a stock application on our log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import (
    InfrastructureFactoryError,
    NotSupportedError,
    StoredEvent,
    Tracking,
)
from eventsourcing.popo import POPOTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.tests import persistence
from eventsourcing.utils import get_topic
from psycopg_pool import AsyncConnectionPool

from deploy.postgres import Server
from events.complaints import ComplaintAccepted
from events.log import Append, Log
from events.recorder import LogFactory, LogRecorder, open_pool
from tests.database import Dsns, drop_database, fresh_database
from tests.people import ZHAO

pytestmark = pytest.mark.postgres


class OnOurLog:
    """Each case on a database of its own."""

    @pytest.fixture(autouse=True)
    def _database(self, server: Server) -> Iterator[None]:
        dsns = fresh_database(server)
        self.pool = open_pool(dsns.app, size=15)
        yield
        self.pool.close()
        drop_database(server, dsns)

    def create_recorder(self) -> LogRecorder:
        return LogRecorder(self.pool)


class TestApplicationRecorder(OnOurLog, persistence.ApplicationRecorderTestCase[LogRecorder]):
    """The library's cases for application recorders."""

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnOurLog, persistence.NonInterleavingNotificationIDsBaseCase):
    """Two large inserts at once stand one after the other."""


class TestAggregateRecorder(OnOurLog, persistence.AggregateRecorderTestCase):
    """The library's cases for streams; ours also tells the positions, which these deny."""

    def create_recorder(self) -> LogRecorder:
        return Quiet(self.pool)


class Quiet(LogRecorder):
    """Says no positions, as the cases for aggregate recorders expect."""

    def insert_events(self, stored_events: Any, **kwargs: Any) -> None:
        super().insert_events(stored_events, **kwargs)


class Dog(Aggregate):
    """An aggregate as the library's manual writes it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tricks: list[str] = []

    @event("TrickAdded")
    def add_trick(self, trick: str) -> None:
        self.tricks.append(trick)


class Dogs(Application[UUID]):
    """A stock application."""

    def register(self, name: str) -> UUID:
        dog = Dog(name)
        self.save(dog)
        return dog.id

    def add_trick(self, id: UUID, trick: str) -> None:
        dog: Dog = self.repository.get(id)
        dog.add_trick(trick)
        self.save(dog)


def test_a_stock_application_saves_and_its_notification_log_reads(database: Dsns) -> None:
    dogs = Dogs(env={"PERSISTENCE_MODULE": "events.recorder", "LOG_DSN": database.app})
    try:
        fido = dogs.register("Fido")
        dogs.add_trick(fido, "roll over")
        dog: Dog = dogs.repository.get(fido)
        assert (dog.name, dog.tricks) == ("Fido", ["roll over"])
        section = dogs.notification_log["1,10"]
        assert [(n.id, n.originator_id, n.originator_version) for n in section.items] == [
            (1, fido, 1),
            (2, fido, 2),
        ]
    finally:
        dogs.close()


class Tricks(POPOTrackingRecorder):
    """A stock view: every trick, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tricks: list[str] = []

    def learnt(self, trick: str, tracking: Tracking) -> None:
        with self._database_lock:
            self._assert_tracking_uniqueness(tracking)
            self._insert_tracking(tracking)
            self.tricks.append(trick)


class Learning(Projection[Tricks]):
    name = "learning"
    topics = (get_topic(Dog.TrickAdded),)

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.learnt(domain_event.trick, tracking)


def test_a_stock_projection_runner_follows_our_log(database: Dsns) -> None:
    env = {"DOGS_PERSISTENCE_MODULE": "events.recorder", "LOG_DSN": database.app}
    with ProjectionRunner(
        application_class=Dogs, projection_class=Learning, view_class=Tricks, env=env
    ) as runner:
        fido = runner.app.register("Fido")
        for trick in ("roll over", "sit"):
            runner.app.add_trick(fido, trick)
        runner.wait(3, timeout=120)
        assert runner.view.tricks == ["roll over", "sit"]


async def test_both_doors_share_one_row_of_positions(database: Dsns) -> None:
    pool = open_pool(database.app)
    recorder = LogRecorder(pool)
    stored = StoredEvent(originator_id=uuid4(), originator_version=1, topic="t", state=b"s")
    assert list(recorder.insert_events([stored]) or []) == [1]
    accepted = ComplaintAccepted(by=ZHAO, number="GZ-1")
    async with (
        AsyncConnectionPool[Any](database.app, kwargs={"autocommit": True}) as ours_too,
        aclosing(Log(ours_too)) as log,
    ):
        ours = await log.append([Append(uuid4(), 0, [accepted])])
    assert (ours.first, recorder.max_notification_id()) == (2, 2)
    pool.close()


def test_what_the_log_does_not_keep_is_refused(database: Dsns) -> None:
    with pytest.raises(InfrastructureFactoryError):
        LogFactory({})
    factory = LogFactory({"LOG_DSN": database.app})
    for wanted in (
        lambda: factory.aggregate_recorder("snapshots"),
        factory.tracking_recorder,
        factory.process_recorder,
    ):
        with pytest.raises(NotSupportedError):
            wanted()
    factory.close()
