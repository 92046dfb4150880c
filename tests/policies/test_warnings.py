"""Warnings of clocks reach the inbox of who owes it, and wait there until it is seen or done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from events.clocks import ClockWarned
from events.event import system
from events.ids import derived_id
from events.log import Append
from services.actions import complaints as c
from services.actions import parties
from services.actions.notices import AcknowledgeNotice, acknowledge_notice
from services.actions.refused import AlreadyDecided
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ADMIN, LI
from tests.portals.lodging import TELLS

pytestmark = pytest.mark.postgres
PROVINCE = parties.EstablishRegulator(
    by=ADMIN, name="福建省市场监督管理局", level="province", division="350000"
)
GULOU = parties.EstablishRegulator(
    by=ADMIN, name="鼓楼区市场监督管理局", level="county", division="350102", superior=PROVINCE.ref
)
TOLD = {**TELLS, "claimed": None, "injury": False, "may_mediate": True, "may_publish": False}
TOLD.pop("credit_code")
OFFICER = msgspec.structs.replace(LI, party=GULOU.ref)


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so; Gulou is under the province."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        for entered in (PROVINCE, GULOU):
            await opened.perform(parties.establish_regulator, entered)
        yield opened


async def warned(platform: Platform, complaint: Any, stage: Any, rule: str = "C1") -> None:
    """The clock of the decision says so, as the clock process would."""
    event = ClockWarned(
        by=system("clocks"), clock=f"{complaint['id']}:decision:1", record=str(complaint["id"]),
        number=complaint["number"], rule=rule, what_zh="作出受理决定", what_en="decide",
        debtor=GULOU.ref, stage=stage, safe=date.today() + timedelta(days=2),
    )  # fmt: skip
    await platform.log.append([Append(derived_id(complaint["id"], stage), 0, [event])])
    await platform.catch_up()


async def a_case(platform: Platform) -> Any:
    command = c.RegisterComplaint(by=OFFICER, handler=GULOU.ref, **TOLD)
    await platform.perform(c.register_complaint, command)
    await platform.catch_up()
    row = await platform.views.complaints.one(str(command.complaint))
    assert row is not None
    return row


async def test_who_owes_is_warned_acknowledges_once_or_just_does_it(platform: Platform) -> None:
    row = await a_case(platform)
    notices = platform.views.notices
    await warned(platform, row, "half")
    assert await notices.unseen(GULOU.ref.id) == 1
    first = (await notices.of_party(GULOU.ref.id)).rows[0]
    seen = AcknowledgeNotice(by=OFFICER, notice=first["id"])
    await platform.perform(acknowledge_notice, seen)
    with pytest.raises(AlreadyDecided):
        await platform.perform(
            acknowledge_notice, AcknowledgeNotice(by=OFFICER, notice=first["id"])
        )
    await warned(platform, row, "two_days")
    await warned(platform, row, "due_day")
    assert await notices.unseen(GULOU.ref.id) == 1  # the latest word of a clock is enough
    on = {"by": OFFICER, "complaint": row["id"]}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
    await platform.catch_up()
    assert await notices.unseen(GULOU.ref.id) == 0
    assert (await notices.of_party(GULOU.ref.id, "all")).total == 3


async def test_of_a_report_only_its_handler_reads_that_it_was_seen(platform: Platform) -> None:
    row = await a_case(platform)
    await warned(platform, row, "half", rule="C5")
    (told,) = (await platform.views.notices.of_party(GULOU.ref.id)).rows
    await platform.perform(acknowledge_notice, AcknowledgeNotice(by=OFFICER, notice=told["id"]))
    (_, seen) = await platform.log.load(told["id"])
    assert seen.event.only_for == GULOU.ref.id  # type: ignore[attr-defined]


async def test_a_warning_is_for_the_unit_that_has_the_case(platform: Platform) -> None:
    row = await a_case(platform)
    await warned(platform, row, "half")
    on = {"by": OFFICER, "complaint": row["id"]}
    gives = c.ForwardComplaint(**on, to=PROVINCE.ref, reason="被投诉人由省局直接监管")
    await platform.perform(c.forward_complaint, gives)
    await platform.catch_up()
    assert await platform.views.notices.unseen(GULOU.ref.id) == 0
