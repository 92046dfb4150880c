"""Erasure pages: what is kept of a consumer, what forbids deleting it, and who had it deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from aiohttp import web

from events.event import Acting, today
from events.words import Words
from portals.complaint_office import about, office, the_complaint
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access, erasing
from services.actions import complaints as c
from services.actions.refused import AlreadyDecided, NotFound
from services.told import kept

Row = dict[str, Any]

ACTS: dict[str, type[c.OnComplaint]] = {
    "request": c.RequestErasure,
    "check": c.CheckErasure,
    "erase": c.ErasePersonalData,
    "refuse": c.RefuseErasure,
    "restrict": c.RestrictProcessing,
}
_DO = {
    c.RequestErasure: c.request_erasure,
    c.CheckErasure: c.check_erasure,
    c.RefuseErasure: c.refuse_erasure,
    c.RestrictProcessing: c.restrict_processing,
}
FIELDS = {
    "name": Words("姓名", "name"),
    "phone": Words("电话", "telephone"),
    "address": Words("地址", "address"),
    "facts": Words("事实", "facts"),
    "request": Words("要求", "request"),
    "order_no": Words("订单号", "order number"),
    "terms": Words("协议内容", "terms of the agreement"),
    "reason": Words("撤回原因", "reason of the withdrawal"),
    "answer": Words("身份证明", "proof of identity"),
    "matter": Words("告知经营者的情况", "what the business was told"),
    "result": Words("和解情况", "how it was settled"),
    "why": Words("理由", "reasons"),
    "course": Words("调解经过", "course of a session"),
    "comment": Words("评价", "comment"),
    "told": Words("回访内容", "what she said when called back"),
    "text": Words("补充说明", "statement added later"),
    "named.name": Words("文件名称", "name of a file"),
    "hers.reason": Words("撤回文件的原因", "why a file was withdrawn"),
}


async def show(request: web.Request) -> web.StreamResponse:
    """What would be deleted, before anything is."""
    row, platform = await the_complaint(request), request.app[PLATFORM]
    title = Words(f"投诉 {row['number']} 的个人信息", f"Personal data of complaint {row['number']}")
    envelopes = await kept(platform.log, row["id"])
    return await page(
        request,
        "complaint/personal.html",
        title=title,
        breadcrumbs=office(request).crumbs_to(row),
        row=row,
        standing=c.STANDING[row["personal"]],
        envelopes=[{**each, "fields": _fields_of(each)} for each in envelopes],
        holds=await _holds(request, row),
        acts=[
            {"url": f"{_here(request, row)}/{slug}", "words": kind.SAYS}
            for slug, kind in ACTS.items()
            if kind in _possible(acting(request), row)
        ],
    )


def _fields_of(envelope: Row) -> list[Words]:
    """What its fields are called; some names mean something else in another part of an event."""
    part = envelope["part"]
    return [FIELDS.get(f"{part}.{name}", FIELDS[name]) for name in envelope["fields"]]


def _possible(by: Acting, row: Row) -> list[type[c.OnComplaint]]:
    """What fits where the data stands, as far as this person may."""
    names = c.possible(row["personal"])
    may = access.allowed(by, "handler", row["state"], names)
    return [kind for kind in ACTS.values() if kind.__name__ in may]


async def _holds(request: web.Request, row: Row) -> list[c.Hold]:
    ended = row["closed_on"] or row["ended_on"] or today()
    return c.holds(row["state"], ended, today(), await _open_follow_ups(request, row))


async def _open_follow_ups(request: web.Request, row: Row) -> tuple[str, ...]:
    views, me = request.app[PLATFORM].views, acting(request).party.id
    return tuple(await views.followups.open_from(str(row["id"]), me=me))


def _here(request: web.Request, row: Row) -> str:
    return f"{office(request).address(row['id'])}/personal"


def _kind(request: web.Request) -> type[c.OnComplaint]:
    kind = ACTS.get(request.match_info["act"])
    if kind is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return kind


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one step."""
    row, kind = await the_complaint(request), _kind(request)
    access.check_kind(acting(request), kind, "handler")
    if state is None and kind.__name__ not in c.possible(row["personal"]):
        now = c.STANDING[row["personal"]]
        raise AlreadyDecided(_NOT_NOW.fill(now=now, said=kind.SAYS))
    made = form_page(kind, state, seen=row["version"], intro=_intro(row, kind))
    crumbs = [*office(request).crumbs_to(row), (_here(request, row), _PERSONAL)]
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


def _intro(row: Row, kind: type[c.OnComplaint]) -> Words:
    return _FOR_GOOD.fill(about=about(row)) if kind is c.ErasePersonalData else about(row)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Take the step; the last one destroys the key."""
    row, kind = await the_complaint(request), _kind(request)
    known: Row = {"complaint": row["id"]}
    if kind is c.CheckErasure:
        known["follow_ups"] = await _open_follow_ups(request, row)
    action: Any = _DO.get(kind) or partial(erasing.erase, request.app[PLATFORM].vault)
    return await act(request, action, kind, _here(request, row), again=form, **known)


_PERSONAL = Words("个人信息", "Personal data")
_NOT_NOW = Words(
    "个人信息现在是“{now}”，不能“{said}”。", "The personal data is now {now}; not possible: {said}."
)
_FOR_GOOD = Words(
    "{about} · 删除后谁也不能恢复；经过、决定和编号仍然保留，日志仍可核验。",
    "{about} · Nobody can bring it back. History, decisions and number stay, and can be verified.",
)
