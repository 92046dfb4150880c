"""Report: what became of the rows of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from events.words import Words


class Refusal(NamedTuple):
    """A row that was sent back, and why; or one of a preview, and what it would become."""

    line: int
    words: Words


@dataclass
class Report:
    """What became of the rows: `rows` = taken + merged + continued + known + refused.

    Rows that are `blank` are counted besides.
    """

    file: str
    mapping: str
    dry_run: bool
    rows: int
    blank: int
    batch: str = ""
    #: taken in by this run (by a dry run: would be)
    taken: int = 0
    #: of a known row, what it adds was recorded
    merged: int = 0
    #: taken in by an earlier run of this batch that was interrupted
    continued: int = 0
    known: int = 0
    refused: int = 0
    errors: Path | None = None
    first: list[Refusal] = field(default_factory=list)
    preview: list[Refusal] = field(default_factory=list)

    def said(self) -> Words:
        """The report as a sentence."""
        zh, en = ("试运行：将新增", "Dry run: would add") if self.dry_run else ("新增", "Added")
        known = self.known + self.continued
        added = Words(f"，补充 {self.merged} 条", f", went on with {self.merged}")
        more = added if self.merged else Words("", "")
        return Words(
            f"{self.file}：{zh} {self.taken} 条{more.zh}，已有 {known} 条，退回 {self.refused} 条",
            f"{self.file}: {en} {self.taken}{more.en}, known {known}, sent back {self.refused}",
        )
