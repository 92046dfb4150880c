"""tell: who is late, the body above it, the council whose clue came back, and whose place it is
where somebody is in danger get one notice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from events.complaints import ClueReferred, ComplaintRegistered, ReferralReturned
from events.event import Event, PartyRef, Personal, today
from events.ids import new_id
from events.log import Append
from events.parties import CouncilEstablished, RegulatorEstablished
from events.reports import ReportRegistered
from services.actions.notices import DANGER
from services.platform import Platform
from tests.database import Dsns
from tests.opening import SUBJECT, open_platform
from tests.people import CONSUMER, COUNCIL, GULOU, IMPORTER, LI, MINHAI, PROVINCE, ZHAO

pytestmark = pytest.mark.postgres
FAR = datetime(2030, 1, 1, tzinfo=UTC)
NUMBER = "GZ-2026-000001-C"


@pytest.fixture
async def still(database: Dsns) -> AsyncIterator[Platform]:
    """Nothing goes on by itself; the bureau stands under the province's."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        under = RegulatorEstablished(
            by=LI, name=GULOU.name, division="350102", division_name="鼓楼区", level="county",
            superior=PROVINCE,
        )  # fmt: skip
        above = RegulatorEstablished(
            by=LI, name=PROVINCE.name, division="350000", division_name="福建省", level="province"
        )
        for party, event in ((PROVINCE, above), (GULOU, under)):
            await opened.log.append([Append(UUID(party.id), 0, [event])])
        yield opened


def a_complaint() -> ComplaintRegistered:
    return ComplaintRegistered(
        by=LI, occurred_on=today(), number=NUMBER, enterprise=MINHAI, handler=GULOU,
        complainant=Personal(subject=SUBJECT, fields={"name": "林月"}),
        told=Personal(subject=SUBJECT),
    )  # fmt: skip


async def recorded(platform: Platform, *events: Event) -> None:
    await platform.log.append([Append(new_id(), 0, list(events))])
    await platform.catch_up()
    while await platform.clocks.tick(FAR):
        await platform.catch_up()
    await platform.catch_up()


async def told(platform: Platform, party: PartyRef) -> list[str]:
    """What its notices say, the newest first."""
    rows = (await platform.views.notices.of_party(party.id, "all")).rows
    said = await platform.views.trail.at([row["about"] for row in rows])
    return [said[row["about"]]["zh"] for row in rows if row["about"] in said]


#: Before it is late, the latest first.
_WARNED = ("今天到期", "还有两个工作日", "期限过半")


async def test_who_is_late_is_told_once_and_then_who_is_above(still: Platform) -> None:
    await recorded(still, a_complaint())
    size = await still.log.size()
    async with still.pool.connection() as connection:  # the policies go over everything again
        await connection.execute("update views.tracking set position = 0 where name = 'policies'")
    await still.catch_up()
    assert await still.log.size() == size
    (own, *warnings) = await told(still, GULOU)
    assert [words in said for words, said in zip(_WARNED, warnings, strict=True)] == [True] * 3
    assert await still.views.notices.unseen(GULOU.id) == 1
    (above,) = await told(still, PROVINCE)
    assert "已逾期，最迟应为" in own
    assert "已逾期，报上级" in above


async def test_that_a_report_is_late_is_nobody_elses_business(still: Platform) -> None:
    report = ReportRegistered(
        by=LI, occurred_on=today(), number="JB-2026-000001-C", handler=GULOU,
        told=Personal(subject=SUBJECT), respondent=MINHAI.name, informant=str(new_id()),
        informant_number=1, anonymous=True,
    )  # fmt: skip
    await recorded(still, report)
    rows = (await still.views.notices.of_party(GULOU.id, "all")).rows
    assert {row["number"] for row in rows} == {"JB-2026-000001-C"}
    assert (await still.views.notices.of_party(PROVINCE.id, "all")).rows == []
    trail = await still.views.trail.search(reader=PROVINCE.id)
    assert "JB-2026-000001-C" not in str(trail.rows)


async def test_a_council_whose_clue_came_back_is_told_why(still: Platform) -> None:
    about = {"number": NUMBER, "enterprise": MINHAI}
    referred = ClueReferred(by=ZHAO, **about, to=GULOU, reason="标志疑似伪造")
    back = ReferralReturned(by=LI, **about, council=COUNCIL, reason="不在本辖区")
    await recorded(still, a_complaint(), referred, back)
    (said,) = await told(still, COUNCIL)
    assert "退回投诉 GZ-2026-000001-C 的移送线索：不在本辖区" in said


async def hurt(platform: Platform, division: str = "350102", **other: Any) -> None:
    """A complaint of somebody who was hurt reaches the council of this place."""
    council = CouncilEstablished(
        by=LI, name=COUNCIL.name, division=division, division_name="某地", level="county"
    )
    await platform.log.append([Append(UUID(COUNCIL.id), 0, [council])])
    await platform.catch_up()
    told = msgspec.structs.replace(a_complaint(), by=CONSUMER, handler=COUNCIL, injury=True)
    await platform.log.append([Append(new_id(), 0, [msgspec.structs.replace(told, **other)])])
    await platform.catch_up()


@pytest.mark.parametrize(("division", "to"), [("350102", GULOU), ("350700", PROVINCE)])
async def test_the_regulator_of_the_place_is_told_at_once_of_people_in_danger(
    still: Platform, division: str, to: PartyRef
) -> None:
    await hurt(still, division)
    (said,) = await told(still, to)
    assert "消费者 登记了投诉 GZ-2026-000001-C" in said
    assert COUNCIL.name in said
    assert await still.views.notices.unseen(to.id, DANGER) == 1
    assert await told(still, PROVINCE if to is GULOU else GULOU) == []


@pytest.mark.parametrize(
    "other",
    [
        {"injury": False},
        {"by": IMPORTER},
        {"handler": GULOU},
        {"occurred_on": today() - timedelta(days=8)},
    ],
)
async def test_of_what_is_no_danger_no_news_or_its_own_no_regulator_is_told(
    still: Platform, other: dict[str, Any]
) -> None:
    await hurt(still, **other)
    assert await told(still, GULOU) == []
