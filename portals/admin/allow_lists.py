"""Allow-lists: at which addresses somebody may be invited for a party."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.admin.doors import PARTIES, administrators, my_party, ref
from portals.web import PLATFORM, FormState, act, form_page, page, reshown
from services.actions.allow_lists import LimitInvitations, limit_invitations, limits_of

_ONE = "/admin/parties/{id}/limits"


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What is set now, to be changed."""
    row = await my_party(request)
    now = await limits_of(request.app[PLATFORM].log, row["id"])
    known: dict[str, Any] = {
        "domains": "\n".join(now.domains) if now else "",
        "prefixes": "\n".join(now.prefixes) if now else "",
    }
    title = Words(f"限定“{row['name']}”的邀请范围", f"Limit whom {row['name']} invites")
    made = form_page(LimitInvitations, state, title=title, **known)
    crumbs = [*PARTIES, (f"/admin/parties/{row['id']}", both(row["name"]))]
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


@reshown
async def limit(request: web.Request) -> web.StreamResponse:
    row = await my_party(request)
    there = f"/admin/parties/{row['id']}"
    return await act(
        request, limit_invitations, LimitInvitations, there, again=form, party=row["id"],
        ref=ref(row),
    )  # fmt: skip


ROUTES = [web.get(_ONE, administrators(form)), web.post(_ONE, administrators(limit))]
