"""Contacts: stated by the body's own administrator or the operator's; the latest word counts."""

from __future__ import annotations

from datetime import date

import pytest

from events.event import Acting, PartyRef
from events.parties import ContactStated, CouncilEstablished, EnterpriseRegistered
from services.actions.contacts import StateContact, state
from services.actions.parties import Party
from services.letters.facts import of_issuer
from tests.given import Given, given
from tests.people import ADMIN, COUNCIL, GULOU, MINHAI, ZHAO, acting

TOLD = {"phone": "0591-87500000", "address": "福州市鼓楼区湖东路1号"}


def a_council() -> Given[Party]:
    known = {"level": "city", "division": "350100", "division_name": "福州市"}
    entered = CouncilEstablished(by=ADMIN, name=COUNCIL.name, occurred_on=date(2026, 1, 5), **known)
    return given(Party, entered)


@pytest.mark.parametrize("own", [False, True], ids=["operator", "own"])
def test_it_is_stated_by_the_operator_or_its_own_administrator(own: bool) -> None:
    council = a_council()
    hers = PartyRef(id=str(council.record.id), name=COUNCIL.name, kind="council")
    by = acting("陈静", hers, "admin") if own else ADMIN
    command = StateContact(by=by, party=council.record.id, **TOLD)
    council.when(state, command).then(ContactStated, **TOLD)


@pytest.mark.parametrize("by", [ZHAO, acting("李明", GULOU, "admin")], ids=["clerk", "another"])
def test_nobody_else_states_it(by: Acting) -> None:
    council = a_council()
    council.when(state, StateContact(by=by, party=council.record.id, **TOLD)).refused("")


def test_who_writes_no_letters_has_none() -> None:
    entered = EnterpriseRegistered(
        by=ADMIN, name=MINHAI.name, enterprise=MINHAI, credit_code="91350100M000100Y43",
        occurred_on=date(2026, 1, 5),
    )  # fmt: skip
    firm = given(Party, entered)
    firm.when(state, StateContact(by=ADMIN, party=firm.record.id, **TOLD)).refused("不制作文书")


def test_letters_print_it() -> None:
    stated = ContactStated(by=ADMIN, party=COUNCIL, occurred_on=date(2026, 1, 5), **TOLD)
    found = of_issuer(COUNCIL, "赵敏", "消委〔2026〕第1号", date(2026, 10, 1), stated)
    assert (found["issuer_phone"], found["issuer_address"]) == tuple(TOLD.values())
