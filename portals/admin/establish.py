"""Entering parties: regulators, councils, associations and enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.words import Code, Words, both
from portals.admin.doors import PARTIES, operators, ref
from portals.forms import typed
from portals.web import PLATFORM, FormState, act, form_page, page, reshown
from services.actions import outside_parties as o
from services.actions import parties as p
from services.actions.establish import EstablishAuditingBody, EstablishTestingBody
from services.actions.refused import NotFound
from services.divisions import lineage


@dataclass(frozen=True)
class Kind:
    """One kind of party that can be entered."""

    command: type[p.Establish]
    action: Any
    intro: Words


KINDS = {
    "regulator": Kind(
        p.EstablishRegulator,
        p.establish_regulator,
        Words(
            "上级按行政区划代码自动确定：县归市，市归省。请先登记上级。",
            "Its superior follows from the division code: enter the one above first.",
        ),
    ),
    "council": Kind(
        p.EstablishCouncil,
        p.establish_council,
        Words(
            "上级按行政区划代码自动确定：县归市，市归省。请先登记上级。",
            "Its superior follows from the division code: enter the one above first.",
        ),
    ),
    "association": Kind(
        p.EstablishAssociation,
        p.establish_association,
        Words(
            "登记后，在它的页面上为秘书和管理员开通账号。",
            "Then enter its secretary and administrator on its page.",
        ),
    ),
    "testing": Kind(
        EstablishTestingBody,
        o.establish_testing_body,
        Words(
            "登记后，在它的页面上邀请管理员和经办人。",
            "Then invite its administrator and case officers on its page.",
        ),
    ),
    "auditor": Kind(
        EstablishAuditingBody,
        o.establish_auditing_body,
        Words(
            "审计单位只读取，不更改。登记后，在它的页面上邀请审计员。",
            "An auditing body reads and changes nothing. Then invite its auditors on its page.",
        ),
    ),
    "enterprise": Kind(
        p.RegisterEnterprise,
        p.register_enterprise,
        Words(
            "一个统一社会信用代码只登记一家企业，重复登记会被拒绝。",
            "One credit code is one enterprise; a second entry is refused.",
        ),
    ),
}


def _kind(request: web.Request) -> Kind:
    try:
        return KINDS[request.match_info["kind"]]
    except KeyError:
        raise NotFound(Words("没有这类单位", "There is no such kind of party")) from None


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    kind = _kind(request)
    options = {"division": await _divisions(request)} if _chooses(kind) else None
    left_out = ("division_name",) if options else ()
    context = form_page(kind.command, state, intro=kind.intro, options=options, leave_out=left_out)
    return await page(request, "form.html", breadcrumbs=PARTIES, **context)


@reshown
async def establish(request: web.Request) -> web.StreamResponse:
    kind = _kind(request)
    known = {} if _has_no_superior(kind) else {"superior": await _superior(request)}
    return await act(
        request,
        kind.action,
        kind.command,
        lambda _, command: f"/admin/parties/{command.id}",
        again=form,
        **known,
    )


def _has_no_superior(kind: Kind) -> bool:
    return not issubclass(kind.command, p.EstablishBody)


def _chooses(kind: Kind) -> bool:
    """An enterprise lies where there is a regulator; bodies are entered by their code."""
    return kind.command is p.RegisterEnterprise


async def _divisions(request: web.Request) -> Code:
    rows = await request.app[PLATFORM].views.directory.regulators()
    return Code("division", {row["division"]: both(row["division_name"]) for row in rows})


async def _superior(request: web.Request) -> PartyRef | None:
    """The body of the same kind in the division above, if there is one."""
    directory = request.app[PLATFORM].views.directory
    code = str(typed(await request.post()).get("division", "")).strip()
    above = [each for each in lineage(code) if each != code] if code.isdecimal() else []
    if not above:
        return None
    council = request.match_info["kind"] == "council"
    row = await (directory.council_for if council else directory.regulator_for)(above[0])
    return ref(row) if row else None


ROUTES = [
    web.get("/admin/establish/{kind}", operators(form, "system")),
    web.post("/admin/establish/{kind}", operators(establish, "system")),
]
