"""Export: the log, a part of it, or one case, as a bundle that proves itself (`events/proofs`).

A whole log is written from its events alone: what the database keeps as tree is compared, not
copied. Of a part, the tiles are the database's, and whoever verifies compares them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from events.log import Log
from events.proofs import bundles
from events.proofs.canonical import canonical
from events.proofs.checkpoints import Checkpoint
from events.proofs.policies import Policy
from events.proofs.states import State, pack_states
from events.proofs.texts import unb64
from events.proofs.tiles import WIDTH, Place, pack, tiles_of
from events.proofs.verdicts import Tampered
from events.proofs.writing import VERIFIER, Writer, write_sums, write_verifier
from events.time_stamps import HeadTimeStamped
from events.words import Words
from services.actions.refused import Refused
from services.heads.accompanying import case_page, readme
from services.heads.receipts import best_head, receipt
from services.heads.stored import PAGE, Stored, span, streams
from services.heads.tree import LogTree

Pool = AsyncConnectionPool[Any]
#: Told how many events of how many are written.
Progress = Callable[[int, int], None]

#: Of each hour one older head, the one with the most cosignatures: they bound recorded times.
_OLDER = """
    select distinct on (date_trunc('hour', h.signed_at)) h.size, h.checkpoint,
        coalesce((select string_agg(c.line, '' order by c.witness) from log.cosignatures c
            where c.size = h.size), '') as lines
    from log.heads h where h.size < %s
    order by date_trunc('hour', h.signed_at),
        (select count(*) from log.cosignatures c where c.size = h.size) desc, h.size desc"""

_OF_SIZE = """
    select h.checkpoint, coalesce((select string_agg(c.line, '' order by c.witness)
        from log.cosignatures c where c.size = h.size), '')
    from log.heads h where h.size = %s"""


class Span(NamedTuple):
    """Positions from (inclusive) to (inclusive); 0 = the end of the log."""

    start: int = 1
    end: int = 0


class Case(NamedTuple):
    """A record by its number, with the streams that belong to it."""

    number: str
    streams: list[UUID]


class Exported(NamedTuple):
    """What was written: events with their states, under a head of `size`."""

    events: int
    size: int
    signed: Checkpoint


class Export:
    """Writes one bundle into an empty directory.

    `policy` is the text that the bundle carries: by it others verify.
    """

    def __init__(self, pool: Pool, directory: Path, policy: bytes) -> None:
        self.pool, self.directory = pool, directory
        self._text, self._policy = policy, Policy.parse(policy)
        self._tree, self._writer = LogTree(pool), Writer(directory)

    async def log(self, wanted: Span, progress: Progress) -> Exported:
        """The log, or the events of a span. Raises `Refused`, `Tampered`."""
        head = await self._begin()
        start, end = _within(wanted, head.head.size)
        if (start, end) == (0, head.head.size):
            await self._whole(head, progress)
        else:
            await self._part(head, start, end, progress)
        await self._older(head)
        await self._stamps(head)
        return self._end(head, end - start)

    async def case(self, case: Case) -> Exported:
        """One case: what happened, readable, and a receipt for each event."""
        head = await self._begin()
        events = await streams(self.pool, case.streams)
        if events[-1].position > head.head.size:
            raise Refused(NOT_YET)
        for event in events:
            proof = await receipt(self._tree, event, head)
            self._writer.put(f"{bundles.RECEIPTS}/{event.position}.tlog-proof", bytes(proof))
        for language in ("zh", "en"):
            page = case_page(case.number, events, language)
            self._writer.put(f"case.{language}.html", page.encode())
        return self._end(head, len(events))

    async def _begin(self) -> Checkpoint:
        if self.directory.exists() and any(self.directory.iterdir()):
            raise Refused(_NOT_EMPTY.fill(directory=self.directory))
        head = await best_head(self.pool, self._policy)
        if head is None:
            raise Refused(_NO_HEAD)
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._writer.put(bundles.CHECKPOINT, bytes(head))
        self._writer.put(bundles.POLICY, self._text)
        return head

    def _end(self, head: Checkpoint, events: int) -> Exported:
        """What explains it, and the sums, last: a bundle without them was broken off."""
        write_verifier(self.directory / VERIFIER)
        self._writer.put("README.md", readme("zh").encode())
        self._writer.put("README.en.md", readme("en").encode())
        write_sums(self.directory)
        return Exported(events, head.head.size, head)

    async def _whole(self, head: Checkpoint, progress: Progress) -> None:
        size = head.head.size
        async for page in span(self.pool, 0, size):
            for event in page:
                self._writer.add(bytes(event.entry), event.state)
            progress(self._writer.edge.size, size)
        edge = self._writer.close()
        if edge.size != size or edge.root != head.head.root:
            raise Tampered(*_OTHER)

    async def _part(self, head: Checkpoint, start: int, end: int, progress: Progress) -> None:
        """All tiles; entries and states of the bundles of entries that the span touches."""
        size = head.head.size
        for place in tiles_of(size):
            self._writer.put(str(place), await self._tree.tile(place))
        self._writer.put(bundles.EXTENT, canonical({"from": start, "to": end}))
        first, last = start // WIDTH * WIDTH, min(size, -(-end // WIDTH) * WIDTH)
        async for page in span(self.pool, first, last, PAGE):
            for at in range(0, len(page), WIDTH):
                self._bundle(page[at : at + WIDTH], start, end)
            progress(page[-1].position - first if page else 0, last - first)

    def _bundle(self, events: list[Stored], start: int, end: int) -> None:
        index, width = (events[0].position - 1) // WIDTH, len(events)
        entries = (bytes(event.entry) for event in events)
        self._writer.put(str(Place(None, index, width)), pack(entries))
        states: list[State] = [
            event.state if start < event.position <= end else None for event in events
        ]
        self._writer.put(bundles.states_path(index, width), pack_states(states))

    async def _older(self, head: Checkpoint) -> None:
        """Older heads that the quorum has cosigned, one of each hour."""
        async with self.pool.connection() as connection:
            rows = await (await connection.execute(_OLDER, [head.head.size])).fetchall()
        for size, checkpoint, lines in rows:
            note = bytes(checkpoint) + lines.encode()
            if self._policy.open(note).witnessed:
                self._writer.put(f"{bundles.CHECKPOINTS}/{size}", note)

    async def _stamps(self, head: Checkpoint) -> None:
        """What an authority stamped of heads that the bundle covers, with those heads."""
        position, log = 0, Log(self.pool)
        while found := await log.of_kinds([HeadTimeStamped], position):
            for recorded in found:
                event = recorded.event
                assert isinstance(event, HeadTimeStamped)
                if event.size <= head.head.size:
                    await self._stamp(event)
            position = found[-1].position

    async def _stamp(self, event: HeadTimeStamped) -> None:
        name = f"{bundles.CHECKPOINTS}/{event.size}"
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_OF_SIZE, [event.size])).fetchone()
        if row is not None:
            self._writer.put(name, bytes(row[0]) + row[1].encode())
            self._writer.put(f"{bundles.STAMPS}/{event.size}.tsr", unb64(event.token))


def _within(wanted: Span, size: int) -> tuple[int, int]:
    """The leaves from (inclusive) to (exclusive)."""
    end = wanted.end or size
    if not 1 <= wanted.start <= end:
        raise Refused(_WRONG_SPAN.fill(start=wanted.start, end=end))
    if end > size:
        raise Refused(NOT_YET)
    return wanted.start - 1, end


NOT_YET = Words(
    "最近的事件已记录，但还没有签名的检查点包含它们。请等一两秒再导出；"
    "一直这样，请看 gongzhi doctor。",
    "The latest events are recorded, but no signed head covers them yet. Export again in a second "
    "or two; if it stays so, see gongzhi doctor.",
)
_NO_HEAD = Words(
    "还没有签名的检查点，导出了也无法核验。请先用 gongzhi key new 生成密钥，再启动服务。",
    "No head is signed yet, so nothing exported could be verified. Make a key with gongzhi key new "
    "and start the service first.",
)
_NOT_EMPTY = Words(
    "目录 {directory} 里已有文件。请换一个空目录，以免新旧混在一起。",
    "There are files in {directory} already. Choose an empty directory, so that nothing is mixed.",
)
_WRONG_SPAN = Words(
    "范围不对：从第 {start} 条到第 {end} 条。序号从 1 开始，起点不大于终点。",
    "Not a span: from {start} to {end}. Positions count from 1, the first not after the last.",
)
_OTHER = (
    "数据库中的事件已不是签名时的内容：由事件算出的根哈希与检查点不符。导出的文件保留，请核验",
    "the events in the database are no longer those that were signed: their root is another than "
    "the head's. What was exported is left for verification",
)
