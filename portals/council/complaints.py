"""The register of a council, and the page of one complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unicodedata import normalize

from aiohttp import web

from events.event import Acting
from events.terms import CATEGORIES, REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS
from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.council.home import address
from portals.owed import card, history
from portals.web import PLATFORM, acting, page, staff
from services import access, numbers
from services.actions import complaints as c
from services.actions.enforcement import STATES as FOLLOW_UP_STATES
from services.actions.refused import NotFound

Row = dict[str, Any]
LIST = "/council/complaints"
CRUMBS = [("/council", Words("工作台", "Desk")), (LIST, Words("投诉", "Complaints"))]
CHANNELS = {
    "portal": Words("网上", "online"),
    "api": Words("接口", "API"),
    "import": Words("导入", "import"),
    "phone": Words("电话", "telephone"),
    "counter": Words("当面", "counter"),
    "letter": Words("来信", "letter"),
}
#: How a state looks in a list: whose turn it is from the council's side.
COLOURS = {"received": "yours", "accepted": "yours", "mediating": "waiting"}


async def register(request: web.Request) -> web.StreamResponse:
    """The complaints this council handles, by state and words; the filters stand in the address."""
    asked = {"state": text(request, "state"), "q": text(request, "q")}
    rows = await request.app[PLATFORM].views.complaints.handled_by(
        acting(request).party.id,
        state=asked["state"],
        text=_words(asked["q"]),
        number=page_number(request),
    )
    return await page(
        request,
        "council/complaints.html",
        title=Words("投诉", "Complaints"),
        rows=replace(rows, rows=[_shown(row) for row in rows.rows]),
        asked=asked,
        active=[{"key": k, "label": _label(k, v)} for k, v in asked.items() if v],
        states=[(code, words) for code, words in c.STATES if code != "reversed"],
    )


def _words(typed: str) -> str:
    """Full-width and half-width mean the same; a number is forgiven its form."""
    plain = normalize("NFKC", typed).strip()
    number = numbers.tidy(plain)
    return number if numbers.is_number(number) else plain


def _label(key: str, value: str) -> Words:
    return c.STATES[value] if key == "state" else both(value)


def _shown(row: Row) -> Row:
    return {
        **row,
        "url": f"{LIST}/{row['id']}",
        "respondent": row["respondent"] or Words("未提供", "not given"),
        "state": c.STATES[row["state"]],
        "state_colour": COLOURS.get(row["state"], "done"),
        "category": CATEGORIES[row["category"]],
    }


async def the_complaint(request: web.Request) -> Row:
    """The complaint the address names, if this council handles it; else 404."""
    row = found(await request.app[PLATFORM].views.complaints.one(record_id(request)))
    if row["handler"] != acting(request).party.id:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    return row


async def record(request: web.Request) -> web.StreamResponse:
    """One complaint: facts, history, whose turn, what can be done, what came of the clue."""
    row, views = await the_complaint(request), request.app[PLATFORM].views
    id = str(row["id"])
    owed = [card(each, address) for each in await views.obligations.of_record(id)]
    made = await views.followups.of_complaint(id)
    return await page(
        request,
        "council/complaint.html",
        title=Words(f"投诉 {row['number']}", f"Complaint {row['number']}"),
        breadcrumbs=CRUMBS,
        row=row,
        state=c.STATES[row["state"]],
        colour=COLOURS.get(row["state"], "done"),
        category=CATEGORIES[row["category"]],
        channel=CHANNELS.get(row["channel"], both(row["channel"])),
        outcome=outcome(row),
        turn=_turn(row, owed),
        owed=owed,
        made=[{**each, "state": FOLLOW_UP_STATES[each["state"]]} for each in made],
        acts=[
            {"url": f"{LIST}/{id}/{each}", "words": words}
            for each, words in possible(acting(request), row)
        ],
        entries=history(await views.trail.of_record(id)),
        show=request.query.get("show", "all"),
    )


def outcome(row: Row) -> Words | None:
    """How it ended, by its code."""
    if row["remedy"]:
        return REMEDIES[row["remedy"]]
    if not row["ground"]:
        return None
    refused = row["ground"] in REFUSAL_GROUNDS
    return REFUSAL_GROUNDS[row["ground"]] if refused else TERMINATION_GROUNDS[row["ground"]]


def _turn(row: Row, owed: list[Row]) -> Row:
    """Whose turn it is, until when, and why: the open obligation, else closing the file."""
    for each in owed:
        if each["open"]:
            who = {"kind": each["debtor_kind"], "name": each["debtor"]}
            return {"who": who, "until": each["clock"], "why": each["what"]}
    if row["state"] == "closed":
        return {"who": None, "until": None, "why": None}
    who = {"kind": row["handler_kind"], "name": row["handler_name"]}
    return {"who": who, "until": None, "why": _CLOSE}


def possible(by: Acting, row: Row) -> list[tuple[str, Words]]:
    """The acts that are possible now, the main one first: slug and words."""
    may = [
        (slug, kind)
        for slug, kind in ACTS.items()
        if access.may(by, kind.__name__, "handler", row["state"])
    ]
    return [(slug, kind.SAYS) for slug, kind in may if _makes_sense(kind, row)]


def _makes_sense(kind: type[c.OnComplaint], row: Row) -> bool:
    """What the rules would refuse anyway is not offered."""
    if kind is c.RecordRestitution:
        return not row["currency"]
    if kind is c.StateSatisfaction:
        return row["satisfied"] is None
    return kind is not c.ReferClue or not row["referred_to"]


ACTS: dict[str, type[c.OnComplaint]] = {
    "accept": c.AcceptComplaint,
    "refuse": c.RefuseComplaint,
    "mediation": c.StartMediation,
    "agreement": c.RecordAgreement,
    "terminate": c.TerminateMediation,
    "restitution": c.RecordRestitution,
    "satisfaction": c.StateSatisfaction,
    "close": c.CloseComplaint,
    "refer": c.ReferClue,
    "transfer": c.TransferComplaint,
    "withdraw": c.WithdrawComplaint,
}
_CLOSE = Words("记录后续情况，然后办结", "Record what followed, then close the file")

ROUTES = [
    web.get(LIST, staff(register, "council")),
    web.get(LIST + "/{id}", staff(record, "council")),
]
