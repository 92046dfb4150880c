"""Every route × every role × every visibility × every kind of case, held against the table.

Who may not see a restricted case gets, at every address, what an id that names nothing gets; no
list, tab, search or file of hers names it. Who may see a case finds a page that opens it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from deploy.demo.people import SIGN_INS
from portals.pages import PLATFORM
from services.actions.kinds import KINDS
from tests.conftest import Served
from tests.portals.every_case import Case, Trying, acts_of, by_of, cases
from tests.portals.visitors import HOMES, visitor

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
async def tried(serving: Served) -> AsyncIterator[dict[str, Trying]]:
    """Every role has asked for every case, everywhere."""
    all_cases = await cases(serving.app[PLATFORM])
    async with AsyncExitStack() as stack:
        made = {}
        for role in HOMES:
            who = await stack.enter_async_context(visitor(serving, role))
            made[role] = Trying(who, await by_of(who))
        acts = await acts_of(list(made.values()), all_cases)
        for one in made.values():
            await one.look_everywhere(all_cases)
            for case in all_cases:
                await one.ask_for(case, acts)
        yield made


async def test_the_demo_has_every_kind_of_case_in_every_visibility(serving: Served) -> None:
    found: list[Case] = await cases(serving.app[PLATFORM])
    there = {(case.kind, case.record.visibility) for case in found}
    assert there >= {(kind, v) for kind in KINDS for v in ("normal", "restricted")}, (
        "add cases of the new kind to deploy/demo/sharing.py"
    )


@pytest.mark.parametrize("role", HOMES)
def test_a_restricted_case_is_answered_like_one_that_is_not_there(
    tried: dict[str, Trying], role: str
) -> None:
    assert [f"{each.case}: {said}" for each in tried[role].tried for said in each.tell] == []


@pytest.mark.parametrize("role", HOMES)
def test_no_list_search_or_file_names_a_restricted_case(
    tried: dict[str, Trying], role: str
) -> None:
    assert tried[role].leaks == []


@pytest.mark.parametrize("role", [each.name for each in SIGN_INS])
def test_what_opens_is_what_the_table_says(tried: dict[str, Trying], role: str) -> None:
    wrong = []
    for each in tried[role].tried:
        invited, involved = each.relation == "offered", each.relation != "none"
        if each.sees and involved and not each.opened:
            wrong.append(f"{each.case}: may be seen, and no page opens it")
        elif each.opened and not each.sees and not invited:
            wrong.append(f"{each.case}: may not be seen, and opens at {each.opened}")
    assert wrong == []


def test_who_is_in_charge_finds_her_restricted_cases_in_her_lists(
    tried: dict[str, Trying],
) -> None:
    missing = [
        f"{role}: {each.case}"
        for role, one in tried.items()
        for each in one.tried
        if each.case.record.restricted and each.relation == each.case.record.OWNER
        and each.case.id not in one.seen_in_lists
    ]  # fmt: skip
    assert missing == []
