"""The administrators' portal: parties, people and roles through the pages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from events.event import Acting, PartyRef, system
from events.ids import new_id
from portals.app import make_app
from services import accounts, desk, factors, sessions
from services.actions import parties as p
from services.actions import people
from services.bodies import import_divisions
from services.divisions import fujian
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.portals.desks import hidden, send, shown

pytestmark = pytest.mark.postgres
Client = TestClient[Any, Any]
WORDS, OTHER_WORDS = "一句足够长的登录口令呀！", "another sentence to sign in"
CODE = "91350100M000100Y43"


@asynccontextmanager
async def browser(platform: Platform, person: str) -> AsyncIterator[Client]:
    """A browser in which this person is signed in; the directory is the real one."""
    app = make_app(
        platform, Settings(secret="of the tests", second_factor="offered", terms="offered")
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        cookie = await sessions.open_session(platform.pool, person)
        address = URL(str(client.make_url("/")))
        client.session.cookie_jar.update_cookies({"gongzhi": cookie}, address)
        yield client


async def works(platform: Platform, party: PartyRef, role: str, sign_in: str) -> str:
    """Somebody who works for this party, with an account."""
    command = people.EnrolPerson(
        by=system("operator"), name=f"某{sign_in}", sign_in=sign_in, party=party, role=role
    )
    await platform.perform(people.enrol_person, command)
    await desk.set_password(platform.pool, str(command.person), sign_in, WORDS)
    await caught_up(platform)
    return str(command.person)


@pytest.fixture
async def root(platform: Platform) -> Acting:
    """The first administrator, with the bodies of the province, of Fuzhou and of Gulou."""
    admin = await accounts.set_up(platform, "管理员", "admin", WORDS)
    await import_divisions(platform, admin, fujian()[:3])
    await caught_up(platform)
    return admin


@pytest.fixture
async def admin(platform: Platform, root: Acting) -> AsyncIterator[Client]:
    async with browser(platform, root.person) as client:
        yield client


@pytest.fixture
async def guard(platform: Platform, root: Acting) -> AsyncIterator[Client]:
    """The security administrator, who looks after people and their rights."""
    person = await works(platform, root.party, "security", "an.quan")
    async with browser(platform, person) as client:
        yield client


async def council(platform: Platform, division: str = "350100") -> PartyRef:
    row = await platform.views.directory.council_for(division)
    assert row is not None
    return PartyRef(id=row["id"], name=row["name"], kind="council")


@pytest.fixture
async def minder(platform: Platform, root: Acting) -> AsyncIterator[Client]:
    """The administrator of Fuzhou's council."""
    person = await works(platform, await council(platform), "admin", "zheng.jie")
    async with browser(platform, person) as client:
        yield client


async def enterprise(platform: Platform, by: Acting) -> PartyRef:
    command = p.RegisterEnterprise(by=by, name="闽海充电器有限公司", credit_code=CODE)
    await platform.perform(p.register_enterprise, command)
    await caught_up(platform)
    return command.ref


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "/parties",
        "/parties?kind=regulator&q=福州",
        "/parties?kind=enterprise&page=9",
        "/people",
        "/people?q=admin",
        "/views",
        "/establish/regulator",
        "/establish/council",
        "/establish/association",
        "/establish/enterprise",
    ],
)
async def test_every_page_opens_in_both_languages(admin: Client, path: str, lang: str) -> None:
    page = await shown(admin, f"/admin{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.count("<h1") == 1


async def test_the_first_page_counts_and_says_that_all_is_well(admin: Client) -> None:
    page = await shown(admin, "/admin")
    assert "所有视图都在跟随日志" in page
    assert 'href="/admin/parties?kind=council"' in page
    assert "登记企业" in page


async def test_an_enterprise_is_entered_and_a_second_entry_is_refused(admin: Client) -> None:
    told = {"name": "闽海充电器有限公司", "credit_code": CODE.lower(), "division": "350102"}
    assert "6 位数字" not in await shown(admin, "/admin/establish/enterprise"), "it is a list"
    page = await send(admin, "/admin/establish/enterprise", **told)
    assert "已记录：登记企业" in page
    assert CODE in page
    assert "福州市鼓楼区" in page
    page = await send(admin, "/admin/establish/enterprise", 409, **{**told, "name": "换个名称"})
    assert "这里已经登记了“闽海充电器有限公司”" in page
    assert "换个名称" in page


async def test_everything_wrong_with_an_enterprise_is_said_at_once(admin: Client) -> None:
    page = await send(
        admin, "/admin/establish/enterprise", 422, credit_code="91350100M000100Y44", name=""
    )
    assert "校验码不符" in page
    assert "请填写“单位全称”" in page
    assert "91350100M000100Y44" in page


async def test_a_body_finds_its_superior_by_its_division(admin: Client) -> None:
    told = {"name": "福州市台江区市场监督管理局", "level": "county", "division": "350103"}
    page = await send(admin, "/admin/establish/regulator", **told)
    assert "福州市市场监督管理局" in page
    assert "福州市台江区" in page
    page = await send(admin, "/admin/establish/council", 422, **{**told, "division": "3501"})
    assert "不是行政区划代码" in page
    page = await send(admin, "/admin/establish/council", **{**told, "name": "台江区消委会"})
    assert "福州市消费者权益保护委员会" in page


async def test_an_association_is_entered(admin: Client) -> None:
    told = {"name": "福建省电动自行车行业协会", "trade": "电动自行车"}
    page = await send(admin, "/admin/establish/association", **told)
    assert "电动自行车" in page
    assert "登记人员" in page
    assert "请填写“哪个行业？”" in await send(
        admin, "/admin/establish/association", 422, name="没有行业的协会"
    )


async def test_the_list_of_parties_is_searched(platform: Platform, admin: Client) -> None:
    page = await shown(admin, "/admin/parties?q=鼓楼")
    assert "福州市鼓楼区市场监督管理局" in page
    assert "福建省市场监督管理局" not in page
    assert "没有符合条件的单位" in await shown(admin, "/admin/parties?q=不存在的")


async def test_a_party_is_renamed_and_history_keeps_the_old_name(
    platform: Platform, root: Acting, admin: Client
) -> None:
    firm = await enterprise(platform, root)
    path = f"/admin/parties/{firm.id}"
    page = await send(admin, f"{path}/rename", name="闽海电源有限公司", reason="变更登记更名")
    assert "闽海电源有限公司" in page
    page = await shown(admin, f"{path}?part=history")
    assert "将“闽海充电器有限公司”更名为“闽海电源有限公司”" in page
    page = await send(admin, f"{path}/rename", 422, name="闽海电源有限公司", reason="再改一次试试")
    assert "不需要更名" in page


async def test_where_a_body_is_reached_is_entered_and_corrected(admin: Client) -> None:
    told = {"name": "台江区消委会", "level": "county", "division": "350103"}
    await send(admin, "/admin/establish/council", **told)
    listed = await shown(admin, "/admin/parties?q=台江区消委会")
    path = re.findall(r"/admin/parties/[0-9a-f-]{36}", listed)[0]
    assert "请填写“通信地址”" in await send(admin, f"{path}/contact", 422, phone="0591-87500000")
    page = await send(admin, f"{path}/contact", phone="0591-87500000", address="台江区广达路1号")
    assert "台江区广达路1号" in page
    form = await shown(admin, f"{path}/contact")
    assert 'value="0591-87500000"' in form


async def test_the_page_of_an_association_and_of_its_member(
    platform: Platform, root: Acting, admin: Client
) -> None:
    firm = await enterprise(platform, root)
    club = p.EstablishAssociation(by=root, name="某协会", trade="照明")
    await platform.perform(p.establish_association, club)
    await platform.perform(p.admit_member, p.AdmitMember(by=root, party=club.id, enterprise=firm))
    await caught_up(platform)
    assert firm.name in await shown(admin, f"/admin/parties/{club.id}?part=members")
    assert "某协会" in await shown(admin, f"/admin/parties/{firm.id}")
    page = await shown(admin, f"/admin/parties/{club.id}?part=history&page=9")
    assert "这里还没有记录" in page
    province = (await platform.views.directory.regulators())[0]
    page = await shown(admin, f"/admin/parties/{province['id']}?part=under&lang=en")
    assert "福州市市场监督管理局" in page


async def test_a_person_is_entered_and_can_sign_in(platform: Platform, guard: Client) -> None:
    path = f"/admin/parties/{(await council(platform)).id}/enrol"
    told = {"name": "赵敏", "sign_in": "Zhao.Min", "role": "clerk"}
    page = await send(guard, path, **told, password=WORDS)
    assert "zhao.min" in page
    assert "福州市消费者权益保护委员会" in page
    assert await desk.check_password(platform.pool, "zhao.min", WORDS)
    page = await send(guard, path, 422, **told, password=OTHER_WORDS)
    assert "已经有人使用" in page
    assert await desk.check_password(platform.pool, "zhao.min", WORDS)


async def test_everything_wrong_with_a_person_is_said_at_once(
    platform: Platform, guard: Client
) -> None:
    path = f"/admin/parties/{(await council(platform)).id}/enrol"
    size = await platform.log.size()
    page = await send(guard, path, 422, name="", sign_in="赵敏", role="clerk", password="short")
    for said in ("请填写“姓名”", "不合要求", "密码应为 12 至 200 个字符"):
        assert said in page
    assert "short" not in page
    page = await send(guard, path, 422, name="赵敏", sign_in="zhao.min", role="", password=WORDS)
    assert "role" in page
    assert await platform.log.size() == size


async def test_a_role_is_withdrawn_and_another_given(
    platform: Platform, root: Acting, guard: Client
) -> None:
    body = await council(platform)
    person = await works(platform, body, "clerk", "zhao.min")
    path = f"/admin/people/{person}"
    page = await send(guard, f"{path}/grant?party={body.id}", 422, role="head")
    assert "请先撤销现在的角色" in page
    page = await send(guard, f"{path}/withdraw?party={body.id}", 422, reason="短")
    assert "至少写 5 个字" in page
    page = await send(guard, f"{path}/withdraw?party={body.id}", reason="轮换岗位需要")
    assert "现在没有角色" in page
    assert body.name in await shown(guard, f"{path}/grant?q=福州")
    page = await send(guard, f"{path}/grant?party={body.id}", role="head")
    assert "已记录：授予角色" in page
    assert (await platform.views.directory.roles(person))[0]["role"] == "head"


async def test_a_new_password_ends_her_sessions(
    platform: Platform, root: Acting, guard: Client
) -> None:
    person = await works(platform, await council(platform), "clerk", "zhao.min")
    cookie = await desk.check_password(platform.pool, "zhao.min", WORDS)
    path = f"/admin/people/{person}/password"
    assert "12 至 200" in await send(guard, path, 422, password="short")
    assert "已记录：重设密码" in await send(guard, path, password=OTHER_WORDS)
    assert await sessions.session(platform.pool, cookie) is None
    assert await desk.check_password(platform.pool, "zhao.min", OTHER_WORDS)


async def test_a_disabled_person_is_signed_out_for_good(
    platform: Platform, root: Acting, guard: Client
) -> None:
    person = await works(platform, await council(platform), "clerk", "zhao.min")
    cookie = await desk.check_password(platform.pool, "zhao.min", WORDS)
    page = await send(guard, f"/admin/people/{person}/disable", reason="已经调离本市")
    assert "已停用" in page
    assert f"/admin/people/{person}/password" not in page
    assert await sessions.session(platform.pool, cookie) is None
    page = await send(guard, f"/admin/people/{person}/disable", 409, reason="再停用一次试试")
    assert "最近一步" in page


async def test_the_administrator_does_not_disable_herself(
    platform: Platform, guard: Client
) -> None:
    herself = await platform.views.directory.by_sign_in("an.quan")
    assert herself is not None
    page = await shown(guard, f"/admin/people/{herself['id']}")
    assert "/disable" not in page
    assert "/withdraw" not in page
    await send(guard, f"/admin/people/{herself['id']}/disable", 403, reason="想停用我自己")


async def test_an_administrators_password_takes_two_people(
    platform: Platform, root: Acting, guard: Client, admin: Client
) -> None:
    person = await works(platform, await council(platform), "admin", "zheng.jie")
    path = f"/admin/people/{person}"
    assert "要两个人" in await send(guard, f"{path}/password", 422, password=OTHER_WORDS)
    await send(admin, f"{path}/account/ask-password", reason="她忘了密码，当面核实过")
    page = await send(guard, f"{path}/password", password=OTHER_WORDS)
    assert "请求为" in page
    assert await desk.check_password(platform.pool, "zheng.jie", OTHER_WORDS) == person
    await send(guard, f"{path}/account/ask-password", reason="她又忘了密码")
    assert "另一个人" in await send(guard, f"{path}/password", 403, password=WORDS)


async def test_a_locked_name_is_unlocked_and_a_lost_factor_reset(
    platform: Platform, root: Acting, guard: Client
) -> None:
    person = await works(platform, await council(platform), "clerk", "zhao.min")
    path = f"/admin/people/{person}"
    assert "/account/unlock" not in await shown(guard, path)
    for _ in range(desk.MOST):
        with pytest.raises((desk.NotSignedIn, desk.Locked)):
            await desk.check_password(platform.pool, "zhao.min", "wrong")
    assert "已锁定" in await shown(guard, path)
    await send(guard, f"{path}/account/unlock")
    assert await desk.check_password(platform.pool, "zhao.min", WORDS) == person
    await factors.add_totp(platform.pool, b"key", person, factors.fresh_secret(), 1)
    await send(guard, f"{path}/account/factors", reason="手机丢失，当面核实过本人")
    assert await factors.factors(platform.pool, person) == []


async def test_the_three_administrators_are_three_people(
    platform: Platform, root: Acting, guard: Client, admin: Client
) -> None:
    path = f"/admin/people/{root.person}"
    page = await send(guard, f"{path}/withdraw?party={root.party.id}", reason="换别人来做")
    assert "现在没有角色" in page
    province = await platform.views.directory.regulator_for("350000")
    assert province is not None
    there = f"{path}/grant?party={province['id']}"
    await send(guard, there, role="auditor")
    again = f"{path}/grant?party={root.party.id}"
    assert "不同的人" in await send(guard, again, 422, role="security")
    herself = await platform.views.directory.by_sign_in("an.quan")
    assert herself is not None
    assert (await guard.get("/admin/establish/regulator")).status == 403
    assert (await admin.get("/admin/parties")).status == 403, "she holds that role no more"


async def test_a_party_administrator_sees_her_own_people_only(
    platform: Platform, root: Acting, minder: Client
) -> None:
    own, other = await council(platform), await council(platform, "350000")
    stranger = await works(platform, other, "clerk", "wu.yi")
    page = await shown(minder, "/admin/people")
    assert "zheng.jie" in page
    assert "wu.yi" not in page
    await shown(minder, f"/admin/people/{stranger}", 404)
    await shown(minder, f"/admin/parties/{other.id}/enrol", 404)
    assert "wu.yi" not in await shown(minder, f"/admin/parties/{other.id}?part=people")
    page = await send(
        minder, f"/admin/parties/{own.id}/enrol",
        name="赵敏", sign_in="zhao.min", role="clerk", password=WORDS,
    )  # fmt: skip
    assert "已记录：登记人员" in page
    assert "您管理本单位的人员" in await shown(minder, "/admin")


async def test_what_is_the_operators_is_closed_to_a_party_administrator(
    platform: Platform, minder: Client
) -> None:
    for path in (
        "/views",
        "/establish/regulator",
        f"/parties/{(await council(platform)).id}/rename",
    ):
        await shown(minder, f"/admin{path}", 403)


async def test_clerks_stay_outside(platform: Platform, root: Acting) -> None:
    person = await works(platform, await council(platform), "clerk", "zhao.min")
    async with browser(platform, person) as clerk:
        for path in ("", "/parties", "/people", "/views", f"/people/{person}"):
            await shown(clerk, f"/admin{path}", 403)


async def test_an_auditor_reads_and_changes_nothing(platform: Platform, root: Acting) -> None:
    person = await works(platform, root.party, "auditor", "shen.ji")
    async with browser(platform, person) as auditor:
        for path in ("", "/parties", "/people", "/views", f"/people/{root.person}"):
            page = await shown(auditor, f"/admin{path}")
            for act in ("/establish/", "/enrol", "/disable", "/password", "/rename"):
                assert act not in page
        await shown(auditor, "/admin/establish/regulator", 403)


@pytest.mark.parametrize("path", ["parties/{}", "people/{}", "parties/{}/enrol", "people/{}/grant"])
async def test_unknown_records_reveal_nothing(admin: Client, path: str) -> None:
    for id in ("x", str(new_id())):
        await shown(admin, f"/admin/{path.format(id)}", 404)
    await shown(admin, "/admin/establish/consumer", 404)


async def test_the_health_page_shows_the_error_and_its_position(
    platform: Platform, admin: Client
) -> None:
    async with platform.pool.connection() as connection:
        await connection.execute(
            "update views.tracking set failed_at = 3, failure = 'KeyError(level)'"
            " where name = 'tracking'"
        )
    page = await shown(admin, "/admin/views")
    assert "KeyError(level)" in page
    assert "gongzhi views rebuild tracking" in page
    assert "个视图已停止更新" in await shown(admin, "/admin")


async def test_switching_to_no_party_of_hers_asks_again(admin: Client) -> None:
    form = hidden(await shown(admin, "/switch"))
    for party in ("", str(new_id())):
        async with admin.post("/switch", data={**form, "party": party}) as answer:
            assert answer.status == 422
            assert "请在下面选一个单位" in await answer.text()
