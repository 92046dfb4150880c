"""Batch: what one file brings in together; begun with its first record, continued after a stop."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
from uuid import UUID

from deploy.importing.sheet import Sheet
from events.event import Acting
from events.ids import derived_id
from services.actions.change import load
from services.actions.imports import (
    BeginImport,
    FinishImport,
    ImportBatch,
    begin_import,
    finish_import,
)
from services.actions.refused import AlreadyDecided
from services.platform import Platform


class Batch:
    """One batch of one file."""

    def __init__(self, platform: Platform, sheet: Sheet, by: Acting, id: UUID, number: str) -> None:
        self.platform = platform
        self.sheet = sheet
        self.by = by
        self.id = id
        self.number = number

    async def begin(self) -> None:
        """Once, right before the first record; a batch that was interrupted is begun already."""
        if self.number:
            return
        command = BeginImport(
            by=self.by,
            batch=self.id,
            file=self.sheet.path.name,
            file_hash=self.sheet.hash,
            mapping=self.sheet.mapping.name,
            subject=self.sheet.mapping.subject,
            rows=self.sheet.count,
            correlation=str(self.id),
        )
        with contextlib.suppress(AlreadyDecided):  # whoever runs beside us was faster
            await self.platform.perform(begin_import, command)
        self.number = (await load(self.platform.log, ImportBatch, self.id)).number

    async def finish(self, taken: int, known: int, refused: int, merged: int) -> None:
        """Every row was seen. Whoever runs beside us on the same file may have said so first."""
        if not self.number:
            return
        command = FinishImport(
            by=self.by, batch=self.id, taken=taken, known=known, refused=refused, merged=merged,
            correlation=str(self.id),
        )  # fmt: skip
        with contextlib.suppress(AlreadyDecided):
            await self.platform.perform(finish_import, command)


async def open_batch(platform: Platform, sheet: Sheet, by: Acting) -> Batch:
    """The batch of this file that is still under way, else a new one."""
    whose = f"{by.party.id}/{sheet.mapping.name}/{sheet.hash}"
    origin = UUID(bytes=hashlib.sha256(whose.encode()).digest()[:16])
    for n in itertools.count():
        id = derived_id(UUID(int=origin.int & ((1 << 80) - 1)), f"batch {n}")
        found = await load(platform.log, ImportBatch, id)
        if found.state in ("", "begun"):
            return Batch(platform, sheet, by, id, found.number)
    raise AssertionError("unreachable")
