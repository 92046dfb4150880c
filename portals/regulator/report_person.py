"""Who reported: unmasking by an act with ground and reason, and deletion of what is kept of her."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from events.event import today
from events.report_terms import UNMASK_GROUNDS
from events.words import Words, both
from portals.erasure_pages import Erasure, Kept
from portals.forms import FormState
from portals.regulator.reports import CRUMBS, LIST, the_report
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import reports as r
from services.actions.erasure import STANDING
from services.actions.refused import AlreadyDecided
from services.actions.reports.erasure import STEPS
from services.told_reports import who_told

Row = dict[str, Any]
#: So long after unmasking her does who did it see who she is.
OPEN = timedelta(hours=1)
_TITLE = Words("举报人", "Reporter")


async def _find(request: web.Request) -> Kept:
    """What is kept of who made the report, for who handles it."""
    return _kept(await the_report(request))


def _kept(row: Row) -> Kept:
    return Kept(
        title=_TITLE,
        caption=both(row["number"]),
        crumbs=_crumbs(row),
        here=f"{LIST}/{row['id']}/reporter",
        standing=row["personal"],
        since=row["personal_on"],
        holds=r.holds(row["state"], row["decided_on"] or today(), today()),
        relation="handler",
        state=row["state"],
        known={"report": row["id"]},
        version=row["version"],
    )


PAGES = Erasure(STEPS, r.informant_erasure_step, _find)


async def show(request: web.Request) -> web.StreamResponse:
    """Who unmasked her and why; who she is, to whom did so within the hour."""
    row, platform, by = await the_report(request), request.app[PLATFORM], acting(request)
    unmasked = await platform.views.reports.unmasked(str(row["id"]))
    seen = any(_still_open(each, by.person) for each in unmasked) and row["personal"] != "erased"
    if seen:
        platform.reads.note(by, "informant", row["id"], row["number"], "unmasked")
    kept = _kept(row)
    return await page(
        request,
        "regulator/report_person.html",
        title=_TITLE,
        breadcrumbs=kept.crumbs,
        row=row,
        kept=kept,
        standing=STANDING[row["personal"]],
        who=await who_told(platform.log, row["informant"]) if seen else None,
        unmasked=[{**each, "ground": UNMASK_GROUNDS[each["ground"]]} for each in unmasked],
        acts=_unmask(row, kept, by) + PAGES.acts(request, kept),
    )


def _still_open(unmasked: Row, person: str) -> bool:
    return unmasked["person"] == person and datetime.now(UTC) - unmasked["at"] < OPEN


def _possible(row: Row) -> bool:
    return not row["anonymous"] and row["personal"] != "erased"


def _unmask(row: Row, kept: Kept, by: Any) -> list[Row]:
    may = _possible(row) and access.may(by, "UnmaskReporter", "handler", row["state"])
    return [{"url": f"{kept.here}/unmask", "words": r.UnmaskReporter.SAYS}] if may else []


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*CRUMBS, (f"{LIST}/{row['id']}", both(row["number"]))]


async def unmask_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """On what ground, and why."""
    row = await the_report(request)
    access.check_kind(acting(request), r.UnmaskReporter, "handler")
    if state is None and not _possible(row):
        raise AlreadyDecided(_NOT_NOW.fill(number=row["number"], said=r.UnmaskReporter.SAYS))
    made = form_page(r.UnmaskReporter, state, seen=row["version"], intro=_INTRO)
    here = (f"{LIST}/{row['id']}/reporter", _TITLE)
    return await page(request, "form.html", breadcrumbs=[*_crumbs(row), here], **made)


@reshown
async def unmask(request: web.Request) -> web.StreamResponse:
    """Say so; for an hour it is seen who she is."""
    row = await the_report(request)
    then = f"{LIST}/{row['id']}/reporter"
    return await act(
        request, r.unmask_reporter, r.UnmaskReporter, then, again=unmask_form, report=row["id"]
    )


_INTRO = Words(
    "这次查看会永久留在审计轨迹里：谁、什么时候、依据和理由。之后一小时内只有您能看到身份。",
    "This stays in the audit trail for good: who, when, ground and reason. For an hour you, "
    "and nobody else, see who it is.",
)
_NOT_NOW = Words(
    "举报 {number} 现在不能“{said}”。", "Not possible for report {number} now: {said}."
)

_HERE = f"{LIST}/{{id}}/reporter"


def _door(handler: Any) -> Any:
    return staff(handler, "regulator")


ROUTES = [
    # Before the acts of the report itself, whose addresses look the same.
    web.get(_HERE, _door(show)),
    web.get(_HERE + "/unmask", _door(unmask_form)),
    web.post(_HERE + "/unmask", _door(unmask)),
    *PAGES.routes(_HERE, _door)[1:],
]
