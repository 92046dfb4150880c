"""Doors: who may open the administrators' pages, and what a party's administrator may see there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from aiohttp import web

from events.event import Acting, PartyRef
from events.words import Words
from portals.asking import found, record_id
from portals.web import PLATFORM, acting, staff
from services import access
from services.actions.people import relation
from services.actions.refused import NotAllowed, NotFound

Handler = Callable[..., Awaitable[web.StreamResponse]]
Row = dict[str, Any]
Crumbs = list[tuple[str, Words]]

HOME: Crumbs = [("/admin", Words("管理", "Administration"))]
PARTIES: Crumbs = [*HOME, ("/admin/parties", Words("单位", "Parties"))]
PEOPLE: Crumbs = [*HOME, ("/admin/people", Words("人员", "People"))]

_KINDS = ("operator", "regulator", "council", "association", "testing", "auditor")
_NOT_ADMIN = Words(
    "这一页供管理员使用。需要登记人员或者更改角色时，请联系本单位管理员或者平台运营方。",
    "This page is for administrators. To enter people or change roles, "
    "ask your party's administrator or the operator.",
)

_NOT_OVERSEER = Words(
    "这一页供管理员和审计员使用。要核验一份凭证，请用“核验”页。",
    "This page is for administrators and auditors. To check a receipt use the page “Verify”.",
)
_NOT_AUDITOR = Words(
    "这一页供审计员使用。您自己的信息被谁看过，请在“我的信息”里查。",
    "This page is for auditors. Who read your own data stands under “My data”.",
)
_NOT_WATCHER = Words(
    "这一页供安全管理员和审计员使用。",
    "This page is for the security administrator and for auditors.",
)


def administrators(handler: Handler) -> Handler:
    """The page for the operator's people and the administrators of other parties."""

    @wraps(handler)
    async def checked(request: web.Request, *more: Any) -> web.StreamResponse:
        by = acting(request)
        if by.party.kind != "operator" and by.role != "admin":
            raise NotAllowed(_NOT_ADMIN)
        return await handler(request, *more)

    return staff(checked, *_KINDS)


def overseers(handler: Handler) -> Handler:
    """The page for the operator's people, and the administrators and auditors of other parties."""

    @wraps(handler)
    async def checked(request: web.Request, *more: Any) -> web.StreamResponse:
        by = acting(request)
        if by.party.kind != "operator" and by.role not in ("admin", "auditor"):
            raise NotAllowed(_NOT_OVERSEER)
        return await handler(request, *more)

    return staff(checked, *_KINDS)


def auditors(handler: Handler) -> Handler:
    """The page for auditors alone."""

    @wraps(handler)
    async def checked(request: web.Request, *more: Any) -> web.StreamResponse:
        if acting(request).role != "auditor":
            raise NotAllowed(_NOT_AUDITOR)
        return await handler(request, *more)

    return staff(checked, *_KINDS)


def watchers(handler: Handler) -> Handler:
    """The page for the security administrator, and the operator's auditors and auditing bodies'."""

    @wraps(handler)
    async def checked(request: web.Request, *more: Any) -> web.StreamResponse:
        if not access.may(acting(request), "SeeSecurity"):
            raise NotAllowed(_NOT_WATCHER)
        return await handler(request, *more)

    return staff(checked, "operator", "auditor")


def operators(handler: Handler, *roles: str) -> Handler:
    """The page for the operator's people alone, or for those of them in these roles."""

    @wraps(handler)
    async def checked(request: web.Request, *more: Any) -> web.StreamResponse:
        if roles and acting(request).role not in roles:
            raise NotAllowed(_NOT_ADMIN)
        return await handler(request, *more)

    return staff(checked, "operator")


def audits_all(by: Acting) -> bool:
    """The operator's auditor, and those of an auditing body, read what concerns everybody."""
    return by.party.kind in ("operator", "auditor")


def sees_all(by: Acting) -> bool:
    """The operator looks after everybody; an administrator after her own party's people."""
    return by.party.kind == "operator"


async def the_party(request: web.Request) -> Row:
    """The party the address names, or 404."""
    return found(await request.app[PLATFORM].views.directory.party(record_id(request)))


async def my_party(request: web.Request) -> Row:
    """The party the address names, if its people are the viewer's to look after; else 404."""
    row, by = await the_party(request), acting(request)
    if not sees_all(by) and row["id"] != by.party.id:
        raise NotFound(Words("没有找到这个单位", "There is no such party"))
    return row


async def the_person(request: web.Request) -> Row:
    """The person the address names with what she is to the viewer, or 404."""
    row = found(await request.app[PLATFORM].views.directory.person(record_id(request)))
    seen = {**row, "relation": related(row, acting(request))}
    if seen["relation"] == "none" and not sees_all(acting(request)):
        raise NotFound(Words("没有找到这个人", "There is no such person"))
    return seen


def related(row: Row, by: Acting) -> str:
    """What the viewer is to a person, as the rules see it."""
    return relation(by, row["id"], [held["party"] for held in row["held"]], row["enrolled_by"])


def ref(row: Row) -> PartyRef:
    """The party of this row as commands name it."""
    return PartyRef(id=row["id"], name=row["name"], kind=row["kind"])
