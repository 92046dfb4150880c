"""Several cases at once: ticked on the list, confirmed, told one by one, undone one by one."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from events.assigning import HandOverOffered, HandOverWithdrawn, RecordClaimed, RecordReturned
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.people import COUNCIL, GULOU, JINAN, LI, WANG
from tests.portals.desks import Client, hidden, send, shown, whole
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
LIST, MANY = "/regulator/complaints", "/regulator/many"


async def three(platform: Platform) -> list[Row]:
    """Three complaints of one regulator."""
    return [await a_complaint(platform, handler=GULOU, by=LI) for _ in range(3)]


def asking(rows: list[Row], kind: str = "complaint") -> str:
    """The address to which the list leads with these ticked."""
    return f"{MANY}?kind={kind}" + "".join(f"&record={row['id']}" for row in rows)


async def posted(client: Client, at: str, status: int = 200, **answers: str) -> str:
    """Send the form at this address with everything that was ticked."""
    page = await shown(client, at)
    form = page[page.rindex('<form method="post"') :]
    ticked = re.findall(r'name="record" value="([^"]+)"', form)
    data: list[tuple[str, str]] = [*(hidden(page) | answers).items()]
    data = [pair for pair in data if pair[0] != "record"] + [("record", id) for id in ticked]
    sent = await client.post(MANY, data=data)
    assert sent.status == status, await sent.text()
    return f"{sent.url.path}\n{await sent.text()}"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


async def events_of(platform: Platform, row: Row, *kinds: type) -> list[Any]:
    return [r.event for r in await platform.log.load(row["id"]) if isinstance(r.event, kinds)]


async def test_claimed_at_once_told_one_by_one_and_undone(platform: Platform) -> None:
    rows = await three(platform)
    other = await a_complaint(platform, handler=JINAN, by=WANG)
    async with (
        at_desk(platform, "李强", "clerk", GULOU) as li,
        at_desk(platform, "吴芳", "head", GULOU) as wu,
    ):
        await send(wu, f"{LIST}/{rows[0]['id']}/charge/claim")
        page = await shown(li, LIST)
        assert page.count('type="checkbox"') == 3
        assert " checked" not in page
        assert (await shown(li, f"{LIST}?all=1")).count(" checked>") == 3
        form = plain(await shown(li, asking([*rows, other])))
        assert "已选择 3 件" in form
        assert "另有 1 件已不由本单位承办" in form
        assert "指派承办人" not in form
        page = await posted(li, asking([*rows, other]), act="claim")
        address = page.partition("\n")[0]
        told = plain(page)
        assert "已办 2，原已如此 0，未办 2" in told
        assert "吴芳 已经在承办" in told
        assert "没有找到这条记录" in told
        assert other["number"] not in told
        await whole(li, asking(rows), address)
        claimed = [e for row in rows for e in await events_of(platform, row, RecordClaimed)]
        assert {e.correlation for e in claimed[1:]} == {address.rpartition("/")[2]}
        assert "原已如此 2" in await posted(li, asking(rows), act="claim")

        await send(li, f"{LIST}/{rows[2]['id']}/charge/return", reason="出差，请同事承办")
        page = plain(await send(li, f"{address}/undo"))
        assert "已撤销 1 件，未能撤销 1 件" in page
        assert "之后承办人又有变化" in page
        back = await events_of(platform, rows[1], RecordReturned)
        assert [(e.reason, e.correlation) for e in back] == [
            ("撤销批量办理", claimed[1].correlation)
        ]
        assert "共 2 条" in plain(await shown(li, f"{LIST}?whose=pool"))
        await shown(li, f"{address}/undo", 409)


async def test_what_is_missing_is_asked_for_and_what_was_ticked_stays(platform: Platform) -> None:
    rows = await three(platform)
    async with (
        at_desk(platform, "吴芳", "head", GULOU) as wu,
        at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao,
    ):
        at = asking(rows)
        assert "请选择“怎样办理？”" in await posted(wu, at, 422)
        assert "请选择本单位的一位同事" in await posted(wu, at, 422, act="assign")
        page = await posted(wu, at, 422, act="return", reason="短")
        assert "至少写 5 个字" in page
        assert page.count('name="record"') == 3
        assert "还没有选择" in await shown(wu, f"{MANY}?kind=complaint")
        for wrong in ("kind=none", "kind=complaint&record=1", "kind=member-pledge"):
            await shown(wu, f"{MANY}?{wrong}", 404)
        address = (await posted(wu, at, act="claim")).partition("\n")[0]
        await shown(zhao, address, 403)
        await shown(zhao, address.replace("/regulator/", "/council/"), 404)
        await shown(wu, f"{MANY}/{rows[0]['id']}", 404)


async def test_offered_to_another_unit_and_taken_back_unless_accepted(platform: Platform) -> None:
    rows = await three(platform)
    async with at_desk(platform, "吴芳", "head", GULOU) as wu:
        platform.views.directory.regulators = _regulators  # type: ignore[method-assign]
        why = {"act": "hand-over", "to": JINAN.id, "reason": "都在晋安区经营"}
        address = (await posted(wu, asking(rows), **why)).partition("\n")[0]
        for row in rows:
            assert await events_of(platform, row, HandOverOffered)
        async with at_desk(platform, "王磊", "clerk", JINAN) as wang:
            await send(wang, f"{LIST}/{rows[0]['id']}/charge/accept")
        page = plain(await send(wu, f"{address}/undo"))
        assert "已撤销 2 件，未能撤销 1 件" in page
        assert not await events_of(platform, rows[0], HandOverWithdrawn)
        assert await events_of(platform, rows[1], HandOverWithdrawn)
    await caught_up(platform)


async def _regulators() -> list[dict[str, Any]]:
    units = {GULOU: "350102", JINAN: "350111"}
    return [{"id": u.id, "name": u.name, "kind": u.kind, "division": d} for u, d in units.items()]


async def test_sent_twice_it_is_done_once(platform: Platform) -> None:
    rows = await three(platform)
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        page = await shown(li, asking(rows))
        data = [*hidden(page).items(), ("act", "claim")]
        data = [p for p in data if p[0] != "record"] + [("record", str(r["id"])) for r in rows]
        one, two = [await li.post(MANY, data=data) for _ in range(2)]
        assert (one.status, two.status, one.url.path) == (200, 200, two.url.path)
        assert len(await platform.log.load(UUID(one.url.path.rpartition("/")[2]))) == 1
        assert [len(await events_of(platform, row, RecordClaimed)) for row in rows] == [1, 1, 1]
