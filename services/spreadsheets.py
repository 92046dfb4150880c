"""Spreadsheets: rows for programs that would run a text as a formula. Every export is written here.

Excel, LibreOffice and WPS read a cell that begins with = + - @ as a formula, also after a blank,
a tab or a line break; Chinese input methods make the same characters in full width.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, TextIO

#: The first character of what could become a formula.
_FORMULA = tuple("=+-@＝＋－＠")
#: Before it a program may skip what is not seen: blanks, and marks of direction and order.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\0"
_BREAKS = ("\t", "\r", "\n")


def harmless(cell: object) -> object:
    """The cell; a text that would be run stays text, by an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    seen = cell
    while (shorter := seen.lstrip().lstrip(_UNSEEN)) != seen:
        seen = shorter
    return f"'{cell}" if seen.startswith(_FORMULA) or cell.startswith(_BREAKS) else cell


class Csv:
    """Rows of comma-separated values into a file."""

    def __init__(self, file: TextIO) -> None:
        self._writer: Any = csv.writer(file)

    def row(self, cells: Iterable[object]) -> None:
        self._writer.writerow([harmless(cell) for cell in cells])


def csv_line(cells: Iterable[object]) -> bytes:
    """One row, for an answer that is sent as it is made."""
    written = io.StringIO()
    Csv(written).row(cells)
    return written.getvalue().encode(errors="replace")
