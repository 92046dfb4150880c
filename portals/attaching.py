"""Attaching: files chosen on a form, kept in its basket until the form is sent, listed when it
comes back; without JavaScript.

A form with files has `uploads` at its handler (`@uploads`), a part `files=await chosen(…)` in its
page, and ends in `act_with_files`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField
from multidict import MultiMapping

from events.evidence import NewFile, mark_of, size_of
from events.keyring import PERSONS
from events.words import Words
from portals.forms import FormErrors, FormState, typed
from portals.pages import KEY, PLATFORM, viewer
from portals.people import visitor
from portals.web import Again, act, read
from services.actions.command import Command
from services.files.basket import Basket, Draft
from services.files.keeping import keep_all
from services.files.media import ACCEPT, LISTED
from services.files.not_taken import NotTaken

Handler = Callable[..., Awaitable[web.StreamResponse]]
Row = dict[str, Any]
#: What the form says besides the answers.
BUTTONS = ("files", "upload", "remove_file")
_TAKEN = web.RequestKey("files taken", list[Words])
_BASKETS = web.RequestKey("baskets by form", dict[str, Basket])


@dataclass(frozen=True)
class Chosen:
    """The files of a form as its page shows them."""

    drafts: list[Row]
    errors: list[Words] = field(default_factory=list)
    accept: str = ACCEPT
    listed: Words = LISTED
    camera: bool = True


def uploads(handler: Handler) -> Handler:
    """This form takes files: its request may be large."""
    handler.uploads = True  # type: ignore[attr-defined]
    return handler


def basket_of(request: web.Request, key: str) -> Basket:
    """The basket of the form with this key, of this person or browser."""
    known = request.get(_BASKETS) or {}
    if key not in known:
        by = viewer(request).by
        whose = f"person {by.person}" if by else f"visitor {visitor(request)}"
        root = request.app[PLATFORM].files.root
        request[_BASKETS] = known | {key: Basket.of(root, request.app[KEY], whose, key)}
    return request[_BASKETS][key]


async def take(request: web.Request) -> list[Words]:
    """Put what was sent into the basket, take out what was ticked; what could not be taken, why.

    Once for each request, however often it is asked.
    """
    if _TAKEN not in request:
        posted = await request.post()
        has_any = any(name in posted for name in ("files", "remove_file"))
        request[_TAKEN] = await _taken(request, posted) if has_any else []
    return request[_TAKEN]


async def _taken(request: web.Request, posted: MultiMapping[Any]) -> list[Words]:
    basket = basket_of(request, _key(posted))
    for id in posted.getall("remove_file", []):
        await basket.remove(str(id))
    return [each async for each in _add(basket, posted)]


async def _add(basket: Basket, posted: MultiMapping[Any]) -> Any:
    for each in posted.getall("files", []):
        if isinstance(each, FileField):
            try:
                await basket.add(each.filename, each.file)  # type: ignore[arg-type,unused-ignore]
            except NotTaken as refused:
                yield _NOT_TAKEN.fill(name=_plain(each.filename), why=refused.words)


def _plain(name: str) -> str:
    return "".join(
        each for each in name.replace("\\", "/").rpartition("/")[2] if each.isprintable()
    )


async def chosen(request: web.Request, key: str) -> Chosen:
    """The part of the page: what is in the basket, and what could not be taken just now."""
    errors = await take(request) if request.method == "POST" else []
    drafts = [_shown(each) for each in await basket_of(request, key).files()] if key else []
    return Chosen(drafts, errors)


def _shown(draft: Draft) -> Row:
    size, mark = size_of(draft.size), mark_of(draft.sha256)
    return {"id": draft.id, "name": draft.name, "size": size, "mark": mark}


async def only_files(request: web.Request) -> bool:
    """Whether the form was sent to upload or to take out files, and nothing else is to be done."""
    posted = await request.post()
    return "upload" in posted or "remove_file" in posted or bool(await take(request))


async def any_chosen(request: web.Request) -> bool:
    """Whether files were chosen on the form that was sent."""
    return basket_of(request, _key(await request.post())).begun


async def kept(request: web.Request, subject: str, domain: str = PERSONS) -> tuple[NewFile, ...]:
    """The files of the form that was sent, kept under the key of this subject."""
    basket = basket_of(request, _key(await request.post()))
    return await keep_all(request.app[PLATFORM].files, basket, subject, domain)


async def sent(request: web.Request) -> None:
    """The act is recorded: the basket is empty."""
    await basket_of(request, _key(await request.post())).clear()


def error_of(errors: list[Words]) -> dict[str, Words]:
    """What stands in the summary on top, with a link to the files."""
    if not errors:
        return {}
    zh, en = "；".join(each.zh for each in errors), "; ".join(each.en for each in errors)
    return {"files": Words(zh, en)}


async def act_with_files(
    request: web.Request,
    action: Callable[[Any, Any], Awaitable[Any]],
    kind: type[Command],
    then: Any,
    /,
    again: Again,
    subject: str,
    **known: Any,
) -> web.StreamResponse:
    """`act` for a command with `files`: they are kept once everything else about it is right."""
    if not viewer(request).stale and await only_files(request):
        errors = await take(request)
        viewer(request).status = 422 if errors else 200
        state = FormState(values=typed(await request.post()), errors=error_of(errors))
        return await again(request, state)
    files = await _kept_if_right(request, kind, subject, known)
    response = await act(request, action, kind, then, again=again, files=files, **known)
    if response.status == 303:
        await sent(request)
    return response


async def _kept_if_right(
    request: web.Request, kind: type[Command], subject: str, known: Row
) -> tuple[NewFile, ...]:
    await take(request)
    if viewer(request).stale:
        return ()
    try:
        await read(request, kind, files=(), **known)
    except FormErrors:
        return ()
    return await kept(request, subject)


def _key(posted: MultiMapping[Any]) -> str:
    return str(posted.get("key", ""))[:100]


_NOT_TAKEN = Words("“{name}”{why}", "“{name}”: {why}")
