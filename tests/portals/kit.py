"""A small portal of one form, to try the kit of the pages with a real action."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from events.event import PartyRef
from events.words import Words
from portals.app import make_app
from portals.web import FormState, act, form_page, page, reshown, staff
from services.actions.command import Given, MaybeDate, Reason, ask
from services.actions.complaints import RegisterComplaint, register_complaint
from services.platform import Platform
from services.settings import Settings

LIN = UUID("00000000-0000-4000-8000-000000000001")
COUNCIL = PartyRef(id="00000000-0000-4000-8000-00000000000c", name="福州市消委会", kind="council")


class RegisterVisit(RegisterComplaint):
    """A complaint with questions of every kind."""

    SAYS = Words("登记来访", "Record the visit")

    facts: Given = ask("发生了什么？", "What happened?", widget="area")
    why: Reason = ask("为什么登记？", "Why is it recorded?", widget="area")
    bought: date = ask("哪一天购买？", "When was it bought?", widget="date")
    returned: MaybeDate = ask("哪一天退货？", "When was it returned?", widget="date", default=None)
    count: int = ask("买了几件？", "How many?", widget="number", default=1)
    willing: bool = ask("愿意调解吗？", "Willing to mediate?", widget="yes_no")


class Directory:
    """Who holds which role, as the view of that name will say."""

    async def roles(self, person: str) -> list[dict[str, Any]]:
        row = {"person": LIN, "name": "林月", "party": COUNCIL.id, "party_name": COUNCIL.name}
        return [{**row, "party_kind": "council", "role": "clerk"}] if person == str(LIN) else []


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    return await page(request, "form.html", **form_page(RegisterComplaint, state))


@reshown
async def send(request: web.Request) -> web.StreamResponse:
    return await act(request, register_complaint, RegisterComplaint, "/help", form, handler=COUNCIL)


async def plain(request: web.Request) -> web.StreamResponse:
    """A POST that knows nothing of expired pages."""
    return await act(request, register_complaint, RegisterComplaint, "/help", form, handler=COUNCIL)


def routes(path: str, *kinds: str) -> list[web.RouteDef]:
    if not kinds:
        return [web.get(path, form), web.post(path, send)]
    return [web.get(path, staff(form, *kinds)), web.post(path, staff(send, *kinds))]


@asynccontextmanager
async def browser(platform: Platform) -> AsyncIterator[TestClient[Any, Any]]:
    """A client with cookies over an open form, a council's and a regulator's."""
    platform.views.directory = Directory()  # type: ignore[attr-defined]
    app = make_app(
        platform, Settings(secret="of the tests", second_factor="offered", terms="offered"), []
    )  # type: ignore[arg-type]
    app.add_routes(routes("/open"))
    app.add_routes(routes("/desk", "council"))
    app.add_routes(routes("/case", "regulator"))
    app.add_routes([web.post("/plain", plain)])
    async with TestClient(TestServer(app)) as client:
        yield client
