"""The follow-up board: one row per follow-up, its latest directive, and who may find it."""

from __future__ import annotations

from datetime import date

import pytest

from events.event import Acting
from events.ids import new_id
from services.actions import enforcement as e
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.people import COUNCIL, GULOU, JINAN, LI, MINHAI, WANG, WU

pytestmark = pytest.mark.postgres


async def opened(platform: Platform, by: Acting = LI, **fields: object) -> Row:
    about = {
        "enterprise": MINHAI,
        "source": "own",
        "matter": "抽查发现不合格",
        "occurred_on": date(2026, 3, 2),
    }
    command = e.OpenFollowUp(by=by, follow_up=new_id(), **{**about, **fields})  # type: ignore[arg-type]
    await platform.perform(e.open_follow_up, command)
    await caught_up(platform)
    row = await platform.views.followups.one(str(command.follow_up))
    assert row is not None
    return row


async def test_a_follow_up_from_its_opening_to_the_result(platform: Platform) -> None:
    complaint = str(new_id())
    row = await opened(
        platform,
        source="referral",
        raised_by=COUNCIL,
        complaint=complaint,
        source_number="GZ-2026-000001-C",
    )
    assert row["state"] == "opened"
    assert (row["regulator_name"], row["raised_by_name"]) == (GULOU.name, COUNCIL.name)
    assert row["number"].startswith("JD-2026-000001-")

    issue = {"directive": "talk", "demands": "到局里说明情况", "basis": "第四条"}
    answer = {"answer": "已经全部下架", "way": "phone"}
    steps = [
        (e.issue_directive, e.IssueDirective, 3, {**issue, "due": date(2026, 3, 20)}),
        (e.deliver_directive, e.DeliverDirective, 4, {"how": "当面"}),
        (e.answer_directive, e.AnswerDirective, 9, answer),
        (e.recheck_fails, e.RecheckFails, 12, {"by": WU, "finding": "现场仍在销售"}),
        (e.issue_directive, e.IssueDirective, 13, {**issue, "due": date(2026, 4, 1)}),
    ]
    commands = [
        (action, kind(follow_up=row["id"], occurred_on=date(2026, 3, n), **{"by": LI, **fields}))
        for action, kind, n, fields in steps
    ]
    for action, command in commands:
        await platform.perform(action, command)  # type: ignore[arg-type]
    await caught_up(platform)
    again = await platform.views.followups.numbered(row["number"])
    assert again is not None
    assert (again["state"], again["directives"], again["due"]) == ("issued", 2, date(2026, 4, 1))
    assert (again["answered_on"], again["answer"], again["finding"]) == (None, "", "")

    (same,) = await platform.views.followups.of_complaint(complaint)
    assert same["id"] == row["id"]
    assert complaint in await platform.views.followups.of_complaints([complaint, str(new_id())])
    assert (await platform.views.followups.of_council(COUNCIL.id)).total == 1


async def test_the_board_is_asked_by_regulator_state_enterprise_source_and_words(
    platform: Platform,
) -> None:
    board = platform.views.followups
    mine = await opened(platform)
    await opened(platform, by=WANG, source="check", occurred_on=date(2026, 4, 1))
    assert (await board.board()).total == 2
    assert [r["number"] for r in (await board.board(regulator=GULOU.id)).rows] == [mine["number"]]
    assert (await board.board(regulator=JINAN.id, state="opened", source="check")).total == 1
    assert (await board.board(state="closed")).total == 0
    assert (await board.of_enterprise(MINHAI.id)).total == 2
    assert (await board.board(text="闽海")).total == 2
    assert (await board.board(text=mine["number"].lower())).total == 1
    assert await board.states_of(GULOU.id) == {"opened": 1}
    assert await board.of_complaint("") == []
