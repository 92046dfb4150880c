"""Enquiries (咨询) of a council or a regulator: the list, one of them, its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from aiohttp import web

from events.enquiries import EnquiryAnswered, EnquiryAskedOn, EnquiryReceived
from events.event import CHINA, Acting, Personal, Recorded
from events.words import Words, both
from portals.asking import day, found, page_number, record_id, text
from portals.assigned_lists import POOL, WHOSE, officer_of
from portals.assigning import Charge, charge_routes
from portals.complaint_office import CHANNELS
from portals.enquiry_erasure import PAGES as ERASURE
from portals.forms import FormState
from portals.many import picking
from portals.owed import card, history
from portals.saved_filters import saved_for
from portals.undelivered import undelivered
from portals.web import PLATFORM, act, acting, form_page, page, reshown, signed_in, staff
from services import access, numbers
from services.actions import enquiries as q
from services.actions.erasure import STANDING
from services.records import charged_to

Row = dict[str, Any]
TITLE = Words("咨询", "Enquiries")
_TOLD = ("title", "question", "name", "phone", "email")
_ASKED = ("state", "channel", "whose", "since", "until", "q")
#: How much of a question a list shows.
_BEGINNING = 40


@dataclass(frozen=True)
class EnquiryDesk:
    """Where a kind of body has its enquiries."""

    kind: str

    @property
    def register(self) -> str:
        return f"/{self.kind}/enquiries"

    @property
    def new(self) -> str:
        return f"/{self.kind}/new-enquiry"

    @property
    def crumbs(self) -> list[tuple[str, Words]]:
        return [(f"/{self.kind}", Words("工作台", "Desk")), (self.register, TITLE)]

    @property
    def charge(self) -> Charge:
        return Charge(q.Enquiry.CASE, self.register, self.crumbs)

    def address(self, id: object) -> str:
        return f"{self.register}/{id}"


def _desk(request: web.Request) -> EnquiryDesk:
    return EnquiryDesk(acting(request).party.kind)


# -- the list ----------------------------------------------------------------------------


async def register(request: web.Request) -> web.StreamResponse:
    """Enquiries this body answers, by state, way, day and number; filters stand in the address."""
    here, platform = _desk(request), request.app[PLATFORM]
    asked = {name: text(request, name) for name in _ASKED}
    rows = await platform.views.enquiries.handled_by(
        acting(request).party.id, state=asked["state"], channel=asked["channel"],
        **_numbered(asked["q"]), since=day(request, "since"), until=day(request, "until"),
        officer=officer_of(request, asked["whose"]), number=page_number(request),
    )  # fmt: skip
    begins = await _beginnings(request, rows.rows)
    shown = [_shown(row, here) | {"question": begins[row["question"]]} for row in rows.rows]
    ticked, many = picking(request, q.Enquiry.CASE, replace(rows, rows=shown))
    return await page(
        request, "enquiry/list.html", title=TITLE, here_desk=here, rows=ticked, many=many,
        asked=asked, states=list(q.STATES), channels=list(CHANNELS.items()), whose=list(WHOSE),
        active=[{"key": k, "label": _label(k, v)} for k, v in asked.items() if v],
        saved=await saved_for(request),
    )  # fmt: skip


def _numbered(typed: str) -> dict[str, str]:
    """A number of ours, forgiven its form; else one of the register it comes from."""
    number = numbers.tidy(typed)
    return {"own": number} if numbers.is_number(number) else {"reference": typed}


async def _beginnings(request: web.Request, rows: Iterable[Row]) -> dict[int, str | Words]:
    """Title or first words of each; that they were shown is recorded."""
    platform, by = request.app[PLATFORM], acting(request)
    events = await platform.log.at({row["question"] for row in rows})
    for row in rows:
        platform.reads.note(by, "enquiry", row["id"], row["number"], "handling")
    return {position: _beginning(each.event) for position, each in events.items()}


def _beginning(event: Any) -> str | Words:
    told: Personal = event.told
    said = told.get("title") or told.shown("question")
    long = isinstance(said, str) and len(said) > _BEGINNING
    return f"{str(said)[:_BEGINNING]}…" if long else said


def _label(key: str, value: str) -> Words:
    if key == "state" and value in q.STATES:
        return q.STATES[value]
    if key == "channel" and value in CHANNELS:
        return CHANNELS[value]
    if key == "whose" and value in WHOSE:
        return WHOSE[value]
    return _DAYS[key].fill(day=value) if key in _DAYS else both(value)


_DAYS = {"since": Words("从 {day} 起", "from {day}"), "until": Words("到 {day} 止", "to {day}")}


def _shown(row: Row, here: EnquiryDesk) -> Row:
    colour = "yours" if row["state"] == "asked" else "done"
    return {
        **row,
        "state": q.STATES[row["state"]],
        "state_colour": colour,
        "channel": CHANNELS.get(row["channel"], both(row["channel"])),
        "url": here.address(row["id"]),
        "officer": row["officer_name"] or POOL,
        "standing": STANDING[row["personal"]],
    }


# -- one of them -------------------------------------------------------------------------


async def the_enquiry(request: web.Request) -> Row:
    """The enquiry the address names, if this office answers it; else 404."""
    enquiries = request.app[PLATFORM].views.enquiries
    return found(await enquiries.one(record_id(request), acting(request).party.id))


async def record(request: web.Request) -> web.StreamResponse:
    """What is asked, by whom, and the answer; of an imported one how late it came here."""
    platform, here, by = request.app[PLATFORM], _desk(request), acting(request)
    row = found(await platform.views.enquiries.readable(record_id(request), by.party.id))
    enquiry = await charged_to(platform.log, by, q.Enquiry.CASE, row["id"])
    owed = await platform.views.obligations.of_record(str(row["id"]))
    said = await _said(request, row)
    return await page(
        request, "enquiry/record.html", breadcrumbs=here.crumbs, row=_shown(row, here),
        title=Words(f"咨询 {row['number']}", f"Enquiry {row['number']}"),
        said=said, ours=row["handler"] == by.party.id,
        acts=here.charge.around(by, enquiry, _acts(by, row)),
        readable=bool(said[0]["phone"]) or row["online"],
        undelivered=await undelivered(request, row),
        clocks=[card(each) for each in owed if each["open"]], batch=await _batch(request, row),
        late=(row["recorded_at"].astimezone(CHINA).date() - row["asked_on"]).days,
        entries=history(await platform.views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )  # fmt: skip


async def _said(request: web.Request, row: Row) -> list[Row]:
    """Question and answer in turn, as far as they can be read; the look is recorded."""
    platform = request.app[PLATFORM]
    platform.reads.note(acting(request), "enquiry", row["id"], row["number"], "handling")
    return said_in(await platform.log.load(row["id"], opened=True))


def said_in(history: Iterable[Recorded]) -> list[Row]:
    """What was asked, answered and asked on, in turn."""
    found: list[Row] = []
    for recorded in history:
        match recorded.event:
            case EnquiryReceived(told=told) | EnquiryAskedOn(told=told):
                words = {name: told.shown(name) for name in _TOLD}
                kind = "question"
            case EnquiryAnswered(answer=answer):
                words, kind = {"answer": answer.shown("answer")}, "answer"
            case _:
                continue
        hour = getattr(recorded.event, "hour", "")
        found.append({"kind": kind, "on": recorded.on, "hour": hour, **words})
    return found


async def _batch(request: web.Request, row: Row) -> Row | None:
    """The import it came with."""
    if not row["batch"]:
        return None
    found = await request.app[PLATFORM].views.imports.one(row["batch"])
    return found and {**found, "url": f"/{_desk(request).kind}/imports/{found['id']}"}


def _acts(by: Acting, row: Row) -> list[Row]:
    ours = row["handler"] == by.party.id
    if not ours or not access.may(by, "AnswerEnquiry", "handler", row["state"]):
        return []
    here = EnquiryDesk(by.party.kind).address(row["id"])
    return [{"url": f"{here}/answer", "words": q.AnswerEnquiry.SAYS}]


async def new_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Record what somebody asks."""
    made = form_page(q.RecordEnquiry, state, dated=True)
    return await page(request, "form.html", breadcrumbs=_desk(request).crumbs, **made)


@reshown
async def new(request: web.Request) -> web.StreamResponse:
    here, by = _desk(request), msgspec.structs.replace(acting(request), channel="counter")
    return await act(
        request, q.record_enquiry, q.RecordEnquiry,
        lambda _, command: here.address(command.enquiry), again=new_form, by=by, handler=by.party,
    )  # fmt: skip


async def answer_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What was asked and answered so far, and below it the answer."""
    row, here = await the_enquiry(request), _desk(request)
    access.check_kind(acting(request), q.AnswerEnquiry, "handler")
    made = form_page(q.AnswerEnquiry, state, seen=row["version"], dated=True)
    crumb = (here.address(row["id"]), both(row["number"]))
    said = await _said(request, row)
    return await page(
        request, "enquiry/answer.html", breadcrumbs=[*here.crumbs, crumb], said=said, **made
    )


@reshown
async def answer(request: web.Request) -> web.StreamResponse:
    row = await the_enquiry(request)
    return await act(
        request, q.answer_enquiry, q.AnswerEnquiry, _desk(request).address(row["id"]),
        again=answer_form, enquiry=row["id"],
    )  # fmt: skip


def enquiry_routes(kind: str) -> list[web.RouteDef]:
    """The pages of one kind of body."""
    here = EnquiryDesk(kind)
    one = here.address("{id}")
    return [
        web.get(here.register, staff(register, kind)),
        web.get(here.new, staff(new_form, kind)),
        web.post(here.new, staff(new, kind)),
        web.get(one, staff(record, kind)),
        web.get(one + "/answer", staff(answer_form, kind)),
        web.post(one + "/answer", staff(answer, kind)),
        *charge_routes(here.charge, signed_in(kind)),
        *ERASURE.routes(one + "/personal", signed_in(kind)),
    ]
