"""Signs of abuse: what 121 §17 lets a body consider, computed and shown, never decided by it.

Persons are compared by keyed hashes that are made when somebody asks and are kept nowhere. Not
computed: whether a quantity is usual (§17 no. 1), which no record here says; collusion is a matter
of investigation, what is shown is that complaints come together.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from events.complaints import ComplaintRegistered
from events.event import Recorded
from services.marks import mark
from services.platform import Platform
from services.views.view import Row

#: Sign -> within how many days before or after, and from how many complaints or names on.
THRESHOLDS = {
    "frequent": (90, 5),
    "same_matter": (30, 3),
    "concentrated": (7, 5),
    "shared_contact": (90, 3),
}
DAYS = max(days for days, _ in THRESHOLDS.values())
#: So many complaints of the body are looked at, the latest.
MOST = 1_000


class Sign(NamedTuple):
    """One sign: its code, the number that reached the threshold, and the other complaints."""

    code: str
    n: int
    others: list[Row]


class Marks(NamedTuple):
    """Who complained and how she is reached, each as a hash; b"" where not told."""

    who: bytes
    name: bytes
    phone: bytes
    address: bytes


class Near(NamedTuple):
    """A complaint of the same body within the days, with the marks of who made it."""

    row: Row
    marks: Marks


async def signs_of(platform: Platform, row: Row, evidence: int) -> list[Sign]:
    """The signs of a complaint among those the same body received; `evidence` = files it has."""
    day, span = row["received_on"], timedelta(DAYS)
    asked = (row["handler"], day - span, day + span, MOST)
    latest = await platform.views.complaints.received_near(*asked)
    rows = [row, *(each for each in latest if each["id"] != row["id"])]
    begun = await platform.log.first_of([each["id"] for each in rows])
    key = secrets.token_bytes(32)
    own, *others = (Near(each, _marks(begun.get(each["id"]), key)) for each in rows)
    found = list(found_in(own, others))
    if not evidence and not _order_no(begun.get(row["id"])):
        found.append(Sign("no_proof", 0, []))
    return found


def found_in(own: Near, others: Sequence[Near]) -> Iterator[Sign]:
    """The signs that one complaint shows among others. Pure."""
    hers = [each for each in others if own.marks.who and each.marks.who == own.marks.who]
    same = [each for each in others if _matter(each.row) == _matter(own.row)]
    yield from _many("frequent", own, hers)
    yield from _many("same_matter", own, [each for each in hers if each in same])
    yield from _several("concentrated", own, same, lambda each: each.marks.who)
    reached = [each for each in others if _reaches(own.marks, each.marks)]
    yield from _several("shared_contact", own, reached, lambda each: each.marks.name)


def _many(code: str, own: Near, hers: list[Near]) -> Iterator[Sign]:
    near = _within(code, own, hers)
    if 1 + len(near) >= THRESHOLDS[code][1]:
        yield Sign(code, 1 + len(near), [each.row for each in near])


def _several(
    code: str, own: Near, others: list[Near], of: Callable[[Near], bytes]
) -> Iterator[Sign]:
    """So many different persons, or names, and not one again and again."""
    near = [each for each in _within(code, own, others) if of(each)]
    different = {of(each) for each in near} | {of(own)} - {b""}
    if len(different) >= THRESHOLDS[code][1]:
        yield Sign(code, len(different), [each.row for each in near])


def _within(code: str, own: Near, others: list[Near]) -> list[Near]:
    days, day = timedelta(THRESHOLDS[code][0]), own.row["received_on"]
    return [each for each in others if abs(each.row["received_on"] - day) <= days]


def _matter(row: Row) -> tuple[str, str]:
    return row["enterprise"] or row["respondent"], row["category"]


def _reaches(own: Marks, other: Marks) -> bool:
    """The same telephone number or the same address under another name."""
    if own.name == other.name:
        return False
    pairs = ((own.phone, other.phone), (own.address, other.address))
    return any(one and one == its for one, its in pairs)


def _marks(recorded: Recorded | None, key: bytes) -> Marks:
    if recorded is None or not isinstance(recorded.event, ComplaintRegistered):
        return Marks(b"", b"", b"", b"")
    who = recorded.event.complainant
    name, phone, address = (who.get(each) for each in ("name", "phone", "address"))
    return Marks(mark(key, name, phone), mark(key, name), mark(key, phone), mark(key, address))


def _order_no(recorded: Recorded | None) -> str:
    event = recorded.event if recorded else None
    return event.told.get("order_no") if isinstance(event, ComplaintRegistered) else ""
