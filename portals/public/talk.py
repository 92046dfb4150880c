"""A consumer's messages with the body in charge: the whole talk, and her next words and files."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from events.words import Words
from portals.attaching import act_with_files, chosen, uploads
from portals.public.mine import HERE, crumbs, my_complaint, my_record
from portals.talking import talk_of_side, what_comes_of_it
from portals.web import FormState, form_page, page, reshown
from services import access
from services.actions import complaints as c
from services.actions.refused import AlreadyDecided

_PATH = HERE + "/message"
_TITLE = Words("来往消息", "Messages")


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What was written so far, and what she writes now."""
    row = await my_complaint(request)
    record = await my_record(request, row)
    if not access.may(c.complainant(record.id), "WriteToBody", "complainant", record.state):
        raise AlreadyDecided(_TAKEN_BACK)
    made = form_page(
        c.WriteToBody, state, title=_TITLE, button=Words("发送", "Send"),
        intro=what_comes_of_it(record), leave_out=("whose",),
    )  # fmt: skip
    return await page(
        request, "message.html", breadcrumbs=crumbs(row),
        talk=await talk_of_side(request, record, "consumer"),
        files=await chosen(request, made["form"].key), **made,
    )  # fmt: skip


@uploads
@reshown
async def write(request: web.Request) -> web.StreamResponse:
    """Send it, and back to her complaint."""
    id = UUID(str((await my_complaint(request))["id"]))
    return await act_with_files(
        request, c.write_to_body, c.WriteToBody, HERE, again=form, subject=str(id),
        by=c.complainant(id), complaint=id, whose="consumer",
    )  # fmt: skip


_TAKEN_BACK = Words(
    "这条记录已撤销，不能再写消息。可以重新提交投诉。",
    "This record was taken back; no more can be written to it. You can lodge a new complaint.",
)
ROUTES = [web.get(_PATH, form), web.post(_PATH, write)]
