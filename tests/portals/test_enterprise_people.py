"""An enterprise's own people and record: who is in post, and what the parties wrote about it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from events.complaints import ComplaintAccepted, ComplaintRegistered, ComplaintWithdrawn
from events.event import PartyRef, Personal
from events.ids import new_id
from events.log import Append
from services.actions import archives as a
from services.actions.complaints import STATES
from services.platform import Platform
from tests.caught_up import caught_up
from tests.opening import SUBJECT
from tests.people import CONSUMER, COUNCIL, GULOU, LI, ZHAO
from tests.portals.desks import CODE, Client, date_parts, hidden, send, shown
from tests.portals.joined import an_enterprise, at_desk

pytestmark = pytest.mark.postgres

PEOPLE = "/enterprise/people"


@pytest.fixture
async def minhai(platform: Platform) -> PartyRef:
    return await an_enterprise(platform, "闽海充电器有限公司", CODE)


@pytest.fixture
async def zhou(platform: Platform, minhai: PartyRef) -> AsyncIterator[Client]:
    async with at_desk(platform, "周海", "contact", minhai) as client:
        yield client


async def enrolled(platform: Platform, enterprise: PartyRef) -> None:
    """A regulator has opened its archive."""
    command = a.EnrolEnterprise(
        by=LI, enterprise=enterprise, unit_kind="producer", product_class="2", size="small",
        division="350102", division_name="福州市鼓楼区",
    )  # fmt: skip
    await platform.perform(a.enrol_enterprise, command)
    await caught_up(platform)


async def test_without_an_archive_it_says_whom_to_ask(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    page = await shown(zhou, PEOPLE)
    assert "还没有质量安全档案" in page
    assert "建立档案" in page
    assert f"{PEOPLE}/director" not in page
    assert "还没有质量安全总监" not in await shown(zhou, "/enterprise")
    assert "没有质量安全档案" in await shown(zhou, f"{PEOPLE}/director", 422)


async def test_a_director_is_appointed_and_leaves(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    await enrolled(platform, minhai)
    assert "还没有质量安全总监" in await shown(zhou, "/enterprise")
    assert "请填写“姓名”" in await send(zhou, f"{PEOPLE}/director", 422)
    page = await send(zhou, f"{PEOPLE}/director", name="林月")
    assert "已记录：任命质量安全总监" in page
    assert "林月" in page
    assert f"{PEOPLE}/director" not in page
    assert "已有质量安全总监 林月" in await send(zhou, f"{PEOPLE}/director", 422, name="陈阳")
    assert "还没有质量安全总监" not in await shown(zhou, "/enterprise")

    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        seen = await shown(li, f"/regulator/enterprises/{minhai.id}")
        assert "林月" in seen
        assert "闽海充电器有限公司 周海 记录" in seen

    leave = await the_leave(platform, minhai)
    early = date_parts("occurred_on", "2001-01-01")
    text = await send(zhou, leave, 422, reason="本人辞职，已交接", **early)
    assert "不能早于任职日期" in text
    page = await send(zhou, leave, reason="本人辞职，已交接")
    assert "已记录：记录总监离任" in page
    assert "本人辞职，已交接" in page
    assert "现在没有人在任" in page
    assert "已经不在任" in await send(zhou, leave, 422, reason="再离任一次看看")


async def test_officers_are_appointed_one_after_the_other(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    await enrolled(platform, minhai)
    for name in ("林月", "陈阳"):
        page = await send(zhou, f"{PEOPLE}/officer", name=name)
        assert "已记录：配备质量安全员" in page
        assert name in page
    assert "陈阳" in await shown(zhou, "/enterprise/timeline")
    page = await send(zhou, await the_leave(platform, minhai), reason="调往其他岗位")
    assert "已记录：记录安全员离任" in page


async def the_leave(platform: Platform, enterprise: PartyRef) -> str:
    """Where the departure of the first in post is recorded."""
    await caught_up(platform)
    post = (await platform.views.archives.posts_of(enterprise.id))[0]
    return f"{PEOPLE}/{post['id']}/leave"


async def test_another_enterprise_sees_and_does_nothing(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    await enrolled(platform, minhai)
    await send(zhou, f"{PEOPLE}/officer", name="林月")
    leave = await the_leave(platform, minhai)
    other = await an_enterprise(platform, "榕城照明有限公司", "91350100M000100246")
    async with at_desk(platform, "郑和", "contact", other) as zheng:
        for path in (PEOPLE, "/enterprise/timeline"):
            assert "林月" not in await shown(zheng, path)
        await shown(zheng, leave, 404)
        form = hidden(await (await zheng.get(PEOPLE)).text())
        sent = await zheng.post(leave, data={**form, "reason": "别家企业写的话"})
        assert sent.status == 404
    assert len(await platform.views.archives.posts_of(minhai.id)) == 1
    await shown(zhou, f"{PEOPLE}/check", 404)
    await shown(zhou, f"{PEOPLE}/nothing/leave", 404)


# -- the record --------------------------------------------------------------------------


async def test_the_record_shows_checks_and_what_they_found(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    await enrolled(platform, minhai)
    check = a.MakeCheck(by=LI, enterprise=minhai, found="标识不全", note="内部工作记录")
    await platform.perform(a.make_check, check)
    await caught_up(platform)
    assert GULOU.name in await shown(zhou, "/enterprise/timeline?part=checks")
    assert "标识不全" in await shown(zhou, "/enterprise/timeline?part=problems")
    assert "还没有人参加过培训" in await shown(zhou, "/enterprise/timeline?part=trainings")
    for part in ("history", "checks", "problems", "nothing"):
        assert "内部工作记录" not in await shown(zhou, f"/enterprise/timeline?part={part}")


async def test_complaints_are_numbers_and_states_without_what_consumers_told(
    platform: Platform, minhai: PartyRef, zhou: Client
) -> None:
    about = {"number": "GZ-2026-000001-X", "enterprise": minhai}
    told = Personal(subject=SUBJECT, fields={"facts": "充电时起火", "request": "退货退款"})
    who = Personal(subject=SUBJECT, fields={"name": "林小姐", "phone": "13800001234"})
    lodged = ComplaintRegistered(
        by=CONSUMER, handler=COUNCIL, complainant=who, told=told, respondent=minhai.name, **about
    )
    withdrawn = ComplaintWithdrawn(by=CONSUMER, reason="我是林小姐，已经和解", **about)
    accepted = ComplaintAccepted(by=ZHAO, **about)
    id = new_id()
    await platform.log.append([Append(id, 0, [lodged, accepted, withdrawn])])
    await caught_up(platform)
    page = await shown(zhou, "/enterprise/timeline?part=complaints")
    assert "GZ-2026-000001-X" in page
    assert STATES["withdrawn"].zh in page
    assert f"/enterprise/complaints/{id}" in page
    assert COUNCIL.name in page
    for part in ("complaints", "history"):
        for lang in ("zh", "en"):
            page = await shown(zhou, f"/enterprise/timeline?part={part}&lang={lang}")
            for words in ("林小姐", "13800001234", "充电时起火", "退货退款", "已经和解"):
                assert words not in page
