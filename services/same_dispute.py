"""The same dispute elsewhere: whether another body took it up already (121 §14, §16 no. 2).

Who complained is compared by a keyed hash that is made when somebody asks and is kept nowhere: the
officer learns which body and since when, and nothing that the other complaint says.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from uuid import UUID

from events.complaints import ComplaintRegistered
from events.log import Log
from services.marks import mark
from services.platform import Platform
from services.views.view import Row


async def taken_up_elsewhere(platform: Platform, row: Row) -> list[Row]:
    """Complaints of the same consumer about the same business that other bodies took up.

    Where both give an order number, it must be the same one.
    """
    others = await platform.views.complaints.taken_up_by_others(
        row["handler"], enterprise=row["enterprise"], respondent=row["respondent"]
    )
    if not others:
        return []
    key = secrets.token_bytes(32)
    own = await _marks(platform.log, row["id"], key)
    theirs = await asyncio.gather(*(_marks(platform.log, each["id"], key) for each in others))
    return [each for each, marks in zip(others, theirs, strict=True) if _same(own, marks)]


Marks = tuple[bytes, bytes]


async def _marks(log: Log, complaint: UUID, key: bytes) -> Marks:
    """Who complained, and her order number, each as a hash under the key; b"" where not told."""
    for recorded in await log.load(complaint, opened=True):
        if isinstance(recorded.event, ComplaintRegistered):
            who, told = recorded.event.complainant, recorded.event.told
            name = mark(key, who.get("name"), who.get("phone"))
            return name, mark(key, told.get("order_no"))
    return b"", b""


def _same(one: Marks, other: Marks) -> bool:
    (who, order), (their_who, their_order) = one, other
    if not who or not hmac.compare_digest(who, their_who):
        return False
    return not order or not their_order or hmac.compare_digest(order, their_order)
