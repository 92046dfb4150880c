"""Evidence on the pages: chosen, kept over a refused form, listed, opened, withdrawn, masked."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from aiohttp import FormData

from events.event import system
from events.evidence import FileAdded
from events.reads import PersonalDataRead
from services.actions import complaints as c
from services.actions.evidence import ScanFile, scan_file
from services.files.shown import files_of
from services.platform import Platform
from services.records import seen_by
from tests.caught_up import caught_up
from tests.files.samples import PDF, VIRUS, picture
from tests.people import COUNCIL, QIAN, ZHAO, acting
from tests.portals.desks import Client, hidden, shown
from tests.portals.lodging import PAGES, a_complaint, fields, number_on, the_row, visitor
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres


def form(typed: dict[str, str], **files: bytes) -> FormData:
    """What a browser sends of a form with files."""
    made = FormData(quote_fields=False)
    for name, value in typed.items():
        made.add_field(name, value)
    for name, data in files.items():
        named = name.replace("_", ".")
        made.add_field("files", data, filename=named, content_type="application/x-anything")
    return made


async def post(client: Client, path: str, data: Any, status: int) -> str:
    sent = await client.post(path, data=data)
    text = await sent.text()
    assert sent.status == status, f"{sent.status}\n{re.sub('<[^>]+>', ' ', text)[:1500]}"
    return text


async def add(client: Client, path: str, status: int = 200, **files: bytes) -> str:
    """Through the form of a record's evidence, in one go."""
    page = await (await client.get(f"{path}/add")).text()
    return await post(client, f"{path}/add", form(hidden(page), **files), status)


async def test_a_photo_survives_a_refused_form(platform: Platform) -> None:
    """S1: no JavaScript, the address of the business left out, the photo is still there."""
    async with visitor(platform) as she:
        page = await (await she.get("/complain")).text()
        for number, typed in enumerate(PAGES):
            sent = {**fields(page), **typed, "to": "next"}
            if number != 1:
                page = await post(she, "/complain", sent, 200)
                continue
            wrong = {**sent, "facts": ""}
            files = {"小票_jpg": picture(), "空_txt": b""}
            page = await post(she, "/complain", form(wrong, **files), 422)
            assert "小票.jpg" in page
            assert "“空.txt”文件是空的" in page
            assert "<title>错误：" in page
            page = await post(she, "/complain", form({**fields(page), "facts": ""}), 422)
            assert "小票.jpg" in page
            assert "请填写发生了什么" in page
            page = await post(she, "/complain", {**fields(page), **typed, "to": "next"}, 200)
        assert "小票.jpg" in page, "it stands among what is checked"
        page = await post(she, "/complain", {**fields(page), "to": "send"}, 200)
        row = await platform.views.complaints.numbered(number_on(page))
        assert row is None or row["id"]
        await caught_up(platform)
        row = await platform.views.complaints.numbered(number_on(page))
        assert row is not None
        events = [each.event for each in await platform.log.load(row["id"], opened=True)]
        (added,) = [each for each in events if isinstance(each, FileAdded)]
        assert added.named.get("name") == "小票.jpg"
        assert await platform.files.read(str(row["id"]), added.sha256) == picture()
        again = await (await she.get(f"/files/complaint/{row['id']}")).text()
        assert "小票.jpg" in again, "she is let in by what she proved"


async def test_files_are_removed_and_refused_one_by_one(platform: Platform) -> None:
    row = await a_complaint(platform)
    here = f"/files/complaint/{row['id']}"
    async with desk(platform, ZHAO) as clerk:
        page = await (await clerk.get(f"{here}/add")).text()
        sent = form(
            {**hidden(page), "upload": "1", "note": "已经打的字"}, a_jpg=picture(), b_pdf=PDF
        )
        page = await post(clerk, f"{here}/add", sent, 200)
        assert "已经打的字" in page
        ids = re.findall(r'name="remove_file" value="([^"]+)"', page)
        assert len(ids) == 2
        sent = form({**hidden(page), "remove_file": ids[0]}, c_exe=b"MZ\x90\0")
        page = await post(clerk, f"{here}/add", sent, 422)
        assert "不是可以上传的文件类型" in page
        assert re.findall(r'name="remove_file" value="([^"]+)"', page) == ids[1:]
        assert "请选择文件" in await add(clerk, here, 422)
        page = await post(clerk, f"{here}/add", form(hidden(page)), 200)
        assert "b.pdf" in page
        assert "a.jpg" not in page


async def test_what_is_kept_of_her_names_statements_and_files(platform: Platform) -> None:
    row = await a_complaint(platform)
    here = f"/files/complaint/{row['id']}"
    async with desk(platform, ZHAO) as clerk:
        page = await (await clerk.get(f"{here}/add")).text()
        await post(
            clerk, f"{here}/add", form({**hidden(page), "note": "还有一张小票"}, a_pdf=PDF), 200
        )
        kept = await clerk.get(f"/council/complaints/{row['id']}/personal")
        assert kept.status == 200
        text = await kept.text()
    assert "补充说明" in text
    assert "文件名称" in text


async def test_who_opens_it_is_asked_each_time_and_recorded(platform: Platform) -> None:
    row = await a_complaint(platform)
    here = f"/files/complaint/{row['id']}"
    async with desk(platform, ZHAO) as clerk, desk(platform, QIAN) as stranger:
        await add(clerk, here, **{'现场 "照片_jpg': picture(), "合同_pdf": PDF, "毒_txt": VIRUS})
        record = await seen_by(platform.log, ZHAO, "complaint", row["id"])
        photo, contract, virus = record.files
        warned = await clerk.get(f"{here}/{photo}")
        assert "没有经过安全扫描" in await warned.text()
        await safe_but(platform, row["id"], virus)
        opened = await clerk.get(f"{here}/{photo}")
        assert await opened.read() == picture()
        _kept_by_no_browser(opened.headers)
        contract_ = await clerk.get(f"{here}/{contract}")
        name = "filename=\"__.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf"
        assert contract_.headers["Content-Disposition"] == f"attachment; {name}"
        copy = await clerk.get(f"{here}/{photo}?copy=1")
        assert b"CANARY" not in await copy.read()
        assert "没有通过安全扫描" in await shown(clerk, f"{here}/{virus}", 422)
        theirs = await stranger.get(f"{here}/{photo}")
        unknown = await stranger.get(f"/files/complaint/{UUID(int=5)}/{UUID(int=6)}")
        assert (theirs.status, unknown.status) == (404, 404)
        assert plain(await theirs.text()) == plain(await unknown.text())
        assert (await stranger.get(f"/files/follow-up/{row['id']}")).status == 404
        assert (await clerk.get(f"/files/follow-up/{row['id']}")).status == 404
        assert (await clerk.get(f"/files/strange/{row['id']}")).status == 404
    await platform.reads.record()
    reads = [
        (read.what, read.why, read.item)
        for each in await platform.log.of_kinds([PersonalDataRead])
        for read in each.event.reads  # type: ignore[attr-defined]
    ]
    mark = record.files[photo].sha256[:8]
    assert reads.count(("file", "handling", mark)) == 2
    async with visitor(platform) as nobody:
        sent = await nobody.get(f"{here}/{photo}", allow_redirects=False)
        assert sent.status == 303
        assert sent.headers["Location"].startswith("/sign-in")


def _kept_by_no_browser(given: Any) -> None:
    assert given["Cache-Control"] == "private, no-store"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"].endswith("; sandbox")
    assert given["Content-Disposition"].startswith("inline; filename=")


def plain(page: str) -> str:
    return re.sub(r"[0-9a-f-]{36}|[0-9a-f]{64}|\d+", "", page)


async def safe_but(platform: Platform, record: UUID, bad: str) -> None:
    found = await seen_by(platform.log, ZHAO, "complaint", record)
    for id in found.files:
        result = "suspicious" if id == bad else "safe"
        command = ScanFile(
            by=system("scan"), kind="complaint", record=record, file=id, result=result
        )
        await platform.perform(scan_file, command)


async def test_withdrawn_it_is_hidden_and_not_forgotten(platform: Platform) -> None:
    row = await a_complaint(platform)
    here = f"/files/complaint/{row['id']}"
    async with desk(platform, ZHAO) as clerk:
        await add(clerk, here, a_pdf=PDF)
        (id,) = (await seen_by(platform.log, ZHAO, "complaint", row["id"])).files
        page = await (await clerk.get(f"{here}/{id}/withdraw")).text()
        sent = {**hidden(page), "reason": "短"}
        assert "至少写 5 个字" in await post(clerk, f"{here}/{id}/withdraw", sent, 422)
        sent["reason"] = "这是别的案件的合同"
        page = await post(clerk, f"{here}/{id}/withdraw", sent, 200)
        assert "已撤回" in page
        assert "这是别的案件的合同" in page
        assert (await clerk.get(f"{here}/{id}")).status == 409
        record = await seen_by(platform.log, c.complainant(row["id"]), "complaint", row["id"])
        assert await files_of(platform.log, record, c.complainant(row["id"])) == []


async def test_what_is_only_stored_or_deleted_is_opened_by_nobody(platform: Platform) -> None:
    row = await a_complaint(platform)
    here, head = f"/files/complaint/{row['id']}", acting("郑重", COUNCIL, "head", n=120)
    async with desk(platform, ZHAO) as clerk:
        await add(clerk, here, **{"她的名字_pdf": PDF})
        await safe_but(platform, row["id"], "")
        (id,) = (await seen_by(platform.log, ZHAO, "complaint", row["id"])).files
        assert (await clerk.head(f"{here}/{id}")).status == 200
        on = {"complaint": row["id"]}
        she = c.complainant(row["id"])
        await platform.perform(c.erasure_step, c.RequestErasure(by=she, ground="consent", **on))
        command = c.RestrictProcessing(by=head, reason="执法案卷保存期未满", **on)
        await platform.perform(c.erasure_step, command)
        assert "限制处理" in await shown(clerk, f"{here}/{id}", 422)
        assert "她的名字" not in await shown(clerk, here)
        assert "限制处理" in await shown(clerk, f"{here}/mask", 422)
        await platform.vault.destroy([row["id"]])
        page = await (await clerk.get(here)).text()
        assert "她的名字" not in page


async def test_masks_on_a_picture_and_on_the_text(platform: Platform) -> None:
    row = await a_complaint(platform, facts="商家张某在八一七路卖坏了的充电器给我")
    here = f"/files/complaint/{row['id']}"
    async with desk(platform, ZHAO) as clerk:
        await add(clerk, here, a_png=picture("PNG"))
        (id,) = (await seen_by(platform.log, ZHAO, "complaint", row["id"])).files
        there = f"{here}/{id}/mask"
        before = await (await clerk.get(f"{here}/{id}?copy=1")).read()
        page = await (await clerk.get(there)).text()
        command = hidden(page)
        area = {"left": "10", "top": "12.5", "width": "200", "height": "x", "reason": "遮盖路人"}
        page = await post(clerk, there, {**command, **area}, 422)
        assert "要在 0 到 100 之间" in page
        assert "请填 0 到 100 的数字" in page
        area |= {"width": "30％", "height": "20", "reason": "遮盖路人的脸"}
        page = await post(clerk, there, {**command, **area}, 200)
        assert "左 10%，上 12.5%，宽 30%，高 20%" in page
        after = await (await clerk.get(f"{here}/{id}?copy=1")).read()
        assert after != before
        record = await seen_by(platform.log, ZHAO, "complaint", row["id"])
        assert await platform.files.read(str(row["id"]), record.files[id].sha256) == picture("PNG")
        lift = {**hidden(page), "reason": "遮错了地方"}
        await post(clerk, there, lift, 200)
        assert await (await clerk.get(f"{here}/{id}?copy=1")).read() == before, "to the byte"

        page = await (await clerk.get(f"{here}/mask")).text()
        text = {**hidden(page), "field": "facts", "start": "3", "end": "4"}
        assert "请填写" in await post(clerk, f"{here}/mask", text, 422)
        page = await post(clerk, f"{here}/mask", {**text, "reason": "遮盖他人姓名"}, 200)
        assert "商家██在八一七路" in page
        assert "商家张某在八一七路" in page, "beside the original"
        await the_row(platform, row["id"])
        page = await shown(clerk, f"/council/complaints/{row['id']}")
        assert "a.png" in page
