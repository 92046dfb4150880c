"""Errors file: the rows that were sent back, as they were, with row number and sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from deploy.importing.bad_file import BadFile
from deploy.importing.cells import text
from deploy.importing.sheet import ADDED, Row
from events.words import Words
from services.spreadsheets import Csv


class ErrorsFile:
    """Written beside its final name and moved there when complete; none without rows in it."""

    def __init__(self, path: Path, source: Path, header: tuple[str, ...]) -> None:
        if path.resolve() == source.resolve():
            raise BadFile(
                Words(
                    "退回文件不能与导入文件同名，请另取一个名字",
                    "The errors file cannot be the imported file; choose another name",
                )
            )
        self.path = path
        self.columns = [name for name in header if name not in ADDED]
        self.written = 0
        self._draft = path.with_name(f"{path.name}.part")
        self._file = _open(self._draft)
        self._rows = Csv(self._file)
        self._rows.row([*self.columns, *ADDED])

    def add(self, row: Row, why: Words) -> None:
        cells = [text(row.cells[name]) for name in self.columns]
        self._rows.row([*cells, row.line, why.zh, why.en])
        self.written += 1

    def close(self, complete: bool) -> Path | None:
        """Where the rows stand, if there are any; an incomplete file is taken away."""
        self._file.close()
        if complete and self.written:
            return self._draft.replace(self.path)
        self._draft.unlink()
        return None


def _open(path: Path) -> TextIO:
    """With a byte order mark, so that spreadsheet programs read the Chinese."""
    try:
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BadFile(
            Words(
                f"无法写退回文件 {path}：{error.strerror}。请用 --errors 另指定位置。",
                f"The errors file {path} cannot be written: {error.strerror}. Name another place.",
            )
        ) from error
