"""Erasure pages of an enquiry: what is kept of who asked, and its deletion."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words, both
from portals.asking import found, record_id
from portals.erasure_pages import Erasure, Kept
from portals.web import PLATFORM, acting
from services.actions.enquiries import erasure as e
from services.told import kept

Row = dict[str, Any]
TITLE = Words("咨询", "Enquiries")


async def _find(request: web.Request) -> Kept:
    """The enquiry, for the body that answers it; else 404."""
    platform, by = request.app[PLATFORM], acting(request)
    row: Row = found(await platform.views.enquiries.one(record_id(request), by.party.id))
    number, here = row["number"], f"/{by.party.kind}/enquiries"
    crumbs = [(f"/{by.party.kind}", Words("工作台", "Desk")), (here, TITLE)]
    return Kept(
        title=Words(f"咨询 {number} 的个人信息", f"Personal data of enquiry {number}"),
        caption=both(number),
        crumbs=[*crumbs, (f"{here}/{row['id']}", both(number))],
        here=f"{here}/{row['id']}/personal",
        standing=row["personal"],
        since=row["personal_on"],
        holds=e.holds(row["state"], row["answered_on"] or row["asked_on"], today()),
        relation="handler",
        state=row["state"],
        known={"enquiry": row["id"]},
        envelopes=await kept(platform.log, row["id"]),
        version=row["version"],
        names={"answer": Words("答复", "answer")},
    )


PAGES = Erasure(e.STEPS, e.asker_erasure_step, _find)
