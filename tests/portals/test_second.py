"""The second proof: set up before anything opens, asked for after, never twice the same."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator

import pyotp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from portals.app import make_app
from services import desk, factors
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.people import ZHAO
from tests.portals.desks import Client, Directory, hidden

pytestmark = pytest.mark.postgres
WORDS = "一句足够长的口令"


@pytest.fixture
async def client(platform: Platform) -> AsyncIterator[Client]:
    """A browser before a platform that insists on two proofs."""
    platform.views.directory = Named()  # type: ignore[assignment,attr-defined,unused-ignore]
    await desk.set_password(platform.pool, ZHAO.person, "zhao.min", WORDS)
    app = make_app(platform, Settings(secret="of the tests"))  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as browser:
        yield browser


class Named(Directory):
    """The directory, which also knows people by id."""

    async def person(self, id: str) -> dict[str, object] | None:
        return {"name": ZHAO.name} if id == ZHAO.person else None


async def password(client: Client, next_: str = "") -> str:
    page = await (await client.get(f"/sign-in?next={next_}")).text()
    sent = await client.post(
        "/sign-in", data={**hidden(page), "name": "zhao.min", "password": WORDS}
    )
    assert sent.status == 200
    return await sent.text()


async def set_up(client: Client) -> tuple[str, list[str]]:
    """Her authenticator's secret and her recovery codes; she is in."""
    page = await password(client, "/council/complaints")
    assert "设置第二重验证" in page
    assert (await client.get("/council", allow_redirects=False)).status == 303, "nothing opens yet"
    secret = hidden(page)["secret"]
    wrong = await client.post("/sign-in/second", data={**hidden(page), "code": "000000"})
    again = await wrong.text()
    assert wrong.status == 422
    assert hidden(again)["secret"] == secret, "the phone need not scan it anew"
    done = await client.post(
        "/sign-in/second", data={**hidden(again), "code": pyotp.TOTP(secret).now()}
    )
    kept = await done.text()
    codes = re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>", kept)
    assert len(codes) == factors.CODES
    assert 'href="/council/complaints"' in kept
    assert (await client.get("/council")).status == 200
    return secret, codes


async def second(client: Client, code: str) -> tuple[int, str]:
    """Status and text of what follows her code."""
    page = await password(client)
    assert "第二重验证" in page
    sent = await client.post(
        "/sign-in/second", data={**hidden(page), "code": code}, allow_redirects=False
    )
    return sent.status, await sent.text()


async def out(client: Client) -> None:
    page = await (await client.get("/account")).text()
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf
    await client.post("/sign-out", data={"csrf": csrf[1]})


async def test_who_has_no_second_factor_sets_it_up_first(
    client: Client, platform: Platform
) -> None:
    secret, codes = await set_up(client)
    await out(client)
    used = pyotp.TOTP(secret).now()
    status, text = await second(client, used)
    assert (status, "已经用过" in text) == (422, True), "a code counts once"
    later = pyotp.TOTP(secret).at(time.time() + factors.STEP)
    assert (await second(client, later))[0] == 303
    await out(client)
    assert (await second(client, codes[0].upper()))[0] == 303
    await out(client)
    assert (await second(client, codes[0]))[0] == 422, "so does a recovery code"
    await caught_up(platform)
    rows = (await platform.views.trail.search(subject="accounts")).rows
    said = [row["topic"] for row in reversed(rows)]
    assert said[:4] == ["signed-in", "factor-added", "recovery-codes-issued", "session-ended"]


async def test_a_half_open_session_opens_nothing_and_has_an_end(
    client: Client, platform: Platform
) -> None:
    page = await password(client)
    for path in ("/council", "/account", "/account/totp"):
        assert (await client.get(path, allow_redirects=False)).status == 303
    async with platform.pool.connection() as connection:
        await connection.execute(
            "update desk.sessions set started_at = now() - interval '11 minutes'"
        )
    sent = await client.post(
        "/sign-in/second", data={**hidden(page), "code": "123456"}, allow_redirects=False
    )
    assert (sent.status, sent.headers["Location"]) == (303, "/sign-in")


async def test_guessing_codes_comes_to_rest(client: Client, platform: Platform) -> None:
    await set_up(client)
    await out(client)
    page = await password(client)
    for _ in range(10):
        sent = await client.post("/sign-in/second", data={**hidden(page), "code": "000000"})
        page = await sent.text()
        assert sent.status == 422
    sent = await client.post("/sign-in/second", data={**hidden(page), "code": "000000"})
    assert sent.status == 429


async def test_her_account(client: Client, platform: Platform) -> None:
    """Her password, the factor she must keep, her sessions."""
    await set_up(client)
    page = await (await client.get("/account")).text()
    assert "zhao.min" in page
    (factor,) = re.findall(r"/account/factors/([0-9a-f-]{36})/remove", page)
    csrf = hidden(page)["csrf"]
    kept = await client.post(f"/account/factors/{factor}/remove", data={"csrf": csrf})
    assert (kept.status, "唯一的第二重验证" in await kept.text()) == (422, True)
    asked = {"csrf": csrf, "present_password": "不是这个", "password": "passwordpassword"}
    refused = await client.post("/account/password", data=asked)
    text = await refused.text()
    assert (refused.status, "现在的密码不对" in text, "太容易猜到" in text) == (422, True, True)
    fresh = {"csrf": csrf, "present_password": WORDS, "password": "这是另外一句更长一些的口令"}
    done = await client.post("/account/password", data=fresh, allow_redirects=False)
    assert done.status == 303
    assert "密码已更换" in await (await client.get(done.headers["Location"])).text()
    assert await desk.check_password(platform.pool, "zhao.min", "这是另外一句更长一些的口令")


async def test_sessions_are_listed_and_ended(client: Client, platform: Platform) -> None:
    from services import sessions

    await set_up(client)
    elsewhere = await sessions.open_session(platform.pool, ZHAO.person, agent="Firefox Windows")
    page = await (await client.get("/account")).text()
    assert "Firefox · Windows" in page
    (id,) = re.findall(r"/account/sessions/([0-9a-f-]{36})/end", page)
    await client.post(f"/account/sessions/{id}/end", data={"csrf": hidden(page)["csrf"]})
    assert await sessions.session(platform.pool, elsewhere) is None
    page = await (await client.get("/account")).text()
    assert "Firefox" not in page
    async with platform.pool.connection() as connection:
        await connection.execute("update desk.sessions set used_at = now() - interval '31 minutes'")
    assert (await client.get("/account", allow_redirects=False)).status == 303
    await password(client)  # whoever comes next sweeps
    await caught_up(platform)
    rows = (await platform.views.trail.search(subject="accounts")).rows
    assert "三十分钟没有操作" in rows[0]["zh"]


def test_codes_of_the_specification() -> None:
    """RFC 6238, appendix B: the secret is 20 ASCII digits; the last six of eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for now, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924")):
        assert factors.step_of(secret, code, now) == now // factors.STEP
        assert factors.step_of(secret, code, now + factors.STEP) == now // factors.STEP
        assert factors.step_of(secret, code, now + 3 * factors.STEP) is None
    assert factors.step_of(secret, "２８７ ０８２", 59) == 1, "wide digits are digits"
    assert factors.step_of(secret, "充电器", 59) is None


async def test_another_secret_of_the_desk_opens_no_factor(platform: Platform) -> None:
    from cryptography.exceptions import InvalidTag

    secret = factors.fresh_secret()
    await factors.add_totp(platform.pool, b"one", ZHAO.person, secret, 0)
    assert await factors.take_code(platform.pool, b"one", ZHAO.person, "12 34 56") is None
    with pytest.raises(InvalidTag):
        await factors.take_code(platform.pool, b"two", ZHAO.person, "123456")


@pytest.mark.parametrize("known", ["zhao.min", "nobody"])
async def test_a_wrong_answer_takes_as_long_for_a_name_that_nobody_has(
    client: Client, platform: Platform, known: str
) -> None:
    """Both go through argon2: the medians are of one size, not one of them a tenth."""
    times = []
    for _ in range(4):
        begun = time.perf_counter()
        with pytest.raises(desk.NotSignedIn):
            await desk.check_password(platform.pool, known, "wrong", "10.0.0.1")
        times.append(time.perf_counter() - begun)
    alone = time.perf_counter()
    desk._verify(desk.NOBODY, "wrong")
    alone = time.perf_counter() - alone
    assert sorted(times)[1] > alone / 3
