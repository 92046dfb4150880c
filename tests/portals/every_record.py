"""Every record: which ids of the demo fill the {id} of an address, own ones and others'.

A route with {id} under an address that is not here: add the address, the view, the table, the
column that says whose it is ("" = everybody's who has that portal), and its states.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from events.ids import new_id
from services.platform import Platform

#: Of how many states one record each is opened.
_MOST = 12


class Records(NamedTuple):
    """Records of one kind: where they are listed, and whose they are."""

    view: str
    table: str
    whose: str = ""
    state: str = "''::text"
    only: str = "true"
    id: str = "id"


RECORDS = {
    "/receipt": Records("tracking", "rows", state="state"),
    "/council/complaints": Records("complaints", "rows", "handler", "state"),
    "/council/imports": Records("imports", "rows", "party", "state"),
    "/association/members": Records(
        "directory", "members", "association", "current::text", id="enterprise"
    ),
    "/association/pledges": Records("pledges", "rows", "association", "state"),
    "/association/signed": Records("pledges", "members", "association", "state"),
    "/regulator/complaints": Records("complaints", "rows", "handler", "state"),
    "/regulator/followups": Records("followups", "rows", "regulator", "state"),
    "/regulator/referrals": Records("complaints", "rows", "referred_to", "state"),
    "/regulator/enterprises": Records("archives", "units", state="(archive is null)::text"),
    "/regulator/sessions": Records("archives", "sessions"),
    "/enterprise/directives": Records(
        "followups", "rows", "enterprise", "state", "directive <> ''"
    ),
    "/enterprise/published": Records("pledges", "rows", state="state"),
    "/enterprise/pledges": Records("pledges", "members", "enterprise", "state"),
    "/admin/parties": Records("directory", "parties", state="kind"),
    "/admin/people": Records("directory", "people", state="state"),
}
_FILLED = re.compile(r"\{id(:[^{}]*(\{\d+\})?[^{}]*)?\}")


def family(route: str) -> str:
    """The address before the id; "" where the route names no record."""
    before, _, after = route.partition("/{id")
    return before if after else ""


def filled(route: str, id: str) -> str:
    """The route's address for this record."""
    return _FILLED.sub(id, route)


async def own(platform: Platform, kind: Records, party: str) -> list[str]:
    """Records of this party, one of each state."""
    mine = f"{kind.whose} = %(party)s" if kind.whose else "true"
    return await _ids(platform, kind, f"{kind.only} and {mine}", party)


async def others(platform: Platform, kind: Records, party: str) -> list[str]:
    """A record of another party, where records belong to somebody."""
    if not kind.whose:
        return []
    theirs = f"{kind.whose} not in (%(party)s, '')"
    return (await _ids(platform, kind, f"{kind.only} and {theirs}", party))[:1]


async def _ids(platform: Platform, kind: Records, where: str, party: str) -> list[str]:
    view = getattr(platform.views, kind.view)
    sql = (
        f"select distinct on ({kind.state}) {kind.id} as id from {{{kind.table}}}"
        f" where {where} order by {kind.state}, {kind.id} desc limit {_MOST}"
    )
    return [str(row["id"]) for row in await view.rows(sql, {"party": party})]


async def party_of(platform: Platform, sign_in: str) -> str:
    """The party for which the person with this sign-in name acts; "" for nobody."""
    found = await platform.views.directory.row(
        "select r.party from {roles} r join {people} p on p.id = r.person where p.sign_in = %(s)s",
        {"s": sign_in},
    )
    return str(found["party"]) if found else ""


def unknown() -> str:
    """An id that names nothing."""
    return str(new_id())
