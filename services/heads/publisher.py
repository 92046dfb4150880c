"""Publisher: signs the log's head soon after it grew; never two different heads of one size.

Every process that works may publish: the database keeps one head for each size, and whoever comes
second with the same size has lost. Before it signs, a publisher proves to itself that what it
signs continues the last head: a log that was rewritten gets no new head, and says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from events.proofs.checkpoints import Checkpoint
from events.proofs.edges import Edge
from events.proofs.heads import Head
from events.proofs.merkle import consistent
from events.proofs.tiles import split
from events.proofs.verdicts import Malformed
from services.heads.signing import Signer
from services.heads.tree import LogTree
from services.private_files import KeyTrouble

log_ = logging.getLogger("gongzhi.heads")
#: Seconds between two heads while the log grows; it is looked at this often in any case.
REST, POLL = 0.25, 1.0
#: Events after which the continuation is proved by tiles instead of leaf by leaf.
MOST = 4096

_SINCE = """
    select size, edge, (
        select string_agg(leaf, ''::bytea order by position) from log.events
        where position > %s and position <= least(%s, h.size))
    from log.head h"""
_LATEST = """
    select h.checkpoint
        || convert_to(coalesce(string_agg(c.last_line, '' order by c.witness), ''), 'UTF8')
    from (select * from log.heads order by size desc limit 1) h
    left join log.cosignatures c using (size) group by h.size, h.checkpoint"""
#: Without waiting for the disk: the events are on it, so that of a head that a crash takes away the
#: same one is signed again. The setting ends with the statement's transaction.
_ADD = """
    with quick as materialized (select set_config('synchronous_commit', 'off', true))
    insert into log.heads (size, checkpoint) select %s, %s from quick
    on conflict (size) do nothing"""
_AT = "select checkpoint from log.heads where size = %s"


class Rewritten(Exception):
    """The log is no longer what was signed: it must not be signed on."""


class Heads:
    """The signed heads as they are kept."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self.pool = pool

    async def latest(self) -> Checkpoint | None:
        """The largest, with the last lines of who has cosigned it; None before the first."""
        return await self._one(_LATEST, [])

    async def edge(self) -> Edge:
        """The tree's edge at this moment, signed or not.

        Raises `Rewritten` where what is kept is not the edge of a tree of this size.
        """
        async with self.pool.connection() as connection:
            return (await _since(connection, 0, 0))[0]

    async def of_size(self, size: int) -> Checkpoint | None:
        """The head that was signed of this size, without cosignatures."""
        return await self._one(_AT, [size])

    async def _one(self, sql: str, values: list[object]) -> Checkpoint | None:
        async with self.pool.connection() as connection:
            row = await (await connection.execute(sql.encode(), values)).fetchone()
        return Checkpoint.parse(bytes(row[0])) if row else None


class Publisher:
    """Publishes for as long as it runs; `wake` when the log has grown.

    Between two heads it keeps the tree's edge, so that the next one costs no proof: the new leaves
    must lead from the edge it knows to the one that now stands in the log.
    """

    def __init__(self, pool: AsyncConnectionPool[Any], signer: Signer) -> None:
        self.heads, self.tree = Heads(pool), LogTree(pool)
        self._signer = signer
        self._edge: Edge | None = None
        self.wake = asyncio.Event()

    async def publish(self) -> Checkpoint | None:
        """Sign what was added since the last head; None where nothing was.

        Raises `Rewritten` where the log does not continue that head, `KeyTrouble` without a key.
        """
        if self._edge is None:
            if (last := await self.heads.latest()) is None:
                self._edge = Edge()
            else:
                return await self._take_up(last.head)
        return await self._go_on(self._edge)

    async def _take_up(self, last: Head) -> Checkpoint | None:
        """After a start: prove that the log continues the head that was signed last."""
        edge = await self.heads.edge()
        if edge.size == last.size and edge.root == last.root:
            self._edge = edge
            return None
        await self._check_continues(last, edge.size, edge.root)
        async with self.heads.pool.connection() as connection:
            return await self._sign(connection, edge)

    async def _go_on(self, known: Edge) -> Checkpoint | None:
        async with self.heads.pool.connection() as connection:
            edge, leaves = await _since(connection, known.size, MOST)
            if edge.size < known.size:
                raise Rewritten(f"it has {edge.size} events, and had {known.size}")
            if known.size == 0:
                pass  # nothing was ever signed: there is nothing to continue
            elif edge.size - known.size > MOST:
                kept = Head("", known.size, known.root)
                await self._check_continues(kept, edge.size, edge.root)
            elif known.extend(split(leaves))[0] != edge:
                raise Rewritten(f"the events up to {known.size} are not those that were signed")
            return await self._sign(connection, edge) if edge.size > known.size else None

    async def _sign(self, connection: AsyncConnection[Any], edge: Edge) -> Checkpoint:
        """Sign and keep it; where another head of this size was there first, that one counts."""
        signed = await self._signer.sign(Head(self._signer.verifier.name, edge.size, edge.root))
        done = await connection.execute(_ADD, [edge.size, bytes(signed)])
        kept = signed if done.rowcount else await self.heads.of_size(edge.size)
        if kept is None or kept.head.root != edge.root:
            raise Rewritten(f"another head of size {edge.size} was signed")
        self._edge = edge
        return kept

    async def run(self) -> None:
        """Publish until cancelled; nothing that goes wrong here stops the log."""
        while True:
            self.wake.clear()
            try:
                await self.publish()
            except (psycopg.Error, OSError) as gone:
                log_.warning("heads wait for the database: %s", gone)
            except KeyTrouble as trouble:
                log_.error("no head can be signed: %s", trouble)
            except Rewritten as why:
                log_.critical("THE LOG WAS REWRITTEN, no head is signed: %s", why)
            await asyncio.sleep(REST)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL - REST):
                    await self.wake.wait()

    async def _check_continues(self, last: Head, size: int, root: bytes) -> None:
        if size < last.size:
            raise Rewritten(f"it has {size} events, and a head of {last.size} was signed")
        proof = await self.tree.consistency(last.size, size) if size > last.size else []
        if not consistent(last.size, size, last.root, root, proof):
            raise Rewritten(f"the events up to {last.size} are not those that were signed")


async def _since(connection: AsyncConnection[Any], known: int, most: int) -> tuple[Edge, bytes]:
    """The edge as it is now, and the hashes of the first events after `known`, `most` of them.

    Both are of one moment. Raises `Rewritten` where the edge is not one of a tree of its size.
    """
    cursor = connection.cursor(binary=True)
    await cursor.execute(_SINCE, [known, known + most])
    size, edge, leaves = await cursor.fetchone() or (0, b"", b"")
    try:
        return Edge.from_bytes(size, edge), leaves or b""
    except Malformed as wrong:
        raise Rewritten(str(wrong)) from None
