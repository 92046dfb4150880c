"""What lists cost: no list reads a whole large table, whatever is asked of it.

Plans are looked at, not clocks: over tables filled with a province's distribution, with the
bounds of counting and paging made small in proportion.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest

from deploy.postgres import Server
from services.platform import Platform
from services.views import asking, narrowing
from services.views.archives import archives
from services.views.asking import Asking
from tests.bench.filling import filled, filled_id
from tests.bench.questions import QUESTIONS, REGULATOR, TODAY, Question

SIZE = 40_000
#: Of a table so many rows may be read without an index: to its end, or until enough are found.
SMALL = 5_000
#: So many rows may be looked at for one page and its count: a fraction of any large table.
READ = 10_000
#: What reads more, and why.
MORE = {
    # Of each pledge on the page, its members that are still on the roster are counted.
    "pledges.pledges": 40_000,
    "pledges.published": 40_000,
    # In the order of names those with one surname stand together: many are passed over.
    "directory.people": 20_000,
    # What held for a unit on an earlier day is worked out one by one.
    "archives.units": 12_000,
    # State and source of one regulator: two indexes are put together.
    "followups.board": 12_000,
}
Plan = dict[str, Any]


@pytest.fixture(scope="module")
async def crowded(server: Server) -> AsyncIterator[Platform]:
    """A platform whose views are filled with rows."""
    async with filled(server, SIZE) as platform:
        yield platform


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """The plan of everything that is asked from now on."""
    seen: list[Plan] = []
    fetch = Asking._fetch

    async def explained(self: Asking, connection: Any, sql: str, values: Any) -> Any:
        asked = f"explain (analyze, format json) {self.sql(sql)}".encode()
        found = await (await connection.execute(asked, values)).fetchone()
        seen.append(found[0][0]["Plan"])
        return await fetch(self, connection, sql, values)

    monkeypatch.setattr(Asking, "_fetch", explained)
    for name, most in (("MOST", 1_000), ("NEAR", 300), ("HITS", 500), ("FAR", 1_000)):
        monkeypatch.setattr(asking, name, most)
    for name, most in (("SOONEST", 300), ("COUNTED", 200)):
        monkeypatch.setattr(narrowing, name, most)
    for name, most in (("EARLIER", 300), ("WORKED_OUT", 100)):
        monkeypatch.setattr(archives, name, most)
    return seen


def test_every_list_of_every_view_is_asked_here(crowded: Platform) -> None:
    asked = {(question.view, question.name) for question in QUESTIONS}
    for view_name, view in vars(crowded.views).items():
        for name, question in inspect.getmembers(type(view), inspect.iscoroutinefunction):
            is_list = inspect.signature(question).return_annotation == "Page"
            if is_list and not name.startswith("_") and name not in vars(Asking):
                assert (view_name, name) in asked, f"{view_name}.{name}: add it to questions.py"


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
async def test_a_list_reads_few_rows(
    crowded: Platform, plans: list[Plan], question: Question
) -> None:
    page = await question.ask(crowded.views)
    await question.ask(crowded.views, page.last)
    for plan in plans:
        nodes = list(_nodes(plan))
        for node in nodes:
            if node["Node Type"] == "Seq Scan":
                assert _looked_at(node) <= SMALL, f"{node['Relation Name']} is read as a whole"
        most = MORE.get(f"{question.view}.{question.name}", READ)
        assert sum(map(_looked_at, nodes)) <= most, nodes


async def test_rare_words_are_found_by_their_index_in_every_list(
    crowded: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever filters go with them: nothing is found among the first rows here."""
    monkeypatch.setattr(asking, "NEAR", 1)
    for question in QUESTIONS:
        if question.asked.get("text"):
            await question.ask(crowded.views)


async def test_the_complaints_of_a_month_are_found_part_by_part(
    crowded: Platform, plans: list[Plan]
) -> None:
    """So many for each part and no more, in the second part too; with what was made of them."""
    views = crowded.views
    first, end, most = TODAY - timedelta(days=400), TODAY, 500
    part = await views.complaints.received_in(first, end, "", most)
    assert len(part) == most
    await views.complaints.received_in(first, end, str(part[-1]), most)
    await views.followups.made_of([str(id) for id in part])
    for plan in plans:
        assert sum(map(_looked_at, _nodes(plan))) <= 2 * most + 2, plan


async def test_what_a_desk_asks_besides_its_list_is_looked_up(
    crowded: Platform, plans: list[Plan]
) -> None:
    """Who is in charge of the rows of a page, what is offered, what was ticked: by index alone."""
    views, ids = crowded.views, [filled_id("complaint", n) for n in range(50)]
    for view in (views.complaints, views.followups, views.reports):
        await view.charged(ids)
        await view.offers_to(REGULATOR)
        await view.chosen(ids, REGULATOR)
    await views.relations.hidden(ids, REGULATOR)
    for plan in plans:
        assert sum(map(_looked_at, _nodes(plan))) <= 2 * len(ids) + 1_001, plan


def _nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _looked_at(node: Plan) -> int:
    """How many rows of a table or entries of an index a node of a plan goes through."""
    if not node["Node Type"].endswith("Scan") or node["Node Type"] in ("CTE Scan", "Subquery Scan"):
        return 0
    removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows = node["Actual Rows"] + sum(node.get(each, 0) for each in removed)
    return int(rows * node["Actual Loops"])
