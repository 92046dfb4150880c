"""S11: a reader cannot write, and changes of permission are explained to who they concern."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.journeys.people import Person, person
from tests.portals.lodging import fields

pytestmark = pytest.mark.postgres

ASSOCIATION = "福建省电动自行车行业协会"


async def test_a_reader_cannot_write_and_changes_are_explained(served: str) -> None:
    async with person(served, "fuzhou") as owner, person(served, "xiehui") as association:
        id, number = await a_complaint(owner)
        mine, theirs = f"/council/shared/complaint/{id}", f"/association/shared/complaint/{id}"
        party = await offers_to_read(owner, mine)
        await association.sends(f"{theirs}/accept")
        await the_reader_cannot_write(association, theirs, number)
        await two_errors_at_once(owner, f"{mine}/level?party={party}")
        asked = {"relation": "contributor", "with_message": "yes"}
        await sends(owner, f"{mine}/level?party={party}", **asked, message="请补充行业检测数据")
        inbox = await association.sees("/association/shared")
        assert "查阅方 → 参与方" in inbox
        assert "请补充行业检测数据" in inbox
        assert "福州市消费者权益保护委员会" in inbox
        after = await association.sends(f"{theirs}/accept")
        assert "查阅方 → 参与方" in after, "the timeline says it"
        stated = await association.sends(f"{theirs}/statement", note="抽检三批次均未过检")
        assert "抽检三批次均未过检" in stated
        assert "抽检三批次均未过检" in await owner.sees(mine)


async def sends(one: Person, form: str, **typed: str) -> str:
    """The form of an address with a query, sent to where it came from."""
    page = await one.sees(form)
    async with one.http.post(one.address + form, data={**fields(page), **typed}) as answer:
        text = unescape(await answer.text())
    assert answer.status == 200, text
    return text


async def a_complaint(owner: Person) -> tuple[str, str]:
    """The first of the council's complaints that is open."""
    page = await owner.sees("/council/complaints?state=accepted")
    found = re.search(r"/council/complaints/([0-9a-f-]{36})\"[^>]*>([^<]+)<", page)
    assert found is not None
    assert "各方和权限" in await owner.sees(f"/council/complaints/{found[1]}")
    return found[1], found[2].strip()


async def offers_to_read(owner: Person, mine: str) -> str:
    """The association is asked to read; its id."""
    form = await owner.sees(f"{mine}/offer")
    chosen = re.search(rf'<option value="([^"]+)"[^>]*>\s*{ASSOCIATION}', form)
    assert chosen is not None
    await owner.sends(f"{mine}/offer", to=chosen[1], relation="reader", message="请了解行业情况")
    return chosen[1]


async def the_reader_cannot_write(reader: Person, theirs: str, number: str) -> None:
    page = await reader.sees(theirs)
    assert number in page
    assert f"{theirs}/statement" not in page, "no link to add anything"
    async with reader.http.get(f"{reader.address}{theirs}/statement") as answer:
        text = await answer.text()
    assert answer.status == 403
    assert "govuk-template" in text, "in our layout"


async def two_errors_at_once(owner: Person, form: str) -> None:
    page = await owner.sees(form)
    async with owner.http.post(owner.address + form, data=fields(page)) as answer:
        text = unescape(await answer.text())
    assert answer.status == 422
    assert "现在已经是“查阅方”" in text
    assert "请说明是否附一段话" in text
    sent = {**fields(text), "relation": "contributor", "with_message": "yes", "message": ""}
    async with owner.http.post(owner.address + form, data=sent) as answer:
        assert "请填写附言" in unescape(await answer.text())
