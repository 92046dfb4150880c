"""Sheet: the rows of a CSV or XLSX file, read one by one after the whole file was looked at.

Looking first costs one more pass and gives: the file's hash, the number of rows for the
progress bar, and the certainty that a broken file is refused before its first row is taken.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from deploy.importing import workbook
from deploy.importing.bad_file import BadFile
from deploy.importing.mapping import Mapping
from deploy.importing.workbook import Cell, Records
from events.words import Words

#: What an errors file has besides the original columns; a mended one may be read in again.
LINE, WHY_ZH, WHY_EN = "行号", "原因", "Reason"
ADDED = (LINE, WHY_ZH, WHY_EN)


@dataclass(frozen=True)
class Limits:
    """The largest file that is taken."""

    size: int = 50_000_000
    rows: int = 200_000


class Row(NamedTuple):
    """One row: its number in the file, its cells by column, and what does not fit."""

    line: int
    cells: dict[str, Cell]
    misfit: int = 0


@dataclass(frozen=True)
class Sheet:
    """A file that can be read: its columns, how many rows it has, its hash."""

    path: Path
    mapping: Mapping
    encoding: str
    header: tuple[str, ...]
    count: int
    blank: int
    hash: str

    def rows(self) -> Iterator[Row]:
        """The rows that are not blank."""
        mended = LINE in self.header
        with closing(_records(self.path, self.mapping, self.encoding)) as records:
            for line, cells in itertools.islice(records, 1, None):
                if not _blank(cells):
                    yield _row(self.header, line, _unguarded(cells) if mended else cells)


def open_sheet(path: Path, mapping: Mapping, limits: Limits) -> Sheet:
    """Look at the whole file; `BadFile` says why it cannot be read in."""
    hash = _look(path, limits)
    encoding = "" if workbook.is_workbook(path, limits.size) else _encoding(path, mapping)
    with closing(_records(path, mapping, encoding)) as records:
        first = next(records, None)
        if first is None:
            raise BadFile(
                Words("文件是空的，没有可导入的内容", "The file is empty; nothing to import")
            )
        header = _header(first[1], mapping)
        count, blank = _count(records, limits)
    return Sheet(path, mapping, encoding, header, count, blank, hash)


def _look(path: Path, limits: Limits) -> str:
    """Is it a file, is it too large; its hash."""
    try:
        size = path.stat().st_size
        if size > limits.size:
            raise _too_large(size, limits)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(
            Words(
                f"文件 {path} 无法读取：{error.strerror}",
                f"{path} cannot be read: {error.strerror}",
            )
        ) from error


def _too_large(size: int, limits: Limits) -> BadFile:
    has, most = size / 1e6, limits.size / 1e6
    return BadFile(
        Words(
            f"文件有 {has:.1f} MB，超过上限 {most:.1f} MB。请分成几个文件导入。",
            f"The file has {has:.1f} MB, more than {most:.1f} MB. Please split it.",
        )
    )


def _encoding(path: Path, mapping: Mapping) -> str:
    """UTF-8, else what the mapping says; a file that is neither is never guessed at."""
    fault = _undecodable(path, "utf-8")
    if fault is None:
        return "utf-8-sig"
    if mapping.encoding != "utf-8" and _undecodable(path, mapping.encoding) is None:
        return mapping.encoding
    line, byte = fault
    raise BadFile(
        Words(
            f"文件不是 UTF-8 编码：第 {line} 行第 {byte} 个字节无法读取。"
            '请另存为“CSV UTF-8”；如果是 GB18030，请在映射文件写明 encoding = "gb18030"。',
            f"The file is not UTF-8: line {line}, byte {byte} cannot be read. "
            'Save it as CSV UTF-8; if it is GB18030, say encoding = "gb18030" in the mapping.',
        )
    )


def _undecodable(path: Path, encoding: str) -> tuple[int, int] | None:
    """The line and byte where decoding fails; a line feed is never part of a character."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError as error:
                return number, error.start + 1
    return None


def _records(path: Path, mapping: Mapping, encoding: str) -> Records:
    """The records with their line numbers, from the header on. To be closed: the file is open."""
    of_csv = _csv_records(path, mapping, encoding) if encoding else None
    with closing(of_csv or workbook.records(path, mapping.sheet)) as records:
        yield from itertools.dropwhile(lambda record: _blank(record[1]), records)


def _csv_records(path: Path, mapping: Mapping, encoding: str) -> Records:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=mapping.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _torn(line, error) from error
            yield line, cells


def _torn(line: int, error: csv.Error) -> BadFile:
    return BadFile(
        Words(
            f"从第 {line} 行起无法按表格读取（多半是引号没有配对）。没有导入任何内容，"
            "请改好后再试。",
            f"From line {line} on this is not a table, probably an unpaired quote ({error}). "
            "Nothing was imported.",
        )
    )


def _header(cells: Sequence[Cell], mapping: Mapping) -> tuple[str, ...]:
    names = [str(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    _refuse_bad_names(names)
    wanted = {*mapping.columns, *mapping.ignored}
    missing = [c for c in mapping.columns if c not in names]
    unknown = [n for n in names if n not in wanted and n not in ADDED]
    if missing:
        raise _missing(missing, unknown)
    if unknown:
        raise _unknown(unknown, mapping)
    return tuple(names)


def _refuse_bad_names(names: list[str]) -> None:
    if "" in names:
        n = names.index("") + 1
        raise BadFile(Words(f"表头第 {n} 列没有列名，请补上", f"Column {n} has no name"))
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise BadFile(
            Words(
                f"列名重复：{'、'.join(twice)}。请改名后再试。",
                f"Columns stand twice: {', '.join(twice)}. Please rename them.",
            )
        )


def _missing(missing: list[str], unknown: list[str]) -> BadFile:
    """Names the columns, and those that look like them under another name."""
    alike = [(m, near[0]) for m in missing if (near := get_close_matches(m, unknown, 1))]
    zh = "".join(f"“{m}”是否改名为“{n}”？" for m, n in alike)
    en = "".join(f" Was “{m}” renamed to “{n}”?" for m, n in alike)
    return BadFile(
        Words(
            f"文件缺少映射需要的列：{'、'.join(missing)}。{zh}没有导入任何内容。",
            f"The file lacks columns that the mapping needs: {', '.join(missing)}.{en} "
            "Nothing was imported.",
        )
    )


def _unknown(unknown: list[str], mapping: Mapping) -> BadFile:
    return BadFile(
        Words(
            f"文件有映射 {mapping.name} 不认识的列：{'、'.join(unknown)}。"
            "请在映射文件中用上它，或写进 ignored。没有导入任何内容。",
            f"Mapping {mapping.name} does not know these columns: {', '.join(unknown)}. "
            "Use them there or list them under ignored. Nothing was imported.",
        )
    )


def _count(records: Iterable[tuple[int, Sequence[Cell]]], limits: Limits) -> tuple[int, int]:
    count = blank = 0
    for _, cells in records:
        if _blank(cells):
            blank += 1
        else:
            count += 1
        if count > limits.rows:
            raise BadFile(
                Words(
                    f"文件超过 {limits.rows} 行的上限。请分成几个文件导入。",
                    f"The file has more than {limits.rows} rows. Please split it.",
                )
            )
    if not count:
        raise BadFile(Words("文件只有表头，没有数据行", "The file has a header and no rows"))
    return count, blank


def _row(header: tuple[str, ...], line: int, cells: Sequence[Cell]) -> Row:
    """Cells beyond the header and cells missing before its end are a misfit, not a guess."""
    beyond = len(cells) - len(header)
    misfit = beyond if beyond < 0 or not _blank(cells[len(header) :]) else 0
    return Row(line, dict(zip(header, [*cells, *[""] * -beyond], strict=False)), misfit)


def _blank(cells: Sequence[Cell]) -> bool:
    return not any(str(cell).strip() for cell in cells)


def _unguarded(cells: Sequence[Cell]) -> list[Cell]:
    """Takes off what the errors file put before formulas."""
    return [c[1:] if isinstance(c, str) and c[:1] == "'" and c[1:2] in "=+-@" else c for c in cells]
