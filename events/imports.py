"""Imports: one file read in as one batch, which can be listed and reversed."""

from __future__ import annotations

from typing import ClassVar

from events.event import Event, as_it_was
from events.words import Words


class ImportEvent(Event, frozen=True, kw_only=True):
    """About one batch: its number and the file's name."""

    number: str
    file: str


class ImportBegun(ImportEvent, frozen=True, kw_only=True):
    """Somebody began to read in a file under a named mapping."""

    TOPIC = "import-begun"
    SAYS = Words(
        "{by} 开始导入文件“{file}”（{rows} 行，批次 {number}）",
        "{by} began to import {file} ({rows} rows, batch {number})",
    )

    file_hash: str
    mapping: str
    subject: str
    rows: int


class ImportFinished(ImportEvent, frozen=True, kw_only=True):
    """How many rows were taken in, went on with a record, were there before, or were refused."""

    TOPIC = "import-finished"
    VERSION = 2  # with rows that went on with a record
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words(
        "{by} 完成导入批次 {number}：新增 {taken} 条，{more}已有 {known} 条，退回 {refused} 条",
        "{by} finished import batch {number}: {taken} added, {more}{known} known, "
        "{refused} refused",
    )

    taken: int
    known: int
    refused: int
    merged: int = 0

    def _values(self) -> dict[str, object]:
        more = Words(f"补充 {self.merged} 条，", f"{self.merged} gone on with, ")
        return {**super()._values(), "more": more if self.merged else Words("", "")}


class ImportReversed(ImportEvent, frozen=True, kw_only=True):
    """A batch was reversed by compensating events."""

    TOPIC = "import-reversed"
    SAYS = Words(
        "{by} 撤销了导入批次 {number}，涉及 {records} 条记录：{reason}",
        "{by} reversed import batch {number} ({records} records): {reason}",
    )

    records: int
