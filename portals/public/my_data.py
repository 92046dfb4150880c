"""Her data: what is kept of a consumer, who read it and for what, and asking for its deletion."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web

from events.terms import READ_REASONS, READS
from events.words import Words
from portals.asking import found, page_number
from portals.erasure_pages import FIELDS
from portals.public.mine import HERE, my_complaint
from portals.web import PLATFORM, FormState, act, form_page, page, reshown
from services import access
from services.actions import complaints as c
from services.actions.erasure import STANDING
from services.told import told

Row = dict[str, Any]
DATA = HERE + "/data"
_SHOWN = {
    "complainant": FIELDS["name"], "phone": FIELDS["phone"], "email": FIELDS["email"],
    "address": FIELDS["address"], "agent": FIELDS["agent"], "agent_phone": FIELDS["agent_phone"],
    "facts": FIELDS["facts"], "request": FIELDS["request"], "terms": FIELDS["terms"],
    "withdrawn_why": FIELDS["reason"],
}  # fmt: skip
_TITLE = Words("我的信息", "My data")


async def show(request: web.Request) -> web.StreamResponse:
    """PIPL §45: she may see it, and who saw it; bodies are named, their people are not."""
    platform, row = request.app[PLATFORM], await _registered(request)
    hers = await told(platform.log, row["id"])
    reads = await platform.views.reads.of_record(str(row["id"]), page_number(request))
    return await page(
        request,
        "public/data.html",
        title=_TITLE,
        breadcrumbs=_crumbs(row),
        row=row,
        standing=STANDING[row["personal"]],
        hers=[(words, hers[name]) for name, words in _SHOWN.items() if hers[name]],
        reads=reads,
        what=READS,
        why=READ_REASONS,
        may_ask=_may_ask(row),
    )


def _may_ask(row: Row) -> bool:
    fits = "RequestErasure" in c.possible(row["personal"])
    by = c.complainant(row["id"])
    return fits and access.may(by, "RequestErasure", "complainant", row["state"])


async def _registered(request: web.Request) -> Row:
    """Her complaint, as the register has it."""
    id = str((await my_complaint(request))["id"])
    return found(await request.app[PLATFORM].views.complaints.one(id))


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [(HERE, Words(f"投诉 {row['number']}", f"Complaint {row['number']}"))]


async def ask_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Ask for its deletion."""
    row = await _registered(request)
    form = form_page(c.RequestErasure, state, seen=row["version"], intro=_INTRO)
    return await page(request, "form.html", breadcrumbs=[*_crumbs(row), (DATA, _TITLE)], **form)


@reshown
async def ask(request: web.Request) -> web.StreamResponse:
    id = UUID(str((await my_complaint(request))["id"]))
    return await act(
        request, c.erasure_step, c.RequestErasure, DATA, again=ask_form,
        by=c.complainant(id), complaint=id,
    )  # fmt: skip


_INTRO = Words(
    "承办单位核对后由另一人批准。删除后谁也不能恢复，您也不能再凭电话后四位或者查询码查询进度；编号、"
    "办理经过和决定仍然保留。",
    "The body in charge checks it, and a second person approves. Nobody can bring it back, and "
    "you can no longer follow the complaint with your telephone number or query code; its number, "
    "history and decisions stay.",
)
ROUTES = [
    web.get(DATA, show),
    web.get(DATA + "/erasure", ask_form),
    web.post(DATA + "/erasure", ask),
]
