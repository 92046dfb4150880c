"""What is told at once becomes two linked cases; the report shows to nobody else (121 §9)."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest

from events.evidence import FileAdded
from events.submissions import SubmissionReceived
from services.platform import Platform
from tests.caught_up import caught_up
from tests.files.samples import picture
from tests.people import CHEN, CONTACT, GULOU, LI, MINHAI, WANG, ZHAO
from tests.portals.desks import Client, hidden, send, shown
from tests.portals.lodging import PAGES, a_complaint, fields, go, number_on, visitor
from tests.portals.test_evidence import form
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres
CANARY = "线索金丝雀：夜里从后门装车"
FILE = "仓库金丝雀照片"
#: The id of no file.
UNKNOWN = "00000000-0000-7000-8000-00000000ffff"
#: Where each of the others looks: every page of theirs that links lead to.
HOMES = {ZHAO: "/council", CHEN: "/association", CONTACT: "/enterprise", WANG: "/regulator"}


async def lodged(client: Client) -> tuple[str, str]:
    """A complaint with a report: the numbers of both."""
    page = await (await client.get("/complain")).text()
    for n, typed in enumerate(PAGES):
        more = {"also_report": "yes", "clue": CANARY} if n == 2 else {}
        if n == 1:
            photo = form({**fields(page), **typed, "upload": "1"}, **{f"{FILE}_jpg": picture()})
            page = await (await client.post("/complain", data=photo)).text()
            assert f"{FILE}.jpg" in page
        if more:
            page = await go(client, page, 422, **typed, also_report="yes", clue="")
            assert "请填写举报的线索" in page
        page = await go(client, page, **{**typed, **more})
    receipt = await go(client, page, to="send")
    reported = await shown(client, "/report/receipt")
    found = re.search(r"JB-\d{4}-\d{6}-\w", reported)
    assert found
    assert found[0] not in receipt, "a receipt may be shown to the business"
    assert re.search(r">\w{4}-\w{4}-\w{4}<", reported), "with a query code of its own"
    return number_on(receipt), found[0]


async def everything(client: Client, home: str) -> str:
    """All pages that the links of a desk lead to, in one text."""
    waiting, seen, texts = [home], set(), []
    while waiting:
        address = waiting.pop()
        answer = await client.get(address)
        if answer.content_type != "text/html":
            continue
        texts.append(text := unescape(await answer.text()))
        for link in re.findall(r'href="(/[^"#]*)"', text):
            kind = re.sub(r"[0-9a-f-]{36}", "{id}", link.partition("?")[0])
            if link.startswith(home) and (kind not in seen or "{id}" in kind) and link not in seen:
                seen |= {kind, link}
                waiting.append(link)
    return "\n".join(texts)


async def test_complaint_and_report_go_their_own_ways(platform: Platform) -> None:
    async with visitor(platform) as client:
        complaint, report = await lodged(client)
    await caught_up(platform)
    (received,) = await platform.log.of_kinds([SubmissionReceived])
    assert isinstance(received.event, SubmissionReceived)
    assert [each.number for each in received.event.matters] == [complaint, report]
    assert received.event.only_for == GULOU.id
    told, reported = (UUID(each.record) for each in received.event.matters)
    for each in await platform.log.load(told, opened=True):
        assert report not in str(each.event), "the complaint knows nothing of the report"
    row = await platform.views.reports.numbered(report, GULOU.id)
    assert row is not None
    async with desk(platform, LI) as clerk:
        page = await shown(clerk, f"/regulator/reports/{row['id']}")
        assert CANARY in page
        assert f"{FILE}.jpg" in page, "what was handed in with both is evidence of both"
        assert complaint in page, "who handles the report knows what was told with it"
        page = await shown(clerk, f"/files/report/{reported}/add")
        more = form(hidden(page), **{f"{FILE}二_jpg": picture()})
        added = await clerk.post(f"/files/report/{reported}/add", data=more)
        assert f"{FILE}二.jpg" in await added.text()
        await send(clerk, f"/regulator/reports/{row['id']}/verify")
    await caught_up(platform)
    for by, home in HOMES.items():
        async with desk(platform, by) as client:
            page = await everything(client, home)
            assert len(page) > 5_000
            for canary in (CANARY, report, "举报人 1 号", str(row["id"]), f"{FILE}二"):
                assert canary not in page, f"{by.party.name} sees {canary}"
            await shown(client, f"/regulator/reports/{row['id']}", 404 if by is WANG else 403)
            await shown(client, f"/files/report/{row['id']}", 404)
    council = await platform.views.complaints.handled_by(ZHAO.party.id)
    assert [each["number"] for each in council.rows] == [complaint]


async def test_a_clerk_splits_a_complaint_and_takes_it_back(platform: Platform) -> None:
    row = await a_complaint(platform, GULOU, LI, enterprise=MINHAI)
    here = f"/regulator/complaints/{row['id']}"
    async with desk(platform, LI) as clerk:
        assert f"{here}/split" in await shown(clerk, here)
        told = {"told": CANARY, "reason": "材料里同时有违法线索"}
        await send(clerk, f"{here}/split", 422, kind="", **told)
        page = await send(clerk, f"{here}/split", kind="report", **told)
        found = re.search(r'href="(/regulator/reports/[^"]+)">(JB-\S+?)<', page)
        assert found
        report = await shown(clerk, found[1])
        assert CANARY in report
        assert row["number"] in report
        assert "陈小姐" not in report, "from here on the consumer is a reporter's number"
        await send(clerk, f"{here}/split", kind="enquiry", **told)
        undo = re.search(r'href="(/regulator/splits/[^"]+)"', page)
        assert undo
        page = await send(clerk, undo[1], reason="经核对不是举报内容")
        assert "已撤销" in page
        assert "已撤销分出" in await shown(clerk, found[1])
        await shown(clerk, undo[1], 409)
        enquiry = re.search(r'href="(/regulator/enquiries/[^"]+)"', page)
        assert enquiry
        answered = await send(clerk, f"{enquiry[1]}/answer", answer="已电话告知认证要求")
        assert "已答复" in answered
        undo = re.findall(r'href="(/regulator/splits/[^"]+)"', await shown(clerk, f"{here}/split"))
        await send(clerk, undo[-1], 409, reason="咨询已经答复，再撤销")
    async with desk(platform, WANG) as other:
        await shown(other, f"{here}/split", 404)


async def test_files_go_along_and_are_evidence_of_both(platform: Platform) -> None:
    row = await a_complaint(platform, GULOU, LI, enterprise=MINHAI)
    here, files = f"/regulator/complaints/{row['id']}", f"/files/complaint/{row['id']}"
    told = {"told": CANARY, "reason": "材料里同时有违法线索"}
    async with desk(platform, LI) as clerk:
        assert "哪些材料一起带去" not in await shown(clerk, f"{here}/split"), "there are none"
        page = await shown(clerk, f"{files}/add")
        photos = form(hidden(page), 甲_jpg=picture(), 乙_jpg=picture(size=(80, 80)))
        added = await (await clerk.post(f"{files}/add", data=photos)).text()
        page = await shown(clerk, f"{here}/split")
        first, second = re.findall(r'name="along"[^>]*value="([^"]+)"', page)
        wrong = await send(clerk, f"{here}/split", 422, kind="enquiry", along=first, **told)
        assert "咨询没有证据材料" in wrong
        assert re.search(rf'value="{first}"[^>]*checked', wrong), "what was ticked is kept"
        await send(clerk, f"{here}/split", 422, kind="report", along=UNKNOWN, **told)
        page = await send(clerk, f"{here}/split", kind="report", along=first, **told)
        found = re.search(r'href="/regulator/reports/([^"]+)">(JB-\S+?)<', page)
        assert found
        report = await shown(clerk, f"/regulator/reports/{found[1]}")
        assert "甲.jpg" in report
        assert "乙.jpg" not in report, "what was not ticked stays where it was"
        await it_is_a_file_of_its_own(platform, UUID(str(row["id"])), UUID(found[1]))
        undo = re.search(r'href="(/regulator/splits/[^"]+)"', page)
        assert undo
        await send(clerk, undo[1], reason="经核对不是举报内容")
        assert "已撤回" in await shown(clerk, f"/files/report/{found[1]}")
        left = await shown(clerk, files)
        assert "甲.jpg" in left
        assert "已撤回" not in left, "where it came from nothing changes"
        assert second in left
        assert added


async def added_to(platform: Platform, record: UUID) -> list[FileAdded]:
    history = await platform.log.load(record, opened=True)
    return [each.event for each in history if isinstance(each.event, FileAdded)]


async def it_is_a_file_of_its_own(platform: Platform, complaint: UUID, report: UUID) -> None:
    """The same bytes, kept twice, each under the key of its own record."""
    old, new = [await added_to(platform, each) for each in (complaint, report)]
    (taken,) = new
    assert taken.sha256 == old[0].sha256
    assert taken.file != old[0].file
    assert (old[0].named.subject, taken.named.subject) == (str(complaint), str(report))
    store = platform.files
    for subject in (complaint, report):
        assert await store.read(str(subject), taken.sha256) == picture()
    for each in await platform.log.load(complaint):
        assert str(report) not in str(each.event), "the complaint knows nothing of the report"
