"""Verification in the demo: what an enterprise hands in, and the votes of two officers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from deploy.demo.loading import Bundle
from events.event import Acting
from services.actions import enforcement as e

ITEMS = (
    "下架和封存的照片12张，标注批次号和拍摄日期",
    "整改报告和修订后的进货查验制度，法定代表人签字",
)


async def hand_in(bundle: Bundle, follow_up: UUID, on: date, by: Acting, most: int = 2) -> None:
    """The items, one by one."""
    for what in ITEMS[:most]:
        command = e.HandInItem(by=by, occurred_on=on, follow_up=follow_up, what=what)
        await bundle.do(e.hand_in_item, command)


async def vote(bundle: Bundle, follow_up: UUID, on: date, by: Acting) -> None:
    """One ballot that accepts both."""
    kind = e.ballot(tuple(enumerate(ITEMS, start=1)))
    accepted = {f"vote_{n}": "accepted" for n in range(1, len(ITEMS) + 1)}
    await bundle.do(e.vote_on_items, kind(by=by, occurred_on=on, follow_up=follow_up, **accepted))
