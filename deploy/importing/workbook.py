"""Workbooks: the rows of an XLSX file; broken and locked ones are refused with a sentence."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Generator, Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook, WorksheetNotFound

from deploy.importing.bad_file import BadFile
from events.words import Words

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
#: A sheet unpacks to a multiple of its size; beyond this it is made to exhaust memory.
_UNPACKS_TO = 20


def is_workbook(path: Path, most: int) -> bool:
    """Whether the file is an XLSX file, by content and not by name; refuses what is broken."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE:
        raise _locked() if _LOCKED in path.read_bytes() else _old()
    if start == _ZIP:
        _refuse_broken(path, most * _UNPACKS_TO)
        return True
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") and start:
        raise _broken("no zip")
    return False


#: Rows with their numbers; to be closed, since the file is open meanwhile.
Records = Generator[tuple[int, Sequence[Cell]], None, None]


def records(path: Path, name: str) -> Records:
    """The rows of the named sheet, else of the first, with their numbers."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_name(name) if name else book.get_sheet_by_index(0)
    except WorksheetNotFound as error:
        raise BadFile(
            Words(f"表格文件中没有名为“{name}”的工作表", f"The workbook has no sheet “{name}”")
        ) from error
    except Exception as error:
        # The library raises what its parsers raise, a plain Exception among them.
        raise _broken(str(error)) from error
    yield from enumerate(sheet.iter_rows(), start=1)


def _refuse_broken(path: Path, most: int) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > most:
                raise _bloated()
            torn = packed.testzip()
    except BadFile:
        raise
    except Exception as error:
        # A damaged file makes zipfile and zlib raise whatever they meet first.
        raise _broken(str(error)) from error
    if torn:
        raise _broken(torn)


def _broken(why: str) -> BadFile:
    return BadFile(
        Words(
            "表格文件已损坏，无法打开。请用表格软件打开原件，重新另存为 XLSX 或 CSV。",
            f"The workbook is damaged and cannot be opened ({why}). Save it again as XLSX or CSV.",
        )
    )


def _locked() -> BadFile:
    return BadFile(
        Words(
            "表格文件设有密码。请取消密码后另存，再导入。",
            "The workbook has a password. Save it without one and import that.",
        )
    )


def _old() -> BadFile:
    return BadFile(
        Words(
            "这是旧版 XLS 文件。请另存为 XLSX 或 CSV 后再导入。",
            "This is an old XLS file. Save it as XLSX or CSV and import that.",
        )
    )


def _bloated() -> BadFile:
    return BadFile(
        Words(
            "表格文件展开后过大。请分成几个文件，或另存为 CSV 后导入。",
            "The workbook unpacks to far too much. Split it or save it as CSV.",
        )
    )
