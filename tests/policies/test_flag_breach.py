"""flag-breach: an order or a failed re-check in, one hint per active pledge out, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.enforcement import RecheckFailed
from events.event import PartyRef, Recorded, today
from events.ids import new_id
from events.pledges import BreachSuspected
from services.actions import enforcement as e
from services.actions import member_pledges as m
from services.actions import parties
from services.actions import pledges as p
from services.actions.member_questions import FlagBreach, flag_breach
from services.platform import Platform
from services.policies.flag_breach import flagging
from services.policies.policy import Policies, Step
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ADMIN, ASSOCIATION, CHEN, CONTACT, LI, MINHAI, OTHER_ENTERPRISE, WU

pytestmark = pytest.mark.postgres


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def a_signed_pledge(platform: Platform, begins: date = date(2026, 1, 1)) -> UUID:
    """闽海's pledge to its association."""
    association = UUID(ASSOCIATION.id)
    if not await platform.log.load(association):
        await platform.perform(
            parties.establish_association,
            parties.EstablishAssociation(
                by=ADMIN, party=association, name=ASSOCIATION.name, trade="电动自行车"
            ),
        )
        await platform.perform(
            parties.admit_member,
            parties.AdmitMember(by=CHEN, party=association, enterprise=MINHAI),
        )
    pledge = new_id()
    drafted = p.DraftPledge(
        by=CHEN, pledge=pledge, title="充电器追溯标签承诺", text="每只充电器贴追溯标签",
        metric="有标签的比例", target="不低于 95%", evidence="标签照片",
        period_from=begins, period_to=date(2099, 12, 31),
    )  # fmt: skip
    await platform.perform(p.draft_pledge, drafted)
    await platform.perform(p.publish_pledge, p.PublishPledge(by=CHEN, pledge=pledge))
    await platform.perform(m.sign_pledge, m.SignPledge(by=CHEN, pledge=pledge, enterprise=MINHAI))
    return m.member_pledge_id(pledge, MINHAI)


async def a_directive(
    platform: Platform, directive: str = "rectification", on: PartyRef = MINHAI
) -> UUID:
    """A follow-up with a directive."""
    id = new_id()
    opened = e.OpenFollowUp(
        by=LI, follow_up=id, enterprise=on, source="own", matter="充电器没有认证"
    )
    await platform.perform(e.open_follow_up, opened)
    issued = e.IssueDirective(
        by=LI, follow_up=id, directive=directive, demands="停止销售并召回", basis="第五十条",
        due=today() + timedelta(days=9),
    )  # fmt: skip
    await platform.perform(e.issue_directive, issued)
    return id


async def flags(platform: Platform, pledge: UUID) -> list[BreachSuspected]:
    """What was pointed out on the pledge, after everything has run."""
    await platform.catch_up()
    events = [recorded.event for recorded in await platform.log.load(pledge)]
    return [event for event in events if isinstance(event, BreachSuspected)]


async def steps(platform: Platform, recorded: Recorded) -> list[Step]:
    policy = flagging(platform.views.pledges, platform.views.relations)
    return [step async for step in policy(recorded)]


async def test_an_order_in_one_command_out(platform: Platform) -> None:
    pledge = await a_signed_pledge(platform)
    await platform.catch_up()
    follow_up = await a_directive(platform)
    opened, issued = await platform.log.load(follow_up)
    assert await steps(platform, opened) == []
    ((action, command),) = await steps(platform, issued)
    assert action is flag_breach
    assert isinstance(command, FlagBreach)
    number = issued.event.number  # type: ignore[attr-defined]
    assert (command.cause, command.cause_number) == ("directive", number)
    assert (command.member_pledge, command.by.role) == (pledge, "rule")
    assert command.key == f"{follow_up}:2:{pledge}"


async def test_twice_the_same_event_once_the_flag(platform: Platform) -> None:
    pledge = await a_signed_pledge(platform)
    _, issued = await platform.log.load(await a_directive(platform))
    await platform.catch_up()
    ((action, command),) = await steps(platform, issued)
    for _ in range(2):
        await platform.perform(action, command)
    (flag,) = await flags(platform, pledge)
    assert flag.said().zh.startswith("系统规则：承诺核对 提示“闽海充电器有限公司”可能违反承诺")


async def test_the_worker_does_it_by_itself(platform: Platform) -> None:
    first, second = await a_signed_pledge(platform), await a_signed_pledge(platform)
    await a_directive(platform)
    assert len(await flags(platform, first)) == 1
    assert len(await flags(platform, second)) == 1
    counts = await platform.views.pledges.counts(ASSOCIATION.id, today())
    assert counts["breaches"] == 2


@pytest.mark.parametrize(
    ("directive", "on"),
    [("talk", MINHAI), ("warning_letter", MINHAI), ("rectification", OTHER_ENTERPRISE)],
)
async def test_other_directives_and_other_enterprises_are_not_flagged(
    platform: Platform, directive: str, on: PartyRef
) -> None:
    pledge = await a_signed_pledge(platform)
    await a_directive(platform, directive, on)
    assert await flags(platform, pledge) == []


async def test_a_failed_recheck_of_the_same_follow_up_adds_nothing(platform: Platform) -> None:
    pledge = await a_signed_pledge(platform)
    id = await a_directive(platform)
    about: dict[str, Any] = {"by": LI, "follow_up": id}
    await platform.perform(e.deliver_directive, e.DeliverDirective(**about, how="当面"))
    answered = e.AnswerDirective(**about, answer="已经停止销售", way="phone")
    await platform.perform(e.answer_directive, answered)
    await platform.perform(
        e.recheck_fails, e.RecheckFails(**{**about, "by": WU}, finding="仍在销售这批货")
    )
    last = (await platform.log.load(id))[-1]
    assert isinstance(last.event, RecheckFailed)
    assert [flag.cause for flag in await flags(platform, pledge)] == ["directive"]
    ((_, command),) = await steps(platform, last)
    assert isinstance(command, FlagBreach)
    assert command.cause == "recheck"


async def test_what_is_withdrawn_or_not_begun_is_not_flagged(platform: Platform) -> None:
    withdrawn = await a_signed_pledge(platform)
    later = await a_signed_pledge(platform, begins=date(2099, 1, 1))
    gone = m.WithdrawPledge(by=CONTACT, member_pledge=withdrawn, reason="不再生产充电器")
    await platform.perform(m.withdraw_pledge, gone)
    await a_directive(platform)
    assert await flags(platform, withdrawn) == []
    assert await flags(platform, later) == []


async def test_policies_do_not_run_ahead_of_the_views(platform: Platform) -> None:
    """What the views have not seen waits, and is acted on later, once."""
    seen: list[int] = []

    async def note(recorded: Recorded) -> AsyncIterator[Step]:
        seen.append(recorded.position)
        for step in ():
            yield step

    await a_signed_pledge(platform)
    policies, size = Policies(platform.log, [note]), await platform.log.size()
    assert size > 2
    for until in (2, 2, 0, size, size):
        assert not await policies.act(until)
    assert seen == list(range(1, size + 1))
