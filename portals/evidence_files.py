"""Evidence files: the bytes, to whom the record says, each time asked and each time recorded.

Never run and never kept by a browser: attachments, or pictures in a sandbox. Where no scanner is
set, or it could not look, whoever carries the case or handed the file in opens it after a warning.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from aiohttp import web

from events.event import UNREADABLE
from events.evidence import mark_of
from events.vault import PersonErased
from events.words import Words
from portals.evidence_pages import rows_of
from portals.evidence_place import Place, at_place, file_id, place
from portals.headers import POLICY
from portals.personal import RESTRICTED
from portals.web import PLATFORM, page
from services.access import NOT_THERE
from services.actions.files import CARRIES, File
from services.actions.refused import AlreadyDecided, NotFound, Refused
from services.files.names import public_name
from services.files.pictures import FORMATS
from services.files.sealing import Altered
from services.files.store import Missing, Store


class Asked(NamedTuple):
    """What is to be sent: which bytes, how they are called, why they are read."""

    sha256: str
    name: str
    why: str
    warned: bool


async def serve(request: web.Request) -> web.StreamResponse:
    """The original, or `?copy=1` the public copy."""
    here, id = place(request), file_id(request)
    file, platform = here.record.files[id], request.app[PLATFORM]
    _refuse_withdrawn(file)
    asked = await _asked(request, here, file)
    if asked is None:
        return await _warning(request, here, id)
    _refuse_restricted(here)
    number, item = here.record.case_number, mark_of(file.sha256)
    platform.reads.note(here.by, "file", here.record.id, number, asked.why, item)
    return await _sent(request, platform.files, here, file, asked)


async def _asked(request: web.Request, here: Place, file: File) -> Asked | None:
    """What may be sent; None = after a warning only. Raises `NotFound`, `Refused`."""
    scanned, copy = request.app[PLATFORM].scanned, "copy" in request.query
    carries = here.record.relation(here.by) in CARRIES
    why = "own" if not carries and here.record.is_own(here.by, file.id) else "handling"
    _refuse_unsafe(file, scanned)
    if (copy and not file.public_copy) or (not copy and not _may_original(here, file)):
        raise NotFound(NOT_THERE)
    if copy:  # made by ourselves, of nothing but pixels
        return Asked(file.public_copy, public_name(file.media), why, False)
    if file.scan != "safe" and "anyway" not in request.query:
        return None
    rows = await rows_of(request.app[PLATFORM], here)
    name = next(str(row["name"]) for row in rows if row["id"] == file.id)
    warned = file.scan != "safe"
    return Asked(file.sha256, name, "unscanned" if warned else why, warned)


def _may_original(here: Place, file: File) -> bool:
    return here.record.may_see_original(here.by, file.id)


def _refuse_withdrawn(file: File) -> None:
    if file.withdrawn:
        raise AlreadyDecided(_WITHDRAWN)


def _refuse_unsafe(file: File, scanned: bool) -> None:
    if file.scan == "suspicious":
        raise Refused(_SUSPICIOUS)
    if file.scan == "pending" and scanned:
        raise Refused(_PENDING)


def _refuse_restricted(here: Place) -> None:
    """Personal data that is only stored is not opened by anybody."""
    if here.only_stored:
        raise Refused(RESTRICTED)


async def _warning(request: web.Request, here: Place, id: str) -> web.StreamResponse:
    return await page(
        request, "evidence/unscanned.html", title=_NOT_SCANNED, breadcrumbs=here.crumbs_on,
        url=f"{here.here}/{id}",
    )  # fmt: skip


async def _sent(
    request: web.Request, store: Store, here: Place, file: File, asked: Asked
) -> web.StreamResponse:
    """Part by part; broken off where a part is not what was sealed."""
    shown = file.media in FORMATS and not asked.warned
    response = web.StreamResponse(headers=headers_of(file.media, asked.name, shown))
    if asked.sha256 == file.sha256:
        response.content_length = file.size
    parts = store.parts(here.record.subject, asked.sha256)
    try:
        first = await anext(parts, b"")
    except Missing:
        raise Refused(_MISSING) from None
    except Altered:
        raise Refused(_ALTERED) from None
    except PersonErased:
        raise Refused(UNREADABLE["erased"]) from None
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    await response.write(first)
    async for part in parts:
        await response.write(part)
    await response.write_eof()
    return response


def headers_of(media: str, name: str, shown: bool) -> dict[str, str]:
    """RFC 6266 and 8187: the name in ASCII for old browsers, then as it is."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    way = "inline" if shown else "attachment"
    return {
        "Content-Type": media,
        "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, '')}",
        "Content-Security-Policy": f"{POLICY}; sandbox",
        "Cache-Control": "private, no-store",
    }


_WITHDRAWN = Words("这个文件已经撤回，不能打开", "This file was withdrawn and cannot be opened")
_SUSPICIOUS = Words(
    "这个文件没有通过安全扫描，已隔离，谁也不能打开。请提交的一方换一个文件。",
    "This file did not pass the malware scan; it is set aside and nobody can open it. Whoever "
    "handed it in should replace it.",
)
_PENDING = Words(
    "这个文件还在等待安全扫描，请过一会儿再打开。",
    "This file still waits for its malware scan; open it in a while.",
)
_MISSING = Words(
    "这个文件现在不在磁盘上。请告诉管理员：运行 gongzhi files check。",
    "This file is not on the disk. Please tell the administrator to run gongzhi files check.",
)
_ALTERED = Words(
    "这个文件在磁盘上被改动过，不能打开。请告诉管理员从备份恢复。",
    "This file was altered on the disk and cannot be opened. Please tell the administrator.",
)
_NOT_SCANNED = Words("这个文件没有经过安全扫描", "This file was not scanned for malware")
ROUTES = [web.get("/files/{kind}/{id}/{file}", at_place(serve))]
