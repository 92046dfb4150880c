"""Reversal: takes back a whole import by compensating events, all in one append or none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from events.event import Acting
from events.log import Appended
from events.words import Words
from services.actions.change import Log, idempotency_key
from services.actions.complaints import ReverseComplaintImport, reverse_complaint_import
from services.actions.enquiries import ReverseEnquiryImport, reverse_enquiry_import
from services.actions.imports import ReverseImport, reverse_import
from services.actions.refused import NotFound, Refused
from services.actions.together import Together
from services.numbers import tidy
from services.platform import Platform
from services.views.all import Views
from services.views.view import Row

#: What must be built before it is known what a batch brought.
_NEEDED = ("complaint_register", "enquiries", "imports")
_NOT_BUILT = Words(
    "登记簿还没有整理到最新，现在不能撤销导入。请过一分钟再试；一直这样时请找管理员。",
    "The register is not up to date yet, so the import cannot be reversed now. "
    "Try again in a minute; if this stays so, tell the administrator.",
)


async def reverse_batch(platform: Platform, number: str, by: Acting, reason: str) -> Appended:
    """Reverse every record the batch brought, and the batch. Raises `Refused`."""
    await _know_all(platform)
    batch = await platform.views.imports.numbered(tidy(number))
    if batch is None:
        raise NotFound(Words(f"没有批次 {number}，请核对批次号", f"There is no batch {number}"))
    command = ReverseImport(by=by, batch=batch["id"], reason=reason)
    return await platform.perform(Reversal(platform).reverse, command)


class Subject(NamedTuple):
    """What a batch of this subject brings: its register, how one is reversed, what it is called."""

    register: Callable[[Views], Any]
    reverse: Callable[[Together, Row, dict[str, Any]], Any]
    word: Words


def _complaint(together: Together, row: Row, known: dict[str, Any]) -> Any:
    return reverse_complaint_import(together, ReverseComplaintImport(complaint=row["id"], **known))


def _letter(together: Together, row: Row, known: dict[str, Any]) -> Any:
    command = ReverseEnquiryImport(enquiry=row["id"], batch=known["correlation"], **known)
    return reverse_enquiry_import(together, command)


SUBJECTS = {
    "complaints": Subject(lambda views: views.complaints, _complaint, Words("投诉", "Complaint")),
    "letters": Subject(lambda views: views.enquiries, _letter, Words("咨询", "Enquiry")),
}


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
        batch = await self.platform.views.imports.one(str(command.batch))
        kind = SUBJECTS[batch["subject"] if batch else "complaints"]
        brought = await kind.register(self.platform.views).of_batch(str(command.batch))
        records = [row for row in brought if row["state"] != "reversed"]
        counted = {"records": len(records), "correlation": str(command.batch)}
        await reverse_import(together, command.model_copy(update=counted))
        for row in records:
            await _reverse_one(together, row, command, kind)
        return await together.commit(idempotency_key(command))


async def _reverse_one(together: Together, row: Row, whole: ReverseImport, kind: Subject) -> None:
    known: dict[str, Any] = {"by": whole.by, "correlation": str(whole.batch)}
    if whole.occurred_on:
        known["occurred_on"] = whole.occurred_on
    try:
        await kind.reverse(together, row, {**known, "reason": whole.reason})
    except Refused as refused:
        raise Refused(
            Words(
                f"{kind.word.zh} {row['number']} 不能撤销，整批都没有撤销：{refused.words.zh}",
                f"{kind.word.en} {row['number']} cannot be reversed, so nothing was: "
                f"{refused.words.en}",
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
