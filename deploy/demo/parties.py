"""Parties of the demo: bodies, associations with their members, enterprises with contacts."""

from __future__ import annotations

from uuid import UUID

from deploy.demo.loading import FIRST, Bundle, chance, later, load_bundle, some_day
from deploy.demo.people import ADMIN, AUDITING, TESTING, clerk, contact, enrol, secretary
from deploy.demo.province import (
    ASSOCIATIONS,
    Unit,
    association_id,
    governed,
    members,
    with_contact,
)
from services.actions.contacts import StateContact, state_contact
from services.actions.establish import EstablishAuditingBody, EstablishTestingBody
from services.actions.outside_parties import establish_auditing_body, establish_testing_body
from services.actions.parties import (
    AdmitMember,
    EstablishAssociation,
    MemberLeaves,
    RegisterEnterprise,
    admit_member,
    establish_association,
    member_leaves,
    register_enterprise,
)
from services.bodies import import_divisions
from services.divisions import fujian
from services.platform import Platform

_LEFT = ("已停止生产本行业产品，申请退会", "企业迁往外省，申请退会", "连续两年未缴会费，按章程退会")


async def enter_bodies(platform: Platform) -> None:
    """The regulators and councils of Fujian."""
    await import_divisions(platform, ADMIN, fujian())


async def enter_associations(bundle: Bundle) -> None:
    """The five associations."""
    for n, (name, trade) in enumerate(ASSOCIATIONS):
        command = EstablishAssociation(
            by=ADMIN, occurred_on=FIRST, party=association_id(n), name=name, trade=trade,
            division="350000",
        )  # fmt: skip
        await bundle.do(establish_association, command)


async def enter_outside_parties(bundle: Bundle) -> None:
    """A testing body and an auditing body."""
    known = {"by": ADMIN, "occurred_on": FIRST}
    testing = EstablishTestingBody(
        **known, party=UUID(TESTING.id), name=TESTING.name, division="350000"
    )
    await bundle.do(establish_testing_body, testing)
    auditing = EstablishAuditingBody(**known, party=UUID(AUDITING.id), name=AUDITING.name)
    await bundle.do(establish_auditing_body, auditing)


async def state_contacts(bundle: Bundle) -> None:
    """Where the bodies that write letters are reached: the hotline, and no real address."""
    both = [clerk("regulator", each.code).party for each in governed()]
    for body in [*both, *(clerk("council", each.code).party for each in governed())]:
        states = StateContact(
            by=ADMIN, occurred_on=FIRST, party=UUID(body.id), phone="12315",
            address=f"{body.name}（演示地址）",
        )  # fmt: skip
        await bundle.do(state_contact, states)


async def enter_unit(platform: Platform, bundle: Bundle, unit: Unit) -> None:
    """The enterprise, entered by its county's regulator, and its contact where it has one."""
    command = RegisterEnterprise(
        by=clerk("regulator", unit.division), occurred_on=unit.enrolled_on, name=unit.name,
        credit_code=unit.credit_code, address=unit.address, division=unit.division,
    )  # fmt: skip
    await bundle.do(register_enterprise, command)
    if unit.n in with_contact():
        await enrol(platform, bundle, contact(unit))


async def admit_members(platform: Platform) -> None:
    """Who belongs to which association; a few have left."""
    for n in range(len(ASSOCIATIONS)):

        async def fill(bundle: Bundle, n: int = n) -> None:
            for unit in members(n):
                await _admit(bundle, n, unit)

        await load_bundle(platform, f"members {n}", fill)


async def _admit(bundle: Bundle, n: int, unit: Unit) -> None:
    on = later(bundle.chance, unit.enrolled_on, 5, 60)
    party = association_id(n)
    joins = AdmitMember(by=secretary(n), occurred_on=on, party=party, enterprise=unit.ref)
    await bundle.do(admit_member, joins)
    if has_left(n, unit):
        left = MemberLeaves(
            by=secretary(n), occurred_on=some_day(bundle.chance, on.replace(year=2025), _UNTIL),
            party=party, enterprise=unit.ref, reason=bundle.chance.choice(_LEFT),
        )  # fmt: skip
        await bundle.do(member_leaves, left)


_UNTIL = FIRST.replace(year=2026)


def has_left(n: int, unit: Unit) -> bool:
    """Whether the member left its association again."""
    return unit.n > 0 and chance(f"left {n} {unit.n}").random() < 0.04
