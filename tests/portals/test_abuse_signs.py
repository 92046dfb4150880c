"""Signs of abuse at the desk: shown with their reasons, judged by a person, refused by nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.actions import complaints as c
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import OTHER_COUNCIL, ZHAO
from tests.portals.desks import Client, send, shown, signed_in
from tests.portals.lodging import a_complaint, know

pytestmark = pytest.mark.postgres
LIST = "/council/complaints"
WHY = "核对了三张小票，都是自用，数量不多"


@pytest.fixture
async def zhao(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, ZHAO) as client:
        know(platform)
        yield client


async def test_a_sign_is_shown_judged_and_remembered(platform: Platform, zhao: Client) -> None:
    rows = [await a_complaint(platform) for _ in range(3)]
    await a_complaint(platform, handler=OTHER_COUNCIL)
    here = f"{LIST}/{rows[0]['id']}"
    for act in ("accept", "refuse", "signs"):
        page = await shown(zhao, f"{here}/{act}")
        assert "对同一经营者、同一类问题有 3 件（3 件起提示）" in page
        assert str(rows[1]["number"]) in page
        assert "没有订单号，也没有材料" in page
        assert "本单位还没有认定过这个迹象" in page
    assert "请选择" in await send(zhao, f"{here}/signs", 422, why=WHY)
    page = await send(zhao, f"{here}/signs", verdict="genuine", why=WHY)
    assert "属于生活消费争议" in page
    assert WHY in page
    assert WHY not in str(await platform.log.load(rows[0]["id"])), "it is sealed"
    await caught_up(platform)
    page = await shown(zhao, f"{LIST}/{rows[1]['id']}/accept")
    assert "本单位认定过 1 次，其中 1 次属于生活消费争议" in page
    *_, last = await platform.log.load(rows[0]["id"])
    assert last.event.signs == ["same_matter", "no_proof"]
    assert await state(platform, rows[0]) == "received"


async def state(platform: Platform, row: dict[str, object]) -> object:
    found = await platform.views.complaints.one(str(row["id"]))
    return found["state"] if found else None


async def test_whoever_has_no_signs_reads_so(platform: Platform, zhao: Client) -> None:
    row = await a_complaint(platform, order_no="20261120001")
    page = await shown(zhao, f"{LIST}/{row['id']}/signs")
    assert "没有发现迹象" in page
    assert "可以考虑的迹象" not in await shown(zhao, f"{LIST}/{row['id']}/accept?lang=zh")
    await platform.perform(c.accept_complaint, c.AcceptComplaint(by=ZHAO, complaint=row["id"]))
