"""Bad input and a database that goes away: a clear page each time, never a 500, nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from html import unescape
from io import BytesIO
from time import monotonic
from typing import Any

import psycopg
import pytest

from deploy.postgres import Server, find_trees
from events import waiting
from events.event import today
from services import desk
from services.connecting import WAIT
from services.platform import Platform
from services.told import told
from tests.caught_up import caught_up
from tests.database import Dsns, data_directory, fresh_database
from tests.opening import open_platform
from tests.people import OTHER_COUNCIL, ZHAO
from tests.portals.desks import Client, date_parts, hidden, send, shown, signed_in
from tests.portals.lodging import (
    a_complaint,
    fields,
    go,
    know,
    number_on,
    the_row,
    to_the_check,
    visitor,
)

pytestmark = pytest.mark.postgres

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="facts"\r\n'
PAGES = ("/complain", "/track", "/sign-in")


@pytest.fixture
async def she(platform: Platform) -> AsyncIterator[Client]:
    async with visitor(platform) as client:
        yield client


@pytest.fixture
async def zhao(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, ZHAO) as client:
        know(platform)
        yield client


# -- what arrives broken -----------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"facts=\xff\xfe", FORM),
        (b"facts=abc", f"{FORM}; charset=nonsense"),
        (rb"facts=\ud800", f"{FORM}; charset=unicode_escape"),
        (b"--x\r\nrubbish", PARTS),
        (b"--x\r\nrubbish", "multipart/form-data"),
        (HEAD + b"\r\n\xff\xfe\r\n--x--\r\n", PARTS),
        (HEAD + b"Content-Type: text/plain; charset=nonsense\r\n\r\nabc\r\n--x--\r\n", PARTS),
    ],
)
async def test_what_cannot_be_read_is_refused_on_a_page(
    platform: Platform, she: Client, path: str, body: bytes, kind: str
) -> None:
    answer = await she.post(path, data=body, headers={"Content-Type": kind})
    page = await answer.text()
    assert answer.status == 400, page
    assert "收到的内容无法读取，没有保存" in page
    assert page.count("<h1") == 1
    assert await platform.log.size() == 0


async def test_a_body_that_is_not_the_compressed_file_it_says(she: Client) -> None:
    packed = {"Content-Type": FORM, "Content-Encoding": "gzip"}
    answer = await she.post("/complain", data=b"facts=abc", headers=packed)
    assert (answer.status, "无法读取" in await answer.text()) == (400, True)


@pytest.mark.parametrize("path", PAGES)
async def test_what_is_too_much_is_refused_with_a_sentence(she: Client, path: str) -> None:
    many = b"&".join(b"a%d=1" % n for n in range(5_000))
    for body in (many, BytesIO(bytes(26 * 1024 * 1024))):
        answer = await she.post(path, data=body, headers={"Content-Type": FORM})
        page = await answer.text()
        assert answer.status == 413
        assert "没有收到" in page
        assert page.count("<h1") == 1


async def test_a_character_no_text_can_hold_stops_nothing(platform: Platform, she: Client) -> None:
    page = await (await she.get("/complain")).text()
    for typed in (
        {"respondent": "闽海\0店", "respondent_address": "\0一号", "place": "350102"},
        {"category": "quality", "product": "灯\0", "facts": "坏\0了", "injury": "no"},
        {"request": "退\0货", "may_mediate": "yes", "may_publish": "no"},
        {"name": "陈\0小姐", "phone": "138\0 00001234", "address": "鼓楼\0"},
    ):
        page = await go(she, page, **typed)
    receipt = await go(she, page, to="send")
    await caught_up(platform)
    assert not [b.view.name for b in platform.builders if b.failed]
    row = await platform.views.complaints.numbered(number_on(receipt))
    assert row is not None
    assert (await told(platform.log, row["id"]))["facts"] == "坏了"


async def test_a_name_no_text_can_hold_is_just_wrong(she: Client) -> None:
    page = fields(await (await she.get("/sign-in")).text())
    answer = await she.post("/sign-in", data={**page, "name": "zhao\0", "password": "x\0"})
    assert (answer.status, "登录名或密码不对" in await answer.text()) == (422, True)


@pytest.mark.parametrize(
    "cookie",
    ["complaint=a.b.c", "complaint=.", 'complaint="', "gongzhi=%00%ff", "gongzhi=x\x80",
     "gongzhi=" + "x" * 7000, "visitor=ÿ" * 30, "visitor=%00%00%00%00%00%00%00", "lang=fr; large=9",
     ";;=;", "=x"],
)  # fmt: skip
async def test_a_broken_cookie_is_no_cookie(she: Client, cookie: str) -> None:
    for path in ("/", "/complain", "/track", "/sign-in", "/help"):
        answer = await she.get(path, headers={"Cookie": cookie})
        page = await answer.text()
        assert answer.status == 200, page
        assert '<html lang="zh-CN"' in page
    proof = await she.get("/track/complaint", headers={"Cookie": cookie}, allow_redirects=False)
    assert (proof.status, proof.headers["Location"]) == (303, "/track")


@pytest.mark.parametrize("said", ["fr", "", "%ff", "%00", "../../etc", "zh-CN", "EN"])
async def test_an_unknown_language_is_chinese(she: Client, said: str) -> None:
    answer = await she.get(f"/help?lang={said}")
    assert answer.status == 200
    assert '<html lang="zh-CN"' in await answer.text()
    assert "lang" not in answer.cookies


@pytest.mark.parametrize(
    "query",
    ["at=99999999999999999999", "at=-1", "at=%00", "at=²", "done=%00", "done=Command", "next=%ff",
     "number=%ff%00", "page=x", "page=-1", "page=99999999999999999999", "text=%00", "state=x"],
)  # fmt: skip
async def test_a_strange_address_is_a_page(zhao: Client, query: str) -> None:
    for path in ("/", "/track", "/help", "/council", "/council/complaints", "/council/imports"):
        await shown(zhao, f"{path}?{query}")


# -- what may not be ---------------------------------------------------------------------


async def test_what_is_not_there_and_what_is_not_hers_look_the_same(
    platform: Platform, zhao: Client
) -> None:
    other = await a_complaint(platform, OTHER_COUNCIL)
    nobody = "01900000-0000-7000-8000-000000000001"
    pages = [
        await (await zhao.get(f"/council/complaints/{id}{tail}")).read()
        for id in (other["id"], nobody, "x", "%00")
        for tail in ("", "/accept")
    ]
    assert len(set(pages)) == 1
    assert "没有找到这一页" in pages[0].decode()
    page = hidden(await shown(zhao, "/council"))
    posted = [
        await zhao.post(f"/council/complaints/{id}/accept", data=page)
        for id in (other["id"], nobody)
    ]
    assert [answer.status for answer in posted] == [404, 404]
    assert {await answer.read() for answer in posted} == {pages[0]}


async def test_a_wrong_credit_code_comes_back_with_everything(she: Client) -> None:
    page = await (await she.get("/complain")).text()
    wrong = {"respondent": "满堂红灯具店", "place": "350102", "credit_code": "91350100M000100Y44"}
    page = unescape(await go(she, page, 422, **wrong))
    assert "校验" in page
    for value in wrong.values():
        assert f'value="{value}"' in page


async def test_a_date_in_the_future_comes_back_with_everything(
    platform: Platform, zhao: Client
) -> None:
    row = await a_complaint(platform)
    path = f"/council/complaints/{row['id']}/refuse"
    ground = {"ground": "R3", "reason": "商品与服务不在职责范围之内"}
    size = await platform.log.size()
    late = date_parts("occurred_on", today().replace(year=today().year + 1, day=1).isoformat())
    page = await send(zhao, path, 422, **ground, **late)
    assert "将来" in page
    assert ground["reason"] in page
    assert await platform.log.size() == size


async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    platform: Platform, zhao: Client
) -> None:
    row = await a_complaint(platform)
    path = f"/council/complaints/{row['id']}"
    reason = "商品与服务不在职责范围之内"
    refuse = hidden(await shown(zhao, f"{path}/refuse"))
    refuse |= {"ground": "R3", "reason": reason}
    accept = hidden(await shown(zhao, f"{path}/accept"))
    size = await platform.log.size()
    answers = await asyncio.gather(
        zhao.post(f"{path}/accept", data=accept, allow_redirects=False),
        zhao.post(f"{path}/refuse", data=refuse, allow_redirects=False),
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    assert await platform.log.size() == size + 1
    told = next(answer for answer in answers if answer.status == 409)
    page = unescape(await told.text())
    assert "赵敏" in page, "who"
    assert "受理" in page, "what"
    if told is answers[1]:
        assert reason in page, "her text"
    assert (await the_row(platform, row["id"]))["state"] in ("accepted", "refused")


# -- the database goes away --------------------------------------------------------------


@pytest.fixture
def own() -> Iterator[tuple[Server, Dsns]]:
    """A server that may be stopped."""
    with data_directory() as data:
        server = Server(data, find_trees()[0])
        server.ensure()
        try:
            yield server, fresh_database(server)
        finally:
            server.stop()


async def test_a_stopped_database_is_said_and_works_again_after_its_start(
    own: tuple[Server, Dsns],
) -> None:
    server, dsns = own
    async with open_platform(dsns.owner, dsns.app) as platform, visitor(platform) as she:
        check = await to_the_check(she)
        await asyncio.to_thread(server.stop)
        begun = monotonic()
        for path in ("/", "/receipt/01900000-0000-7000-8000-000000000001"):
            await away(await she.get(path))
        assert monotonic() - begun < 2 * WAIT + 2, "nobody waits half a minute to be told"
        kept = await away(await she.post("/complain", data={**fields(check), "to": "send"}))
        assert "烧坏桌子" in kept
        assert (await she.get("/healthz")).status == 503
        await asyncio.to_thread(server.ensure)
        receipt = await again(she, kept)
        assert number_on(receipt)
        second = await she.post("/complain", data=fields(kept))
        assert number_on(await second.text()) == number_on(receipt), "still one complaint"
        await caught_up(platform)
        assert (await she.get("/healthz")).status == 200


async def away(answer: Any) -> str:
    """The page that says the database is away; when to come back stands in its head."""
    page: str = await answer.text()
    assert answer.status == 503, page
    assert int(answer.headers["Retry-After"]) > 0
    assert "数据库暂时不可用" in page
    return page


async def again(she: Client, kept: str) -> str:
    """One click on the page that kept everything, as soon as the database takes it."""
    async with asyncio.timeout(120):
        while (answer := await she.post("/complain", data=fields(kept))).status == 503:
            await asyncio.sleep(0.2)
    assert answer.status == 200, await answer.text()
    return str(await answer.text())


async def test_a_database_that_can_only_be_read_is_said_as_that_and_keeps_what_was_typed(
    own: tuple[Server, Dsns],
) -> None:
    _, dsns = own
    async with open_platform(dsns.owner, dsns.app) as platform, visitor(platform) as she:
        check = await to_the_check(she)
        await only_read(dsns, "on")
        kept = await refused_as_read_only(she, {**fields(check), "to": "send"})
        assert "烧坏桌子" in kept
        assert "磁盘" not in kept
        await only_read(dsns, "off")
        assert number_on(await again(she, kept))


async def only_read(dsns: Dsns, switch: str) -> None:
    """From now on the application's connections may write, or not; those it has are ended."""
    name = psycopg.conninfo.conninfo_to_dict(dsns.owner)["dbname"]
    async with await psycopg.AsyncConnection.connect(dsns.owner, autocommit=True) as owner:
        for statement in (
            "set default_transaction_read_only = off",
            f'alter database "{name}" set default_transaction_read_only = {switch}',
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()",
        ):
            await owner.execute(statement.encode())


async def refused_as_read_only(she: Client, form: dict[str, str]) -> str:
    """What the page says once the connections that broke are replaced."""
    async with asyncio.timeout(120):
        while "数据库现在只能读" not in (page := await _sent(she, form)):
            await asyncio.sleep(0.2)
    return page


async def _sent(she: Client, form: dict[str, str]) -> str:
    answer = await she.post("/complain", data=form)
    assert answer.status == 503, await answer.text()
    return str(await answer.text())


async def test_signing_in_while_the_database_is_away_shows_no_password(
    own: tuple[Server, Dsns],
) -> None:
    server, dsns = own
    async with open_platform(dsns.owner, dsns.app) as platform, visitor(platform) as she:
        await desk.set_password(platform.pool, ZHAO.person, "zhao", "一句足够长的口令")
        page = fields(await (await she.get("/sign-in")).text())
        await asyncio.to_thread(server.stop)
        typed = {**page, "name": "zhao", "password": "一句足够长的口令"}
        kept = await away(await she.post("/sign-in", data=typed))
        assert "一句足够长的口令" not in kept


# -- a version that is being built -------------------------------------------------------


async def test_a_view_that_is_still_being_built_is_said_and_not_an_error(
    platform: Platform, zhao: Client
) -> None:
    async with platform.pool.connection() as connection:
        for statement in platform.views.complaints.drop():
            await connection.execute(statement.encode())
    for language, words in (("zh", "正在整理数据"), ("en", "preparing its lists")):
        async with zhao.get("/council/complaints", params={"lang": language}) as answer:
            assert answer.status == 503
            assert "Retry-After" in answer.headers
            assert words in unescape(await answer.text())


async def test_too_many_at_once_is_said_and_keeps_what_was_typed(
    platform: Platform, she: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = fields(await to_the_check(she)) | {"to": "send", "facts": "充电器着火，插座烧黑"}
    monkeypatch.setattr(waiting, "MOST_WAITING_BYTES", 0)
    platform.log.writer.queue.waiting.append(_one_that_waits())
    async with she.post("/complain", data=form) as answer:
        page = unescape(await answer.text())
        assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
        assert "现在提交的人太多" in page
        assert "充电器着火，插座烧黑" in page
        assert "数据库" not in page


def _one_that_waits() -> waiting.Waiting:
    done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    done.cancel()
    return waiting.Waiting([], None, done, 0, 0.0)


async def test_what_is_refused_has_a_way_back_within_our_pages(platform: Platform) -> None:
    """To the page that led here; an address of others is never shown."""
    async with visitor(platform) as she:
        ours = f"http://{she.host}:{she.port}"
        for said, back in (
            (f"{ours}/track?number=1", "/track?number=1"),
            ("https://elsewhere.example/track", ""),
            (f"{ours}//elsewhere.example/track", ""),
            (f"{ours}/no-such-page", ""),
        ):
            page = await (await she.get("/no-such-page", headers={"Referer": said})).text()
            assert ("返回上一页" in page) == bool(back), said
            assert f'href="{back}"' in page or not back
