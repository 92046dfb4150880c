"""The regulator's desk: what waits for it, for others, what falls due, what is late."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import Acting
from events.words import Words
from portals.complaint_pages import counted
from portals.enquiry_pages import EnquiryDesk
from portals.owed import Address, desk
from portals.regulator.complaints import COMPLAINTS
from portals.regulator.reports import counted as counted_reports
from portals.remembered import remembered
from portals.web import PLATFORM, acting, page, staff
from services.actions.enforcement import STATES

#: States in which the regulator itself decides what comes next, without anybody waiting.
_NEXT = ("opened", "passed", "failed")


def address(row: dict[str, Any]) -> str:
    """Where anybody's obligation leads in this portal: what every regulator may read."""
    if row["kind"] == "enforcement":
        return f"/regulator/followups/{row['record']}"
    if row["kind"] == "reports":
        return f"/regulator/reports/{row['record']}"
    return f"/regulator/trail?record={row['number']}"


def own_address(by: Acting) -> Address:
    """The same, but what waits for this very office leads to where it is done."""

    def leads(row: dict[str, Any]) -> str:
        if row["kind"] == "enquiries" and row["debtor"] == by.party.id:
            return EnquiryDesk("regulator").address(row["record"])
        if row["kind"] == "instruments" and row["debtor"] == by.party.id:
            return f"/regulator/proposals/{row['record']}"
        if row["kind"] != "complaints" or row["debtor"] != by.party.id or not row["open"]:
            return address(row)
        if row["what"] == "answer":
            return f"/regulator/referrals/{row['record']}"
        return COMPLAINTS.address(row["record"])

    return leads


@remembered
async def home(request: web.Request) -> web.StreamResponse:
    by = acting(request)
    states = await request.app[PLATFORM].views.followups.states_of(by.party.id)
    undecided = [(code, STATES[code], states[code]) for code in _NEXT if states.get(code)]
    return await page(
        request,
        "regulator/home.html",
        title=Words("工作台", "Desk"),
        undecided=undecided,
        office=COMPLAINTS,
        states=await counted(request),
        reports=await counted_reports(request),
        **await desk(request, own_address(by)),
    )


ROUTES = [web.get("/regulator", staff(home, "regulator"))]
