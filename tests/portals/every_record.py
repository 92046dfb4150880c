"""Every record: which ids of the demo fill the {id} of an address, own ones and others'.

A route with {id} under an address that is not here: add the address, the view, the table, the
column that says whose it is ("" = everybody's who has that portal), and its states.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from deploy.demo.people import OPERATOR, SECURITY, clerk, secretary
from events.event import Acting
from events.ids import derived_id, new_id
from services import saved_filters
from services.actions.invitations import InvitePerson, invite_person
from services.actions.letters import MakeLetter
from services.actions.many import ActOnMany
from services.actions.people import ROLES_OF
from services.actions.pledges import DraftPledge, draft_pledge
from services.actions.refused import Refused
from services.letters.making import making
from services.many import OnMany
from services.platform import Platform
from services.views.relations import Relations
from services.views.visible import restricted
from tests.caught_up import caught_up
from tests.deploy.importing import GOOD, csv_of, import_file

#: Of how many states one record each is opened.
_MOST = 14
_NOTED = "topic = 'internal-note-added' and starts_with(number, '{}')"
_WARNED = "what = 'warning' and state <> 'draft'"
_MANY = "topic in ('many-acted', 'many-undone')"
#: What the ids of further records are derived from.
_LACKING = UUID("01930000-0000-7000-8000-0000000000ac")


class Records(NamedTuple):
    """Records of one kind: where they are listed, and whose they are."""

    view: str
    table: str
    whose: str = ""
    state: str = "''::text"
    only: str = "true"
    id: str = "id"


RECORDS = {
    "/files/{kind}": Records("complaints", "rows", "handler", "state"),
    "/receipt": Records("tracking", "rows", state="state", only=f"not {restricted('id')}"),
    "/council/complaints": Records("complaints", "rows", "handler", "state"),
    "/council/imports": Records("imports", "rows", "party", "state"),
    "/council/enquiries": Records("enquiries", "rows", "handler", "state"),
    "/regulator/imports": Records("imports", "rows", "party", "state"),
    "/association/members": Records(
        "directory", "members", "association", "current::text", id="enterprise"
    ),
    "/association/pledges": Records("pledges", "rows", "association", "state"),
    "/association/signed": Records("pledges", "members", "association", "state"),
    "/regulator/complaints": Records("complaints", "rows", "handler", "state"),
    "/regulator/followups": Records("followups", "rows", "regulator", "state"),
    "/regulator/reports": Records("reports", "rows", "handler", "state"),
    "/regulator/enquiries": Records("enquiries", "rows", "handler", "state"),
    "/regulator/splits": Records(
        "submissions", "rows", "only_for", only="split and not undone", id="id::text"
    ),
    "/council/instruments": Records("instruments", "rows", "council", "what || state"),
    "/warnings": Records("instruments", "rows", state="state", only=_WARNED),
    "/comparisons": Records("comparisons", "rows", only="current"),
    "/enterprise/comparisons": Records(
        "comparisons", "asked", "enterprise", "(open or comment <> '')::text"
    ),
    "/proposals": Records("instruments", "rows", state="state", only="what = 'proposal'"),
    **{
        f"/{portal}/proposals": Records(
            "instruments", "rows", "about", "state", "what = 'proposal'"
        )
        for portal in ("regulator", "association")
    },
    "/council/splits": Records(
        "submissions", "rows", "only_for", only="split and not undone", id="id::text"
    ),
    "/regulator/referrals": Records("complaints", "rows", "referred_to", "state"),
    "/regulator/enterprises": Records("archives", "units", state="(archive is null)::text"),
    "/notices": Records("notices", "rows", "party", "(seen_on is null)::text"),
    "/council/firm-figures": Records("enterprise_figures", "rows", "body", "state"),
    "/regulator/firm-figures": Records("enterprise_figures", "rows", "body", "state"),
    "/enterprise/firm-figures": Records("enterprise_figures", "rows", "enterprise", "state"),
    "/pledges": Records("pledges", "rows", only="state = 'published'"),
    "/council/pledges": Records("pledges", "rows", only="state = 'published'"),
    "/regulator/pledges": Records("pledges", "rows", only="state = 'published'"),
    "/pledged": Records("pledges", "members", state="state"),
    "/council/pledged": Records("pledges", "members", state="state"),
    "/regulator/pledged": Records("pledges", "members", state="state"),
    "/regulator/sessions": Records("archives", "sessions"),
    "/enterprise/directives": Records(
        "followups", "rows", "enterprise", "state", f"directive <> '' and not {restricted('id')}"
    ),
    "/enterprise/complaints": Records(
        "complaints", "rows", "enterprise", "state", "accepted_on is not null"
    ),
    "/enterprise/interviews": Records(
        "instruments", "rows", "about", "state", "what = 'interview'"
    ),
    "/enterprise/published": Records("pledges", "rows", only="false"),
    "/enterprise/pledges": Records("pledges", "members", "enterprise", "state"),
    **{
        f"/{portal}/shared/{{kind}}": Records(
            "relations",
            "rows",
            "party",
            "kind || relation || offered",
            "(offered <> '' or relation in ('contributor', 'reader'))",
            id="kind || '/' || record",
        )
        for portal in ("council", "association", "regulator", "testing")
    },
    **{
        f"/{portal}/many": Records("trail", "rows", "party", "topic", _MANY, id="stream")
        for portal in ("council", "regulator")
    },
    **{
        f"/{portal}/notes/{{kind}}": Records(
            "trail", "rows", "party", "number", _NOTED.format(series), id=f"'{kind}/' || stream"
        )
        for portal, kind, series in (
            ("council", "complaint", ""),
            ("regulator", "follow-up", "JD"),
            ("association", "member-pledge", ""),
        )
    },
    "/testing/notes/{kind}": Records(
        "relations", "rows", "party", "kind", "relation = 'contributor'", id="kind || '/' || record"
    ),
    "/saved": Records("complaints", "desk.saved_filters", "party", "shared::text"),
    "/admin/parties": Records("directory", "parties", state="kind"),
    "/admin/invitations": Records("directory", "invitations", "party", "state", id="id::text"),
    "/admin/outbox": Records("complaints", "desk.messages", only="false"),
    "/admin/people": Records("directory", "people", state="state"),
}


def family(route: str) -> str:
    """The address before the id; "" where the route names no record."""
    before, _, after = route.partition("/{id")
    return before if after else ""


async def own(platform: Platform, kind: Records, party: str) -> list[str]:
    """Records of this party, one of each state."""
    mine = f"{kind.whose} = %(party)s" if kind.whose else "true"
    return await _ids(platform, kind, f"{kind.only} and {mine}", party)


async def others(platform: Platform, kind: Records, party: str) -> list[str]:
    """A record of another party in which this one has no part, where records have an owner."""
    if not kind.whose:
        return []
    theirs = f"{kind.whose} not in (%(party)s, '')"
    if kind.view in ("complaints", "followups", "reports"):
        parts = f"select from {Relations.table('rows')} where party = %(party)s"
        theirs += f" and not exists ({parts} and record = {kind.id})"
    return (await _ids(platform, kind, f"{kind.only} and {theirs}", party))[:1]


async def _ids(platform: Platform, kind: Records, where: str, party: str) -> list[str]:
    view = getattr(platform.views, kind.view)
    table = kind.table if "." in kind.table else f"{{{kind.table}}}"
    sql = (
        f"select distinct on ({kind.state}) {kind.id} as id from {table}"
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


async def add_what_the_demo_lacks(platform: Platform, folder: Path) -> None:
    """A draft of an association, an import its council may reverse, letters to be delivered.

    Under the same ids wherever it is added.
    """
    draft = DraftPledge(
        by=secretary(0), pledge=derived_id(_LACKING, "draft"),
        title="充电器追溯标签承诺", text="每个充电器都贴追溯标签",
        metric="抽查中贴有追溯标签的比例", target="100%", evidence="每季度抽查记录",
        period_from=date(2027, 1, 1), period_to=date(2027, 12, 31),
    )  # fmt: skip
    await platform.perform(draft_pledge, draft)
    for party in (OPERATOR, clerk("council", "350100").party):
        asked = InvitePerson(
            by=SECURITY, party=party, name="新来的同事", role=ROLES_OF[party.kind][0],
            invitation=derived_id(_LACKING, party.id),
        )  # fmt: skip
        await platform.perform(invite_person, asked)
    await import_file(platform, folder, csv_of(GOOD), by=clerk("council", "350100"))
    for by, shared in ((clerk("council", "350100"), False), (clerk("regulator", "350102"), True)):
        path = f"/{by.party.kind}/complaints"
        await saved_filters.save(platform.pool, by, path, "state=received", "待受理", shared)
    for kind, by in (("complaint", clerk("council", "350100")), ("complaint", _OFFICER),
                     ("report", _OFFICER)):  # fmt: skip
        await _letter(platform, kind, by)
    for by in (clerk("council", "350100"), _OFFICER):
        ids = await own(platform, RECORDS[f"/{by.party.kind}/complaints"], by.party.id)
        claims = ActOnMany(by=by, kind="complaint", records=tuple(map(UUID, ids)), act="claim")
        await platform.perform(OnMany(platform).act, claims)
    await _message(platform)
    await caught_up(platform)


async def _message(platform: Platform) -> None:
    """One that was given up, so that it can be tried again."""
    sql = b"""
        insert into desk.messages (id, kind, subject, cause, way, carried_by, state, tries, error)
        values (%(id)s, 'news', %(id)s, 0, 'text', 'outbox', 'failed', 6, 'away')"""
    async with platform.pool.connection() as connection:
        await connection.execute(sql, {"id": derived_id(_LACKING, "message")})


_OFFICER = clerk("regulator", "350102")


async def _letter(platform: Platform, kind: str, by: Acting) -> None:
    """One that waits to be delivered, for a complaint or report this body handles."""
    form, to = ("form-1", "complainant") if kind == "complaint" else ("form-10", "reporter")
    letter = str(derived_id(_LACKING, f"letter {kind} {by.party.id}"))
    for one in await own(platform, RECORDS[f"/{by.party.kind}/{kind}s"], by.party.id):
        asked = MakeLetter(by=by, kind=kind, record=one, form=form, to=to, letter=letter)
        with suppress(Refused):  # of most reports no result was told yet
            await platform.perform(making(platform), asked)
            return
    raise AssertionError(f"of no {kind} a letter can be made")


def unknown() -> str:
    """An id that names nothing."""
    return str(new_id())
