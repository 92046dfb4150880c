"""Pull: brings a copy up to the log's head, and believes nothing that is not checked.

The leaves that are new must continue the leaves that are kept and lead to the root of a head that
the log has signed; tiles above them must be what they make; entries must have the leaves' hashes,
states the entries'. Heads that witnesses saw must be of the same tree.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import NamedTuple

from events.proofs.edges import Grown
from events.proofs.entries import Entry
from events.proofs.merkle import consistent, leaf_hash
from events.proofs.policies import Opened, Policy
from events.proofs.reports import Report
from events.proofs.states import Erased, unpack_states
from events.proofs.tiles import WIDTH, Place, split, unpack, width_at
from events.proofs.verdicts import Diverged, Failed, Incomplete, Tampered
from services.mirror.copy import Copy
from services.mirror.source import Away, Source
from services.mirror.totals import Totals

#: Tiles of leaves that are asked for and written at once.
PART = 64


class Brought(NamedTuple):
    """One tile of leaves with what stands beside it; entries and states only for parties."""

    number: int
    leaves: list[bytes]
    entries: bytes | None
    states: bytes | None


class Pull:
    """One look at the log by one copy; `entries` = ask for entries and states too."""

    def __init__(self, copy: Copy, source: Source, policy: Policy, entries: bool) -> None:
        self._copy, self._source, self._policy = copy, source, policy
        self._entries = entries
        self.report = Report()

    async def run(self) -> Report:
        """Everything in turn to the first failure. Raises `Away` where the log cannot be asked."""
        try:
            opened = self._policy.open(await self._source.checkpoint())
            await self._bring(opened)
            await self._compare_witnesses(opened.checkpoint.head.origin)
            opened.require_quorum()
        except Failed as failed:
            return self.report.fail(failed)
        return self.report

    async def _bring(self, opened: Opened) -> None:
        head, old = opened.checkpoint.head, self._copy.size
        if head.size < old:
            raise Incomplete(*_shorter(head.size, old))
        if head.size == old:
            self._same(opened)
        else:
            await self._grow(opened)
        self._copy.advance(opened.checkpoint, self._entries)
        self.report.figures = {"size": head.size, "new": head.size - old}
        self.report.note(
            f"新增 {head.size - old} 条，共 {head.size} 条，全部核对",
            f"{head.size - old} new of {head.size} events, all checked",
        )

    def _same(self, opened: Opened) -> None:
        kept = self._copy.head
        if kept is not None and kept.head.root != opened.checkpoint.head.root:
            self._two_versions(bytes(opened.checkpoint), "log")

    async def _grow(self, opened: Opened) -> None:
        head, copy = opened.checkpoint.head, self._copy
        edge, begun, totals = copy.base(), copy.begun(), Totals(copy)
        grown: list[Grown] = []
        for first in range(edge.size // WIDTH, -(-head.size // WIDTH), PART):
            last = min(-(-head.size // WIDTH), first + PART)
            brought = await asyncio.gather(
                *(self._fetch(index, width_at(0, index, head.size)) for index in range(first, last))
            )
            for each in brought:
                if each.leaves[: len(begun)] != begun:
                    await self._no_continuation(opened)
                fresh = self._check(each, len(begun))
                begun = []
                edge, more = edge.extend(each.leaves)
                grown += [one for one in more if one.level > 0]
                totals.add(fresh)
                self._put(each)
        if edge.root != head.root:
            await self._no_continuation(opened)
        await self._check_upper(grown, head.size, copy.size)
        if self._entries:
            totals.keep()

    async def _fetch(self, index: int, width: int) -> Brought:
        """A tile of leaves, and beside it what only parties read."""
        leaves = split(await self._source.tile(Place(0, index, width)))
        if len(leaves) != width:
            raise Incomplete(*_short(Place(0, index, width)))
        if not self._entries:
            return Brought(index, leaves, None, None)
        entries, states = await asyncio.gather(
            self._source.tile(Place(None, index, width)), self._source.states(index, width)
        )
        return Brought(index, leaves, entries, states)

    def _check(self, brought: Brought, known: int) -> list[Entry]:
        """Entries against leaves, states against entries; those that are new to the copy."""
        if brought.entries is None or brought.states is None:
            return []
        entries, states = unpack(brought.entries), unpack_states(brought.states)
        if not len(entries) == len(states) == len(brought.leaves):
            raise Incomplete(*_short(Place(None, brought.number, len(brought.leaves))))
        parsed, first = [], brought.number * WIDTH + 1
        for at, (entry, leaf, state) in enumerate(
            zip(entries, brought.leaves, states, strict=True)
        ):
            if leaf_hash(entry) != leaf:
                raise Tampered(*_other("条目", "the entry", first + at))
            parsed.append(found := Entry.parse(entry))
            told = state is not None and not isinstance(state, Erased)
            if told and sha256(state).digest() != found.state_hash:  # type: ignore[arg-type]
                raise Tampered(*_other("内容", "the state", first + at))
        return parsed[known:]

    def _put(self, brought: Brought) -> None:
        place = Place(0, brought.number, len(brought.leaves))
        self._copy.put(str(place), b"".join(brought.leaves))
        if brought.entries is not None and brought.states is not None:
            self._copy.put(str(place._replace(level=None)), brought.entries)
            name = str(place._replace(level=None)).replace("tile/entries", "states", 1)
            self._copy.put(name, brought.states)

    async def _check_upper(self, grown: list[Grown], size: int, old: int) -> None:
        """The log's upper tiles are what the leaves make; they are kept as they were made."""
        for place, made in _upper(self._copy, grown, size, old):
            if await self._source.tile(place) != made:
                raise Tampered(
                    f"瓦片 {place} 与由条目算出的不符", f"{place} is not what the leaves make"
                )
            self._copy.put(str(place), made)

    async def _no_continuation(self, opened: Opened) -> None:
        """The leaves do not lead from the kept head to the new one: by whose fault?"""
        kept, head = self._copy.head, opened.checkpoint.head
        if kept is not None:
            try:
                proof = await self._source.consistency(kept.head.size, head.size)
            except Away:
                proof = []
            old = kept.head
            if not consistent(old.size, head.size, old.root, head.root, proof):
                self._two_versions(bytes(opened.checkpoint), "log")
        raise Tampered("瓦片不通向检查点的根哈希", "the tiles do not lead to the head's root")

    async def _compare_witnesses(self, origin: str) -> None:
        """What each witness saw last is the beginning of this copy, or continues it."""
        for name in self._policy.witnesses:
            if (address := self._policy.urls.get(name)) is None:
                continue
            data = await self._source.head_at(address, origin)
            if data is None:
                self.report.note(f"见证方 {name} 没有回应", f"witness {name} does not answer")
                continue
            await self._compare(name, self._policy.open(data), data)

    async def _compare(self, name: str, seen: Opened, data: bytes) -> None:
        head, size = seen.checkpoint.head, self._copy.size
        if 0 < head.size <= size and self._copy.root_at(head.size) != head.root:
            self._two_versions(data, name)
        if head.size > size:
            latest = self._policy.open(await self._source.checkpoint()).checkpoint.head
            if latest.size < head.size:
                raise Incomplete(
                    f"见证方 {name} 见过 {head.size} 条，日志只给出 {latest.size} 条：末尾被隐瞒",
                    f"witness {name} saw {head.size} events, the log shows {latest.size}: "
                    "its end is hidden",
                )
            mine = self._copy.head.head if self._copy.head else head
            proof = await self._source.consistency(size, head.size) if size else []
            if size and not consistent(size, head.size, mine.root, head.root, proof):
                self._two_versions(data, name)

    def _two_versions(self, other: bytes, name: str) -> None:
        """Keep both signed heads: together they are the proof, to be passed on."""
        kept = self._copy.head
        assert kept is not None
        self._copy.evidence(f"{self._copy.size}-kept", bytes(kept))
        self._copy.evidence(f"{self._copy.size}-{name}", other)
        raise Diverged(
            f"日志出现过两个版本：{name} 给出的检查点与您保存的 {self._copy.size} 条不是同一历史。"
            "两个检查点都在 evidence 目录，请交给其他各方",
            f"the log has had two versions: the head from {name} and your {self._copy.size} events "
            "are not of one history. Both heads are in the folder evidence: show them to others",
        )


def _upper(copy: Copy, grown: list[Grown], size: int, old: int) -> list[tuple[Place, bytes]]:
    """The tiles above the leaves that gained hashes, whole."""
    made: dict[tuple[int, int], bytes] = {}
    for level, place, hash_ in grown:
        where = level, place // WIDTH
        if where not in made:
            width = width_at(level, where[1], old)
            made[where] = copy.bundle.tile(Place(level, where[1], width)) if width else b""
        if len(made[where]) == place % WIDTH * 32:
            made[where] += hash_
    return [
        (Place(level, index, width_at(level, index, size)), hashes)
        for (level, index), hashes in made.items()
    ]


def _shorter(now: int, kept: int) -> tuple[str, str]:
    return (
        f"日志只有 {now} 条，您已保存 {kept} 条：末尾被删掉或者隐瞒了",
        f"the log has {now} events and you keep {kept}: its end was cut off, or is hidden",
    )


def _short(place: Place) -> tuple[str, str]:
    return f"{place} 过短", f"{place} is too short"


def _other(zh: str, en: str, position: int) -> tuple[str, str]:
    return (
        f"日志第 {position} 条：{zh}与签名的哈希不符",
        f"position {position} of the log: {en} is not what was signed",
    )
