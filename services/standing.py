"""Standing: which units a figure counts today, from what is kept with each unit and its division.

The same figures as in `services/supervision.py`, which works them out for earlier days: there each
unit's posts, checks and orders are gone through; here nothing is, however many units there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_ENROLLED = "u.enrolled_on is not null"
#: Code -> condition of a unit `u`, as in `supervision.WHICH`.
WHICH = {
    "all": "true",
    "units": _ENROLLED,
    "producers": f"{_ENROLLED} and u.unit_kind = 'producer'",
    "sellers": f"{_ENROLLED} and u.unit_kind = 'seller'",
    "without_director": f"{_ENROLLED} and u.directors = 0",
    "without_officer": f"{_ENROLLED} and u.officers = 0",
    "with_problems": f"{_ENROLLED} and u.problems > 0",
    "ordered": f"{_ENROLLED} and u.ordered > 0",
    "without_order": f"{_ENROLLED} and u.problems > 0 and u.ordered = 0",
    "not_enrolled": "u.enrolled_on is null",
}
#: What few units may have in common; their lists have an index each.
_FEW = ("without_director", "without_officer", "with_problems", "ordered", "without_order",
        "not_enrolled")  # fmt: skip


class Figures(NamedTuple):
    """The table of figures by division, how it is summed up, and the indexes behind its lists."""

    columns: str
    sums: Mapping[str, str]
    indexes: tuple[str, ...]


def _figures() -> Figures:
    plain = {name: sql.replace("u.", "") for name, sql in WHICH.items() if name != "all"}
    sums = {name: f"count(*) filter (where {sql})" for name, sql in plain.items()}
    kept = {name: f"sum({name})" for name in ("directors", "officers", "checks")}
    all_sums = {"n": "count(*)", **sums, **kept}
    columns = ", ".join(f"{name} bigint not null" for name in all_sums)
    # Names often begin with the place: a list by place must not go through all other names.
    orders = ("(name, id)", "(left(division, 4), name, id)")
    indexes = tuple(f"{order} where {plain[name]}" for name in _FEW for order in orders)
    return Figures(f"division text, {columns}", all_sums, indexes)


FIGURES = _figures()
_NUMBERS = ", ".join(f"coalesce(sum({name}), 0)::bigint as {name}" for name in FIGURES.sums)
#: Every number of the figures in one question; `PLACE` is where the unit is.
COUNTS = f"""
    select f.*, f.n as all, s.* from
        (select {_NUMBERS} from {{figures}} u where PLACE) f,
        (select coalesce(sum(n), 0)::bigint as sessions,
            coalesce(sum(attendances), 0)::bigint as attendances
        from {{held}} u where PLACE) s"""
#: The units of each division under one, by so many digits of its code.
BY_DIVISION = f"""
    select left(u.division, %(digits)s) as division, sum(n)::bigint as all, {_NUMBERS}
    from {{figures}} u where PLACE and u.units > 0 group by 1 order by 1"""
