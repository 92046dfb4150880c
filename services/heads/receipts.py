"""Receipts: an event with the proof that it stands under a signed head (C2SP tlog-proof@v1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg_pool import AsyncConnectionPool

from events.event import Event, Personal
from events.proofs.checkpoints import Checkpoint
from events.proofs.logproofs import LogProof
from events.proofs.policies import Policy
from events.proofs.receipts import Opening, Receipt, openings_of
from services.heads.publisher import Heads
from services.heads.stored import Stored
from services.heads.tree import LogTree
from services.heads.witnesses import Witnesses


async def best_head(
    pool: AsyncConnectionPool[Any], policy: Policy | None, covering: int = 0
) -> Checkpoint | None:
    """The largest head that the policy's quorum has cosigned, else the largest that is signed.

    None where neither covers the position. Raises `Tampered` where the policy does not know the
    key that signed.
    """
    heads = Heads(pool)
    opened = await Witnesses(heads, policy).witnessed() if policy is not None else None
    if opened is not None and opened.checkpoint.head.size >= covering:
        return opened.checkpoint
    latest = await heads.latest()
    return latest if latest is not None and latest.head.size >= covering else None


async def receipt(
    tree: LogTree, event: Stored, head: Checkpoint, openings: Iterable[Opening] = ()
) -> LogProof:
    """The receipt of an event that the head covers, with its state; `openings` of its fields."""
    index = event.position - 1
    path = await tree.inclusion(index, head.head.size)
    told = Receipt(bytes(event.entry), event.state, tuple(openings))
    return LogProof(index, tuple(path), bytes(head), told.extra)


def openings(event: Event) -> list[Opening]:
    """The openings of everything that the event keeps under its subject's key."""
    found: list[Opening] = []
    for name in event.__struct_fields__:
        told = getattr(event, name)
        if isinstance(told, Personal) and told.salt is not None and told.fields is not None:
            found += openings_of(f"/{name}", told.salt, told.fields)
    return found
