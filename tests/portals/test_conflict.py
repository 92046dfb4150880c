"""Two people in one record: who else has it open, and a form sent against what is there no more."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services import presence
from services.actions import complaints as c
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import COUNCIL, GULOU, LI, SUN, WANG, WU, ZHAO
from tests.portals.desks import hidden, shown, whole
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
RECORD = UUID(int=5)


async def test_a_form_written_against_an_older_state_shows_three_columns(
    platform: Platform,
) -> None:
    row = await a_complaint(platform)
    here = f"/council/complaints/{row['id']}"
    async with at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao:
        form = await shown(zhao, f"{here}/refuse")
        accepts = c.AcceptComplaint(by=ZHAO, complaint=row["id"])
        await platform.perform(c.accept_complaint, accepts)
        await caught_up(platform)
        typed = {"ground": "R1", "reason": "经营者不在本辖区，应向外地申请"}
        sent = await zhao.post(f"{here}/refuse", data={**hidden(form), **typed})
        page = await sent.text()
        assert sent.status == 409
        columns = page[page.index('class="conflict"') : page.index("</section>")]
        saw, now, mine = columns.split("<h3")[1:]
        assert "已收到" in saw
        assert "已受理" in now
        assert now.count("有变化") == 2
        assert "这期间" in now
        assert typed["reason"] in mine
        assert typed["reason"] in page[page.index("</section>") :]
        assert await shown(zhao, here)


async def test_who_is_up_to_date_meets_no_columns(platform: Platform) -> None:
    row = await a_complaint(platform)
    async with at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao:
        at = f"/council/complaints/{row['id']}/refuse"
        sent = await zhao.post(at, data={**hidden(await shown(zhao, at)), "reason": "短"})
        assert sent.status == 422
        assert 'class="conflict"' not in await sent.text()


async def test_colleagues_see_who_has_it_open_and_nobody_else_does(platform: Platform) -> None:
    row = await a_complaint(platform, handler=GULOU, by=LI)
    here = f"/regulator/complaints/{row['id']}"
    size = await platform.log.size()
    async with (
        at_desk(platform, "李强", "clerk", GULOU) as li,
        at_desk(platform, "吴芳", "head", GULOU) as wu,
    ):
        assert "打开着这条记录" not in await shown(li, here)
        assert "打开着这条记录" not in await shown(li, here)
        page = await shown(wu, here)
        assert re.search(r"李强 自 \d\d:\d\d 起也打开着这条记录", page)
        assert "吴芳 自" in await shown(li, here)
        await whole(wu, here)
    recorded = await platform.log.after(size)
    assert "presence" not in {r.event.TOPIC for r in recorded}


async def test_presence_ends_by_itself_and_is_of_one_unit(platform: Platform) -> None:
    pool = platform.pool
    assert await presence.opened(pool, LI, RECORD) == []
    assert [each.name for each in await presence.opened(pool, WU, RECORD)] == ["李强"]
    assert await presence.opened(pool, WANG, RECORD) == []
    async with pool.connection() as connection:
        await connection.execute(
            "update desk.presence set seen_at = %s, since = %s where person = %s",
            [_ago(16), _ago(40), LI.person],
        )
    assert [each.name for each in await presence.opened(pool, SUN, RECORD)] == ["吴芳"]
    await presence.opened(pool, LI, RECORD)
    since = {each.name: each.since for each in await presence.opened(pool, SUN, RECORD)}
    assert since["李强"] > _ago(5)


def _ago(minutes: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)
