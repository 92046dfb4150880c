"""Who reported: unmasking by an act with ground and reason, and deletion of what is kept of her."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from aiohttp import web

from events.event import today
from events.report_terms import UNMASK_GROUNDS
from events.words import Words, both
from portals.forms import FormState
from portals.regulator.reports import CRUMBS, LIST, the_report
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services import access, erasing
from services.actions import reports as r
from services.actions.complaints import STANDING
from services.actions.refused import AlreadyDecided, NotFound
from services.told_reports import who_told

Row = dict[str, Any]
#: So long after unmasking her does who did it see who she is.
OPEN = timedelta(hours=1)
ACTS: dict[str, type[r.OnReport]] = {
    "unmask": r.UnmaskReporter,
    "request": r.RequestInformantErasure,
    "check": r.CheckInformantErasure,
    "erase": r.EraseInformant,
    "refuse": r.RefuseInformantErasure,
}
_DO: dict[type[r.OnReport], Any] = {
    r.UnmaskReporter: r.unmask_reporter,
    r.RequestInformantErasure: r.request_informant_erasure,
    r.CheckInformantErasure: r.check_informant_erasure,
    r.RefuseInformantErasure: r.refuse_informant_erasure,
}
_TITLE = Words("举报人", "Reporter")


async def show(request: web.Request) -> web.StreamResponse:
    """Who unmasked her and why; who she is, to whom did so within the hour."""
    row, platform, by = await the_report(request), request.app[PLATFORM], acting(request)
    unmasked = await platform.views.reports.unmasked(str(row["id"]))
    seen = any(_still_open(each, by.person) for each in unmasked) and row["personal"] != "erased"
    if seen:
        platform.reads.note(by, "informant", row["id"], row["number"], "unmasked")
    return await page(
        request,
        "regulator/report_person.html",
        title=_TITLE,
        breadcrumbs=_crumbs(row),
        row=row,
        standing=STANDING[row["personal"]],
        who=await who_told(platform.log, row["informant"]) if seen else None,
        unmasked=[{**each, "ground": UNMASK_GROUNDS[each["ground"]]} for each in unmasked],
        holds=r.holds(row["state"], row["decided_on"] or today(), today()),
        acts=[
            {"url": f"{LIST}/{row['id']}/reporter/{slug}", "words": kind.SAYS}
            for slug, kind in ACTS.items()
            if _possible(row, kind) and access.may(by, kind.__name__, "handler", row["state"])
        ],
    )


def _still_open(unmasked: Row, person: str) -> bool:
    return unmasked["person"] == person and datetime.now(UTC) - unmasked["at"] < OPEN


def _possible(row: Row, kind: type[r.OnReport]) -> bool:
    if kind is r.UnmaskReporter:
        return not row["anonymous"] and row["personal"] != "erased"
    return kind.__name__ in r.possible(row["personal"])


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*CRUMBS, (f"{LIST}/{row['id']}", both(row["number"]))]


def _kind(request: web.Request) -> type[r.OnReport]:
    kind = ACTS.get(request.match_info["act"])
    if kind is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return kind


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one step."""
    row, kind = await the_report(request), _kind(request)
    access.check_kind(acting(request), kind, "handler")
    if state is None and not _possible(row, kind):
        raise AlreadyDecided(_NOT_NOW.fill(number=row["number"], said=kind.SAYS))
    made = form_page(kind, state, seen=row["version"], intro=_INTRO.get(kind, both(row["number"])))
    here = (f"{LIST}/{row['id']}/reporter", _TITLE)
    return await page(request, "form.html", breadcrumbs=[*_crumbs(row), here], **made)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Take the step; the last one of a deletion destroys the keys."""
    row, kind = await the_report(request), _kind(request)
    action = _DO.get(kind) or partial(erasing.erase_informant, request.app[PLATFORM].vault)
    then = f"{LIST}/{row['id']}/reporter"
    return await act(request, action, kind, then, again=form, report=row["id"])


_INTRO = {
    r.UnmaskReporter: Words(
        "这次查看会永久留在审计轨迹里：谁、什么时候、依据和理由。之后一小时内只有您能看到身份。",
        "This stays in the audit trail for good: who, when, ground and reason. For an hour you, "
        "and nobody else, see who it is.",
    ),
    r.EraseInformant: Words(
        "删除后谁也不能恢复；编号、经过和决定仍然保留。",
        "Nobody can bring it back; number, history and decisions stay.",
    ),
}
_NOT_NOW = Words(
    "举报 {number} 现在不能“{said}”。", "Not possible for report {number} now: {said}."
)

_HERE = f"{LIST}/{{id}}/reporter"
ROUTES = [
    # Before the acts of the report itself, whose addresses look the same.
    web.get(_HERE, staff(show, "regulator")),
    web.get(_HERE + "/{act}", staff(form, "regulator")),
    web.post(_HERE + "/{act}", staff(do, "regulator")),
]
