"""Whom a party invites: by mail domains and beginnings of telephone numbers."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from events.invitations import InvitationsLimited
from events.parties import CouncilEstablished
from services.actions import allow_lists as a
from services.actions import invitations as i
from services.actions.parties import EstablishCouncil, Party, establish_council
from services.actions.refused import Refused
from services.platform import Platform
from tests.given import given
from tests.people import ADMIN, COUNCIL, SECURITY, ZHAO, acting

ENTERED = CouncilEstablished(
    by=ADMIN, name=COUNCIL.name, level="city", division="350100", division_name="福州市"
)


def limits(**typed: Any) -> a.LimitInvitations:
    known = {"by": SECURITY, "party": COUNCIL.id, "ref": COUNCIL}
    return a.LimitInvitations(**{**known, **typed})


def test_domains_and_beginnings_are_tidied() -> None:
    typed = limits(domains="@Fuzhou.gov.cn\n\nfuzhou.gov.cn ", prefixes="139 1234")
    done = given(Party, ENTERED).when(a.limit, typed)
    done.then(InvitationsLimited, domains=["fuzhou.gov.cn"], prefixes=["1391234"])
    assert "@fuzhou.gov.cn、1391234…" in done.record.new[0].said().zh
    given(Party, ENTERED).when(a.limit, limits(by=ZHAO)).refused("不能对这条记录")


@pytest.mark.parametrize("typed", [{"domains": "fuzhou"}, {"prefixes": "13"}, {"prefixes": "abc"}])
def test_what_is_none_is_said(typed: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="不是"):
        limits(**typed)


@pytest.mark.postgres
async def test_an_invitation_outside_is_refused_in_a_sentence(platform: Platform) -> None:
    enters = EstablishCouncil(by=ADMIN, name=COUNCIL.name, level="city", division="350100")
    await platform.perform(establish_council, enters)
    admin = acting("林月", enters.ref, "admin", n=150)

    async def invited(contact: str) -> None:
        asked = i.InvitePerson(
            by=admin, party=enters.ref, name="陈静", role="clerk", contact=contact
        )
        await platform.perform(i.invite_person, asked)

    await invited("")
    typed = {"domains": "fuzhou.gov.cn", "prefixes": "1391234"}
    sets = a.LimitInvitations(by=admin, party=enters.id, ref=enters.ref, **typed)
    await platform.perform(a.limit_invitations, sets)
    for contact in ("chen@fuzhou.gov.cn", "Chen@mail.fuzhou.gov.cn", "139-1234 5678"):
        await invited(contact)
    for contact in ("chen@example.com", "chen@notfuzhou.gov.cn", "13800001234", "@fuzhou.gov.cn"):
        with pytest.raises(Refused, match="不在“福州市消费者权益保护委员会”的邀请范围内"):
            await invited(contact)
    with pytest.raises(Refused, match="请填写手机号或者邮箱"):
        await invited("")
    nothing = a.LimitInvitations(by=admin, party=enters.id, ref=enters.ref)
    await platform.perform(a.limit_invitations, nothing)
    await invited("chen@example.com")
