"""Published complaints: with the consumer's consent, without a word of hers; taken back with it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.actions import complaints as c
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ZHAO
from tests.portals.desks import Client, shown
from tests.portals.lodging import PAGES, a_complaint, go, visitor

pytestmark = pytest.mark.postgres


@pytest.fixture
async def she(platform: Platform) -> AsyncIterator[Client]:
    async with visitor(platform) as client:
        yield client


async def ended(platform: Platform, **told: object) -> dict[str, object]:
    """A complaint that ended in an agreement and may be made public."""
    row = await a_complaint(platform, may_publish=True, facts="金丝雀：半夜冒烟", **told)
    on = {"by": ZHAO, "complaint": row["id"]}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
    await platform.perform(c.start_mediation, c.StartMediation(**on))
    await platform.perform(c.record_agreement, c.RecordAgreement(**on, remedy="refund"))
    await platform.perform(c.publish_complaint, c.PublishComplaint(**on))
    await caught_up(platform)
    return row


async def test_what_is_public_is_read_found_and_taken_back(platform: Platform, she: Client) -> None:
    assert "还没有公示的投诉" in await shown(she, "/published")
    row = await ended(platform, product="充电器")
    await ended(platform, respondent="榕城照明行", product="台灯")
    page = await shown(she, "/published")
    for said in ("闽海充电器有限公司", "充电器", "退款", "榕城照明行"):
        assert said in page
    for hers in ("金丝雀", "陈小姐", str(row["number"])):
        assert hers not in page
    assert "榕城照明行" not in await shown(she, "/published?q=充电器")
    assert "没有符合条件的公示" in await shown(she, "/published?q=冰箱")
    gone = c.WithdrawConsent(
        by=c.complainant(row["id"]), complaint=row["id"], whose="consumer", what="publish"
    )
    await platform.perform(c.withdraw_consent, gone)
    await caught_up(platform)
    assert "闽海充电器有限公司" not in await shown(she, "/published")


async def test_whoever_complains_sees_what_is_public_of_the_business(
    platform: Platform, she: Client
) -> None:
    first = await (await she.get("/complain")).text()
    assert "已公示的投诉" not in await go(she, first, **PAGES[0])
    await ended(platform, respondent="榕城照明行", product="台灯")
    named = {**PAGES[0], "respondent": "榕城照明行", "credit_code": ""}
    page = await go(she, first, **named)
    assert "这家商家已公示的投诉（最近 1 件）" in page
    assert "台灯" in page
    assert "金丝雀" not in page
