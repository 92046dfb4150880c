"""Saved filters: beside a list those that she or her unit kept; saved, renamed, deleted.

A filter is the address of the list, so that it can also be sent to anybody who may open it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from events.words import Words
from portals.asking import record_id
from portals.pages import home
from portals.people import acting, staff
from portals.remembered import REMEMBERED
from portals.web import PLATFORM, forward, page
from services import saved_filters as saved
from services.actions.refused import NotFound, Refused

Row = dict[str, Any]
HERE = "/saved"
KINDS = ("council", "regulator")
TITLE = Words("已存的筛选", "Saved filters")
_SAVE = Words("保存筛选", "Save the filter")
#: The lists of desks that have filters.
LISTS = {
    "/council/complaints": Words("投诉", "Complaints"),
    "/regulator/complaints": Words("投诉", "Complaints"),
    "/council/enquiries": Words("咨询", "Enquiries"),
    "/regulator/enquiries": Words("咨询", "Enquiries"),
    "/regulator/followups": Words("跟进", "Follow-ups"),
    "/regulator/reports": Words("举报", "Reports"),
    "/council/obligations": Words("谁该答复谁", "Who owes whom"),
    "/regulator/obligations": Words("谁该答复谁", "Who owes whom"),
}
#: What stands in an address and filters nothing.
_NO_FILTER = ("page", "at", "done", "lang", "large", "list", "sort")


async def saved_for(request: web.Request) -> Row:
    """For `saved_filters` on the page of a list: what is kept for it, and where to keep this."""
    query = _query(request)
    kept = await saved.of_list(request.app[PLATFORM].pool, acting(request), request.path)
    new = f"{HERE}/new?{urlencode({'list': request.path})}&{query}"
    known = any(each.query == query for each in kept)
    return {"kept": kept, "query": query, "new": new if query and not known else ""}


async def show(request: web.Request) -> web.StreamResponse:
    """All of hers, and what colleagues share."""
    kept = await saved.all_of(request.app[PLATFORM].pool, acting(request))
    return await page(request, "saved_filters.html", title=TITLE, kept=kept, lists=LISTS)


async def new(request: web.Request, wrong: Refused | None = None) -> web.StreamResponse:
    """Name this filter."""
    path = _list(request)
    return await _form(request, _SAVE, path, f"{path}?{_query(request)}", wrong)


async def save(request: web.Request) -> web.StreamResponse:
    path, query, by = _list(request), _query(request), acting(request)
    name, shared = await _typed(request)
    try:
        await saved.save(request.app[PLATFORM].pool, by, path, query, name, shared)
    except Refused as wrong:
        return await new(request, wrong)
    return _done(request, f"{path}?{query}")


async def edit(request: web.Request, wrong: Refused | None = None) -> web.StreamResponse:
    """Rename it, share it, or delete it."""
    one, by = await _one(request), acting(request)
    title = Words(f"筛选：{one.name}", f"Filter: {one.name}")
    may_delete = one.mine or by.role == "head"
    return await _form(request, title, one.list, one.url, wrong, one=one, may_delete=may_delete)


async def change(request: web.Request) -> web.StreamResponse:
    one, by, pool = await _one(request), acting(request), request.app[PLATFORM].pool
    name, shared = await _typed(request)
    try:
        if (await request.post()).get("act") == "delete":
            await saved.delete(pool, by, str(one.id))
        else:
            await saved.change(pool, by, str(one.id), name, shared)
    except NotFound:
        raise
    except Refused as wrong:
        return await edit(request, wrong)
    return _done(request, HERE)


async def _form(
    request: web.Request, title: Words, path: str, url: str, wrong: Refused | None, **more: object
) -> web.StreamResponse:
    one = more.get("one")
    name, shared = getattr(one, "name", ""), getattr(one, "shared", False)
    if request.method == "POST":
        name, shared = await _typed(request)
    crumbs = [(home(acting(request).party.kind), Words("工作台", "Desk")), (path, LISTS[path])]
    known = {"one": None, "may_delete": False, **more}
    return await page(
        request, "saved_filter.html", 422 if wrong else 200, title=title, breadcrumbs=crumbs,
        list=LISTS[path], url=url, name=name, shared=shared, wrong=wrong and wrong.words, **known,
    )  # fmt: skip


async def _typed(request: web.Request) -> tuple[str, bool]:
    posted = await request.post()
    return str(posted.get("name", "")), posted.get("shared") == "yes"


async def _one(request: web.Request) -> saved.Saved:
    return await saved.one(request.app[PLATFORM].pool, acting(request), record_id(request))


def _list(request: web.Request) -> str:
    """The list the address names, of the portal of who asks; else 404."""
    path = request.query.get("list", "")
    if path not in LISTS or not path.startswith(home(acting(request).party.kind) + "/"):
        raise NotFound(Words("没有找到这个列表", "There is no such list"))
    return path


def _query(request: web.Request) -> str:
    """The filters that are on, always in one order."""
    given = {(name, value) for name, value in request.query.items() if value.strip()}
    return urlencode(sorted(pair for pair in given if pair[0] not in _NO_FILTER))


def _done(request: web.Request, to: str) -> web.Response:
    """This process forgets its lists at once, the others when they are told."""
    request.app[REMEMBERED].forget()
    return forward(to)


ROUTES = [
    web.get(HERE, staff(show, *KINDS)),
    web.get(HERE + "/new", staff(new, *KINDS)),
    web.post(HERE + "/new", staff(save, *KINDS)),
    web.get(HERE + "/{id}", staff(edit, *KINDS)),
    web.post(HERE + "/{id}", staff(change, *KINDS)),
]
