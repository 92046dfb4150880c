"""The figures: each with its definition, unit and the very records behind it.

Computed from events as at a date: an act counts from the date it occurred. Counts of units
(家), visits (家次), people (人) and attendances (人次) are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from events.words import Words
from services.views.all import Views

UNIT, PEOPLE = Words("家", "units"), Words("人", "people")
SESSIONS, ATTENDANCES = Words("场", "sessions"), Words("人次", "attendances")
VISITS = Words("家次", "visits")


class Definition(NamedTuple):
    """What a figure counts, and the list that shows it (path below the regulator portal)."""

    code: str
    label: Words
    unit: Words
    definition: Words
    list: str


@dataclass(frozen=True)
class Figure:
    """One number, as at a date."""

    code: str
    label: Words
    definition: Words
    unit: Words
    value: int
    link: str


DEFINITIONS = (
    Definition("units", Words("纳入监管的三类产品单位", "units under supervision"), UNIT,
        Words("已建立质量安全档案的生产、销售单位", "producers and sellers with an archive"),
        "enterprises?which=units"),
    Definition("producers", Words("其中生产单位", "of these, producers"), UNIT,
        Words("档案类别为生产单位", "archives of producers"), "enterprises?which=producers"),
    Definition("sellers", Words("其中销售单位", "of these, sellers"), UNIT,
        Words("档案类别为销售单位", "archives of sellers"), "enterprises?which=sellers"),
    Definition("directors", Words("质量安全总监", "quality-safety directors"), PEOPLE,
        Words("截至当日在任的质量安全总监", "directors in post on the day"), "posts/director"),
    Definition("officers", Words("质量安全员", "quality-safety officers"), PEOPLE,
        Words("截至当日在任的质量安全员；一家可以有多人",
              "officers in post on the day; a unit may have several"), "posts/officer"),
    Definition("sessions", Words("培训", "training sessions"), SESSIONS,
        Words("已举办的培训场次", "training sessions held"), "sessions"),
    Definition("attendances", Words("参加培训", "training attendances"), ATTENDANCES,
        Words("每人每场计一次", "each person counted once per session"), "sessions"),
    Definition("checks", Words("检查", "checks"), VISITS,
        Words("对一家单位的一次检查计一家次", "one visit to one unit counts once"), "checks"),
    Definition("with_problems", Words("发现问题的单位", "units with problems found"), UNIT,
        Words("至少一次检查发现问题的单位，不是问题个数",
              "units where at least one check found a problem; not the number of problems"),
        "enterprises?which=with_problems"),
    Definition("ordered", Words("责令改正的单位", "units ordered to correct"), UNIT,
        Words("就检查发现的问题收到责令改正通知书的单位",
              "units that got a rectification order for a problem found"),
        "enterprises?which=ordered"),
    Definition("without_director", Words("没有质量安全总监的单位", "units without a director"),
        UNIT, Words("截至当日没有在任总监；是否都须设总监，取决于产品类别和规模（75号令第五条）",
              "no director in post on the day; whether each needs one depends on class and size"),
        "enterprises?which=without_director"),
    Definition("without_order",
        Words("有问题而没有责令改正的单位", "units with a problem but no order"), UNIT,
        Words("检查发现过问题，但没有任何一个问题发出责令改正通知书",
              "a problem was found and no rectification order was issued for any"),
        "enterprises?which=without_order"),
)  # fmt: skip


async def figures(views: Views, as_of: date, division: str = "") -> list[Figure]:
    """All figures as at a date, for the whole province or one division (6 digits)."""
    counts = await views.archives.counts(as_of, division)
    return [
        Figure(
            d.code, d.label, d.definition, d.unit, counts[d.code],
            link(d.list, as_of, division),
        )
        for d in DEFINITIONS
    ]  # fmt: skip


def link(path: str, as_of: date, division: str = "") -> str:
    """The list behind a number, as at the same date and for the same division."""
    asked = f"as_of={as_of.isoformat()}" + (f"&division={division}" if division else "")
    return f"/regulator/{path}{'&' if '?' in path else '?'}{asked}"
