"""Guard: form tokens, waiting for what was just done, and every error page."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

from aiohttp import web

from events.words import Words
from portals.forms import typed
from portals.headers import is_page
from portals.limits import (
    ONLY_ASK,
    LargeHeader,
    TooLarge,
    came_from,
    check_header,
    is_foreign,
)
from portals.metrics import LEFT, route_of
from portals.pages import PLATFORM, page, viewer
from portals.people import keep_visitor, put_cookie, recognise
from portals.posted import read_form
from portals.resume import resume_page
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound, Refused
from services.clocks.calendar import IN_FORCE
from services.faults import AWAY, BUSY, FULL, LOCKED, READ_ONLY, UNBUILT
from services.security import tell

log_ = logging.getLogger("gongzhi.portals")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

WORDS = {
    400: Words("收到的内容无法读取，没有保存", "What was sent cannot be read; nothing was saved"),
    403: Words("您不能打开这一页", "You may not open this page"),
    404: Words("没有找到这一页", "Page not found"),
    405: Words("这个地址不能这样使用", "This address cannot be used like this"),
    413: Words("文件太大，没有收到", "The file is too large and was not received"),
    423: Words("数据库现在只能读，没有保存", "The database is read-only now; nothing was saved"),
    424: Words("保险库没有打开，没有保存", "The vault is locked; nothing was saved"),
    425: Words("系统刚升级，正在整理数据", "The system was upgraded and is preparing its lists"),
    529: Words("现在提交的人太多，没有保存", "Too many are sending just now; nothing was saved"),
    500: Words("出错了，没有保存", "Something went wrong; nothing was saved"),
    503: Words("数据库暂时不可用", "The database is away for the moment"),
    507: Words("磁盘已满，暂时不能保存", "The disk is full; nothing can be saved now"),
}
ADVICE = {
    400: Words(
        "可能是传输中断，或文字不是 UTF-8 编码。请返回上一页再提交一次。",
        "It was cut off, or its text is not UTF-8. Please go back and send it once more.",
    ),
    403: Words(
        "需要的话，请与本单位管理员联系。", "If you need it, please ask your administrator."
    ),
    404: Words("请核对地址，或从首页重新查找。", "Check the address, or start from the home page."),
    405: Words("请从页面上的链接或按钮进入。", "Please use the links and buttons on the pages."),
    413: Words(
        "请返回，换一个小一些的文件，或分几次上传。已填写的文字可用浏览器的“后退”找回。",
        "Go back and choose a smaller file, or upload in parts; the text is kept by “back”.",
    ),
    423: Words(
        "可以查看，不能提交。多半正在切换到备用数据库，过一会儿再试；一直这样请告诉管理员。",
        "You can read but not send. It is probably moving to its standby: try again in a moment, "
        "and tell the administrator if it stays so.",
    ),
    424: Words(
        "个人信息现在不能读取，也不能登记；其他内容不受影响。请告诉管理员：缺少保险库密钥。",
        "Personal data cannot be read or entered now; all else works. "
        "Please tell the administrator that the vault's key is missing.",
    ),
    425: Words(
        "已记录的内容都在，整理好就能看到。请过几分钟再试，不会重复记录。",
        "Everything recorded is there and will show in some minutes. Nothing is recorded twice.",
    ),
    529: Words(
        "系统没有故障，几秒钟后再提交一次就可以，不会重复记录。",
        "Nothing is wrong: send it again in a few seconds. Nothing is recorded twice.",
    ),
    500: Words(
        "已记入日志，管理员会看到。请返回再试一次；多次提交不会重复记录。",
        "The administrators will see it. Go back and try again; nothing is recorded twice.",
    ),
    503: Words(
        "现在读不到也存不了。请过一会儿再试，不会重复记录。",
        "Nothing can be read or saved now. Try again in a moment; nothing is recorded twice.",
    ),
    507: Words(
        "可以查看，不能提交。请通知管理员清理磁盘，之后再试。",
        "You can read but not send. Please tell the administrator, then try again.",
    ),
}
#: What was sent while the database could not take it stands on the page, with its button.
KEPT = Words(
    "您填写的内容都在下面。请过一会儿再点一次，不会重复记录。",
    "What you typed is kept below. Send it again in a moment; nothing is recorded twice.",
)
KEPT_FULL = Words(
    "您填写的内容都在下面。请通知管理员清理磁盘，之后再点一次，不会重复记录。",
    "What you typed is kept below. Tell the administrator, then send it again; "
    "nothing is recorded twice.",
)


@web.middleware
async def cookies(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Remember the visitor's mark, the language and the size of the type."""
    response = await handler(request)
    if is_page(request) and not response.prepared:
        keep_visitor(request, response)
        for name, choices in (("lang", ("zh", "en")), ("large", ("0", "1"))):
            if (chosen := request.query.get(name)) in choices:
                put_cookie(response, request.app, name, str(chosen))
    return response


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything that goes wrong becomes a page in whole sentences."""
    try:
        return await handler(request)
    except Exception as wrong:
        if isinstance(wrong, ConnectionError) and _has_left(request):
            return web.Response(status=LEFT)
        status = _status(wrong)
        _tell_denied(request, status)
        if status < 400 or not is_page(request):
            raise
        if status >= 500:
            said = (request.method, route_of(request), wrong)
            log_.error("%s %s: %s", *said, exc_info=status == 500)
        words = wrong.words if isinstance(wrong, Refused) and status != 404 else None
        return await error_page(request, status, words)


def _tell(what: str, request: web.Request) -> None:
    who = viewer(request)
    party = who.by.party.id if who.by else ""
    tell(what, person=who.person, party=party, route=route_of(request))


def _tell_denied(request: web.Request, status: int) -> None:
    """Refused by right; of what is not shown only where somebody is signed in and asks by an id."""
    if status == 403:
        _tell("denied", request)
    elif status == 404 and viewer(request).person and "{" in route_of(request):
        _tell("not-shown", request)


def _has_left(request: web.Request) -> bool:
    """Whether nobody waits for the answer any more."""
    return request.transport is None or request.transport.is_closing()


#: Faults that pass, the narrower first; each is answered 503, the status here is its words'.
_FAULTS = ((UNBUILT, 425), (LOCKED, 424), (FULL, 507), (READ_ONLY, 423), (BUSY, 529), (AWAY, 503))
_PASS = {status for _, status in _FAULTS}
#: Seconds after which to come again.
AGAIN = {529: "2"}


def _status(wrong: Exception) -> int:
    match wrong:
        case web.HTTPException():
            return wrong.status
        case NotFound():
            return 404
        case NotAllowed():
            return 403
        case AlreadyDecided():
            return 409
        case TooLarge():
            return 413
        case LargeHeader():
            return 431
        case Refused():
            return 422
    return next((status for kind, status in _FAULTS if isinstance(wrong, kind)), 500)


async def error_page(
    request: web.Request, status: int, words: Words | None = None
) -> web.StreamResponse:
    """The same page for every address that names nothing: it tells nothing about others."""
    if status == 404 and viewer(request).waiting:
        return await page(request, "waiting.html", 202)
    if status in _PASS:
        return await _fault_page(request, status)
    title = words or WORDS.get(status) or WORDS[500]
    advice = None if words else ADVICE.get(status)
    shown = {"title": title, "advice": advice, "is_error": True, "is_fault": status >= 500}
    return await page(request, "error.html", status, back=came_from(request), **shown)


async def _fault_page(request: web.Request, status: int) -> web.StreamResponse:
    """The database cannot take it now: says so, and keeps what was sent."""
    title = WORDS[status]
    if request.method == "POST":
        advice = KEPT_FULL if status == 507 else KEPT
        kept = typed(await request.post())
        response = await resume_page(request, request.path_qs, kept, 503, why=title, advice=advice)
    else:
        shown = {"title": title, "advice": ADVICE[status], "is_error": True, "is_fault": True}
        response = await page(request, "error.html", 503, back=came_from(request), **shown)
    response.headers["Retry-After"] = AGAIN.get(status, "10")
    return response


@web.middleware
async def readable(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A form is read before anything is done with it; one that is broken is refused as such."""
    check_header(request)
    with ExitStack() as held:
        if request.method not in ONLY_ASK and is_page(request):
            await _read(request, held)
        return await handler(request)


async def _read(request: web.Request, held: ExitStack) -> None:
    try:
        await read_form(request, held)
    except (web.HTTPException, TooLarge):
        raise
    except Exception as unreadable:
        # The parsers below raise what they meet first: of texts, of zlib, of names of codecs.
        log_.info("%s %s cannot be read: %r", request.method, route_of(request), unreadable)
        raise web.HTTPBadRequest from unreadable


@web.middleware
async def recognised(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Who looks, and how: session, language, larger type."""
    if not is_page(request):
        return await handler(request)
    await recognise(request)
    return await handler(request)


@web.middleware
async def tokens(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A POST from elsewhere is refused; one from an expired page has no effect and comes back."""
    if request.method in ONLY_ASK or not is_page(request):
        return await handler(request)
    if is_foreign(request):
        _tell("foreign-form", request)
        raise web.HTTPForbidden
    who, posted = viewer(request), await request.post()
    if hmac.compare_digest(str(posted.get("csrf", "")).encode(), who.token().encode()):
        return await handler(request)
    who.stale = True
    _tell("wrong-form-token", request)
    target = request.match_info.handler
    needs_sign_in = who.by is None and hasattr(target, "staff")
    if needs_sign_in or hasattr(target, "reshown"):
        return await handler(request)
    if request.match_info.http_exception is not None:
        return await handler(request)
    return await resume_page(request, request.path_qs, typed(posted), 422)


@web.middleware
async def waiting(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page asked for `at` a position waits until the views have got there (2 s at most)."""
    IN_FORCE.set(request.app[PLATFORM].views.obligations.times.calendar)
    at = request.query.get("at", "")
    if request.method == "GET" and at.isdecimal() and len(at) < 16 and is_page(request):
        platform, position = request.app[PLATFORM], int(at)
        if position <= await platform.log.size() and not await platform.seen(position):
            viewer(request).waiting = position
    return await handler(request)
