"""The receipt that a consumer keeps: hers alone, and checked to the letter without us."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest

from events.proofs.keys import SignerKey
from events.proofs.writing import write_verifier
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from tests.portals.desks import Client, send, shown
from tests.portals.lodging import PAGES, fields, number_on, to_the_check, visitor

pytestmark = pytest.mark.postgres
KEY = SignerKey.generate("test.example/log")
POLICY = f"log {KEY.verifier}\nquorum none\n"


async def publish(platform: Platform) -> None:
    await Publisher(platform.pool, KeySigner(KEY)).publish()


async def checked(folder: Path, text: str, code: int) -> str:
    """What the verifier, alone in a folder, says of the receipt and her text."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-I", "verify.pyz", "--lang", "en", "receipt", "her.tlog-proof",
         "--policy", "policy.txt", "--text", text],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


async def test_her_own_text_is_checked_offline_to_the_letter(
    platform: Platform, tmp_path: Path
) -> None:
    async with visitor(platform) as she:
        address = await lodged(she)
        await publish(platform)
        answer = await she.get(f"{address}/proof")
        assert answer.status == 200
        assert ".tlog-proof" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        (tmp_path / "her.tlog-proof").write_bytes(await answer.read())
    (tmp_path / "policy.txt").write_text(POLICY)
    write_verifier(tmp_path / "verify.pyz")
    hers = PAGES[1]["facts"]
    assert "exactly what was recorded" in await checked(tmp_path, hers, 0)
    assert "not the one that was recorded" in await checked(tmp_path, f"{hers}。", 30)


async def lodged(she: Client) -> str:
    """The address of her receipt, where her browser was led."""
    sent = await she.post("/complain", data={**fields(await to_the_check(she)), "to": "send"})
    assert sent.status == 200, await sent.text()
    return str(sent.url.path)


async def test_who_only_has_the_address_gets_no_file(platform: Platform) -> None:
    async with visitor(platform) as she, visitor(platform) as other:
        address = await lodged(she)
        await publish(platform)
        answer = await other.get(f"{address}/proof", allow_redirects=False)
        assert (answer.status, answer.headers["Location"][:7]) == (303, "/track?")
        leads_on = 'class="govuk-button" href="/track/complaint"'
        assert leads_on in await (await she.get(address)).text()
        page = await (await other.get(address)).text()
        assert leads_on not in page
        assert f"{address}/proof" not in page


async def test_the_page_says_how_far_it_has_come(platform: Platform) -> None:
    async with visitor(platform) as she:
        address = await lodged(she)
        page = unescape(await (await she.get(address)).text())
        assert "约一秒后进入签名的日志" in page
        await publish(platform)
        page = unescape(await (await she.get(address)).text())
        assert "运营者无法否认收到过它" in page
        assert f"{address}/proof" in page
        assert "<svg" in page
        english = await (await she.get(address, params={"lang": "en"})).text()
        assert "Download the proof" in english
        assert number_on(english)


async def test_without_a_head_the_download_leads_back_to_the_page(platform: Platform) -> None:
    async with visitor(platform) as she:
        address = await lodged(she)
        answer = await she.get(f"{address}/proof", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, address)


def code_on(page: str) -> str:
    found = re.search(r">(\w{4}-\w{4}-\w{4})<", page)
    assert found, page
    return found[1]


async def test_the_query_code_is_hers_and_opens_her_complaint_alone(platform: Platform) -> None:
    async with visitor(platform) as she, visitor(platform) as other, visitor(platform) as anybody:
        address, another = await lodged(she), await lodged(other)
        page = await shown(she, address)
        number, code = number_on(page), code_on(page)
        assert "查询码</dt>" not in await shown(anybody, address)
        foreign = code_on(await shown(other, another))
        assert foreign != code
        await send(anybody, "/track", 422, number=number, digits=foreign)
        found = await send(anybody, "/track", number=number, digits=f" {code.lower()} ")
        assert f"投诉 {number}" in found
        assert code == code_on(await shown(anybody, address)), "who has proved it reads it again"


async def test_what_was_deleted_is_opened_by_no_code(platform: Platform) -> None:
    async with visitor(platform) as she, visitor(platform) as later:
        address = await lodged(she)
        page = await shown(she, address)
        await platform.vault.destroy([UUID(address.rpartition("/")[2])])
        said = {"number": number_on(page), "digits": code_on(page)}
        assert "对不上" in await send(later, "/track", 422, **said)
