"""Comparative tests of councils: the business reads its own results and comments on them once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.comparisons import table_of
from portals.enterprise.home import COMPARISONS, CRUMB
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services.actions import instruments as i

Row = dict[str, Any]
TITLE = Words("比较试验中本企业的结果", "Our results in comparative tests")
CRUMBS = [CRUMB, (COMPARISONS, TITLE)]
_OPEN = (Words("可以说明", "you may comment"), "yours")
_SAID = (Words("已说明", "commented"), "done")
_OVER = (Words("没有说明", "not commented"), "none")


async def listed(request: web.Request) -> web.StreamResponse:
    """What it was sent, the newest first."""
    rows = await request.app[PLATFORM].views.comparisons.of_enterprise(
        acting(request).party.id, page_number(request)
    )
    shown = replace(rows, rows=[_shown(row) for row in rows.rows])
    return await page(request, "enterprise/comparisons.html", title=TITLE, rows=shown)


def _shown(row: Row) -> Row:
    state, colour = _OPEN if row["open"] else _SAID if row["commented_on"] else _OVER
    url = f"{COMPARISONS}/{row['id']}?edition={row['edition']}"
    return {**row, "url": url, "state": state, "state_colour": colour}


async def _sent(request: web.Request) -> Row:
    """What it was sent: the edition that is asked for, else the latest; else 404."""
    views = request.app[PLATFORM].views
    every = await views.comparisons.sent_to(record_id(request), acting(request).party.id)
    asked = text(request, "edition")
    wanted = [row for row in every if not asked or str(row["edition"]) == asked]
    return found(wanted[0] if wanted else None)


async def show(request: web.Request) -> web.StreamResponse:
    """What was compared, its own results, and what it may say or has said."""
    sent, platform = await _sent(request), request.app[PLATFORM]
    id = str(sent["id"])
    edition = found(await platform.views.comparisons.edition(id, sent["edition"]))
    acts = [{"url": f"{COMPARISONS}/{id}/comment", "words": i.CommentOnComparison.SAYS}]
    return await page(
        request, "enterprise/comparison.html", title=both(sent["title"]), breadcrumbs=CRUMBS,
        row=_shown(sent), edition=edition, acts=acts if sent["open"] else [],
        table=await table_of(platform, edition, acting(request).party.id),
    )  # fmt: skip


async def comment_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    sent = await _sent(request)
    here = (f"{COMPARISONS}/{sent['id']}", both(sent["number"]))
    made = form_page(i.CommentOnComparison, state, intro=both(sent["title"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **made)


@reshown
async def comment(request: web.Request) -> web.StreamResponse:
    sent = await _sent(request)
    return await act(
        request, i.comment_on_comparison, i.CommentOnComparison, f"{COMPARISONS}/{sent['id']}",
        again=comment_form, comparison=sent["id"],
    )  # fmt: skip


ROUTES = [
    web.get(COMPARISONS, staff(listed, "enterprise")),
    web.get(COMPARISONS + "/{id}", staff(show, "enterprise")),
    web.get(COMPARISONS + "/{id}/comment", staff(comment_form, "enterprise")),
    web.post(COMPARISONS + "/{id}/comment", staff(comment, "enterprise")),
]
