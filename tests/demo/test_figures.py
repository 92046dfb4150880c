"""The demo province: its published figures are computed from events, and its lists agree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from deploy.demo import load, tell_sign_ins
from deploy.demo.people import DEMO_UNIT, PASSWORD, SIGN_INS
from deploy.demo.province import units
from services import desk
from services.actions import complaints, enforcement, member_pledges, member_questions, pledges
from services.figures import figures
from services.platform import Platform
from services.views.view import Page

AS_OF = date(2026, 11, 23)
FIGURES = {
    "units": 2469,
    "producers": 2108,
    "sellers": 361,
    "directors": 1806,
    "officers": 2309,
    "sessions": 199,
    "attendances": 5383,
    "checks": 5894,
    "with_problems": 262,
    "ordered": 244,
    "without_director": 663,
    "without_order": 18,
}


def silent(zh: str, en: str) -> None:
    assert zh
    assert en


async def test_every_published_figure_and_the_two_they_hide(demo: Platform) -> None:
    found = {f.code: f.value for f in await figures(demo.views, AS_OF)}
    assert found == FIGURES


async def test_each_figure_has_as_many_records_as_it_says(demo: Platform) -> None:
    archives = demo.views.archives
    lists: dict[str, Callable[[], Awaitable[Page]]] = {
        "units": lambda: archives.units(as_of=AS_OF),
        "directors": lambda: archives.posts("director", as_of=AS_OF),
        "officers": lambda: archives.posts("officer", as_of=AS_OF),
        "sessions": lambda: archives.sessions(as_of=AS_OF),
        "checks": lambda: archives.checks(as_of=AS_OF),
    }
    for code, question in lists.items():
        assert (await question()).total == FIGURES[code], code
    for which in (
        "producers", "sellers", "with_problems", "ordered", "without_director", "without_order",
    ):  # fmt: skip
        assert (await archives.units(which, as_of=AS_OF)).total == FIGURES[which], which
    assert (await archives.problems(as_of=AS_OF)).total == FIGURES["with_problems"]
    unordered = await archives.problems(as_of=AS_OF, ordered=False)
    assert unordered.total == FIGURES["without_order"]
    assert await _attendances(demo) == FIGURES["attendances"]


async def _attendances(demo: Platform) -> int:
    first = await demo.views.archives.sessions(as_of=AS_OF)
    pages = [
        await demo.views.archives.sessions(as_of=AS_OF, number=n) for n in range(1, first.last + 1)
    ]
    return sum(row["people"] for page in pages for row in page.rows)


async def test_every_state_occurs(demo: Platform) -> None:
    views = demo.views
    asked = {
        "complaint_register": complaints.STATES,
        "follow_ups": enforcement.STATES,
        "pledge_board": pledges.STATES,
    }
    for view in views:
        if codes := asked.get(view.name):
            rows = await view.rows("select distinct state from {rows}", {})
            assert {row["state"] for row in rows} == set(dict(codes)), view.name
    signed = await views.pledges.rows("select distinct state, asked from {members}", {})
    assert {row["state"] for row in signed} == set(dict(member_pledges.STATES))
    assert set(dict(member_questions.ASKED)) <= {row["asked"] for row in signed}


async def test_the_enterprise_that_signs_in_has_something_to_sign_and_to_submit(
    demo: Platform,
) -> None:
    board, enterprise = demo.views.pledges, units()[DEMO_UNIT].ref
    assert (await board.offered(enterprise.id, on=AS_OF)).total == 1
    states = [row["state"] for row in (await board.of_enterprise(enterprise.id)).rows]
    assert "active" in states
    assert "met" in states


async def test_no_view_stopped(demo: Platform) -> None:
    assert [b.view.name for b in demo.builders if b.failed] == []


async def test_a_second_load_adds_nothing(demo: Platform) -> None:
    before = await demo.log.size()
    await load(demo, silent)
    assert await demo.log.size() == before


async def test_everybody_of_the_table_can_sign_in(demo: Platform) -> None:
    said: list[str] = []
    tell_sign_ins("http://127.0.0.1:8080", lambda zh, en: said.append(zh))
    for one in SIGN_INS:
        assert await desk.check_password(demo.pool, one.name, PASSWORD)
        assert any(one.name in line for line in said)
