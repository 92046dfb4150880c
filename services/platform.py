"""The composition root: everything is put together here, and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg_pool import AsyncConnectionPool

from events import schema
from events.log import Appended, Log
from events.proofs.policies import Policy
from events.vault import Vault
from services.actions.command import Command
from services.building import progress, rebuilding
from services.building.builder import Builder
from services.connecting import pool_of
from services.ending import end, record_last
from services.erasing import bury
from services.files.clamd import Clamd
from services.files.scanning import Scanning
from services.files.store import Store
from services.heads.authority import Authority
from services.heads.levels import Levels, levels
from services.heads.publisher import Heads, Publisher
from services.heads.selfcheck import SelfCheck
from services.heads.signing import Signer
from services.heads.stamping import Stamping
from services.heads.witnesses import Witnesses, own_policy
from services.known import Known
from services.messages import writing
from services.messages.delivering import Delivering
from services.messages.queue import forget_of
from services.messages.ways import Ways
from services.metrics import Metrics
from services.perform import perform
from services.policies.all import all_policies
from services.policies.policy import Policies
from services.reads import Reads
from services.reminding import Reminding
from services.security_notes import SecurityNotes
from services.timekeeping.process import ClockProcess
from services.vault_keys import Places, unlock
from services.views.all import Views
from services.worker import Worker

C = TypeVar("C", bound=Command)
log_ = logging.getLogger("gongzhi.platform")
#: Seconds between two looks at what is signed.
OFTEN = 0.05
#: Where evidence files lie, unless it is said otherwise.
FILES = Path(".gongzhi") / "files"


class Platform:
    """The log, the views and the worker over one database."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self.pool = pool
        self.vault = Vault(pool)
        self.log = Log(pool, self.vault)
        self.files = Store(FILES, self.vault)
        self.vault.takes_along = self._forget
        self.ways = Ways()
        #: Whether files are scanned; without a scanner none ever counts as safe.
        self.scanned = False
        self.views = Views(pool, self.log)
        self.reads = Reads(self.log)
        self.notes = SecurityNotes(self.log)
        self.builders = [Builder(view, pool) for view in self.views]
        self.metrics = Metrics(pool, self.log, self.views, lambda: self.policy)
        self.policies = Policies(self.log, all_policies(self.views, self.log))
        self.clocks = ClockProcess(self.log, self.views.obligations)
        self.worker = Worker(self.log, self.builders, self.policies, self.clocks)
        self.known = Known()
        self.publisher: Publisher | None = None
        self.witnesses: Witnesses | None = None
        self.levels = Levels()
        self._signed = asyncio.Event()
        #: By which receipts are checked here: the policy, else the log's own key alone.
        self.trusts: Policy | None = None
        self._reached: dict[str, int] = {}
        self._moved = asyncio.Condition()
        self._listening, self._heard = False, 0
        self.ready = asyncio.Event()

    async def perform(
        self, action: Callable[[Any, C], Awaitable[Appended]], command: C
    ) -> Appended:
        """Do what the command asks; raises `Refused`."""
        return await perform(self.log, action, command)

    def take_up(self, files: Path, scanner: Clamd | None, ways: Ways | None) -> None:
        """Where evidence lies, whether somebody scans it, by which ways messages go."""
        self.files.root, self.scanned = files, scanner is not None
        self.ways = ways or self.ways

    async def lay(self) -> None:
        """The tables of the views, and from where consumers are told of what is new."""
        await self.worker.lay()
        await writing.lay(self.pool, await self.log.size())

    async def _forget(self, subjects: Sequence[UUID]) -> None:
        """What goes with the keys of these persons."""
        await self.files.forget(subjects)
        await forget_of(self.pool, subjects)

    async def seen(self, position: int, timeout: float = 2.0) -> bool:
        """Wait until every view that is not stopped has reached the position."""
        try:
            async with asyncio.timeout(timeout), self._moved:
                await self._moved.wait_for(lambda: self._all_at(position))
        except TimeoutError:
            return False
        return True

    async def catch_up(self) -> None:
        """Build everything to the end of the log in this task (tests, loading, commands)."""
        await self.worker.catch_up()
        await self._read_positions()
        await self.seen(await self.log.size(), timeout=60)

    @property
    def position(self) -> int:
        """How far every going view is built, as this process knows."""
        going = [b for b in self.builders if not b.failed]
        return min((self._reached.get(b.view.name, 0) for b in going), default=0)

    @property
    def heard(self) -> int | None:
        """Another number after whatever is told of the log or the views; None = nobody listens."""
        return self._heard if self._listening else None

    async def listen(self) -> None:
        """Wake the worker and the waiting pages at every NOTIFY; ends when cancelled."""
        while True:
            try:
                await self._listen()
            except (psycopg.OperationalError, OSError) as gone:
                self.known.deaf()
                log_.warning("database is away, listening again: %s", gone)
                await asyncio.sleep(1)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(str(self.pool.conninfo), autocommit=True)
        async with connection:
            await connection.execute("listen gongzhi_log")
            await connection.execute("listen gongzhi_views")
            await connection.execute("listen gongzhi_heads")
            await connection.execute("listen gongzhi_vault")
            await connection.execute("listen gongzhi_desk")
            await rebuilding.hold(connection, self.views)
            await self._read_positions()
            self._signed.set()
            self.worker.wake.set()
            self._listening = True
            try:
                async for note in connection.notifies():
                    await self._noted(note.channel, note.payload)
            finally:
                self._listening = False

    async def _noted(self, channel: str, payload: str) -> None:
        self._heard += 1
        if channel == "gongzhi_log":
            self.worker.wake.set()
            if self.publisher is not None:
                self.publisher.wake.set()
        elif channel == "gongzhi_heads":
            self._signed.set()
        elif channel in ("gongzhi_vault", "gongzhi_desk"):
            pass
        elif payload == progress.LOOK:
            await self._read_positions()
        else:
            position, names, changed = progress.told(payload)
            self.known.changed(changed)
            if "calendars" in changed:
                await self.views.obligations.prepare()
            async with self._moved:
                for name in names:
                    self._reached[name] = max(position, self._reached.get(name, 0))
                self._heard += 1
                self._moved.notify_all()

    async def _read_positions(self) -> None:
        await self.views.obligations.prepare()
        async with self.pool.connection() as connection:
            await progress.look(connection, self.builders)
        async with self._moved:
            self._reached = {b.view.name: b.position for b in self.builders}
            self.known.changed(self._reached)
            self._heard += 1
            self._moved.notify_all()

    async def follow_heads(self) -> None:
        """Know how far acts are logged and witnessed; ends when cancelled."""
        while True:
            await self._signed.wait()
            self._signed.clear()
            with contextlib.suppress(psycopg.Error, OSError):  # listening again, it is told anew
                self.levels = await levels(self.pool, self.policy)
                self._heard += 1
            await asyncio.sleep(OFTEN)

    @property
    def policy(self) -> Policy | None:
        """Whose cosignatures count; None where none is set."""
        return self.witnesses.policy if self.witnesses is not None else None

    def _all_at(self, position: int) -> bool:
        going = [b for b in self.builders if not b.failed]
        return all(self._reached.get(b.view.name, 0) >= position for b in going)


@asynccontextmanager
async def open_platform(
    owner: str,
    app: str,
    *,
    working: bool = True,
    size: int = 10,
    signer: Signer | None = None,
    policy: Policy | None = None,
    self_check: timedelta | None = None,
    authority: Authority | None = None,
    keys: Places | None = None,
    files: Path = FILES,
    scanner: Clamd | None = None,
    ways: Ways | None = None,
) -> AsyncIterator[Platform]:
    """A running platform. `owner` lays the tables, `app` is the role everything runs as.

    `working` = follow the log here: views, policies, reminders, heads where there is a `signer`,
    cosigned by the witnesses of the `policy`, stamped by the `authority`; check the whole log every
    `self_check`. `keys` = of the vault by domain; `files` = where evidence lies for the `scanner`;
    `ways` = of messages.
    """
    await asyncio.to_thread(schema.create, owner)
    pool = pool_of(app, size)
    await pool.open(wait=True, timeout=10)
    platform = Platform(pool)
    platform.take_up(files, scanner, ways)
    await unlock(platform.vault, keys or {})
    await bury(platform.log)
    await platform.lay()
    platform.witnesses = Witnesses(Heads(pool), policy) if policy is not None else None
    platform.trusts = policy or (Policy.parse(own_policy(signer)) if signer else None)
    tasks = [asyncio.create_task(each) for each in _always(platform)]
    if working:
        watching = _watch(platform, self_check, authority)
        tasks += map(asyncio.create_task, (*_work(platform, signer), *watching))
        beside = (Scanning(platform, scanner), Reminding(platform), Delivering(platform))
        tasks += [asyncio.create_task(each.run()) for each in beside]
    platform.ready.set()
    try:
        yield platform
    finally:
        await end(tasks)
        await record_last(platform)
        await platform.worker.aclose()
        await platform.log.aclose()
        await pool.close()


def _always(platform: Platform) -> Iterator[Coroutine[Any, Any, None]]:
    """What goes on in every process."""
    yield platform.listen()
    yield platform.follow_heads()
    yield platform.reads.run()
    yield platform.notes.run()


def _work(platform: Platform, signer: Signer | None) -> Iterator[Coroutine[Any, Any, None]]:
    """What goes on in a process that works: views, policies, heads, witnesses."""
    yield platform.worker.run()
    if signer is not None:
        platform.publisher = Publisher(platform.pool, signer)
        yield platform.publisher.run()
        if platform.witnesses is not None:
            yield platform.witnesses.run()


def _watch(
    platform: Platform, self_check: timedelta | None, authority: Authority | None
) -> Iterator[Coroutine[Any, Any, None]]:
    """What is done once a day: the log is checked, its head stamped."""
    if self_check:
        yield SelfCheck(platform.pool, self_check).run()
    if authority is not None:
        yield Stamping(platform.log, platform.pool, platform.policy, authority).run()
