"""Outbox: what was, or could not be, sent to consumers; for the operator's administrator.

What a message says is shown on its own page, and only where nothing leaves the house: with a real
gateway neither a code nor an address is shown to anybody here. Each look is recorded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from events.words import Words
from portals.admin.doors import HOME, Handler, operators
from portals.asking import page_number, record_id, text
from portals.web import PLATFORM, acting, forward, page
from services import access
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound
from services.messages import queue
from services.messages.composing import NotNeeded, compose
from services.messages.kinds import KINDS, STATES, WAYS, Failed, why
from services.messages.queue import MOST, Waiting

LIST = "/admin/outbox"
Row = dict[str, Any]
_TITLE = Words("发件箱", "Outbox")
_COLOURS = {
    "waiting": "waiting", "retrying": "soon", "sent": "done", "failed": "overdue",
    "unreachable": "overdue", "dropped": "done",
}  # fmt: skip
_AGAIN = ("retrying", "failed", "unreachable")


async def listed(request: web.Request) -> web.StreamResponse:
    """The newest first, by state; nothing of to whom and what."""
    platform, asked = request.app[PLATFORM], text(request, "state")
    state = asked if asked in STATES else ""
    rows = await queue.listed(platform.pool, state, page_number(request))
    secret = await _secret(request, *(row["subject"] for row in rows.rows))
    counts = await queue.states(platform.pool)
    return await page(
        request,
        "admin/outbox.html",
        title=_TITLE,
        breadcrumbs=HOME,
        rows=replace(rows, rows=[_shown(row, secret) for row in rows.rows]),
        states=[(code, words, counts[code]) for code, words in STATES if counts.get(code)],
        asked=state,
        carried={way: platform.ways.of(way).name for way, _ in WAYS},
    )


async def _secret(request: web.Request, *subjects: object) -> set[str]:
    """Which of these cases are restricted, and nothing that the operator may know of."""
    ids, me = [str(each) for each in subjects], acting(request).party.id
    found: set[str] = await request.app[PLATFORM].views.relations.hidden(ids, me)
    return found


def _shown(row: Row, secret: set[str]) -> Row:
    return {
        **row,
        "number": "" if str(row["subject"]) in secret else row["number"],
        "kind": KINDS[row["kind"]],
        "way": WAYS[row["way"]] if row["way"] else None,
        "state_words": STATES[row["state"]],
        "colour": _COLOURS[row["state"]],
        "why": why(row["error"]) if row["error"] and row["state"] != "sent" else None,
        "open": row["state"] in ("waiting", "retrying"),
        "again": row["state"] in _AGAIN,
    }


async def one(request: web.Request) -> web.StreamResponse:
    """One message, with what it says where it is read here and nowhere else."""
    found = await _the_message(request)
    secret = await _secret(request, found.subject)
    return await page(
        request,
        "admin/message.html",
        title=_TITLE,
        breadcrumbs=[*HOME, (LIST, _TITLE)],
        row=_shown(vars(found), secret),
        most=MOST,
        said=_RESTRICTED if secret else await _said(request, found),
    )


async def _said(request: web.Request, found: Waiting) -> Row | Words:
    """To whom and what; or why that is not shown."""
    platform = request.app[PLATFORM]
    carrier = found.carried_by or platform.ways.of(found.way).name
    if carrier != "outbox" or found.state == "dropped":
        return _NOT_SHOWN if carrier != "outbox" else _NOT_NEEDED
    by = acting(request)
    platform.reads.note(by, "message", found.id, found.number, "administration", found.kind)
    try:
        return vars(await compose(platform.log, found, platform.ways.site))
    except NotNeeded as reason:
        return STATES[reason.state]
    except Failed as failed:
        return why(failed.said)


async def again(request: web.Request) -> web.StreamResponse:
    """Try it again from the beginning."""
    found = await _the_message(request)
    if not await queue.again(request.app[PLATFORM].pool, str(found.id), datetime.now(UTC)):
        raise AlreadyDecided(_NOT_AGAIN.fill(state=STATES[found.state]))
    return forward(f"{LIST}/{found.id}")


async def _the_message(request: web.Request) -> Waiting:
    found = await queue.one(request.app[PLATFORM].pool, record_id(request))
    if found is None:
        raise NotFound(_GONE)
    return found


def _door(handler: Handler) -> Handler:
    """For who may see the outbox."""

    async def checked(request: web.Request) -> web.StreamResponse:
        if not access.may(acting(request), "SeeOutbox"):
            raise NotAllowed(_NOT_HERS)
        return await handler(request)

    return operators(checked)


_NOT_SHOWN = Words(
    "这条通知由网关发送，这里不显示发给谁、写了什么。",
    "A gateway carries this message; to whom and what is not shown here.",
)
_RESTRICTED = Words(
    "这条通知属于一件限制查阅的案件，这里不显示编号和内容。",
    "This message is about a restricted case; its number and what it says are not shown here.",
)
_NOT_NEEDED = Words("这条通知没有发，也不用再发。", "It was not sent and is not needed any more.")
_NOT_AGAIN = Words(
    "这条通知现在是“{state}”，不用重发。", "This message is “{state}” now; it is not sent again."
)
_GONE = Words("没有这条通知，或者已经按期删除", "There is no such message, or its time is over")
_NOT_HERS = Words("这一页供系统管理员使用。", "This page is for the system administrator.")
ROUTES = [
    web.get(LIST, _door(listed)),
    web.get(LIST + "/{id}", _door(one)),
    web.post(LIST + "/{id}", _door(again)),
]
