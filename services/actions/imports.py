"""Imports: a body reads in its own register from a file, as one batch.

A batch is begun with the first record it brings, so that a file that brings nothing new leaves
no trace; a file that was interrupted is continued in the batch it began. A finished batch says
how many rows were taken in, were known before, and were refused. A batch can be reversed: each
record it brought gets a compensating event and counts no longer; nothing leaves the log. After
that the same file makes new records, because the old ones stay reversed.

Open dilemma: a record that meanwhile went to another body cannot be reversed by the importer.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from events.event import Acting, Event
from events.imports import ImportBegun, ImportFinished, ImportReversed
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, ask

STATES = Code(
    "import_state",
    {
        "begun": Words("导入中", "under way"),
        "finished": Words("已完成", "finished"),
        "reversed": Words("已撤销", "reversed"),
    },
)


class OnImport(Command):
    """A command on one batch."""

    batch: RecordId


class BeginImport(OnImport):
    """Begin to read in a file under a named mapping."""

    SAYS = Words("开始导入", "Begin the import")

    number: str = ""
    file: Given
    file_hash: Given
    mapping: Given
    subject: Given
    rows: int


class FinishImport(OnImport):
    """Every row of the file has been seen."""

    SAYS = Words("完成导入", "Finish the import")

    taken: int
    known: int
    refused: int
    merged: int = 0


class ReverseImport(OnImport):
    """Take back everything the batch brought; how many records is counted when it is done."""

    SAYS = Words("撤销导入", "Reverse the import")

    records: int = 0
    reason: Reason = ask("为什么撤销这次导入？", "Why is the import reversed?", widget="area")


async def begin_import(log: Log, command: BeginImport) -> Appended:
    """Give the batch its number and record it."""
    if not command.number:
        number = await numbers.next_number(log, numbers.IMPORT, command.on)
        command = command.model_copy(update={"number": number})
    return await begin(log, ImportBatch, command.batch, command, ImportBatch.begin)


async def finish_import(log: Log, command: FinishImport) -> Appended:
    return await change(log, ImportBatch, command.batch, command, ImportBatch.finish)


async def reverse_import(log: Log, command: ReverseImport) -> Appended:
    return await change(log, ImportBatch, command.batch, command, ImportBatch.reverse)


class ImportBatch(Aggregate):
    """The rules of one batch."""

    WORD: ClassVar[Words] = Words("导入批次", "import batch")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        self.file = ""
        self.importer = ""

    def relation(self, by: Acting) -> str:
        if by.party.id == self.importer:
            return "importer"
        return "none" if self.importer else "new"

    # -- rules ---------------------------------------------------------------------------

    def begin(self, command: BeginImport) -> None:
        self.record(
            ImportBegun,
            command,
            **command.model_dump(
                include={"number", "file", "file_hash", "mapping", "subject", "rows"}
            ),
        )

    def finish(self, command: FinishImport) -> None:
        self._say(ImportFinished, command, **_fields(command, *_COUNTS))

    def reverse(self, command: ReverseImport) -> None:
        self._say(ImportReversed, command, **_fields(command, "records", "reason"))

    def _say(self, kind: type[Event], command: Command, **fields: object) -> None:
        self.record(kind, command, number=self.number, file=self.file, **fields)

    # -- state ---------------------------------------------------------------------------

    def when(self, event: Event) -> None:
        self.state = _STATE_AFTER.get(type(event), self.state)
        if isinstance(event, ImportBegun):
            self.number = event.number
            self.file = event.file
            self.importer = event.by.party.id


_COUNTS = ("taken", "known", "refused", "merged")
_STATE_AFTER: dict[type[Event], str] = {
    ImportBegun: "begun",
    ImportFinished: "finished",
    ImportReversed: "reversed",
}


def _fields(command: Command, *names: str) -> dict[str, object]:
    return {name: getattr(command, name) for name in names}
