"""Accounts: the event and the credential together; the first administrator of all."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from services import accounts, desk, sessions
from services.actions.people import DisablePerson, EnrolPerson, ReplacePassword
from services.actions.refused import AlreadyDecided, Refused
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import SECURITY

pytestmark = pytest.mark.postgres
WORDS, OTHER_WORDS = "一句足够长的登录口令呀！", "another sentence to sign in"


async def test_the_first_administrator_is_made_once(platform: Platform) -> None:
    assert not await accounts.is_set_up(platform)
    admin = await accounts.set_up(platform, "管理员", "admin", WORDS)
    assert await accounts.is_set_up(platform)
    await caught_up(platform)
    (role,) = await platform.views.directory.roles(admin.person)
    assert (role["party"], role["role"]) == (admin.party.id, "system")
    assert await desk.check_password(platform.pool, "admin", WORDS)
    with pytest.raises(AlreadyDecided):
        await accounts.set_up(platform, "另一个", "other", WORDS)
    said = [row["zh"] for row in (await platform.views.trail.search()).rows]
    assert "系统规则：初次设置 登记了平台运营方“平台运营方”" in said


async def test_two_set_ups_at_once_make_one_administrator(platform: Platform) -> None:
    both = await asyncio.gather(
        accounts.set_up(platform, "甲", "first", WORDS),
        accounts.set_up(platform, "乙", "second", WORDS),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in both) == ["Acting", "AlreadyDecided"]
    assert await platform.log.size() == 3


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 201])
async def test_a_password_has_twelve_characters(platform: Platform, password: str) -> None:
    with pytest.raises(Refused, match="12 至 200") as refused:
        await accounts.set_up(platform, "管理员", "admin", password)
    assert refused.value.field == "password"
    assert await platform.log.size() == 0


async def test_enrolled_replaced_disabled(platform: Platform) -> None:
    pool = platform.pool
    enrol = EnrolPerson(by=SECURITY, name="赵敏", sign_in="zhao.min")
    await platform.perform(partial(accounts.enrol, pool, WORDS), enrol)
    cookie = await desk.check_password(pool, "Zhao.Min", WORDS)
    replace = ReplacePassword(by=SECURITY, person=enrol.person)
    await platform.perform(partial(accounts.replace_password, pool, OTHER_WORDS), replace)
    assert await sessions.session(pool, cookie) is None
    with pytest.raises(desk.NotSignedIn):
        await desk.check_password(pool, "zhao.min", WORDS)
    cookie = await desk.check_password(pool, "zhao.min", OTHER_WORDS)
    disable = DisablePerson(by=SECURITY, person=enrol.person, reason="已经离职了")
    await platform.perform(partial(accounts.disable, pool), disable)
    assert await sessions.session(pool, cookie) is None
    with pytest.raises(desk.NotSignedIn):
        await desk.check_password(pool, "zhao.min", OTHER_WORDS)
    with pytest.raises(AlreadyDecided):
        await platform.perform(partial(accounts.replace_password, pool, WORDS), replace)


async def test_a_taken_sign_in_name_is_said_and_changes_nothing(platform: Platform) -> None:
    enrol = EnrolPerson(by=SECURITY, name="赵敏", sign_in="zhao.min")
    await platform.perform(partial(accounts.enrol, platform.pool, WORDS), enrol)
    again = EnrolPerson(by=SECURITY, name="别人", sign_in="ZHAO.min")
    with pytest.raises(Refused, match="已经有人使用"):
        await platform.perform(partial(accounts.enrol, platform.pool, OTHER_WORDS), again)
    assert await desk.check_password(platform.pool, "zhao.min", WORDS)


async def test_no_password_stands_in_the_log(platform: Platform) -> None:
    await accounts.set_up(platform, "管理员", "admin", WORDS)
    async with platform.pool.connection() as connection:
        rows = await (await connection.execute("select state from log.events")).fetchall()
    assert not any(WORDS.encode() in bytes(row[0]) for row in rows)
