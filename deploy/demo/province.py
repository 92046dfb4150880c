"""The demo province as it is planned: its units, associations, visits and orders, all invented.

Numbers are those the platform started from; who and where is drawn, the same in every load.
Nothing here is recorded: the other modules give the commands that people would give.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from deploy.demo.loading import FIRST, LAST, chance, record_id, some_day
from deploy.demo.names import (
    APPLIANCES,
    CABLES,
    DEALERS,
    E_BIKES,
    MAKERS,
    PLASTICS,
    TOYS,
    TRADES,
    Trade,
    address,
    credit_code,
    enterprise_name,
)
from events.event import PartyKind, PartyRef
from events.ids import derived_id
from services.actions.establish import EstablishAssociation, body_id, enterprise_id
from services.bodies import body_name
from services.divisions import Division, division, fujian, full_name

PRODUCERS, SELLERS = 2108, 361
DIRECTORS, OFFICERS = 1806, 2309
SESSIONS, ATTENDANCES = 199, 5383
CHECKS, WITH_PROBLEMS = 5894, 262
#: In which state the follow-up of each order stands at the end; the sum is those ordered.
ORDERS = {"issued": 14, "delivered": 34, "answered": 30, "passed": 26, "failed": 24, "closed": 116}
#: A problem was found and no order followed.
NO_ORDER = ""

ASSOCIATIONS = (
    ("福建省电动自行车行业协会", E_BIKES),
    ("福建省电线电缆行业协会", CABLES),
    ("福建省食品塑料包装行业协会", PLASTICS),
    ("福建省家用电器行业协会", APPLIANCES),
    ("福建省儿童用品行业协会", TOYS),
)
_MEMBERS = 90


@dataclass(frozen=True)
class Unit:
    """One enterprise under supervision."""

    n: int
    name: str
    credit_code: str
    division: str
    address: str
    trade: Trade
    kind: str
    size: str
    enrolled_on: date

    @property
    def division_name(self) -> str:
        return full_name(self.division)

    @property
    def ref(self) -> PartyRef:
        """The enterprise as events name it."""
        return PartyRef(id=str(enterprise_id(self.credit_code)), name=self.name, kind="enterprise")


@dataclass(frozen=True)
class Visit:
    """One check of a unit and what it found."""

    id: UUID
    on: date
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A visit that found something, and how far the order that followed has come."""

    unit: Unit
    visit: Visit
    end: str

    @property
    def problem(self) -> str:
        """The id of the first problem that the visit found."""
        return str(derived_id(self.visit.id, "problem 1"))


@cache
def governed() -> tuple[Division, ...]:
    """The divisions that have authorities."""
    return tuple(each for each in fujian() if each.governed)


def body(kind: PartyKind, code: str) -> PartyRef:
    """The regulator or council of a division."""
    found = division(code)
    assert found is not None
    known = {each.code: each for each in fujian()}
    return PartyRef(id=str(body_id(kind, code)), name=body_name(kind, found, known), kind=kind)


@cache
def associations() -> tuple[PartyRef, ...]:
    """The five associations."""
    return tuple(
        PartyRef(id=str(association_id(n)), name=name, kind=EstablishAssociation.KIND)
        for n, (name, _) in enumerate(ASSOCIATIONS)
    )


def association_id(n: int) -> UUID:
    return record_id(FIRST, f"association {n}")


@cache
def units() -> tuple[Unit, ...]:
    """All units; the first is the one whose contact can sign in."""
    draw, names = chance("units"), set[str]()
    places = [each.code for each in governed() if each.level == "county"]
    kinds = ["producer"] * (PRODUCERS - 1) + ["seller"] * SELLERS
    draw.shuffle(kinds)
    planned = [_unit(n, kind, places, names) for n, kind in enumerate(["producer", *kinds])]
    return tuple(planned)


def _unit(n: int, kind: str, places: list[str], names: set[str]) -> Unit:
    draw = chance(f"unit {n}")
    place = places[n] if n < len(places) else draw.choice(places)
    trade = TRADES[1] if n == 0 else draw.choice(TRADES)
    city = full_name(place[:4] + "00").removesuffix("市")
    forms = DEALERS if kind == "seller" else MAKERS
    return Unit(
        n=n,
        name=enterprise_name(draw, city, trade.word, forms, names),
        credit_code=credit_code(draw, place),
        division=place,
        address=address(draw, full_name(place)),
        trade=trade,
        kind=kind,
        size=draw.choices(("large", "medium", "small"), (1, 3, 8))[0],
        enrolled_on=some_day(draw, FIRST, date(2024, 6, 30)),
    )


@cache
def members(n: int) -> tuple[Unit, ...]:
    """The members of the n-th association."""
    trade = ASSOCIATIONS[n][1]
    fitting = [u for u in units() if u.trade.association == trade and u.kind == "producer"]
    first = [u for u in fitting if u.n == 0]
    drawn = chance(f"members {n}").sample([u for u in fitting if u.n], _MEMBERS - len(first))
    return tuple(sorted([*first, *drawn], key=lambda u: u.n))


@cache
def with_contact() -> frozenset[int]:
    """The units that have a person on the platform."""
    joined = {u.n for n in range(len(ASSOCIATIONS)) for u in members(n)}
    return frozenset(joined | {f.unit.n for f in findings() if f.unit.n % 2 == 0})


@cache
def directors() -> frozenset[int]:
    """The units that have a director."""
    drawn = chance("directors").sample(range(1, PRODUCERS + SELLERS), DIRECTORS - 1)
    return frozenset([0, *drawn])


@cache
def officers() -> dict[int, int]:
    """How many officers each unit has: none, one or two."""
    drawn = chance("officers").sample(range(PRODUCERS + SELLERS), 1900)
    return {n: 2 if place < OFFICERS - 1900 else 1 for place, n in enumerate(drawn)}


@cache
def findings() -> tuple[Finding, ...]:
    """The units with problems found, each with the visit that found them."""
    draw = chance("findings")
    drawn = [0, *draw.sample(range(1, PRODUCERS + SELLERS), WITH_PROBLEMS - 1)]
    ends = [state for state, count in ORDERS.items() for _ in range(count)]
    ends += [NO_ORDER] * (WITH_PROBLEMS - len(ends))
    ends.remove("delivered")
    draw.shuffle(ends)
    return tuple(
        _finding(units()[n], end) for n, end in zip(drawn, ["delivered", *ends], strict=True)
    )


#: How many days before the last day a matter that stands there was found: earliest, latest.
_FOUND = {
    "issued": (16, 4), "delivered": (40, 8), "answered": (75, 30), "passed": (120, 60),
    "failed": (120, 60), "closed": (1200, 90), NO_ORDER: (1100, 20),
}  # fmt: skip


def _finding(unit: Unit, end: str) -> Finding:
    draw = chance(f"finding {unit.n}")
    earliest, latest = _FOUND[end]
    first = max(unit.enrolled_on + timedelta(days=10), LAST - timedelta(days=earliest))
    on = some_day(draw, first, LAST - timedelta(days=latest))
    what = draw.choice(unit.trade.problems)
    return Finding(unit, Visit(record_id(on, f"finding {unit.n}"), on, (what,)), end)


@cache
def visits() -> dict[int, list[Visit]]:
    """All checks: every unit at least once, those with problems among them."""
    draw = chance("visits")
    found = {f.unit.n: f.visit for f in findings()}
    planned = {u.n: [found[u.n]] if u.n in found else [_visit(u, 0)] for u in units()}
    for nth in range(CHECKS - len(units())):
        unit = draw.choice(units())
        planned[unit.n].append(_visit(unit, nth + 1))
    return planned


def _visit(unit: Unit, nth: int) -> Visit:
    on = some_day(chance(f"visit {unit.n} {nth}"), unit.enrolled_on + timedelta(days=7), LAST)
    return Visit(record_id(on, f"visit {unit.n} {nth}"), on)
