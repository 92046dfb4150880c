"""Evidence of a report: handed in without a name, read where it is handled, handed over with it."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest

from events.evidence import FileAdded
from events.keyring import INFORMANTS, domain_of
from services.platform import Platform
from tests.caught_up import caught_up
from tests.files.samples import PDF, picture
from tests.people import CHEN, CONTACT, GULOU, JINAN, LI, WANG, ZHAO
from tests.portals.desks import Client, hidden, send, shown
from tests.portals.lodging import fields, visitor
from tests.portals.test_evidence import form
from tests.portals.test_reports import TELLS, the_id
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres
ANONYMOUS = {**TELLS, "anonymous": "yes", "name": "", "phone": ""}


async def posted(client: Client, path: str, typed: dict[str, str], **files: bytes) -> str:
    page = await shown(client, path)
    sent = await client.post(path, data=form({**fields(page), **typed}, **files))
    assert sent.status in (200, 422), await sent.text()
    return unescape(await sent.text())


async def reported(platform: Platform) -> str:
    """An anonymous report with a photo, and one more added when it is followed; its id."""
    async with visitor(platform) as she:
        refused = await posted(she, "/report", {**ANONYMOUS, "facts": ""}, 现场_jpg=picture())
        assert "请填写具体的线索" in refused
        assert "现场.jpg" in refused, "a refused form keeps its files"
        again = form({**fields(refused), **ANONYMOUS})
        receipt = await (await she.post("/report", data=again)).text()
        found = re.search(r"JB-\d{4}-\d{6}-\w", receipt)
        assert found, receipt
        id = await the_id(platform, found[0])
        mine = await shown(she, "/report/mine")
        assert f"/files/report/{id}" in mine
        added = await posted(she, f"/files/report/{id}/add", {"note": ""}, 送货单_pdf=PDF)
        assert "送货单.pdf" in added
        assert "现场.jpg" in added
    async with visitor(platform) as other:
        assert "现场.jpg" not in await (await other.get(f"/files/report/{id}")).text()
    await caught_up(platform)
    return id


async def test_files_of_a_report_are_the_reporters_and_who_handles_it(platform: Platform) -> None:
    id = await reported(platform)
    files = [
        each.event
        for each in await platform.log.load(UUID(id), opened=True)
        if isinstance(each.event, FileAdded)
    ]
    assert [each.named.subject for each in files] == [id, id]
    assert {each.only_for for each in files} == {GULOU.id}
    assert "举报人" in files[0].said().zh
    rows = await platform.views.files.rows("select subject, number from {rows}")
    assert {str(row["subject"]) for row in rows} == {id}
    async with platform.pool.connection() as connection:
        cursor = await connection.execute("select kek from vault.keys where subject = %s", (id,))
        (kek,) = await cursor.fetchone() or (None,)
    assert domain_of(str(kek)) == INFORMANTS
    async with desk(platform, LI) as clerk:
        page = await shown(clerk, f"/regulator/reports/{id}")
        assert "现场.jpg" in page
        assert "送货单.pdf" in page
        address = re.search(rf"/files/report/{id}/[0-9a-f-]{{36}}", page)
        assert address
        opened = await clerk.get(f"{address[0]}?anyway=1")
        assert opened.status == 200
        added = await posted(clerk, f"/files/report/{id}/add", {"note": "现场笔录另附"})
        assert "现场笔录另附" in added
    for by in (WANG, ZHAO, CHEN, CONTACT):
        async with desk(platform, by) as client:
            for path in (f"/files/report/{id}", f"{address[0]}?anyway=1"):
                assert "现场" not in await shown(client, path, 404)


async def test_a_report_changes_hands_and_its_lists_with_it(platform: Platform) -> None:
    id = await reported(platform)
    here = f"/regulator/reports/{id}"
    async with desk(platform, LI) as li:
        await send(li, f"{here}/charge/claim")
        page = await shown(li, f"{here}/charge/hand-over")
        assert ZHAO.party.name not in page, "no council is offered a report"
        answers = {**hidden(page), "to": JINAN.id, "reason": "违法行为发生在晋安区"}
        sent = await li.post(f"{here}/charge/hand-over", data=answers)
        assert sent.status == 200, await sent.text()
    await caught_up(platform)
    async with desk(platform, WANG) as wang:
        assert here in await shown(wang, "/regulator/hand-overs")
        assert f"{here}/charge/accept" in await shown(wang, here)
        await shown(wang, f"{here}/verify", 404)
        await send(wang, f"{here}/charge/accept")
        await caught_up(platform)
        assert "现场.jpg" in await shown(wang, here)
        await send(wang, f"{here}/verify")
    async with desk(platform, LI) as li:
        await shown(li, here, 404)
    (owed,) = await platform.views.obligations.of_record(id)
    assert owed["debtor"] == JINAN.id
    row = await platform.views.report_tracking.one(id) or {}
    assert row["handler_name"] == JINAN.name
