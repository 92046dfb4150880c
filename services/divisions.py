"""Divisions (行政区划): province, city, county, by the six digits of GB/T 2260.

Our own table of Fujian: the province, 9 cities and 84 counties. Kinmen (金门县) stands in
the standard and in the table, but no authority of the province works there (`governed`).
Lists of other provinces are read from a file with the columns code and name, and where they
have them parent and level; codes may be short, as statistics offices print them (3501).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from events.words import Words

#: Rows of lists that name no place but only hold the code of a level together.
_NO_PLACE = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
_COLUMNS = ("code", "name")


@dataclass(frozen=True)
class Division:
    """One division; `parent` is the code of the division above, "" for a province."""

    code: str
    name: str
    english: str = ""
    parent: str = ""
    level: str = "county"
    governed: bool = True

    @property
    def words(self) -> Words:
        """Its name; the Chinese one where no other is known."""
        return Words(self.name, self.english or self.name)


class BadList(Exception):
    """A file is not a list of divisions; says where and why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.zh)
        self.words = words


@cache
def fujian() -> tuple[Division, ...]:
    """Fujian, its cities and counties, each after the one it belongs to."""
    return tuple(read_divisions(Path(__file__).with_name("divisions.csv")))


def division(code: str) -> Division | None:
    """The division of our table with this code."""
    return _by_code().get(padded(code))


def children(code: str) -> list[Division]:
    """What lies directly in the division."""
    return [each for each in fujian() if each.parent == padded(code)]


def counties() -> list[Division]:
    """The 84 counties, in the order of their codes."""
    return [each for each in fujian() if each.level == "county"]


def lineage(code: str) -> list[str]:
    """The codes of the division and of all it lies in, the nearest first."""
    whole = padded(code)
    codes = [whole, whole[:6], whole[:4] + "00", whole[:2] + "0000"]
    return list(dict.fromkeys(codes))


def full_name(code: str) -> str:
    """As it is said alone: 福州市鼓楼区, 福州市, 福建省; "" where our table does not have it."""
    found = division(code)
    return said_in_full(found, _by_code()) if found else ""


def said_in_full(one: Division, known: Mapping[str, Division]) -> str:
    """County level with its city before it, because districts of many cities share a name."""
    above = known.get(one.parent)
    return f"{above.name}{one.name}" if above and one.level == "county" else one.name


def padded(code: str) -> str:
    """Six digits at least: 35 → 350000, 3501 → 350100; longer codes (towns) stay."""
    return code.strip().ljust(6, "0")


def level_of(code: str) -> str:
    """The level that the digits say."""
    whole = padded(code)
    if len(whole) > 6:
        return "office"
    return "province" if whole.endswith("0000") else "city" if whole.endswith("00") else "county"


# -- reading a list ----------------------------------------------------------------------


def read_divisions(path: Path) -> list[Division]:
    """The divisions of a CSV file (UTF-8), provinces first; raises `BadList` and takes nothing.

    Rows below county level are left out, and rows that only hold a level together (市辖区).
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(_rows(csv.DictReader(file)))
    except UnicodeDecodeError:
        raise _bad(
            "文件不是 UTF-8 编码，请另存为 UTF-8 后再导入", "The file is not UTF-8"
        ) from None
    places = {each.code: each for each in found if each.name not in _NO_PLACE}
    listed = [_under_a_place(each, places) for each in places.values() if each.level != "office"]
    return sorted(listed, key=lambda each: (len(each.code.rstrip("0")) > 2, each.code))


def _rows(reader: csv.DictReader[str]) -> Iterable[Division]:
    if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or [])]:
        names = ", ".join(missing)
        raise _bad(
            f"缺少列 {names}；表头应为 code,name[,parent]",
            f"Column {names} is missing; the head should be code,name[,parent]",
        )
    seen: dict[str, int] = {}
    for number, row in enumerate(reader, start=2):
        one = _row(number, row)
        if one.code in seen:
            raise _bad(
                f"第 {number} 行：代码 {one.code} 与第 {seen[one.code]} 行重复",
                f"Row {number}: code {one.code} stands in row {seen[one.code]} already",
            )
        seen[one.code] = number
        yield one


def _row(number: int, row: Mapping[str, str | None]) -> Division:
    code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
    if not (code.isascii() and code.isdigit() and len(code) in (2, 4, 6, 9, 12)) or not name:
        raise _bad(
            f"第 {number} 行：代码“{code}”应为 2、4、6、9 或 12 位数字，名称不能为空",
            f"Row {number}: the code “{code}” must have 2, 4, 6, 9 or 12 digits, with a name",
        )
    parent = (row.get("parent") or "").strip()
    return Division(
        code=padded(code),
        name=name,
        english=(row.get("english") or "").strip(),
        parent=padded(parent) if parent else "",
        level=level_of(code),
        governed=(row.get("governed") or "yes") != "no",
    )


def _under_a_place(one: Division, places: Mapping[str, Division]) -> Division:
    """With its parent: the one named, else the nearest of the list that the digits say."""
    if one.parent in places or one.level == "province":
        return one
    above = [code for code in lineage(one.code)[1:] if code in places and code != one.code]
    return Division(
        one.code, one.name, one.english, above[0] if above else "", one.level, one.governed
    )


def _bad(zh: str, en: str) -> BadList:
    return BadList(Words(zh, en))


@cache
def _by_code() -> dict[str, Division]:
    return {each.code: each for each in fujian()}
