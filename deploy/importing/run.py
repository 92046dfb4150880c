"""Run: a whole file, row by row; each row one append of all its commands, or none.

A row keeps its record's id: the same row of the same register of the same body is known when it
comes again, in whatever file. A known row that now says something else is sent back, because
what is recorded is not changed by an import; who imports may choose that such a row becomes a
record of its own, or that what it adds (a reply) is recorded on the one that is there. Records
that were reversed are known no longer.
A file that brings nothing new leaves nothing in the log, not even a batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from deploy.importing.batch import Batch, open_batch
from deploy.importing.errors import ErrorsFile
from deploy.importing.mapping import Mapping
from deploy.importing.reading import Identity, Reading, RowRefused, Step
from deploy.importing.report import Refusal, Report
from deploy.importing.sheet import Limits, Row, Sheet, open_sheet
from deploy.importing.subjects import SUBJECTS
from events.event import Acting, Recorded
from events.ids import derived_id, repeat_key
from events.log import Append, Appended, Conflict
from events.words import Words
from services import access, faults, numbers
from services.actions.change import Log
from services.actions.imports import BeginImport
from services.actions.refused import NotAllowed, Refused
from services.actions.together import Together
from services.platform import Platform

#: Told after each row: how many were seen, how many there are.
Progress = Callable[[int, int], None]
#: What becomes of a known row that says something else: sent back, a record of its own, or what
#: it adds is recorded on the one that is there.
Duplicates = Literal["keep", "new", "merge"]
#: How many refusals a report carries itself; all of them stand in the errors file.
SHOWN = 20
#: How many rows a dry run tells of, as the sentences they would become.
PREVIEW = 5


async def import_register(
    platform: Platform,
    file: Path,
    mapping: Mapping,
    by: Acting,
    dry_run: bool = False,
    errors_path: Path | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    duplicates: Duplicates = "keep",
) -> Report:
    """Read the file in as one batch of `by`'s party. `Refused` says why it cannot be at all.

    Rows that are sent back go to `errors_path`, by default beside the file. After a fault of
    the database the same call continues where this one stopped.
    """
    by = msgspec.structs.replace(by, channel="import")
    _refuse_others(by, mapping)
    sheet = open_sheet(file, mapping, limits or Limits())
    beside = file.with_name(f"{file.stem}.errors.csv")
    errors = ErrorsFile(errors_path or beside, file, sheet.header)
    try:
        run = _Run(platform, sheet, by, dry_run, errors, duplicates)
        report = await run.all(progress or _quiet)
    except BaseException:
        errors.close(complete=False)
        raise
    report.errors = errors.close(complete=True)
    return report


class _Run:
    """One run over one file."""

    def __init__(
        self, platform: Platform, sheet: Sheet, by: Acting, dry_run: bool, errors: ErrorsFile,
        duplicates: Duplicates,
    ) -> None:  # fmt: skip
        self.platform = platform
        self.sheet = sheet
        self.subject = SUBJECTS[sheet.mapping.subject]
        self.by = by
        self.duplicates = duplicates
        self.errors = errors
        unique = sheet.mapping.unique and duplicates != "new"
        self.identity = Identity(sheet.mapping, by.party.id, unique)
        self.report = Report(sheet.path.name, sheet.mapping.name, dry_run, sheet.count, sheet.blank)

    async def all(self, progress: Progress) -> Report:
        try:
            return await self._all(progress)
        except (*faults.FULL, *faults.READ_ONLY, *faults.AWAY) as fault:
            raise Refused(_stopped(self.report)) from fault

    async def _all(self, progress: Progress) -> Report:
        batch = await open_batch(self.platform, self.sheet, self.by)
        report = self.report
        for done, row in enumerate(self.sheet.rows(), start=1):
            await self._one(batch, row)
            progress(done, report.rows)
        if not report.dry_run:
            taken = report.taken + report.continued
            await batch.finish(taken, report.known, report.refused, report.merged)
            report.batch = batch.number
        return report

    async def _one(self, batch: Batch, row: Row) -> None:
        """The row is taken, known or sent back; a second look where somebody was faster."""
        key = self.identity.of(row)
        try:
            self.identity.refuse_second(key)
            history = self.subject.reading(self.sheet.mapping, row)
            try:
                await self._take(batch, row, key, history)
            except Conflict:
                await self._take(batch, row, key, history)
            self.identity.took(key, row)
        except (RowRefused, Refused) as refused:
            self._send_back(row, refused.words)

    async def _take(self, batch: Batch, row: Row, key: bytes, history: Reading) -> None:
        await self._rehearse(batch, key, history)
        for stream in _streams(key, history):
            found = await self.platform.log.load(stream)
            if not found:
                return await self._append(batch, row, history, stream)
            if self._reversed(stream, found):
                continue
            if await self.platform.log.repeat(self._once(row, stream)) is not None:
                return self._count_known(batch, found)
            if self.duplicates != "new":
                return await self._go_on(batch, row, history, stream)

    async def _go_on(self, batch: Batch, row: Row, history: Reading, stream: UUID) -> None:
        """What the row adds to what is recorded, where that is wanted and nothing contradicts."""
        found = await self.platform.log.load(stream, opened=True)
        more = history.going_on(found, self.by, batch.id, stream)
        if self.duplicates != "merge" or more is None:
            raise Refused(_says_otherwise(found, self.subject.word))
        together = await self._held(self.platform.log, history.possible(more))
        if self.report.dry_run:
            self._preview(row, together)
        else:
            await batch.begin()
            await together.commit(self._once(row, stream))
        self.report.merged += 1

    async def _rehearse(self, batch: Batch, key: bytes, history: Reading) -> None:
        """Every rule decides before a number is drawn; no number is lost to a refused row."""
        await self._together(batch, history, next(_streams(key, history)), "—")

    async def _together(
        self, batch: Batch, history: Reading, stream: UUID, number: str
    ) -> Together:
        return await self._held(_Unwritten(), history.steps(self.by, batch.id, stream, number))

    async def _held(self, log: Log, steps: list[Step]) -> Together:
        together = Together(log)
        for action, command in steps:
            await action(together, command)
        return together

    async def _append(self, batch: Batch, row: Row, history: Reading, stream: UUID) -> None:
        self.report.taken += 1
        if self.report.dry_run:
            return self._preview(row, await self._together(batch, history, stream, "—"))
        try:
            added = await self._write(batch, row, history, stream)
        except BaseException:
            self.report.taken -= 1
            raise
        if added.repeated:
            self.report.taken -= 1
            self.report.continued += 1

    async def _write(self, batch: Batch, row: Row, history: Reading, stream: UUID) -> Appended:
        log = self.platform.log
        await batch.begin()
        number = await numbers.next_number(log, self.subject.series, history.began_on)
        together = await self._together(batch, history, stream, number)
        return await log.append(list(together.held.values()), self._once(row, stream))

    def _count_known(self, batch: Batch, found: list[Recorded]) -> None:
        """As this batch brought it before it was stopped, or another one did."""
        first, *more = (each.event.correlation == str(batch.id) for each in found)
        if first:
            self.report.continued += 1
        elif any(more):
            self.report.merged += 1
        else:
            self.report.known += 1

    def _reversed(self, stream: UUID, found: list[Recorded]) -> bool:
        record = self.subject.record(stream)
        record.replay(found)
        return record.state == "reversed"

    def _preview(self, row: Row, together: Together) -> None:
        """The row as the sentences it would become."""
        if len(self.report.preview) < PREVIEW:
            events = [event for change in together.held.values() for event in change.events]
            told = [_DATED.fill(day=e.occurred_on, said=e.said()) for e in events]
            words = Words("；".join(w.zh for w in told), "; ".join(w.en for w in told))
            self.report.preview.append(Refusal(row.line, words))

    def _once(self, row: Row, stream: UUID) -> UUID:
        """The idempotency key: this record with this content."""
        return repeat_key(str(stream), sha256(self.identity.content(row)).hexdigest())

    def _send_back(self, row: Row, words: Words) -> None:
        self.report.refused += 1
        self.errors.add(row, words)
        if len(self.report.first) < SHOWN:
            self.report.first.append(Refusal(row.line, words))


class _Unwritten:
    """What a record that is not there yet knows of the log: nothing."""

    async def load(self, stream: UUID, opened: bool = False) -> list[Recorded]:
        return []

    async def append(self, changes: list[Append], key: UUID | None = None) -> Appended:
        raise AssertionError("held together, appended by the run")

    async def next_number(self, series: str) -> int:
        raise AssertionError("the run draws the number")

    async def give_back(self, series: str, number: int) -> None:
        raise AssertionError("the run draws the number")


def _streams(key: bytes, history: Reading) -> Iterator[UUID]:
    """The record's id, then those it gets after each reversal; in the order of its date."""
    moment = datetime.combine(history.began_on, datetime.min.time(), UTC)
    origin = UUID(int=int(moment.timestamp() * 1000) << 80)
    for generation in itertools.count():
        yield derived_id(origin, f"{key.hex()} {generation}")


def _refuse_others(by: Acting, mapping: Mapping) -> None:
    """Said before the file is read: this party in this role may not import."""
    if not access.may(by, BeginImport.__name__):
        raise NotAllowed(_NOT_THEIRS.fill(party=by.party.name, what=SUBJECTS[mapping.subject].word))


_DATED = Words("{day}{said}", "{day}: {said}")
_NOT_THEIRS = Words(
    "{party}不能导入{what}。请用消委会或市场监管部门经办人、负责人的身份导入。",
    "{party} cannot import {what}s. Import as a case officer or head of a consumer council or "
    "market regulator.",
)


def _says_otherwise(found: list[Recorded], word: Words) -> Words:
    number = getattr(found[0].event, "number", "")
    return Words(
        f"这条{word.zh}已经导入过（{number}），但内容与这次不同。导入不会改动已有记录，请核对后在记录页办理。",
        f"This {word.en} was imported before ({number}) with other contents. An import does not "
        "change what is recorded; please check and act on its page.",
    )


def _stopped(report: Report) -> Words:
    return Words(
        f"数据库现在不能写入，导入停在中途，已新增 {report.taken} 条，都已保存。"
        "数据库恢复后再运行同一命令，会从中断处继续。",
        f"The database cannot be written now; the import stopped after adding {report.taken}, "
        "all of them kept. Run the same command again and it will continue.",
    )


def _quiet(done: int, total: int) -> None:
    """Nobody is watching."""
