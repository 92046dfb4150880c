"""Reverse: takes back a whole batch by compensating events, all in one append or none."""

from __future__ import annotations

import asyncio
from uuid import UUID

from events.event import Acting
from events.log import Appended, Conflict
from events.words import Words
from services import access
from services.actions.change import load
from services.actions.complaints import (
    Complaint,
    ReverseComplaintImport,
    reverse_complaint_import,
)
from services.actions.imports import ReverseImport, reverse_import
from services.actions.refused import NotFound, Refused
from services.actions.together import Together
from services.numbers import tidy
from services.platform import Platform


async def reverse_batch(platform: Platform, number: str, by: Acting, reason: str) -> Appended:
    """Reverse every complaint the batch brought, and the batch. Raises `Refused`.

    Nothing is reversed where one of them may not be, for instance because it went to another
    body meanwhile: that sentence names it.
    """
    await _build_all(platform)
    batch = await platform.views.imports.numbered(tidy(number))
    if batch is None:
        raise NotFound(Words(f"没有批次 {number}，请核对批次号", f"There is no batch {number}"))
    try:
        return await _reverse(platform, batch["id"], by, reason)
    except Conflict:
        await _build_all(platform)
        return await _reverse(platform, batch["id"], by, reason)


async def _reverse(platform: Platform, batch: UUID, by: Acting, reason: str) -> Appended:
    together = Together(platform.log)
    complaints = await platform.views.complaints.of_batch(str(batch))
    records = [c for c in complaints if c["state"] != "reversed"]
    last = ReverseImport(
        by=by, batch=batch, records=len(records), reason=reason, correlation=str(batch)
    )
    access.check_ever(last)
    await reverse_import(together, last)
    for row in records:
        await _reverse_one(together, row["id"], batch, by, reason)
    return await together.commit()


async def _reverse_one(
    together: Together, complaint: UUID, batch: UUID, by: Acting, reason: str
) -> None:
    command = ReverseComplaintImport(
        by=by, complaint=complaint, reason=reason, correlation=str(batch)
    )
    try:
        await reverse_complaint_import(together, command)
    except Refused as refused:
        number = (await load(together, Complaint, complaint)).number
        raise Refused(
            Words(
                f"投诉 {number} 不能撤销，整批都没有撤销：{refused.words.zh}",
                f"Complaint {number} cannot be reversed, so nothing was: {refused.words.en}",
            )
        ) from refused


async def _build_all(platform: Platform, seconds: float = 30) -> None:
    """The views must know the whole log; another process may be building them right now."""
    size = await platform.log.size()
    async with asyncio.timeout(seconds):
        while True:
            await platform.catch_up()
            reached = [await b.reached() for b in platform.builders if not b.failed]
            if min(reached, default=size) >= size:
                return
            await asyncio.sleep(0.05)
