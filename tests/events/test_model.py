"""The log against a simple model: append, conflict, retry, race, lost connections, reading.

Hypothesis invents the order; the log is the real one, on a real server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from psycopg_pool import AsyncConnectionPool

from events.complaints import ComplaintAccepted
from events.event import Recorded
from events.ids import new_id
from events.log import Append, Appended, Conflict, Log, LogUnavailable
from tests.database import Dsns
from tests.people import ZHAO

pytestmark = pytest.mark.postgres

_TERMINATE = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like '%log.append(%' and pid <> pg_backend_pid()"""
some = st.integers(0, 2**16)
counts = st.integers(1, 3)


class TheLog(RuleBasedStateMachine):
    """What stands in the log, by stream and in order, beside a list of what should."""

    dsns: ClassVar[Dsns]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.streams: dict[UUID, list[str]] = {}
        self.order: list[tuple[UUID, int]] = []
        self.done: list[tuple[UUID, list[Append], Appended]] = []
        self.said = 0

    @initialize()
    def open(self) -> None:
        self.runner.run(self._open())
        self.start = self.runner.run(self.log.size())

    async def _open(self) -> None:
        self.pool = AsyncConnectionPool(
            self.dsns.app, min_size=1, max_size=2, open=False, kwargs={"autocommit": True}
        )
        await self.pool.open()
        self.log = Log(self.pool)

    def teardown(self) -> None:
        if hasattr(self, "log"):
            self.runner.run(self._close())
        self.runner.close()

    async def _close(self) -> None:
        await self.log.aclose()
        await self.pool.close()

    # -- writing -------------------------------------------------------------------------

    @rule(chosen=some, many=counts, keyed=st.booleans())
    def append(self, chosen: int, many: int, keyed: bool) -> None:
        self._append([self._change(self._stream(chosen), many)], keyed)

    @rule(chosen=some, first=counts, second=counts)
    def append_to_two_streams_at_once(self, chosen: int, first: int, second: int) -> None:
        known, new = self._stream(chosen), new_id()
        self._append([self._change(known, first), self._change(new, second)], keyed=True)

    @precondition(lambda self: self.streams)
    @rule(chosen=some, back=st.integers(1, 3), with_new=st.booleans())
    def conflict(self, chosen: int, back: int, with_new: bool) -> None:
        """Whoever decided on an older state is refused, with all her command's events."""
        stream = self._known(chosen)
        after = max(0, len(self.streams[stream]) - back)
        changes = [Append(stream, after, [self._event()])]
        if with_new:
            changes.insert(0, self._change(new_id(), 2))
        with pytest.raises(Conflict):
            self.runner.run(self.log.append(changes, new_id()))

    @precondition(lambda self: self.done)
    @rule(chosen=some)
    def retry(self, chosen: int) -> None:
        """The same key again tells the first result and adds nothing."""
        key, changes, first = self.done[chosen % len(self.done)]
        again = self.runner.run(self.log.append(changes, key))
        assert (again.first, again.last) == (first.first, first.last)

    @rule(chosen=some, rivals=st.integers(2, 4), others=st.integers(0, 5))
    def race(self, chosen: int, rivals: int, others: int) -> None:
        """Of several who decide on the same state the first one wins; others are not disturbed."""
        stream = self._stream(chosen)
        changes = [self._change(stream, 1) for _ in range(rivals)]
        changes += [self._change(new_id(), 1) for _ in range(others)]
        told = self.runner.run(self._together(changes))
        assert [type(each) for each in told[1:rivals]] == [Conflict] * (rivals - 1)
        appended = [(t, c) for t, c in zip(told, changes, strict=True) if isinstance(t, Appended)]
        assert len(appended) == 1 + others
        for _, change in sorted(appended, key=lambda pair: pair[0].first):
            self._learn([change])

    async def _together(self, changes: Sequence[Append]) -> list[Any]:
        each = (self.log.append([change], new_id()) for change in changes)
        return await asyncio.gather(*each, return_exceptions=True)

    @rule(many=counts, later=st.integers(0, 3))
    def leave(self, many: int, later: int) -> None:
        """Who leaves while she waits has all of it recorded or nothing."""
        change = self._change(new_id(), many)
        self.runner.run(self._leave(change, later))
        found = self.runner.run(self.log.load(change.stream))
        assert len(found) in (0, many)
        if found:
            self._learn([change])

    async def _leave(self, change: Append, later: int) -> None:
        writing = asyncio.create_task(self.log.append([change], new_id()))
        for _ in range(later):
            await asyncio.sleep(0)
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        await self.log.aclose()  # whatever was on its way has arrived

    # -- faults --------------------------------------------------------------------------

    @rule(many=counts, during=st.booleans())
    def lose_the_connection(self, many: int, during: bool) -> None:
        """With a key it is found or sent once more, whenever the connection broke."""
        key, change = new_id(), self._change(new_id(), many)
        told = self.runner.run(self._lose(key, change, during))
        assert told.last - told.first + 1 == many
        self._learn([change])
        self.done.append((key, [change], told))

    async def _lose(self, key: UUID, change: Append, during: bool) -> Appended:
        writing = asyncio.create_task(self.log.append([change], key))
        await asyncio.sleep(0 if during else 0.003)
        await asyncio.to_thread(self._terminate)
        return await writing

    def _terminate(self) -> None:
        """Ends the writer's connections from the server's side."""
        with psycopg.connect(self.dsns.owner, autocommit=True) as owner:
            owner.execute(_TERMINATE)

    @rule()
    def start_again(self) -> None:
        """Another process goes on with the same log."""
        self.runner.run(self._close())
        self.runner.run(self._open())

    # -- reading -------------------------------------------------------------------------

    @precondition(lambda self: self.streams)
    @rule(chosen=some)
    def read_a_stream(self, chosen: int) -> None:
        stream = self._known(chosen)
        found = self.runner.run(self.log.load(stream))
        assert [r.version for r in found] == list(range(1, len(found) + 1))
        assert [_reason(r) for r in found] == self.streams[stream]

    @rule(back=st.integers(0, 20), most=st.integers(1, 7))
    def read_in_pages(self, back: int, most: int) -> None:
        start = max(self.start, self.start + len(self.order) - back)
        found = self.runner.run(self._pages(start, most))
        assert [r.position for r in found] == list(range(start + 1, start + 1 + len(found)))
        assert [(r.stream, r.version) for r in found] == self.order[start - self.start :]
        times = [r.recorded_at for r in found]
        assert times == sorted(times)

    async def _pages(self, start: int, most: int) -> list[Recorded]:
        return [r async for page in self.log.pages(start, most) for r in page]

    @invariant()
    def nothing_more_and_nothing_less(self) -> None:
        if hasattr(self, "start"):
            assert self.runner.run(self.log.size()) == self.start + len(self.order)

    # -- the model -----------------------------------------------------------------------

    def _append(self, changes: list[Append], keyed: bool) -> None:
        key = new_id() if keyed else None
        try:
            told = self.runner.run(self.log.append(changes, key))
        except LogUnavailable as doubt:
            self._find_out(changes[0], key, doubt)
            return
        assert told.first == self.start + len(self.order) + 1
        self._learn(changes)
        assert told.last == self.start + len(self.order)
        if key:
            self.done.append((key, changes, told))

    def _find_out(self, change: Append, key: UUID | None, doubt: LogUnavailable) -> None:
        """Whether what was sent over a connection that broke is there."""
        assert doubt.recorded is None
        assert key is None, "with a key nobody is left in doubt"
        found = self.runner.run(self.log.load(change.stream))
        assert len(found) in (change.after, change.after + len(change.events))
        if len(found) > change.after:
            self._learn([change])

    def _learn(self, changes: Sequence[Append]) -> None:
        for change in changes:
            held = self.streams.setdefault(change.stream, [])
            for event in change.events:
                assert isinstance(event, ComplaintAccepted)
                held.append(event.reason)
                self.order.append((change.stream, len(held)))

    def _change(self, stream: UUID, many: int) -> Append:
        after = len(self.streams.get(stream, ()))
        return Append(stream, after, [self._event() for _ in range(many)])

    def _event(self) -> ComplaintAccepted:
        self.said += 1
        return ComplaintAccepted(by=ZHAO, number="GZ-2026-000001-7", reason=f"第 {self.said} 次")

    def _stream(self, chosen: int) -> UUID:
        """Every third time a new one."""
        return self._known(chosen) if self.streams and chosen % 3 else new_id()

    def _known(self, chosen: int) -> UUID:
        return list(self.streams)[chosen % len(self.streams)]


def _reason(recorded: Recorded) -> str:
    assert isinstance(recorded.event, ComplaintAccepted)
    return recorded.event.reason


def test_the_log_does_what_the_model_says(database: Dsns) -> None:
    TheLog.dsns = database
    run_state_machine_as_test(
        TheLog,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
