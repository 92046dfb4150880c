"""Tokens: they read the log on behalf of who made them, and open nothing else."""

from __future__ import annotations

import re

import pytest

from events.ids import new_id
from events.log import Append
from events.proofs.keys import SignerKey
from services import tokens
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from tests.events.test_log import accepted
from tests.people import ZHAO
from tests.portals.desks import hidden
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres


async def test_a_token_is_told_once_reads_the_log_and_ends(platform: Platform) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()]) for _ in range(3)])
    await Publisher(platform.pool, KeySigner(SignerKey.generate("test.example/log"))).publish()
    async with desk(platform, ZHAO) as she:
        page = await (await she.get("/account/tokens")).text()
        assert (await she.post("/account/tokens", data=hidden(page))).status == 422
        made = await she.post("/account/tokens", data={**hidden(page), "label": "市局镜像"})
        found = re.search(r"gzt_[\w-]{43}", await made.text())
        assert found
        again = await (await she.get("/account/tokens")).text()
        assert found[0] not in again
        assert "市局镜像" in again
        bearer = {"Authorization": f"Bearer {found[0]}"}
        she.session.cookie_jar.clear()
        assert (await she.get("/log/states/000.p/3", headers=bearer)).status == 200
        assert (await she.get("/log/states/000.p/3")).status == 403
        out = await she.get("/council", headers=bearer, allow_redirects=False)
        assert out.status == 303, "no page opens with it"
        (one,) = await tokens.tokens_of(platform.pool, ZHAO.person)
        assert one.used_at is not None
        assert await tokens.end(platform.pool, ZHAO.person, one.id) == "市局镜像"
        assert await tokens.end(platform.pool, ZHAO.person, one.id) is None
        assert (await she.get("/log/states/000.p/3", headers=bearer)).status == 403
