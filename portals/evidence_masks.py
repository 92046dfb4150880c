"""Evidence masks: what others may see of a picture or a text, beside the original, and why.

A rectangle is given in percent of width and height, read off a numbered grid: no JavaScript is
needed; with it (`static/masking.js`) it is drawn.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from unicodedata import normalize

from aiohttp import web

from events.evidence import FIELDS
from events.log import Appended
from events.words import Words
from portals.evidence_pages import rows_of
from portals.evidence_place import Place, at_place, file_id, place
from portals.forms import Field, FormState, typed
from portals.pages import viewer
from portals.personal import RESTRICTED
from portals.web import PLATFORM, act, form_page, page, reshown
from services import access
from services.actions import evidence as ev
from services.actions.change import Log
from services.actions.command import Asked
from services.actions.evidence.redaction import PICTURES
from services.actions.files import Area
from services.actions.refused import NotFound, Refused
from services.files.redacting import public_text, with_picture, with_text, without_text
from services.files.shown import text_masks
from services.platform import Platform
from services.told import told

Row = dict[str, Any]
#: Characters in a numbered line of a text.
LINE = 20
SIDES = {
    "left": Words("左边从百分之几开始？", "Left edge, in percent?"),
    "top": Words("上边从百分之几开始？", "Top edge, in percent?"),
    "width": Words("宽百分之几？", "Width, in percent?"),
    "height": Words("高百分之几？", "Height, in percent?"),
}


# -- pictures ----------------------------------------------------------------------------


async def picture(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The original beside the public copy, the masks on it, and the form of one more."""
    here, id, platform = place(request), file_id(request), request.app[PLATFORM]
    _refuse_what_may_not(here)
    (row,) = [each for each in await rows_of(platform, here) if each["id"] == id]
    if row["media"] not in PICTURES or row["withdrawn"]:
        raise NotFound(access.NOT_THERE)
    made = form_page(ev.RedactImageArea, state)
    asked = {name: _side(name, words, state) for name, words in SIDES.items()}
    made["form"] = replace(made["form"], fields={**asked, **made["form"].fields})
    return await page(
        request, "evidence/picture.html", breadcrumbs=here.crumbs_on, row=row,
        areas=[_drawn(each.event) for each in row["masks"]], **made,
    )  # fmt: skip


def _side(name: str, words: Words, state: FormState | None) -> Field:
    state = state or FormState()
    value, error = state.values.get(name, ""), state.errors.get(name)
    return Field(name, Asked(words, widget="number"), "number", value, error, False)


def _drawn(event: Any) -> Row:
    """A mask as the page lists it."""
    area = Area(event.left, event.top, event.width, event.height)
    return {"mask": event.mask, "by": event.by, "reason": event.reason,
            "area": [f"{each / 10:g}%" for each in area]}  # fmt: skip


@reshown
async def mask_picture(request: web.Request) -> web.StreamResponse:
    """One mask more, or one less; the copy is made anew first."""
    here, id = place(request), file_id(request)
    posted, known = await request.post(), _known(here)
    if "lift" in posted:
        do = partial(_with_picture, request.app[PLATFORM], here, ev.lift_redaction)
        known |= {"file": id, "mask": str(posted["lift"])[:40]}
        return await act(request, do, ev.LiftRedaction, _page(here, id), again=picture, **known)
    sides, errors = _sides(typed(posted))
    if errors and not viewer(request).stale:
        viewer(request).status = 422
        return await picture(request, FormState(values=typed(posted), errors=errors))
    do = partial(_with_picture, request.app[PLATFORM], here, ev.redact_image_area)
    known |= {"file": id, **(sides if not errors else dict.fromkeys(SIDES, 0))}
    return await act(request, do, ev.RedactImageArea, _page(here, id), again=picture, **known)


def _page(here: Place, id: str) -> str:
    return f"{here.here}/{id}/mask"


async def _with_picture(
    platform: Platform, here: Place, action: Any, log: Log, command: Any
) -> Appended:
    command = await with_picture(command, here.record, platform.files)
    done: Appended = await action(log, command)
    return done


def _sides(values: Row) -> tuple[dict[str, int], dict[str, Words]]:
    """Percent as typed, with one decimal, in thousandths; what is wrong with them."""
    sides: dict[str, int] = {}
    errors: dict[str, Words] = {}
    for name, words in SIDES.items():
        plain = normalize("NFKC", str(values.get(name, ""))).strip().rstrip("%")
        try:
            sides[name] = round(float(plain) * 10)
        except (ValueError, OverflowError):
            errors[name] = _NUMBER.fill(asked=words)
            continue
        if not 0 <= sides[name] <= 1000:
            errors[name] = _RANGE.fill(asked=words)
    if "reason" in values and len(str(values["reason"]).strip()) < 5:
        errors["reason"] = _REASON
    return sides, errors


# -- texts -------------------------------------------------------------------------------


async def text(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What was told beside what others may see, in lines that say where they begin."""
    here, platform = place(request), request.app[PLATFORM]
    _refuse_what_may_not(here)
    texts = await _told(platform, here)
    public = public_text(texts, here.record.masks.values())
    made = form_page(ev.RedactText, state, intro=_TEXTS)
    return await page(
        request, "evidence/text.html", breadcrumbs=here.crumbs_on,
        texts=[(FIELDS[n], _lines(texts[n]), _lines(public[n])) for n in texts],
        masks_now=[_masked(each.event) for each in await text_masks(platform.log, here.record.id)],
        **made,
    )  # fmt: skip


def _lines(text: str) -> list[tuple[int, str]]:
    return [(at + 1, text[at : at + LINE]) for at in range(0, len(text), LINE)]


def _masked(event: Any) -> Row:
    where = Words(
        f"{FIELDS[event.field].zh}第 {event.start} 至 {event.end} 字",
        f"{FIELDS[event.field].en}, characters {event.start} to {event.end}",
    )
    return {"mask": event.mask, "by": event.by, "reason": event.reason, "where": where}


async def _told(platform: Platform, here: Place) -> dict[str, str]:
    """The texts of a complaint as they can be read; each look is recorded."""
    if here.kind != "complaint":
        raise NotFound(access.NOT_THERE)
    if here.only_stored:
        raise Refused(RESTRICTED)
    number = here.record.case_number
    platform.reads.note(here.by, "complaint", here.record.id, number, "handling")
    found = await told(platform.log, here.record.id)
    return {name: str(found[name]) for name, _ in FIELDS if isinstance(found[name], str)}


@reshown
async def mask_text(request: web.Request) -> web.StreamResponse:
    """One mask more, or one less."""
    here, platform = place(request), request.app[PLATFORM]
    posted, then = await request.post(), f"{here.here}/mask"
    texts = await _told(platform, here)
    kind: Any = ev.LiftRedaction if "lift" in posted else ev.RedactText
    known = _known(here) | ({"mask": str(posted["lift"])[:40]} if "lift" in posted else {})
    do = partial(_with_text, here, texts)
    return await act(request, do, kind, then, again=text, **known)


async def _with_text(here: Place, texts: dict[str, str], log: Log, command: Any) -> Appended:
    if isinstance(command, ev.LiftRedaction):
        return await ev.lift_redaction(log, without_text(command, here.record, texts))
    return await ev.redact_text(log, with_text(command, here.record, texts))


# -- both --------------------------------------------------------------------------------


def _known(here: Place) -> Row:
    return {"by": here.by, "kind": here.kind, "record": here.record.id}


def _refuse_what_may_not(here: Place) -> None:
    access.check_kind(here.by, ev.RedactText, here.record.relation(here.by))


_NUMBER = Words("“{asked}”请填 0 到 100 的数字", "“{asked}” needs a number from 0 to 100")
_RANGE = Words("“{asked}”要在 0 到 100 之间", "“{asked}” must be from 0 to 100")
_REASON = Words("“为什么遮盖？”至少写 5 个字", "“Why is it masked?” needs at least 5 characters")
_TEXTS = Words(
    "左边的数字是每行第一个字的序号。遮盖的字在公开文本里显示为“█”；原文不变，随时可以取消遮盖。",
    "The numbers count the first character of each line. What is masked reads “█” in the public "
    "copy; the original stays as it is, and a mask can be lifted at any time.",
)
ROUTES = [
    web.get("/files/{kind}/{id}/mask", at_place(text)),
    web.post("/files/{kind}/{id}/mask", at_place(mask_text)),
    web.get("/files/{kind}/{id}/{file}/mask", at_place(picture)),
    web.post("/files/{kind}/{id}/{file}/mask", at_place(mask_picture)),
]
