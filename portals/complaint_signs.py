"""Signs of abuse beside the acts that decide on a complaint: shown with reasons, never decisive."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.complaints.terms import ABUSE_SIGNS
from events.words import Words
from portals.complaint_office import office
from portals.web import PLATFORM
from services.abuse_signs import DAYS, MOST, THRESHOLDS, Sign, signs_of

Row = dict[str, Any]
#: Other complaints that are named one by one.
NAMED = 10


async def found(request: web.Request, row: Row) -> list[Sign]:
    """The signs of the complaint now."""
    files = [each for each in row["record"].files.values() if not each.withdrawn]
    return await signs_of(request.app[PLATFORM], row, len(files))


async def shown(request: web.Request, row: Row) -> Row:
    """The signs, why each is shown, and how often this body found nothing behind it."""
    judged = await request.app[PLATFORM].views.abuse_signs.judged_by(row["handler"])
    here = office(request)
    signs = [
        {
            "words": ABUSE_SIGNS[sign.code],
            "why": _why(sign),
            "others": [{**each, "url": here.address(each["id"])} for each in sign.others[:NAMED]],
            "more": len(sign.others) - NAMED,
            "judged": judged.get(sign.code),
        }
        for sign in await found(request, row)
    ]
    return {"signs": signs, "days": DAYS, "most": MOST, "judge": here.address(row["id"]) + "/signs"}


def _why(sign: Sign) -> Words | None:
    if sign.code not in THRESHOLDS:
        return None
    days, least = THRESHOLDS[sign.code]
    return _WHY[sign.code].fill(n=sign.n, days=days, least=least)


_WHY = {
    "frequent": Words(
        "前后 {days} 天内，同一姓名和电话有 {n} 件（{least} 件起提示）",
        "within {days} days, {n} of the same name and telephone (shown from {least})",
    ),
    "same_matter": Words(
        "前后 {days} 天内，对同一经营者、同一类问题有 {n} 件（{least} 件起提示）",
        "within {days} days, {n} about the same business and kind of problem (shown from {least})",
    ),
    "concentrated": Words(
        "前后 {days} 天内，有 {n} 人投诉（{least} 人起提示）；也可能确有其事，可以并案或者共同投诉",
        "within {days} days, {n} persons (shown from {least}); it may well be true: "
        "consider a joint complaint",
    ),
    "shared_contact": Words(
        "前后 {days} 天内，{n} 个姓名使用同一电话或者地址（{least} 个起提示）；也可能是一家人",
        "within {days} days, {n} names with one telephone or address (shown from {least}); "
        "it may be a family",
    ),
}
