"""Pledges the enterprise signed: what each asks, evidence, withdrawal, and what was judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id
from portals.attaching import act_with_files, chosen, uploads
from portals.enterprise.home import CRUMB, PLEDGES, PUBLISHED, WITHHELD
from portals.evidence_pages import evidence_of
from portals.evidence_place import address as evidence_address
from portals.owed import card, history
from portals.pledge_standing import colour, in_short, standing
from portals.seeing import the_case
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import member_pledges as m
from services.actions import member_questions as q
from services.actions.command import Command
from services.actions.refused import NotFound

Row = dict[str, Any]
CRUMBS = [CRUMB, (PLEDGES, Words("本企业的承诺", "Our pledges"))]
#: How a state looks: whose turn it is from the enterprise's side.
COLOURS = {"active": "yours", "evidence": "waiting", "met": "done"}


@dataclass(frozen=True)
class Act:
    """One act of the enterprise: its address, what is asked, what is done."""

    slug: str
    kind: type[Command]
    action: Any


ACTS = (
    Act("answer", q.AnswerQuestion, q.answer_question),
    Act("evidence", m.SubmitEvidence, m.submit_evidence),
    Act("withdraw", m.WithdrawPledge, m.withdraw_pledge),
)


async def pledges(request: web.Request) -> web.StreamResponse:
    """Everything the enterprise signed, newest first."""
    board, by = request.app[PLATFORM].views.pledges, acting(request)
    rows = await board.of_enterprise(by.party.id, page_number(request), me=by.party.id)
    return await page(
        request,
        "enterprise/pledges.html",
        title=Words("本企业的承诺", "Our pledges"),
        rows=replace(rows, rows=[_listed(row) for row in rows.rows]),
    )


def _listed(row: Row) -> Row:
    return {
        **row,
        "url": f"{PLEDGES}/{row['id']}",
        "association": row["association_name"],
        "association_kind": "association",
        "state": in_short(row),
        "state_colour": colour(row, COLOURS.get(row["state"], "none")),
        "asked": q.ASKED[row["asked"]] if row["asked"] else "—",
    }


async def the_signed(request: web.Request) -> Row:
    """The enterprise's own signed pledge of this address, or 404."""
    await the_case(request, "member-pledge", "member")
    return found(await request.app[PLATFORM].views.pledges.member_pledge(record_id(request)))


async def pledge(request: web.Request) -> web.StreamResponse:
    """The page of one: whose turn, its words, evidence, what was judged, history."""
    row, views = await the_signed(request), request.app[PLATFORM].views
    id = str(row["id"])
    owed = _mine_first(request, await views.obligations.of_record(id))
    return await page(
        request,
        "enterprise/pledge.html",
        title=both(row["title"]),
        breadcrumbs=CRUMBS,
        row=row,
        state=m.STATES[row["state"]],
        standing=standing(row),
        colour=colour(row, COLOURS.get(row["state"], "none")),
        checks=await views.pledges.checks_of(id),
        text=await views.pledges.pledge(row["pledge"], public=True),
        text_url=f"{PUBLISHED}/{row['pledge']}",
        owed=owed,
        acts=[{"url": f"{PLEDGES}/{id}/{a.slug}", "words": a.kind.SAYS}
              for a in _acts(request, row)],
        evidence=await views.pledges.evidence_of(id),
        files_here=await evidence_of(request, "member-pledge", id),
        files_url=evidence_address("member-pledge", id),
        entries=history(await views.trail.of_record(id), WITHHELD),
        show=request.query.get("show", "all"),
    )  # fmt: skip


def _mine_first(request: web.Request, rows: list[Row]) -> list[Row]:
    """What is still owed: by this enterprise first, a question before the evidence."""
    me = acting(request).party.id
    still = [row for row in rows if row["open"]]
    still.sort(key=lambda row: (row["debtor"] != me, row["what"] != "explanation"))
    return [card(row) for row in still]


def _acts(request: web.Request, row: Row) -> Iterator[Act]:
    """The acts that are possible now, the main one first."""
    for each in ACTS:
        possible = access.may(acting(request), each.kind.__name__, "member", row["state"])
        if possible and (each.slug != "answer" or row["asked"] == "questioned"):
            yield each


def _asked_act(request: web.Request) -> Act:
    for each in ACTS:
        if each.slug == request.match_info["act"]:
            return each
    raise NotFound(Words("没有这个操作", "There is no such act"))


async def act_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act; how an answer came is not asked, because it comes here."""
    row, asked = await the_signed(request), _asked_act(request)
    here = (f"{PLEDGES}/{row['id']}", both(row["number"]))
    # Without the version that was seen: what a rule points out meanwhile is not the member's yet.
    form = form_page(asked.kind, state, intro=await _intro(request, asked, row), leave_out=("way",))
    if asked.slug == "evidence":
        form["files"] = await chosen(request, form["form"].key)
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


async def _intro(request: web.Request, asked: Act, row: Row) -> Words:
    """What the person needs to have read before she fills in the form."""
    if asked.slug == "answer":
        return _QUESTION.fill(association=row["association_name"], question=row["question"])
    if asked.slug == "withdraw":
        return _WITHDRAWS.fill(title=row["title"], association=row["association_name"])
    text: Row = found(await request.app[PLATFORM].views.pledges.pledge(row["pledge"], public=True))
    return _PROVES.fill(**{name: text[name] for name in ("title", "evidence", "target")})


@uploads
@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the pledge."""
    row, asked = await the_signed(request), _asked_act(request)
    if asked.slug == "evidence":
        return await act_with_files(
            request, asked.action, asked.kind, f"{PLEDGES}/{row['id']}", again=act_form,
            subject=str(row["id"]), member_pledge=row["id"],
        )  # fmt: skip
    known = {"way": ""} if asked.slug == "answer" else {}
    return await act(
        request, asked.action, asked.kind, f"{PLEDGES}/{row['id']}", again=act_form,
        member_pledge=row["id"], **known,
    )  # fmt: skip


_QUESTION = Words("{association}问：{question}", "{association} asks: {question}")
_WITHDRAWS = Words(
    "撤回《{title}》后，{association}看得到撤回的理由，已有的记录仍然保留。承诺期间没有结束时可以重新签署。",
    "When you withdraw {title}, {association} reads the reason and the history stays. "
    "You can sign again while the period of the pledge lasts.",
)
_PROVES = Words(
    "《{title}》的目标：{target}。用来证明的材料：{evidence}。提交后由协会认定；认定以前可以再补交。",
    "The target of {title}: {target}. What counts as evidence: {evidence}. "
    "The association then judges; until it has, you can hand in more.",
)

ROUTES = [
    web.get(PLEDGES, staff(pledges, "enterprise")),
    web.get(PLEDGES + "/{id}", staff(pledge, "enterprise")),
    web.get(PLEDGES + "/{id}/{act}", staff(act_form, "enterprise")),
    web.post(PLEDGES + "/{id}/{act}", staff(do, "enterprise")),
]
