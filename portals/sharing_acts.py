"""Sharing acts: what a party does about its part in a case, and the party in charge about all."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.sharing import LEVELS
from events.words import Words
from portals import bodies
from portals.seeing import address, the_part
from portals.sharing_pages import ACTS, OF_A_PARTY, crumbs_to
from portals.web import FormState, act, acting, form_page, page, reshown
from services import access
from services.actions import evidence as e
from services.actions import sharing as s
from services.actions.refused import NotAllowed, NotFound
from services.actions.shared import Part, Shared

Row = dict[str, Any]
DO: dict[str, Any] = {
    "accept": s.accept_relation,
    "decline": s.decline_relation,
    "statement": e.add_evidence,
    "leave": s.give_up_relation,
    "offer": s.offer_relation,
    "level": s.change_level,
    "withdraw": s.withdraw_relation,
    "restrict": s.restrict_case,
    "lift": s.lift_restriction,
}
_NO_ACT = Words("没有这个操作", "There is no such act")


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act, for who may do it: a reader is told that she may not."""
    record, slug = await the_part(request), _slug(request)
    by, kind = acting(request), ACTS[slug]
    access.check_kind(by, kind, record.relation(by))
    part = _part(request, record, slug)
    known: Row = {"relation": record.offer_to(by)} if slug == "accept" else {}
    if slug == "level" and part:
        known = {"relation": part.relation}
    made = form_page(
        kind, state, intro=_intro(record, slug, part), title=_title(slug, part),
        options={"to": bodies.choice(await _parties(request, record, slug), by.party.id)},
        needed=_NEEDED.get(slug, ()), **known,
    )  # fmt: skip
    return await page(request, "form.html", breadcrumbs=crumbs_to(request, record), **made)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the case; who has left it, back to the list."""
    record, slug = await the_part(request), _slug(request)
    part, here = _part(request, record, slug), address(request, record.CASE, record.id)
    known: Row = {"kind": record.CASE, "record": record.id}
    if slug == "level" and part:
        known |= {"party": part.party.id, "was": part.relation}
    elif slug == "withdraw" and part:
        known |= {"party": part.party.id}
    elif slug == "offer":
        chosen = bodies.chosen(
            await _parties(request, record, slug), (await request.post()).get("to")
        )
        known |= {"to": chosen} if chosen else {}
    elif slug == "statement":
        known |= {"files": ()}
    invited = record.relation(acting(request)) == "offered"
    leaves = slug == "leave" or (slug == "decline" and invited)
    then = here.partition("/shared/")[0] + "/shared" if leaves else here
    return await act(request, DO[slug], ACTS[slug], then, again=form, **known)


def _slug(request: web.Request) -> str:
    slug = request.match_info["act"]
    if slug not in ACTS:
        raise NotFound(_NO_ACT)
    return slug


def _part(request: web.Request, record: Shared, slug: str) -> Part | None:
    """The part that the address names, where the act is about one."""
    if slug not in OF_A_PARTY:
        return None
    if record.relation(acting(request)) != record.OWNER:
        raise NotAllowed(_NOT_YOURS)
    part = record.parts.get(request.query.get("party", ""))
    if part is None:
        raise NotFound(_NO_PART)
    return part


def _title(slug: str, part: Part | None) -> Words:
    name, says = part.party.name if part else "", ACTS[slug].SAYS
    return Words(f"{says.zh}：{name}", f"{says.en}: {name}") if part else says


def _intro(record: Shared, slug: str, part: Part | None) -> Words:
    number = record.case_number
    if part is None or not part.relation:
        return Words(f"{record.WORD.zh} {number}", f"{record.WORD.en} {number}")
    return _NOW.fill(number=number, level=LEVELS[part.relation])


async def _parties(request: web.Request, record: Shared, slug: str) -> list[PartyRef]:
    """Whom a part can be offered to."""
    if slug != "offer":
        return []
    found = [
        *await bodies.regulators(request),
        *await bodies.councils(request),
        *await bodies.associations(request),
        *await bodies.testing_bodies(request),
    ]
    return [each for each in found if each.kind in record.OFFERED_TO]


#: What the rules ask for although the command can do without.
_NEEDED = {"statement": ("note",), "level": ("with_message",)}
_NOW = Words("{number}，现在是{level}", "{number}, now: {level}")
_NOT_YOURS = Words(
    "只有承办单位可以变更其他单位的权限", "Only the party in charge changes what others may do"
)
_NO_PART = Words("该单位没有加入这件记录", "This party has no part in the record")
