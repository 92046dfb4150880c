"""Many: the same act on several cases of a list: chosen by ticking, confirmed, told one by one.

The list is a plain form that leads here with what was ticked. What came of each stands on a page
of its own, with its address, and can be undone from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from aiohttp import web
from multidict import MultiMapping

from events.many import ACTS, RESULTS, Item, ManyActed
from events.words import Code, Words
from portals.asking import record_id
from portals.assigned_lists import POOL
from portals.assigning import taker, takers
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import complaints as c
from services.actions import enforcement as e
from services.actions import enquiries as q
from services.actions import reports as r
from services.actions.change import load
from services.actions.many import MOST, ActOnMany, Many, UndoMany, refuse_undo
from services.actions.refused import NotFound
from services.many import OnMany
from services.views.view import Page

Row = dict[str, Any]
KINDS = ("council", "regulator")
#: Kinds of case: the view that lists them, what they are called, their states.
CASES = {
    "complaint": ("complaints", Words("投诉", "Complaints"), c.STATES),
    "report": ("reports", Words("举报", "Reports"), r.STATES),
    "follow-up": ("followups", Words("跟进", "Follow-ups"), e.STATES),
    "enquiry": ("enquiries", Words("咨询", "Enquiries"), q.STATES),
}
_RIGHTS = {"claim": "ClaimRecord", "assign": "AssignRecord", "hand-over": "OfferHandOver",
           "return": "ReturnRecord"}  # fmt: skip
_COLOURS = {"done": "done", "same": "none", "refused": "overdue"}


def picking(request: web.Request, kind: str, rows: Page) -> tuple[Page, Row | None]:
    """The rows of a list with a box each, and for `many_form` where ticking them leads."""
    by, all_ = acting(request), request.query.get("all") == "1"
    if not access.may(by, "ActOnMany"):
        return rows, None
    ticked = replace(rows, rows=[row | {"picked": all_} for row in rows.rows])
    return ticked, {"to": f"/{by.party.kind}/many", "kind": kind, "all": all_}


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What was ticked, and what is to be done with it."""
    posted = await _chosen(request)
    kind = _kind(str(posted.get("kind", "")))
    view, words, states = CASES[kind]
    ids = _ids(posted.getall("record", []))
    by, views = acting(request), request.app[PLATFORM].views
    access.check_kind(by, ActOnMany)
    rows = await getattr(views, view).chosen(ids, by.party.id) if ids else []
    may = {code: said for code, said in ACTS if access.may(by, _RIGHTS[code])}
    options = {"act": Code("act", may), "to": Code("to", await _whom(request, kind))}
    made = form_page(ActOnMany, state, options=options, action=request.path)
    return await page(
        request,
        "many.html",
        breadcrumbs=_crumbs(request, kind),
        rows=[row | {"state": states[row["state"]], "officer": row["officer_name"] or POOL}
              for row in rows],
        kind=kind, back=_list(request, kind), ids=ids, words=words, most=MOST, **made,
    )  # fmt: skip


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it with each, and show what came of each."""
    posted, typed = await _chosen(request), await request.post()
    kind = _kind(str(posted.get("kind", "")))
    chosen: Row = {"to": None, "officer": None}
    chosen |= await taker(request, str(typed.get("to", "")), kind)
    ids = _ids(posted.getall("record", []))
    here = request.path
    return await act(
        request, OnMany(request.app[PLATFORM]).act, ActOnMany,
        lambda _, command: f"{here}/{command.many}", again=form,
        kind=kind, records=tuple(UUID(id) for id in ids), **chosen,
    )  # fmt: skip


async def result(request: web.Request) -> web.StreamResponse:
    """What came of each case, and what became of that if it was undone."""
    many, by = await _many(request), acting(request)
    acted = many.acted
    assert acted is not None
    parts = [part.items for part in (acted, many.undone) if part is not None]
    hidden = await _hidden(request, [each for items in parts for each in items])
    shown = [[_shown(request, acted.case, each, hidden) for each in items] for items in parts]
    may_undo = many.undone is None and any(each.result == "done" for each in acted.items)
    hers = by.person == acted.by.person or by.role == "head"
    return await page(
        request, "many_result.html", title=_TITLE.fill(act=ACTS[acted.act]),
        breadcrumbs=_crumbs(request, acted.case), rows=shown[0], said=acted.said(),
        undone=many.undone.said() if many.undone else None, after=shown[1] if shown[1:] else [],
        results=list(RESULTS), undo=f"{request.path}/undo" if may_undo and hers else "",
        back=_list(request, acted.case),
        again=_again(request, acted, hidden),
    )  # fmt: skip


async def undo_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Says what undoing means before it is done."""
    many, by = await _many(request), acting(request)
    assert many.acted is not None
    access.check_kind(by, UndoMany)
    if state is None:
        refuse_undo(many, UndoMany(by=by, many=many.id))
    n = sum(each.result == "done" for each in many.acted.items)
    made = form_page(UndoMany, state, intro=_MEANS.fill(n=n, act=ACTS[many.acted.act]))
    crumbs = [*_crumbs(request, many.acted.case), (_result(request, many), _TITLE.fill(
        act=ACTS[many.acted.act]))]  # fmt: skip
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


@reshown
async def undo(request: web.Request) -> web.StreamResponse:
    many = await _many(request)
    then = _result(request, many)
    action = OnMany(request.app[PLATFORM]).undo
    return await act(request, action, UndoMany, then, again=undo_form, many=many.id)


async def _chosen(request: web.Request) -> MultiMapping[Any]:
    """What was ticked: as the list says it in the address, then as the form carries it."""
    posted = await request.post() if request.method == "POST" else request.query
    return posted if "kind" in posted else request.query


async def _many(request: web.Request) -> Many:
    """What the address names, if the acting party did it; else 404."""
    many = await load(request.app[PLATFORM].log, Many, UUID(record_id(request)))
    if many.relation(acting(request)) != "own":
        raise NotFound(access.NOT_THERE)
    return many


async def _hidden(request: web.Request, items: Iterable[Item]) -> set[str]:
    """Cases that were given away and restricted since: they are named no more."""
    ids = list({each.record for each in items})
    relations = request.app[PLATFORM].views.relations
    found: set[str] = await relations.hidden(ids, acting(request).party.id)
    return found


def _again(request: web.Request, acted: ManyActed, hidden: set[str]) -> str:
    """Where something else is done with the same cases."""
    ids = [each.record for each in acted.items if each.number and each.record not in hidden]
    asked = [("kind", acted.case), *(("record", id) for id in ids)]
    return f"/{acting(request).party.kind}/many?{urlencode(asked)}"


def _shown(request: web.Request, kind: str, item: Item, hidden: set[str]) -> Row:
    named = bool(item.number) and item.record not in hidden
    return {
        "number": item.number if named else Words("不能查看", "not to be seen"),
        "url": f"{_list(request, kind)}/{item.record}" if named else "",
        "result": RESULTS[item.result],
        "result_colour": _COLOURS.get(item.result, "none"),
        "why": Words(item.zh, item.en),
    }


async def _whom(request: web.Request, kind: str) -> dict[str, Words]:
    return await takers(request, kind)


def _ids(given: Iterable[Any]) -> list[str]:
    """Each once; what is no id names nothing."""
    found = []
    for each in given:
        try:
            found.append(str(UUID(str(each))))
        except ValueError:
            raise NotFound(access.NOT_THERE) from None
    return list(dict.fromkeys(found))


def _kind(asked: str) -> str:
    if asked not in CASES:
        raise NotFound(access.NOT_THERE)
    return asked


def _list(request: web.Request, kind: str) -> str:
    return f"/{acting(request).party.kind}/{CASES[kind][0]}"


def _result(request: web.Request, many: Many) -> str:
    return f"/{acting(request).party.kind}/many/{many.id}"


def _crumbs(request: web.Request, kind: str) -> list[tuple[str, Words]]:
    home = (f"/{acting(request).party.kind}", Words("工作台", "Desk"))
    return [home, (_list(request, kind), CASES[kind][1])]


def many_routes(portal: str) -> list[web.RouteDef]:
    """The pages of a portal whose lists can be ticked."""
    here = f"/{portal}/many"
    return [
        web.get(here, staff(form, portal)),
        web.post(here, staff(do, portal)),
        web.get(here + "/{id}", staff(result, portal)),
        web.get(here + "/{id}/undo", staff(undo_form, portal)),
        web.post(here + "/{id}/undo", staff(undo, portal)),
    ]


_TITLE = Words("批量办理：{act}", "Several cases: {act}")
_MEANS = Words(
    "{n} 件已办“{act}”的记录会各自回到原来的承办情况，每件都有一条新的经过。"
    "之后又变过的不动，逐件说明。",
    "{n} cases go back to who was in charge before ({act}), each with an entry of its own in its "
    "history. What changed since is left as it is, and you are told which.",
)
