"""Evidence pages: what files a record has, adding more, saying more, taking one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web

from events.evidence import MEDIA, SCANS, size_of
from events.words import Words
from portals.attaching import act_with_files, chosen, uploads
from portals.evidence_place import Place, at_place, file_id, place
from portals.personal import RESTRICTED
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access
from services.actions import evidence as ev
from services.actions.command import Command
from services.actions.evidence.redaction import PICTURES
from services.actions.refused import AlreadyDecided
from services.files.shown import files_of, statements_of
from services.platform import Platform
from services.records import seen_by

Row = dict[str, Any]
#: How a scan looks.
COLOURS = {"safe": "done", "suspicious": "overdue", "pending": "waiting"}
NO_SCANNER = Words("未配置扫描", "no scanner is set")


async def show(request: web.Request) -> web.StreamResponse:
    """All evidence that this party is told of, and what can be done with it."""
    here, platform = place(request), request.app[PLATFORM]
    note_names(platform, here)
    return await page(
        request,
        "evidence/record.html",
        title=here.title,
        breadcrumbs=here.crumbs,
        kind=here.kind,
        rows=await rows_of(platform, here),
        statements=await _statements(platform, here),
        may_add=here.may("AddEvidence"),
        may_mask=here.kind == "complaint" and here.may("RedactText"),
        here_url=here.here,
    )


async def _statements(platform: Platform, here: Place) -> list[Row]:
    rows = await statements_of(platform.log, here.record, here.by)
    return [{**row, "text": RESTRICTED} for row in rows] if here.only_stored else rows


def note_names(platform: Platform, here: Place) -> None:
    """What a consumer calls her files is hers; who reads it is recorded."""
    if (
        here.kind in ("complaint", "report")
        and here.by.party.kind != "consumer"
        and here.record.files
    ):
        number = here.record.case_number
        platform.reads.note(here.by, here.kind, here.record.id, number, "handling")


async def rows_of(platform: Platform, here: Place) -> list[Row]:
    """The files as a page lists them."""
    rows = await files_of(platform.log, here.record, here.by)
    return [_shown(row, here, platform.scanned) for row in rows]


async def evidence_of(request: web.Request, kind: str, id: object) -> list[Row]:
    """The files of a record on its own page, for who is signed in there."""
    platform, by = request.app[PLATFORM], acting(request)
    record = await seen_by(platform.log, by, kind, UUID(str(id)))
    return await rows_of(platform, Place(kind, record, by))


def _shown(row: Row, here: Place, scanned: bool) -> Row:
    scan = SCANS[row["scan"]] if scanned or row["scan"] != "pending" else NO_SCANNER
    url, usable = f"{here.here}/{row['id']}", not row["withdrawn"]
    return {
        **row,
        "name": RESTRICTED if here.only_stored else row["name"],
        "url": url,
        "what": MEDIA[row["media"]],
        "large": size_of(row["size"]),
        "state": scan,
        "colour": COLOURS.get(row["scan"], "none") if scanned else "none",
        "opens": usable and row["original"] and opens(row["scan"], scanned),
        "copy_url": f"{url}?copy=1" if usable and row["public_copy"] else "",
        "may_withdraw": usable and here.may("WithdrawFile") and row["original"],
        "may_mask": usable and row["media"] in PICTURES and here.may("RedactImageArea"),
    }


def opens(scan: str, scanned: bool) -> bool:
    """Whether the file can be opened, if need be after a warning."""
    return scan in ("safe", "unscanned") or (scan == "pending" and not scanned)


async def add_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Files and words that are added."""
    here = place(request)
    _refuse_what_may_not(here, ev.AddEvidence)
    made = form_page(ev.AddEvidence, state, intro=_ADDS)
    files = await chosen(request, made["form"].key)
    return await page(request, "form.html", breadcrumbs=here.crumbs_on, files=files, **made)


@uploads
@reshown
async def add(request: web.Request) -> web.StreamResponse:
    here = place(request)
    return await act_with_files(
        request, ev.add_evidence, ev.AddEvidence, here.here, again=add_form,
        subject=here.record.subject, by=here.by, kind=here.kind, record=here.record.id,
    )  # fmt: skip


async def withdraw_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Why a file is taken back."""
    here, id = place(request), file_id(request)
    _refuse_what_may_not(here, ev.WithdrawFile)
    (row,) = [each for each in await rows_of(request.app[PLATFORM], here) if each["id"] == id]
    if row["withdrawn"] and state is None:
        raise AlreadyDecided(_WITHDRAWN)
    about = _WITHDRAWS.fill(name=row["name"], mark=row["mark"])
    form = form_page(ev.WithdrawFile, state, intro=about)
    return await page(request, "form.html", breadcrumbs=here.crumbs_on, **form)


@reshown
async def withdraw(request: web.Request) -> web.StreamResponse:
    here = place(request)
    return await act(
        request, ev.withdraw_file, ev.WithdrawFile, here.here, again=withdraw_form, by=here.by,
        kind=here.kind, record=here.record.id, file=file_id(request),
    )  # fmt: skip


def _refuse_what_may_not(here: Place, kind: type[Command]) -> None:
    access.check_kind(here.by, kind, here.record.relation(here.by))


_ADDS = Words(
    "补充不会改变办理期限。文件加密保存，经过安全扫描才能打开；提交后可以撤回，但谁在什么时候提交过会留下记录。",
    "What you add changes no deadline. Files are kept encrypted and open once they are scanned; "
    "you can withdraw them, but who handed in what and when stays on record.",
)
_WITHDRAWS = Words(
    "撤回“{name}”（{mark}）。撤回后各方都不能再打开，谁提交的、什么时候、散列值仍然保留。",
    "Withdraw “{name}” ({mark}). Nobody can open it any more; who handed it in, when, and its "
    "hash stay.",
)
_WITHDRAWN = Words("这个文件已经撤回", "This file was withdrawn already")
ROUTES = [
    web.get("/files/{kind}/{id}", at_place(show)),
    web.get("/files/{kind}/{id}/add", at_place(add_form)),
    web.post("/files/{kind}/{id}/add", at_place(add)),
    web.get("/files/{kind}/{id}/{file}/withdraw", at_place(withdraw_form)),
    web.post("/files/{kind}/{id}/{file}/withdraw", at_place(withdraw)),
]
