"""Instruments of a council at its desk, each with its acts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NamedTuple

from aiohttp import web

from events.credit_code import tidy
from events.event import PartyRef, today
from events.instruments import InterviewHeld
from events.words import Code, Words, both
from portals.asking import found, page_number, record_id, text
from portals.bodies import associations, choice, chosen, enterprise, regulators
from portals.comparisons import table_of
from portals.council.complaints import COMPLAINTS
from portals.forms import FormState
from portals.instruments import letter_sheet, shown
from portals.owed import card, history
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import instruments as i
from services.actions.command import Command
from services.actions.instruments.instrument import OnGrounds
from services.grounds import on_grounds

Row = dict[str, Any]
LIST = "/council/instruments"
TITLE = Words("警示、约谈、建议和比较试验", "Warnings, interviews, proposals, tests")
#: In a navigation that has to fit one line.
NAV = Words("警示约谈", "Instruments")
CRUMBS = [("/council", Words("工作台", "Desk")), (LIST, TITLE)]
WHATS = Code(
    "instrument",
    {
        "warning": Words("消费警示和提示", "warnings and advice"),
        "interview": Words("约谈", "interviews"),
        "proposal": Words("建议和反映", "proposals"),
        "comparison": Words("比较试验", "comparative tests"),
    },
)


async def register(request: web.Request) -> web.StreamResponse:
    """All of this council, by kind."""
    what = text(request, "what")
    rows = await request.app[PLATFORM].views.instruments.of_council(
        acting(request).party.id, what=what, number=page_number(request)
    )
    listed = [shown(row, f"{LIST}/{row['id']}") for row in rows.rows]
    return await page(
        request, "council/instruments.html", title=TITLE, rows=replace(rows, rows=listed),
        whats=list(WHATS), asked=what, new=_new_links(request),
        active=[{"key": "what", "label": WHATS[what]}] if what in WHATS else [],
    )  # fmt: skip


def _new_links(request: web.Request) -> list[Row]:
    by = acting(request)
    return [
        {"url": f"{LIST}/new/{what}", "words": made.kind.SAYS}
        for what, made in NEW.items() if access.may(by, made.kind.__name__, "new")
    ]  # fmt: skip


async def the_instrument(request: web.Request) -> Row:
    """The one the address names, if it is this council's; else 404."""
    views = request.app[PLATFORM].views
    return found(await views.instruments.one(record_id(request), acting(request).party.id))


async def record(request: web.Request) -> web.StreamResponse:
    """One of them: what it says, what it rests on, what can be done."""
    row, views = await the_instrument(request), request.app[PLATFORM].views
    id = str(row["id"])
    owed = await views.obligations.of_record(id)
    return await page(
        request, "council/instrument.html", title=both(row["title"]), breadcrumbs=CRUMBS,
        row=shown(row, f"{LIST}/{id}"), acts=_acts(request, row), told=await _told(request, row),
        compared=await _compared(request, row),
        grounds=[
            {**each, "url": COMPLAINTS.address(each["record"])}
            for each in await views.instruments.grounds_of(id)
        ],
        owed=[card(each) for each in owed if each["open"]],
        entries=history(await views.trail.of_record(id)), show=request.query.get("show", "all"),
    )  # fmt: skip


async def letter(request: web.Request) -> web.StreamResponse:
    """The sheet, set from what is recorded; who reads what was said at an interview is noted."""
    row = await the_instrument(request)
    if row["what"] == "interview":
        reads, by = request.app[PLATFORM].reads, acting(request)
        reads.note(by, "interview", row["id"], row["number"], "letter")
    return await letter_sheet(request, row)


async def _told(request: web.Request, row: Row) -> Row:
    """Who came to an interview and what was said, opened; the look is recorded."""
    if row["what"] != "interview":
        return {}
    platform = request.app[PLATFORM]
    platform.reads.note(acting(request), "interview", row["id"], row["number"], "handling")
    (first, *_) = await platform.log.load(row["id"], opened=True)
    assert isinstance(first.event, InterviewHeld)
    return {name: first.event.told.shown(name) for name in ("attended", "told")}


async def _compared(request: web.Request, row: Row) -> Row:
    """The edition of a comparative test that is worked on, its table, and who was asked."""
    if row["what"] != "comparison":
        return {"edition": None, "turn": None}
    platform = request.app[PLATFORM]
    edition = found(await platform.views.comparisons.latest(str(row["id"])))
    asked = await platform.views.comparisons.asked(str(row["id"]), edition["edition"])
    table, turn = await table_of(platform, edition), _turn(row, asked)
    return {"edition": edition, "table": table, "asked": asked, "turn": turn}


def _turn(row: Row, asked: list[Row]) -> Row | None:
    """Whose turn it is: an enterprise's while its term runs, then the council's."""
    if row["state"] in ("published", "withdrawn"):
        return None
    waiting = [each for each in asked if not each["commented_on"] and each["until"] >= today()]
    if waiting:
        return {"kind": "enterprise", "name": waiting[0]["enterprise_name"]}
    return {"kind": "council", "name": row["council_name"]}


# -- acts ----------------------------------------------------------------------------------


class Act(NamedTuple):
    """A command on one instrument, and how the record is called in it."""

    kind: type[Command]
    action: Callable[[Any, Any], Awaitable[Any]]
    record: str
    filled: tuple[str, ...] = ()


_DESCRIBED = ("title", "goods", "method", "tested_by", "tested_on", "bought")
ACTS = {
    "rewrite": Act(i.RewriteWarning, i.rewrite_warning, "warning", ("title", "goods")),
    "publish": Act(i.PublishWarning, i.publish_warning, "warning"),
    "withdraw": Act(i.WithdrawWarning, i.withdraw_warning, "warning"),
    "kept": Act(i.KeepPromise, i.keep_promise, "interview"),
    "not-kept": Act(i.BreakPromise, i.break_promise, "interview"),
    "take-back": Act(i.TakeProposalBack, i.take_proposal_back, "proposal"),
    "add-sample": Act(i.AddSample, i.add_sample, "comparison"),
    "drop-sample": Act(i.DropSample, i.drop_sample, "comparison"),
    "describe": Act(i.RewriteComparison, i.rewrite_comparison, "comparison", _DESCRIBED),
    "show": Act(i.ShowComparison, i.show_comparison, "comparison"),
    "publish-test": Act(i.PublishComparison, i.publish_comparison, "comparison"),
    "correct": Act(i.CorrectComparison, i.correct_comparison, "comparison"),
    "withdraw-test": Act(i.WithdrawComparison, i.withdraw_comparison, "comparison"),
}


def _acts(request: web.Request, row: Row) -> list[Row]:
    by = acting(request)
    return [
        {"url": f"{LIST}/{row['id']}/{slug}", "words": each.kind.SAYS}
        for slug, each in ACTS.items()
        if each.record == row["what"]
        and access.may(by, each.kind.__name__, "council", row["state"])
    ]


def _act(request: web.Request) -> Act:
    return ACTS[request.path.rpartition("/")[2]]


async def act_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, asked = await the_instrument(request), _act(request)
    access.check_kind(acting(request), asked.kind, "council")
    filled = await _filled(request, row, asked)
    made = form_page(asked.kind, state, seen=row["version"], intro=both(row["title"]), **filled)
    here = (f"{LIST}/{row['id']}", both(row["number"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **made)


async def _filled(request: web.Request, row: Row, asked: Act) -> Row:
    """What the draft says so far."""
    if not asked.filled:
        return {}
    if asked.record == "comparison":
        row = row | found(await request.app[PLATFORM].views.comparisons.latest(str(row["id"])))
    said = {name: row[name] for name in asked.filled}
    return said | {"nature": row["kind"], "text": row["body"]}


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    row, asked = await the_instrument(request), _act(request)
    known = {asked.record: row["id"]}
    if asked.kind is i.AddSample:
        known["enterprise"] = await _of_code(request)
    then = f"{LIST}/{row['id']}"
    return await act(request, asked.action, asked.kind, then, again=act_form, **known)


async def _of_code(request: web.Request) -> PartyRef | None:
    """The enterprise whose code was typed."""
    code = tidy(str((await request.post()).get("code", "")))
    return await enterprise(request, code, "") if code else None


# -- new ones ------------------------------------------------------------------------------


class New(NamedTuple):
    """A command that begins an instrument."""

    kind: type[Command]
    action: Callable[[Any, Any], Awaitable[Any]]


NEW = {
    "warning": New(i.DraftWarning, i.draft_warning),
    "interview": New(i.HoldInterview, i.hold_interview),
    "proposal": New(i.SendProposal, i.send_proposal),
    "comparison": New(i.DraftComparison, i.draft_comparison),
}


def _what(request: web.Request) -> str:
    return request.path.rpartition("/")[2]


async def new_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form that begins one."""
    what = _what(request)
    access.check_kind(acting(request), NEW[what].kind, "new")
    options = {"addressee": choice(await _addressed(request))} if what == "proposal" else {}
    dated = what == "interview"
    made = form_page(NEW[what].kind, state, options=options, dated=dated, needed=("addressee",))
    return await page(request, "form.html", breadcrumbs=CRUMBS, **made)


async def _addressed(request: web.Request) -> list[PartyRef]:
    return [*await regulators(request), *await associations(request)]


@reshown
async def new(request: web.Request) -> web.StreamResponse:
    what, posted = _what(request), await request.post()
    known: Row = {}
    if to := chosen(await _addressed(request), posted.get("addressee")):
        known["addressee"] = to
    if what == "interview":
        known["enterprise"] = await _of_code(request)
    made = NEW[what]
    rests = issubclass(made.kind, OnGrounds)
    action = on_grounds(request.app[PLATFORM], made.action) if rests else made.action
    return await act(
        request, action, made.kind,
        lambda _, command: f"{LIST}/{getattr(command, what)}", again=new_form, **known,
    )  # fmt: skip


ROUTES = [
    web.get(LIST, staff(register, "council")),
    *(web.get(f"{LIST}/new/{what}", staff(new_form, "council")) for what in NEW),
    *(web.post(f"{LIST}/new/{what}", staff(new, "council")) for what in NEW),
    web.get(f"{LIST}/{{id}}", staff(record, "council")),
    web.get(f"{LIST}/{{id}}/letter.pdf", staff(letter, "council")),
    *(web.get(f"{LIST}/{{id}}/{slug}", staff(act_form, "council")) for slug in ACTS),
    *(web.post(f"{LIST}/{{id}}/{slug}", staff(do, "council")) for slug in ACTS),
]
