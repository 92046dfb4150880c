"""The provider of a party: set, looked at, ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.admin.doors import PARTIES, Row, administrators, my_party, ref
from portals.forms import FormErrors, typed
from portals.pages import KEY, viewer
from portals.provider import back, client
from portals.web import (
    OUT_OF_DATE,
    PLATFORM,
    FormState,
    act,
    form_page,
    forward,
    page,
    read,
    reshown,
)
from services import identities
from services.actions import providers as v
from services.actions.refused import Refused
from services.oidc import Provider

_NO_SECRET = Words("请填写密钥（client_secret）", "Give the client_secret")


async def form(
    request: web.Request, state: FormState | None = None, fault: Words | None = None
) -> web.StreamResponse:
    """What is set, and what to set."""
    row = await my_party(request)
    known = await identities.known_provider(request.app[PLATFORM].pool, row["id"])
    filled: Row = {"issuer": known.issuer, "client": known.client_id} if known else {}
    made: dict[str, Any] = form_page(v.UseProvider, state, **filled)
    if fault:
        said = [*made["form"].errors, ("client_password", fault)]
        made["form"] = replace(made["form"], errors=said)
        viewer(request).status = 422
    return await page(
        request, "admin/provider.html", breadcrumbs=_crumbs(row), row=row, known=known,
        back=back(request), fault=fault, **made,
    )  # fmt: skip


@reshown
async def use(request: web.Request) -> web.StreamResponse:
    """Kept once the provider answers at its address, and says what it should."""
    row, platform, posted = await my_party(request), request.app[PLATFORM], await request.post()
    if viewer(request).stale:
        viewer(request).status = 422
        kept = typed(await request.post())
        return await form(request, FormState(values=kept, notice=OUT_OF_DATE))
    secret = str(posted.get("client_password", "")).strip()[:500]
    try:
        command = await read(request, v.UseProvider, party=row["id"], ref=ref(row))
        provider = Provider(row["id"], command.issuer, command.client, secret)
        await client(request).metadata(provider)
    except FormErrors as wrong:
        viewer(request).status = 422
        return await form(request, FormState(wrong.values, wrong.errors), _missing(secret))
    except Refused as refused:
        viewer(request).status = 422
        values = {k: str(x) for k, x in posted.items() if k in ("issuer", "client", "key", "seen")}
        return await form(request, FormState(values, {"issuer": refused.words}), _missing(secret))
    if fault := _missing(secret):
        return await form(
            request, FormState({"issuer": command.issuer, "client": command.client}), fault
        )
    done = await platform.perform(v.use_provider, command)
    await identities.set_provider(platform.pool, request.app[KEY], provider)
    return forward(f"/admin/parties/{row['id']}/provider", done, v.UseProvider)


def _missing(secret: str) -> Words | None:
    return None if secret else _NO_SECRET


async def end_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await my_party(request)
    return await page(
        request, "form.html", breadcrumbs=_crumbs(row), **form_page(v.EndProvider, state)
    )


@reshown
async def end(request: web.Request) -> web.StreamResponse:
    row, pool = await my_party(request), request.app[PLATFORM].pool

    async def ended(log: Any, command: v.EndProvider) -> Any:
        done = await v.end_provider(log, command)
        await identities.end_provider(pool, row["id"])
        return done

    there = f"/admin/parties/{row['id']}/provider"
    return await act(
        request, ended, v.EndProvider, there, again=end_form, party=row["id"], ref=ref(row)
    )


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*PARTIES, (f"/admin/parties/{row['id']}", both(row["name"]))]


_ONE = "/admin/parties/{id}/provider"
ROUTES = [
    web.get(_ONE, administrators(form)),
    web.post(_ONE, administrators(use)),
    web.get(_ONE + "/end", administrators(end_form)),
    web.post(_ONE + "/end", administrators(end)),
]
