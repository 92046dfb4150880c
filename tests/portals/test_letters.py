"""Letters through the pages: seen as a draft, made, opened by whom they are for."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID

import pytest

from services.actions.change import begin
from services.actions.contacts import StateContact, state_contact
from services.actions.establish import EstablishCouncil
from services.actions.parties import Party
from services.heads import stored
from services.platform import Platform
from tests.caught_up import caught_up
from tests.letters.sample import words
from tests.people import ADMIN, COUNCIL, ZHAO
from tests.portals.desks import Client, send, send_anyway, shown, signed_in
from tests.portals.lodging import PAGES, fields, know, lodge, visitor

pytestmark = pytest.mark.postgres


async def test_from_the_decision_to_the_letter_she_opened(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as zhao, visitor(platform) as she:
        number, id = await _lodged(platform, she)
        here = f"/council/complaints/{id}/letters"
        assert "还缺：受理决定" in await shown(zhao, here)

        await send(zhao, f"/council/complaints/{id}/accept")
        page = await shown(zhao, here)
        assert f"{here}/make/form-5" in page
        draft = await zhao.get(f"{here}/make/form-5")
        assert (await draft.read()).startswith(b"%PDF")
        assert draft.headers["Cache-Control"] == "private, no-store"

        page = await send_anyway(zhao, here, f"{here}/make/form-5", 200)
        assert "消委〔" in page
        letter = re.search(rf"{here}/([0-9a-f-]+)\.pdf", page)
        assert letter is not None
        made = await (await zhao.get(letter[0])).read()
        assert sha256(made).hexdigest()[:16] in page

        await _follow(she, number)
        hers = await shown(she, "/track/complaint/letters")
        assert "投诉受理决定书" in hers
        unopened = await she.get(f"/track/complaint/letters/{letter[1]}.pdf", allow_redirects=False)
        assert unopened.status == 303
        token = fields(await (await she.get("/track/complaint/letters")).text())
        opened = await she.post(f"/track/complaint/letters/{letter[1]}/open", data=token)
        assert await opened.read() == made
        assert "已送达" in await shown(zhao, here)

        await platform.reads.record()
        await caught_up(platform)
        assert ">制作、打开文书<" in await shown(she, "/track/complaint/data")


async def test_what_a_letter_lacks_is_said_and_nothing_is_made(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as zhao, visitor(platform) as she:
        _, id = await _lodged(platform, she)
        here = f"/council/complaints/{id}/letters"
        said = await send_anyway(zhao, here, f"{here}/make/form-6", 422)
        assert "《投诉不予受理决定书》还缺：不予受理决定" in said
        assert "还没有文书" in said
        await shown(zhao, f"{here}/make/form-99", 404)


async def test_a_public_notice_counts_later_and_says_why_and_what_proves_it(
    platform: Platform,
) -> None:
    async with signed_in(platform, ZHAO) as zhao, visitor(platform) as she:
        _, id = await _lodged(platform, she)
        here = f"/council/complaints/{id}/letters"
        page = await send_anyway(zhao, here, f"{here}/make/receipt", 200)
        at = re.search(rf"{here}/[0-9a-f-]+/deliver", page)
        assert at is not None
        page = await send(zhao, at[0], way="notice", proof="本会公告栏，11月28日张贴")
        for said in (
            "公告中，期满视为送达",
            "自发布之日起经过三十日",
            "第八十二条第五项",
            "本会公告栏",
        ):
            assert said in page
        assert "已送达" not in page


async def test_where_the_office_is_reached_stands_in_its_letters(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as zhao, visitor(platform) as she:
        _, id = await _lodged(platform, she)
        here = f"/council/complaints/{id}/letters"
        await send(zhao, f"/council/complaints/{id}/accept")
        assert "还没有登记办公电话" in await shown(zhao, here)
        enters = EstablishCouncil(by=ADMIN, name=COUNCIL.name, level="city", division="350100")
        await begin(platform.log, Party, UUID(COUNCIL.id), enters, Party.establish_council)
        for phone in ("0591-00000000", "0591-87500000 转 12"):
            states = StateContact(by=ADMIN, party=COUNCIL.id, phone=phone, address="湖东路1号")
            await platform.perform(state_contact, states)
        assert "还没有登记办公电话" not in await shown(zhao, here)
        said = words(await (await zhao.get(f"{here}/make/form-5")).read())
        assert "联系电话：0591-87500000转12" in said


async def test_the_receipt_names_the_entry_of_the_log(platform: Platform) -> None:
    """What is printed is what anybody can hold against the log (R36)."""
    async with signed_in(platform, ZHAO) as zhao, visitor(platform) as she:
        number, id = await _lodged(platform, she)
        here = f"/council/complaints/{id}/letters"
        page = await send_anyway(zhao, here, f"{here}/make/receipt", 200)
        (made,) = re.findall(rf"{here}/[0-9a-f-]+\.pdf", page)
        said = words(await (await zhao.get(made)).read())
        (first,) = (await platform.log.load(id))[:1]
        entry = await stored.one(platform.pool, first.position)
        assert entry is not None
        assert number in said
        assert entry.entry.state_hash.hex() in said


async def _lodged(platform: Platform, she: Client) -> tuple[str, UUID]:
    """Number and id of a complaint that the council sees."""
    know(platform)
    number = await lodge(she)
    await caught_up(platform)
    row = await platform.views.complaints.numbered(number)
    assert row is not None
    return number, row["id"]


async def _follow(she: Client, number: str) -> None:
    page = await (await she.get("/track")).text()
    digits = PAGES[-1]["phone"][-4:]
    await she.post("/track", data={**fields(page), "number": number, "digits": digits})
