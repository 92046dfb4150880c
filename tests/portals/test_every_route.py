"""Every route of the application for every role: what opens, what is refused, what is shown.

Made from the router itself: a new route is tested here without being named. Each role of the
demo walks along its links; then everybody tries every address that anybody found.
"""

from __future__ import annotations

import pytest
from aiohttp import web

from deploy.demo.people import clerk, secretary
from deploy.demo.sharing import note_of
from tests.conftest import Served
from tests.portals.every_record import RECORDS, family
from tests.portals.reading import faults
from tests.portals.visitors import HOMES, WITHOUT, Answer, kind_of
from tests.portals.walking import ENDS, SWITCH, Walk, plain, routes

pytestmark = pytest.mark.postgres

#: Where somebody is sent who has to say first who she is.
ASK_FIRST = ("/track", "/report/follow", "/sign-in")


#: What no role of a demo comes to by links and forms alone, and the tests that do.
ELSEWHERE = {
    "/sign-in/second": "test_second.py",
    "/account/factors/{id}/remove": "test_second.py",
    "/account/codes": "test_second.py",
    "/account/sessions/{id}/end": "test_second.py",
    "/account/tokens/{id}/end": "test_tokens.py",
    "/invitation/take": "test_invitations.py",
    "/invitation/with": "tests/oidc",
    "/admin/invitations/{id}/renew": "test_invitations.py",
    "/sign-in/back": "tests/oidc",
    "/sign-in/with/{party}": "tests/oidc",
    "/account/identity": "tests/oidc",
    "/admin/parties/{id}/provider/end": "tests/oidc",
    "/track/complaint/letters/{letter}.pdf": "test_letters.py",
    "/track/complaint/letters/{letter}/open": "test_letters.py",
    "/track/complaint/enquiries/{enquiry}": "test_enquiries.py",
    "/report/mine/letters/{letter}.pdf": "test_report_letters.py",
    "/report/mine/letters/{letter}/open": "test_report_letters.py",
    "/enterprise/complaints/{id}/letters/{letter}.pdf": "test_enterprise.py",
    "/enterprise/complaints/{id}/letters/{letter}/open": "test_enterprise.py",
    "/track/complaint/session.ics": "tests/journeys/test_appointment.py",
    "/enterprise/complaints/{id}/session.ics": "tests/journeys/test_appointment.py",
    "/late": "test_clock_page.py",
    "/complain/similar": "test_public.py",
}
#: An act that asks nothing and says at once what came of it.
AT_ONCE = ("/account/tokens", "/account/codes", "/account/sessions/end", "/invitation/take")


def kinds_of(route: web.AbstractRoute) -> tuple[str, ...]:
    """For which kinds of party a route is; () for everybody."""
    return getattr(route.handler, "staff", ())


async def test_every_route_is_reached_by_somebody(serving: Served, walks: dict[str, Walk]) -> None:
    reached = {route for walk in walks.values() for route in walk.reached()}
    missed = sorted(set(routes(serving.app, "GET")) - reached - set(ELSEWHERE))
    assert missed == [], (
        "No role of the demo comes to these pages: link them from a page, give the demo a record "
        "that they show, or add their records to tests/portals/every_record.py"
    )


def test_internal_notes_are_read_by_their_own_unit_alone(walks: dict[str, Walk]) -> None:
    units = [
        clerk("council", "350100").party, clerk("regulator", "350102").party, secretary(0).party,
    ]  # fmt: skip
    wrong = []
    for role, walk in walks.items():
        for unit in units:
            read = [a.address for a in walk.answers if note_of(unit) in a.text]
            if bool(read) != (walk.who.party == unit.id):
                wrong.append(f"{role} reads the note of {unit.name} at {read[:3]}")
    assert wrong == []


async def test_every_form_is_reached_by_somebody(serving: Served, walks: dict[str, Walk]) -> None:
    reached = set()
    for walk in walks.values():
        for answer in walk.empty:
            if answer.status in (303, 409, 422):
                reached.add((await kind_of(serving.app, answer.address, "POST"))[0])
    missed = sorted(set(routes(serving.app, "POST")) - reached - set(ELSEWHERE))
    assert missed == [], (
        "No role of the demo may send these forms: link them from a page that has the record, or "
        "give the demo a record in the state that allows them"
    )


def test_every_route_of_a_record_says_which_records(serving: Served) -> None:
    named = {family(route) for route in routes(serving.app, "GET")} - {""}
    assert named - set(RECORDS) == set(), "add them to RECORDS in tests/portals/every_record.py"


@pytest.mark.parametrize("role", HOMES)
async def test_no_answer_is_an_error_of_ours(walks: dict[str, Walk], role: str) -> None:
    assert [
        f"{a.method} {a.address}: {a.status}" for a in walks[role].answers if a.status >= 500
    ] == []


@pytest.mark.parametrize("role", HOMES)
async def test_every_link_leads_somewhere(walks: dict[str, Walk], role: str) -> None:
    assert [f"{a.address}: {a.status}" for _, a in walks[role].pages if a.status >= 400] == []


@pytest.mark.parametrize("role", HOMES)
async def test_every_page_is_whole_and_in_its_language(walks: dict[str, Walk], role: str) -> None:
    wrong = [
        f"{language} {answer.address}: {fault}"
        for language, answer in walks[role].pages
        if answer.status == 200 and answer.is_page
        for fault in faults(answer.html, language)
    ]
    assert wrong == []


@pytest.mark.parametrize("role", HOMES)
async def test_every_answer_has_the_policy(walks: dict[str, Walk], role: str) -> None:
    given = [
        a
        for a in walks[role].answers
        if "default-src 'self'" not in a.headers.get("Content-Security-Policy", "")
    ]
    assert [a.address for a in given] == []


def told(answer: Answer) -> tuple[int, str]:
    """What an answer gives away."""
    return answer.status, plain(answer)


@pytest.mark.parametrize("role", HOMES)
async def test_who_may_not_see_a_page_learns_nothing(
    serving: Served, walks: dict[str, Walk], role: str
) -> None:
    walk, every = walks[role], routes(serving.app, "GET")
    #: Where she may read the record itself, an act that is not hers may say so.
    read = {family(route) for route, others_, _ in walk.tried if others_.status == 200}
    wrong = []
    for route, others_, unknown in walk.tried:
        kinds, hidden = kinds_of(every[route]), family(route) not in read
        if kinds and role in WITHOUT:
            asked = all(a.status == 303 and a.headers["Location"].startswith("/sign-in")
                        for a in (others_, unknown))  # fmt: skip
            wrong += [] if asked else [f"{route}: opened without an account"]
        elif others_.status >= 400 and hidden and told(others_) != told(unknown):
            wrong.append(f"{others_.address}: {others_.status}, an unknown one: {unknown.status}")
        elif family(route) and unknown.status not in (403, 404):
            wrong.append(f"{unknown.address}: {unknown.status} for an unknown one")
    assert wrong == []


@pytest.mark.parametrize("role", HOMES)
async def test_a_form_without_its_token_is_refused(walks: dict[str, Walk], role: str) -> None:
    done = [
        f"{a.address}: {a.status}"
        for a in walks[role].bare
        if a.status not in (401, 403, 404, 422) and a.headers.get("Location") not in ASK_FIRST
    ]
    assert done == []


@pytest.mark.parametrize("role", HOMES)
async def test_an_empty_form_comes_back_with_what_is_missing(
    walks: dict[str, Walk], role: str
) -> None:
    wrong = []
    for answer in walks[role].empty:
        if answer.status in (401, 403, 404, 409):
            continue
        if answer.status == 422 and "govuk-error-summary" in answer.text:
            continue
        asked_first = answer.headers.get("Location") in ASK_FIRST
        at_once = answer.address in AT_ONCE or answer.address.endswith("/renew")
        at_once = at_once or answer.address.startswith(("/notices/", "/admin/outbox/"))
        at_once = at_once or "/letters/make/" in answer.address
        if not asked_first and not at_once and answer.address not in (*ENDS, SWITCH):
            wrong.append(f"{answer.address}: {answer.status}")
    assert wrong == []
