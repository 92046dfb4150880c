"""Reversal: takes back a whole import by compensating events, all in one append or none."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from events.event import Acting
from events.log import Appended
from events.words import Words
from services.actions.change import Log, idempotency_key, load
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

#: What must be built before it is known what a batch brought.
_NEEDED = ("complaint_register", "imports")
_NOT_BUILT = Words(
    "投诉登记簿还没有整理到最新，现在不能撤销导入。请过一分钟再试；一直这样时请找管理员。",
    "The register is not up to date yet, so the import cannot be reversed now. "
    "Try again in a minute; if this stays so, tell the administrator.",
)


async def reverse_batch(platform: Platform, number: str, by: Acting, reason: str) -> Appended:
    """Reverse every complaint the batch brought, and the batch. Raises `Refused`."""
    await _know_all(platform)
    batch = await platform.views.imports.numbered(tidy(number))
    if batch is None:
        raise NotFound(Words(f"没有批次 {number}，请核对批次号", f"There is no batch {number}"))
    command = ReverseImport(by=by, batch=batch["id"], reason=reason)
    return await platform.perform(Reversal(platform).reverse, command)


class Reversal:
    """The action that reverses a batch with all it brought.

    Nothing is reversed where one record may not be, for instance because it went to another
    body meanwhile: the refusal names it.
    """

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    async def reverse(self, log: Log, command: ReverseImport) -> Appended:
        """Both the batch and its records, in one transaction."""
        await _know_all(self.platform)
        together = Together(log)
        brought = await self.platform.views.complaints.of_batch(str(command.batch))
        records = [row for row in brought if row["state"] != "reversed"]
        counted = {"records": len(records), "correlation": str(command.batch)}
        await reverse_import(together, command.model_copy(update=counted))
        for row in records:
            await _reverse_one(together, row["id"], command)
        return await together.commit(idempotency_key(command))


async def _reverse_one(together: Together, complaint: UUID, whole: ReverseImport) -> None:
    known: dict[str, Any] = {"by": whole.by, "correlation": str(whole.batch)}
    if whole.occurred_on:
        known["occurred_on"] = whole.occurred_on
    command = ReverseComplaintImport(complaint=complaint, reason=whole.reason, **known)
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


async def _know_all(platform: Platform, seconds: float = 30) -> None:
    """The register must know the whole log; another process may be building it right now."""
    size = await platform.log.size()
    needed = [b for b in platform.builders if b.view.name in _NEEDED]
    try:
        async with asyncio.timeout(seconds):
            while min([await b.reached() for b in needed]) < size:
                await platform.catch_up()
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise Refused(_NOT_BUILT) from None
