"""Web: what every portal builds its pages with: page, read, act, form_page, staff, acting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import web
from yarl import URL

from events.event import Acting
from events.log import Appended
from events.words import Words
from portals.conflict import conflict_of
from portals.forms import FormErrors, FormState, build, form_page, typed
from portals.pages import PLATFORM, SETTINGS, page, render, viewer
from portals.people import acting, consumer, signed_in, staff
from services.actions.command import Command
from services.actions.refused import AlreadyDecided, Changed, NotAllowed, NotFound, Refused

C = TypeVar("C", bound=Command)
Again = Callable[[web.Request, FormState], Awaitable[web.StreamResponse]]
Handler = Callable[..., Awaitable[web.StreamResponse]]

OUT_OF_DATE = Words(
    "页面已过期，内容都在，请再点一次。",
    "This page had expired. What you typed is kept: send it once more.",
)


def reshown(handler: Handler) -> Handler:
    """For a POST that ends in `act`: an expired page is shown again by its own `again`."""
    handler.reshown = True  # type: ignore[attr-defined]
    return handler


async def read(request: web.Request, kind: type[C], /, **known: Any) -> C:
    """The command that was posted; who comes from the session, when from the clock.

    Raises `FormErrors` with all that is wrong, or `NotFound` for an address that names nothing.
    """
    by = known.pop("by", None) or viewer(request).by or consumer(request)
    return build(kind, await request.post(), by, known)


async def act(
    request: web.Request,
    action: Callable[[Any, C], Awaitable[Appended]],
    kind: type[C],
    /,
    then: str | Callable[[Appended, C], str],
    again: Again,
    **known: Any,
) -> web.StreamResponse:
    """Do what was posted and go on to `then`, or show the form `again` with all that was typed."""
    if viewer(request).stale:
        return await _again(request, again, 422, notice=OUT_OF_DATE)
    try:
        command = await read(request, kind, **known)
        done = await request.app[PLATFORM].perform(action, command)
    except FormErrors as wrong:
        return await _again(request, again, 422, errors=wrong.errors)
    except (NotFound, NotAllowed):
        raise
    except Refused as refused:
        status = 409 if isinstance(refused, AlreadyDecided) else 422
        at_field = {refused.field: refused.words} if refused.field else {}
        shown = None if refused.field else refused.words
        conflict = await _conflict(request, refused, kind)
        return await _again(
            request, again, status, errors=at_field, refused=shown, conflict=conflict
        )
    return forward(then if isinstance(then, str) else then(done, command), done, kind)


def forward(
    to: str, done: Appended | None = None, kind: type[Command] | None = None
) -> web.Response:
    """On to a page that will show what was done."""
    query = {"at": str(done.last)} if done and done.last else {}
    if kind is not None:
        query["done"] = kind.__name__
    return web.Response(status=303, headers={"Location": _with(to, query)})


def _with(to: str, query: dict[str, str]) -> str:
    """The address with this query; its values are numbers and names, safe as they stand."""
    if "?" in to or "#" in to or not to.isascii():
        return str(URL(to).update_query(query))
    said = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{to}?{said}" if said else to


async def _conflict(request: web.Request, refused: Refused, kind: type[Command]) -> Any:
    """What the form was written against and what is there now, where that is why."""
    if not isinstance(refused, Changed):
        return None
    return await conflict_of(request, refused, kind, typed(await request.post()))


async def _again(
    request: web.Request, again: Again, status: int, **state: Any
) -> web.StreamResponse:
    viewer(request).status = status
    return await again(request, FormState(values=typed(await request.post()), **state))


__all__ = [
    "PLATFORM",
    "SETTINGS",
    "Acting",
    "FormErrors",
    "FormState",
    "act",
    "acting",
    "consumer",
    "form_page",
    "forward",
    "page",
    "read",
    "render",
    "reshown",
    "signed_in",
    "staff",
]
