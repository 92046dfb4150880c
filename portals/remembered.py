"""Remembered: pages answered from memory while nothing new was heard of the log.

What a list says depends on who looks and in which role, the language, the address, the minute,
and on the views; these change only with what this process is told by the database. So a list is
kept under all of these until the next is told, and forgotten with everything else then. Nothing
is kept while nobody listens, and nothing longer than a minute. A page that has a form of its own
(each has a new key), shows what was just done or says that something is wrong is never kept.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

from aiohttp import web

from portals.pages import PLATFORM, is_large, language, viewer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Row = dict[str, Any]
T = TypeVar("T")
#: What was heard last, and the minute.
Now = tuple[int, int]

#: Bytes of pages that one process keeps: some five hundred long lists.
MOST = 16 * 1024 * 1024
#: About what a name or a row takes, in bytes.
_SMALL = 500
#: In the address of a page that follows an act: it is shown once.
_ONCE = ("at", "done")


class Remembered:
    """What is known for as long as nothing else is heard."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._now: Now | None = None
        self._kept: dict[Hashable, tuple[Any, int]] = {}

    def get(self, now: Now, key: Hashable) -> Any:
        """What was kept, if it is still true; everything older is forgotten."""
        if now != self._now:
            self._kept.clear()
            self._now, self.size = now, 0
        return self._kept.get(key, (None,))[0]

    def forget(self) -> None:
        """Of something that is not in the log: others are told of it by the database."""
        self._kept.clear()
        self.size = 0

    def keep(self, now: Now, key: Hashable, what: Any, size: int) -> None:
        """Keep what was found out at `now`; the oldest go where it would be too much."""
        size += _SMALL
        if now != self._now or key in self._kept or size > self.most:
            return
        while self.size + size > self.most:
            self.size -= self._kept.pop(next(iter(self._kept)))[1]
        self._kept[key] = (what, size)
        self.size += size


REMEMBERED = web.AppKey("REMEMBERED", Remembered)


def remembered(handler: Handler) -> Handler:
    """For a page that asks only views and has no form but the frame's; goes inside `staff`."""

    @wraps(handler)
    async def answered(request: web.Request) -> web.StreamResponse:
        now = _now(request) if _same_again(request) else None
        if now is None:
            return await handler(request)
        key, kept = _key(request), request.app[REMEMBERED]
        if (body := kept.get(now, key)) is not None:
            return web.Response(body=body, content_type="text/html", charset="utf-8")
        response = await handler(request)
        if (body := _list(response)) is not None:
            kept.keep(now, key, body, len(body))
        return response

    return answered


async def roles(request: web.Request, person: str) -> list[Row]:
    """The roles of a person; for pages that only show, as they were when last something changed."""
    directory = getattr(request.app[PLATFORM].views, "directory", None)
    if directory is None:
        return []
    now, kept, key = _now(request), request.app[REMEMBERED], ("roles", person)
    if now is not None and (known := kept.get(now, key)) is not None:
        return list(known)
    rows: list[Row] = await directory.roles(person)
    if now is not None:
        kept.keep(now, key, rows, _SMALL * len(rows))
    return rows


async def until_news(request: web.Request, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
    """What was found out for anybody, until the log goes on; else it is asked for."""
    now, kept = _now(request), request.app[REMEMBERED]
    if now is not None and (known := kept.get(now, key)) is not None:
        return known  # type: ignore[no-any-return]
    found = await ask()
    if now is not None:
        kept.keep(now, key, found, _SMALL)
    return found


def _now(request: web.Request) -> Now | None:
    """None where nothing may be answered from memory."""
    heard = request.app[PLATFORM].heard
    return None if heard is None or request.method != "GET" else (heard, minute())


def minute() -> int:
    """Days and deadlines change with it."""
    return int(time.time() // 60)


def _same_again(request: web.Request) -> bool:
    who = viewer(request)
    signed_in = bool(who.session) and who.by is not None
    return signed_in and who.waiting is None and not any(n in request.query for n in _ONCE)


def _key(request: web.Request) -> Hashable:
    """For whom: her session, whose form token stands in the page, and all her rights."""
    who = viewer(request)
    rights = tuple(tuple(sorted(row.items())) for row in who.roles)
    how = (language(request), is_large(request), request.host, request.path_qs)
    return (who.session, who.person, who.by, rights, how)


def _list(response: web.StreamResponse) -> bytes | None:
    """The whole page, if nothing of it was meant for this answer alone."""
    if not isinstance(response, web.Response) or not isinstance(response.body, bytes):
        return None
    plain = response.status == 200 and response.content_type == "text/html"
    return response.body if plain and not response.cookies else None
