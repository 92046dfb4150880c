"""Cells: dates and amounts as they are written in a file; what cannot be read is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from unicodedata import normalize

from deploy.importing.workbook import Cell
from events.terms import Money
from events.words import Words
from services.actions.refused import Refused

_AMOUNT = re.compile(r"-?(\d{1,13}|\d{1,3}(,\d{3}){1,4})(\.\d{1,2})?")
_SIGNS = "$¥€£元 "
#: Characters that no sentence holds and no database column takes.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EARLIEST = date(1970, 1, 1)


def text(cell: Cell) -> str:
    """The cell as text: a whole number without decimals, a date in ISO form."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        whole_day = cell.time() == datetime.min.time()
        return cell.date().isoformat() if whole_day else cell.isoformat(" ")
    return str(cell).strip()


def _half_width(cell: Cell) -> str:
    """Digits and signs as any keyboard writes them: １２８ is 128."""
    return normalize("NFKC", text(cell))


def clean_text(column: str, cell: Cell) -> str:
    """The text, refused where it holds control characters."""
    found = text(cell)
    if _UNSEEN.search(found):
        raise Refused(
            Words(
                f"“{column}”含有不可见的控制字符，请删除后再导入",
                f"“{column}” holds control characters; please delete them",
            ),
            field=column,
        )
    return found


class Moment(NamedTuple):
    """A date, and the time of day where the cell has one ("HH:MM", else "")."""

    day: date
    hour: str = ""


def read_date(column: str, cell: Cell, formats: Sequence[str]) -> date:
    """The date, by the first of the formats that fits."""
    return read_moment(column, cell, formats).day


def read_moment(column: str, cell: Cell, formats: Sequence[str]) -> Moment:
    """The date with its time of day, by the first of the formats that fits."""
    found = _moment(cell, formats)
    if found is None:
        raise Refused(_not_a_date(column, text(cell)), field=column)
    if found.day < _EARLIEST:
        raise Refused(
            Words(
                f"“{column}”的日期 {found.day} 早于 1970 年，请核对",
                f"The date {found.day} in “{column}” is before 1970; please check it",
            ),
            field=column,
        )
    return found


def _moment(cell: Cell, formats: Sequence[str]) -> Moment | None:
    if isinstance(cell, datetime):
        whole_day = cell.time() == datetime.min.time()
        return Moment(cell.date(), "" if whole_day else f"{cell:%H:%M}")
    if isinstance(cell, date):
        return Moment(cell)
    for form in formats:
        try:
            found = datetime.strptime(_half_width(cell), form)
        except ValueError:
            continue
        return Moment(found.date(), f"{found:%H:%M}" if "%H" in form else "")
    return None


def _not_a_date(column: str, found: str) -> Words:
    if not found:
        return Words(f"“{column}”没有填日期，请补上", f"“{column}” has no date; please give it")
    return Words(
        f"“{column}”的“{found}”不是映射写明的日期格式，请核对",
        f"“{found}” in “{column}” is not a date of the forms the mapping names",
    )


def read_amount(column: str, cell: Cell, currency: str) -> Money:
    """The amount in the smallest unit, never rounded."""
    found = _half_width(cell).strip(_SIGNS)
    if not _AMOUNT.fullmatch(found):
        raise Refused(
            Words(
                f"“{column}”的“{text(cell)}”不是金额，请写成 1234.56 这样的数",
                f"“{text(cell)}” in “{column}” is not an amount; write it like 1234.56",
            ),
            field=column,
        )
    minor = int(Decimal(found.replace(",", "")) * 100)
    if minor < 0:
        raise Refused(
            Words(f"“{column}”的金额不能为负数", f"The amount in “{column}” cannot be negative"),
            field=column,
        )
    return Money(minor=minor, currency=currency)
