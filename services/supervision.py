"""Which units a figure counts and a list shows: the same conditions for both, as at a date.

`u` is a row of the units; `{…}` stand for the tables of the view `archives`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from events.event import today
from services import standing

Row = dict[str, Any]


#: In post, found or enrolled on the day that is asked about.
IN_POST = "p.since <= %(as_of)s and (p.until is null or p.until > %(as_of)s)"
_ENROLLED = "u.enrolled_on <= %(as_of)s"
_THERE = "where b.enterprise = u.id and b.found_on <= %(as_of)s"
_THERE = "where b.enterprise = u.id and b.found_on <= %(as_of)s"


def _conditions(one_by_one: str = "") -> dict[str, str]:
    """Code -> condition. All but `all` and `not_enrolled` are of units with an archive.

    `one_by_one` = what keeps the database from working it out for all units at once.
    """

    def holds(post: str) -> str:
        return (
            "exists (select from {posts} p where p.enterprise = u.id"
            f" and p.post = '{post}' and {IN_POST}{one_by_one})"
        )

    found = f"exists (select from {{problems}} b {_THERE}{one_by_one})"
    ordered = (
        "exists (select from {problems} b join {orders} o on o.problem = b.id"
        f" {_THERE} and o.ordered_on <= %(as_of)s{one_by_one})"
    )
    return {
        "all": "true",
        "units": _ENROLLED,
        "producers": f"{_ENROLLED} and u.unit_kind = 'producer'",
        "sellers": f"{_ENROLLED} and u.unit_kind = 'seller'",
        "without_director": f"{_ENROLLED} and not {holds('director')}",
        "without_officer": f"{_ENROLLED} and not {holds('officer')}",
        "with_problems": f"{_ENROLLED} and {found}",
        "ordered": f"{_ENROLLED} and {ordered}",
        "without_order": f"{_ENROLLED} and {found} and not {ordered}",
        "not_enrolled": "(u.enrolled_on is null or u.enrolled_on > %(as_of)s)",
    }


#: For figures, which count all units; and for a list, which shows a page of them.
WHICH, _LISTED = _conditions(), _conditions(" offset 0")

#: What a list of units may be narrowed by: name in the address -> SQL.
_NARROWED = {
    "unit_kind": "u.unit_kind = %(unit_kind)s",
    "product_class": "u.product_class = %(product_class)s",
}


def narrowed(which: str, as_of: date, filters: dict[str, str]) -> tuple[str, Row]:
    """The condition of a list of units, and its values."""
    there = _which(as_of)
    place, values = within(filters.get("division", ""))
    asked = {name: filters[name] for name in _NARROWED if filters.get(name)}
    conditions = [there.get(which, there["all"]), place, *(_NARROWED[name] for name in asked)]
    return " and ".join(conditions), {"as_of": as_of, **values, **asked}


def _which(as_of: date) -> dict[str, str]:
    """What holds today stands with each unit; what held on an earlier day is worked out."""
    return standing.WHICH if as_of >= today() else _LISTED


def within(division: str) -> tuple[str, Row]:
    """Everything in the city for 350100, a county is itself, "" is everywhere; of a row `u`."""
    if not division:
        return "true", {}
    level = 2 if division.endswith("0000") else 4 if division.endswith("00") else 6
    values = {"division": division[:level]}
    if level == 2:  # nearly all there are, which is not seen of a part of the code
        return "u.division between %(division)s and %(division)s || ':'", values
    return f"{'u.division' if level == 6 else 'left(u.division, 4)'} = %(division)s", values


def counts(as_of: date, division: str) -> tuple[str, Row]:
    """Every number of the figures in one question."""
    place, values = within(division)
    sql = standing.COUNTS if as_of >= today() else COUNTS
    return sql.replace("PLACE", place), {"as_of": as_of, **values}


def by_division(as_of: date, parent: str, digits: int) -> tuple[str, Row]:
    """The units of each division under one, by so many digits of its code."""
    place, values = within(parent)
    sql = standing.BY_DIVISION if as_of >= today() else BY_DIVISION
    return sql.replace("PLACE", place), {"as_of": as_of, "digits": digits, **values}


def _count(which: str) -> str:
    return f"count(*) filter (where {WHICH[which]}) as {which}"


#: Every number of the figures as at an earlier day; `PLACE` is where the unit is.
COUNTS = f"""
    with u as (
        select {", ".join(_count(which) for which in WHICH)}
        from {{units}} u where PLACE),
    p as (
        select count(*) filter (where p.post = 'director') as directors,
            count(*) filter (where p.post = 'officer') as officers
        from {{posts}} p join {{units}} u on u.id = p.enterprise
        where {IN_POST} and PLACE),
    s as (
        select count(*) as sessions, coalesce(sum(people), 0)::bigint as attendances
        from {{sessions}} u where held_on <= %(as_of)s and PLACE),
    c as (
        select count(*) as checks from {{checks}} c join {{units}} u on u.id = c.enterprise
        where c.made_on <= %(as_of)s and PLACE)
    select * from u, p, s, c"""

#: The units of each division under one, by so many digits of its code.
BY_DIVISION = f"""
    select left(u.division, %(digits)s) as division, {", ".join(_count(which) for which in WHICH)}
    from {{units}} u where PLACE and {_ENROLLED}
    group by 1 order by 1"""
