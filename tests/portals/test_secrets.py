"""Secrets stand in no log and on no error page, whatever fails on the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from html import unescape
from io import StringIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from events.keyring import Keyring
from portals.app import make_app
from services import desk, factors, logs, sessions
from services.platform import Platform
from services.private_files import KeyTrouble
from services.settings import Settings
from services.vault_keys import parsed
from tests.people import ZHAO
from tests.portals.lodging import fields

pytestmark = pytest.mark.postgres

CANARIES = {
    "password": "canary-passw0rd-8431",
    "code": "canary-c0de-5512",
    "bearer": "gzt_canary-t0ken-9921",
    "oidc": "canary-0idc-code-7713",
    "state": "canary-state-6621",
    "cookie": "canary-c00kie-0031",
    "metrics": "canary-metrics-4410",
}


@pytest.fixture
def everything() -> Iterator[StringIO]:
    """All that is logged, at its most talkative."""
    stream, root = StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up("json", "debug", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


async def broken(request: web.Request) -> web.StreamResponse:
    """A page that fails with what was sent in its hands."""
    posted = await request.post()
    raise RuntimeError(f"worn out\n{dict(posted)!r} {request.cookies!r} {dict(request.headers)!r}")


def held(text: str) -> list[str]:
    return [name for name, canary in CANARIES.items() if canary in text]


async def test_secrets_stand_in_no_log_and_on_no_error_page(
    platform: Platform, everything: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    await desk.set_password(platform.pool, ZHAO.person, "zhao.min", "一句足够长的口令")
    chosen = {"secret": "of the tests", "metrics_token": "another"}
    app = make_app(platform, Settings.model_validate(chosen))
    app.router.add_post("/broken", broken)
    # `gongzhi serve` writes no access log, which would hold addresses with their codes.
    monkeypatch.setattr(logging.getLogger("aiohttp.access"), "disabled", True)
    async with TestClient(TestServer(app)) as she:
        form = fields(await (await she.get("/sign-in")).text())
        secret = {"password": CANARIES["password"], "new_password": CANARIES["password"]}
        cookie = {"Cookie": f"gongzhi={CANARIES['cookie']}"}
        for path in ("/sign-in", "/broken", "/account/password", "/complain", "/none"):
            sent = {**form, **secret, "name": "zhao.min"}
            pages.append(await (await she.post(path, data=sent)).text())
            pages.append(await (await she.post(path, data=sent, headers=cookie)).text())
        back = f"/sign-in/back?code={CANARIES['oidc']}&state={CANARIES['state']}"
        pages.append(await (await she.get(back)).text())
        for path, token in (("/metrics", "metrics"), ("/log/checkpoint", "bearer"),
                            ("/log/states/x001", "bearer")):  # fmt: skip
            shown = {"Authorization": f"Bearer {CANARIES[token]}"}
            pages.append(await (await she.get(path, headers=shown)).text())
        await _second_proof(platform, she, pages)
        monkeypatch.setattr(desk, "_CREDENTIAL", "select broken from nowhere where '' = %s")
        sent = {**form, **secret, "name": "li.qiang"}
        answer = await she.post("/sign-in", data=sent)
        pages.append(await answer.text())
        assert answer.status >= 500
    assert held(everything.getvalue()) == []
    assert held(unescape("".join(pages))) == []


async def _second_proof(platform: Platform, she: TestClient, pages: list[str]) -> None:  # type: ignore[type-arg]
    """A wrong code, from who has given her password."""
    await factors.add_totp(platform.pool, b"of the tests", ZHAO.person, factors.fresh_secret(), 0)
    half = await sessions.open_session(platform.pool, ZHAO.person, proven=False)
    shown = {"Cookie": f"gongzhi={half}"}
    form = fields(await (await she.get("/sign-in/second", headers=shown)).text())
    sent = {**form, "code": CANARIES["code"]}
    answer = await she.post("/sign-in/second", data=sent, headers=shown)
    assert answer.status == 422
    pages.append(await answer.text())
    pages.append(await (await she.post("/sign-in/second", data=sent)).text())


def test_a_key_that_cannot_be_read_is_not_said() -> None:
    key = Keyring.generate().text
    for torn in (key[:-3], key + "canary", "canary " + key):
        with pytest.raises(KeyTrouble) as trouble:
            parsed(torn, "GONGZHI_VAULT_KEY")
        assert key[8:40] not in str(trouble.value)
        assert trouble.value.__cause__ is None


def test_settings_that_are_printed_hold_no_secret() -> None:
    chosen = Settings.model_validate(
        {name: "canary-8812" for name in ("secret", "metrics_token", "vault_key", "log_key")}
        | {"database_url": "postgresql://u:canary-8812@h/d"}
    )
    assert "canary-8812" not in f"{chosen.shown()} {chosen!r} {chosen}"
