"""The archives as lists and figures: the same records, counted as at a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.archives import Attendance
from events.event import PartyRef, today
from events.ids import derived_id, new_id
from services.actions import archives as a
from services.actions import enforcement as e
from services.actions.parties import (
    RegisterEnterprise,
    RenameParty,
    register_enterprise,
    rename_party,
)
from services.actions.trainings import HoldTraining, hold_training
from services.figures import figures
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, LI

pytestmark = pytest.mark.postgres

CODES = ("91350100M000100Y43", "91350203M00012345B", "91350200M0001008XY")
START = date(2025, 1, 1)


def later(days: int) -> date:
    return START + timedelta(days=days)


async def a_unit(
    platform: Platform, name: str, code: str = CODES[0], division: str = "350102", **changes: Any
) -> PartyRef:
    """An enterprise that is registered and enrolled on the first day."""
    entered = RegisterEnterprise(by=ADMIN, name=name, credit_code=code, occurred_on=START)
    await platform.perform(register_enterprise, entered)
    told = {"unit_kind": "producer", "product_class": "2", "size": "small"} | changes
    enrols = a.EnrolEnterprise(
        by=LI, enterprise=entered.ref, division=division, division_name=division,
        occurred_on=START, **told,
    )  # fmt: skip
    await platform.perform(a.enrol_enterprise, enrols)
    return entered.ref


async def a_problem(platform: Platform, unit: PartyRef, on: date) -> str:
    visit = a.MakeCheck(by=LI, enterprise=unit, found="没有进货查验记录", occurred_on=on)
    await platform.perform(a.make_check, visit)
    return str(derived_id(visit.check_id, "problem 1"))


async def opened(platform: Platform, unit: PartyRef, problem: str, on: date) -> UUID:
    command = e.OpenFollowUp(
        by=LI, enterprise=unit, source="check", matter="检查发现的问题", problem=problem,
        occurred_on=on,
    )  # fmt: skip
    await platform.perform(e.open_follow_up, command)
    return command.follow_up


async def ordered(platform: Platform, follow_up: UUID, on: date) -> None:
    command = e.IssueDirective(
        by=LI, follow_up=follow_up, directive="rectification", demands="七日内补齐记录",
        basis="第十七条", due=on + timedelta(days=15), occurred_on=on,
    )  # fmt: skip
    await platform.perform(e.issue_directive, command)


async def values(platform: Platform, on: date, division: str = "") -> dict[str, int]:
    return {f.code: f.value for f in await figures(platform.views, on, division)}


async def test_posts_count_from_the_day_they_are_held_to_the_day_they_end(
    platform: Platform,
) -> None:
    unit = await a_unit(platform, "榕城电器有限公司")
    post = new_id()
    await platform.perform(
        a.appoint_director,
        a.AppointDirector(by=LI, enterprise=unit, post=post, name="林月", occurred_on=later(10)),
    )
    left = a.DirectorLeaves(
        by=LI, enterprise=unit, post=post, reason="本人辞职，已交接", occurred_on=later(20)
    )
    await platform.perform(a.director_leaves, left)
    await caught_up(platform)
    for day, directors in ((9, 0), (10, 1), (19, 1), (20, 0)):
        found = await values(platform, later(day))
        assert found["directors"] == directors, day
        assert found["without_director"] == 1 - directors
        page = await platform.views.archives.posts("director", as_of=later(day))
        assert page.total == directors
        vacant = await platform.views.archives.units("without_director", as_of=later(day))
        assert vacant.total == 1 - directors
    (row,) = await platform.views.archives.posts_of(unit.id)
    assert (row["name"], row["until"], row["reason"]) == ("林月", later(20), "本人辞职，已交接")


async def test_a_problem_without_an_order_is_named_until_one_follows(platform: Platform) -> None:
    unit = await a_unit(platform, "榕城电器有限公司")
    problem = await a_problem(platform, unit, later(10))
    follow_up = await opened(platform, unit, problem, later(12))
    await ordered(platform, follow_up, later(15))
    await caught_up(platform)
    archives = platform.views.archives
    counted = ("with_problems", "ordered", "without_order")
    for day, expected in ((9, (0, 0, 0)), (10, (1, 0, 1)), (14, (1, 0, 1)), (15, (1, 1, 0))):
        found = await values(platform, later(day))
        assert tuple(found[code] for code in counted) == expected, day
        for code, number in zip(counted, expected, strict=True):
            assert (await archives.units(code, as_of=later(day))).total == number
    assert (await archives.problems(as_of=later(14), ordered=False)).total == 1
    (row,) = (await archives.problems(as_of=later(15), ordered=True, enterprise=unit.id)).rows
    assert row["ordered_on"] == later(15)
    assert row["follow_up"] == str(follow_up)
    assert row["follow_up_number"]


async def test_a_second_order_does_not_move_the_first(platform: Platform) -> None:
    unit = await a_unit(platform, "榕城电器有限公司")
    follow_up = await opened(platform, unit, await a_problem(platform, unit, later(1)), later(2))
    await ordered(platform, follow_up, later(3))
    about = {"by": LI, "follow_up": follow_up}
    await platform.perform(
        e.deliver_directive, e.DeliverDirective(**about, how="当面送达", occurred_on=later(4))
    )
    await platform.perform(
        e.recheck_fails,
        e.RecheckFails(**about, finding="到期没有答复也没有整改", occurred_on=later(30)),
    )
    await ordered(platform, follow_up, later(31))
    await caught_up(platform)
    assert (await values(platform, later(5)))["ordered"] == 1
    (row,) = (await platform.views.archives.problems(as_of=later(40))).rows
    assert row["ordered_on"] == later(3)


async def test_visits_people_and_units_are_counted_apart(platform: Platform) -> None:
    unit = await a_unit(platform, "榕城电器有限公司")
    for day in (1, 2, 3):
        await a_problem(platform, unit, later(day))
    came = [Attendance(enterprise=unit, people=4)]
    held = HoldTraining(
        by=LI, title="日管控实务", division="350100", division_name="福州市", attended=came,
        occurred_on=later(5),
    )  # fmt: skip
    await platform.perform(hold_training, held)
    await caught_up(platform)
    found = await values(platform, today())
    assert (found["checks"], found["with_problems"]) == (3, 1)
    assert (found["sessions"], found["attendances"]) == (1, 4)
    assert (await values(platform, later(4)))["sessions"] == 0
    archives = platform.views.archives
    (row,) = (await archives.trainings_of(unit.id)).rows
    assert (row["title"], row["people"]) == ("日管控实务", 4)
    assert (await archives.attended(str(held.session))).total == 1
    assert (await archives.checks(as_of=today(), enterprise=unit.id)).total == 3


async def test_each_division_has_its_own_numbers(platform: Platform) -> None:
    await a_unit(platform, "榕城电器有限公司")
    await a_unit(platform, "鹭岛玩具店", CODES[1], "350203", unit_kind="seller")
    await caught_up(platform)
    assert (await values(platform, today()))["units"] == 2
    assert (await values(platform, today(), "350100"))["producers"] == 1
    assert (await values(platform, today(), "350203"))["sellers"] == 1
    assert (await values(platform, today(), "350102"))["sellers"] == 0
    archives = platform.views.archives
    cities = await archives.by_division(today(), "350000", 4)
    assert [(row["division"], row["units"]) for row in cities] == [("3501", 1), ("3502", 1)]
    counties = await archives.by_division(today(), "350100", 6)
    assert [(row["division"], row["without_director"]) for row in counties] == [("350102", 1)]


async def test_enterprises_are_found_by_words_code_and_kind(platform: Platform) -> None:
    await a_unit(platform, "福州榕城电器有限公司")
    await a_unit(platform, "鹭岛玩具店", CODES[1], "350203", unit_kind="seller", product_class="1")
    loose = RegisterEnterprise(by=ADMIN, name="未建档的榕城小店", credit_code=CODES[2])
    await platform.perform(register_enterprise, loose)
    await caught_up(platform)

    async def names(which: str = "all", **asked: str) -> list[str]:
        page = await platform.views.archives.units(which, as_of=today(), **asked)
        return [row["name"] for row in page.rows]

    assert await names("units", text="榕城") == ["福州榕城电器有限公司"]
    assert len(await names(text="榕城")) == 2
    assert await names(text=CODES[1].lower()) == ["鹭岛玩具店"]
    assert await names(text="%") == []
    assert await names(division="350200") == ["鹭岛玩具店"]
    assert await names(unit_kind="seller", product_class="1") == ["鹭岛玩具店"]
    assert await names(unit_kind="seller", product_class="2") == []
    assert await names("not_enrolled") == ["未建档的榕城小店"]
    assert await names("without_officer", division="350102") == ["福州榕城电器有限公司"]
    row = await platform.views.archives.unit(str(loose.id))
    assert row is not None
    assert row["enrolled_on"] is None


async def test_a_link_leads_to_the_very_records(platform: Platform) -> None:
    found = {f.code: f for f in await figures(platform.views, START, "350100")}
    link = found["without_order"].link
    assert link == "/regulator/enterprises?which=without_order&as_of=2025-01-01&division=350100"
    assert all(f.definition.zh and f.definition.en and f.unit.en for f in found.values())


async def test_the_view_rebuilt_is_the_same(platform: Platform) -> None:
    unit = await a_unit(platform, "榕城电器有限公司")
    follow_up = await opened(platform, unit, await a_problem(platform, unit, later(1)), later(2))
    await ordered(platform, follow_up, later(3))
    await caught_up(platform)
    builder = next(b for b in platform.builders if b.view.name == "archives")
    before = await builder.digest()
    await builder.rebuild()
    await platform.catch_up()
    assert await builder.digest() == before


async def test_a_renamed_enterprise_is_listed_under_its_new_name(platform: Platform) -> None:
    unit = await a_unit(platform, "榕城电器有限公司")
    command = RenameParty(
        by=ADMIN, party=UUID(unit.id), name="榕城智能电器有限公司", reason="工商变更登记"
    )
    await platform.perform(rename_party, command)
    await caught_up(platform)
    (row,) = (await platform.views.archives.units(as_of=today())).rows
    assert row["name"] == "榕城智能电器有限公司"
