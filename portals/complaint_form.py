"""Complaint form: what a consumer tells, read at once whether on five pages or on one.

The public steps and the council's intake ask the same questions of the same command; here they
are read with everything that is wrong, and put together with the questions that only find
something out: where the business is, and under which code it is registered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.credit_code import fault, tidy
from events.event import Acting, PartyRef
from events.words import Code, Words
from portals import bodies
from portals.forms import Field, Form, FormErrors, FormState, Typed, build, form_page, typed
from portals.pages import language
from portals.similar import JOIN, choices, joined
from services.actions.command import Asked
from services.actions.complaints import REQUIRED, RegisterComplaint, missing

RESPONDENT = ("respondent", "respondent_address", "place", "credit_code")
FACTS = ("category", "product", "bought_on", "order_no", "facts", "injury")
REQUEST = ("request", "claimed", "may_mediate", "may_publish")
IDENTITY = ("name", "phone", "email", "address", "agent", "agent_phone")
#: Asked where others complain of the same.
JOINING = ("joins",)
#: Asked of who complains herself: what she reports is handled apart (121 §9).
REPORTING = ("also_report", "clue")
ALL = (*RESPONDENT, *FACTS, *REQUEST, *IDENTITY)

#: Questions that must be answered with yes or no: nobody agrees by saying nothing.
CHOICES = {
    "injury": Words("请选择有没有人受伤或者有危险", "Say whether anybody was hurt or is in danger"),
    "may_mediate": Words("请选择是否同意调解", "Say whether you agree to mediation"),
    "may_publish": Words("请选择是否同意公示", "Say whether it may be made public"),
}
PLACE = Asked(Words("它在哪个地区？", "In which area is it?"), widget="select",
    hint=Words("由这个地区的消委会处理您的投诉。网店按店铺页面公示的地址选；"
               "列表里没有的地区，请拨打 12315。",
               "The council of this area will handle it. For an online shop, take the address that "
               "its page shows; for an area that is not listed, call 12315."),
)  # fmt: skip
CREDIT_CODE = Asked(Words("统一社会信用代码", "Unified social credit code"),
    hint=Words("18 位，在营业执照上。不知道就不用填。", "18 characters, on the business licence."),
)  # fmt: skip
_ONLY = Code(
    "also_report",
    {
        "no": Words("只解决我的纠纷", "only have my dispute settled"),
        "yes": Words("同时举报违法行为", "report a violation as well"),
    },
)
ALSO_REPORT = Asked(Words("您还要举报违法行为吗？", "Do you also report a violation?"),
    widget="radios", options=_ONLY,
    hint=Words("举报由市场监管部门另行核查；商家和消委会看不到您举报过。",
               "A market regulator verifies it apart; the business and the council do not see it."),
)  # fmt: skip
CLUE = Asked(Words("举报的线索和事实", "Clues and facts you report"), widget="area",
    hint=Words("选择同时举报的，请填写。", "If you report as well."),
)  # fmt: skip
_NO_CLUE = Words("请填写举报的线索和事实", "Give the clues and facts you report")
_NO_PLACE = Words("请选择它所在的地区", "Choose the area where it is")
_NOBODY = PartyRef(id="", name="", kind="council")


@dataclass(frozen=True)
class Told:
    """What was told so far: all that was typed, all that is wrong, who and what it is about."""

    values: Typed
    errors: dict[str, Words]
    handler: PartyRef | None
    enterprise: PartyRef | None
    command: RegisterComplaint | None

    def wrong_in(self, fields: Iterable[str]) -> dict[str, Words]:
        """What is wrong among these fields."""
        return {name: self.errors[name] for name in fields if name in self.errors}


async def read_told(request: web.Request, by: Acting, handler: PartyRef | None = None) -> Told:
    """Read what was posted; `handler` is asked for by place where it is not known."""
    posted = await request.post()
    values = typed(posted)
    code = tidy(str(values.get("credit_code", "")))
    enterprise = await bodies.enterprise(request, code, str(values.get("respondent", "")).strip())
    errors: dict[str, Words] = {}
    if handler is None:
        handler = await bodies.council_at(request, str(values.get("place", "")))
        errors |= {} if handler else {"place": _NO_PLACE}
    if code and (words := fault(code)):
        errors["credit_code"] = words
    errors |= {name: words for name, words in CHOICES.items() if not values.get(name)}
    if values.get("also_report") == "yes" and not str(values.get("clue", "")).strip():
        errors["clue"] = _NO_CLUE
    known: dict[str, Any] = {
        "handler": handler or _NOBODY, "enterprise": enterprise, "occurred_on": None,
        "language": "en" if by.party.kind == "consumer" and language(request) == "en" else "",
        "joins": await joined(request, values),
    }  # fmt: skip
    command = None
    try:
        command = build(RegisterComplaint, posted, by, known)
    except FormErrors as wrong:
        errors |= wrong.errors
    errors |= missing(values)
    ordered = {name: errors[name] for name in (*ALL, *REPORTING, *errors) if name in errors}
    return Told(values, ordered, handler, enterprise, None if errors else command)


async def complaint_form(
    request: web.Request, fields: tuple[str, ...], state: FormState, **known: Any
) -> Form:
    """The form that asks these fields, in this order."""
    kind = RegisterComplaint
    others = tuple(name for name in kind.model_fields if name not in fields)
    unanswered = dict.fromkeys(CHOICES)
    needed = (*REQUIRED, *CHOICES)
    made: Form = form_page(kind, state, leave_out=others, needed=needed, **{**unanswered, **known})[
        "form"
    ]
    asked = dict(made.fields)
    if "place" in fields:
        asked["place"] = _extra("place", PLACE, state, await bodies.places(request))
    if "credit_code" in fields:
        asked["credit_code"] = _extra("credit_code", CREDIT_CODE, state)
    if "joins" in fields and (offered := await choices(request, state.values)):
        asked["joins"] = _extra("joins", JOIN, state, offered, "alone")
    if "clue" in fields:
        asked["also_report"] = _extra("also_report", ALSO_REPORT, state, _ONLY, "no")
        asked["clue"] = _extra("clue", CLUE, state)
    asked = {name: asked[name] for name in fields if name in asked}
    shown = [("", state.refused)] if state.refused else []
    errors = [(asked[n].anchor if n in asked else "", w) for n, w in state.errors.items()]
    return replace(made, fields=asked, errors=[*shown, *errors])


def _extra(
    name: str, asked: Asked, state: FormState, options: Code | None = None, preset: str = ""
) -> Field:
    return Field(
        name=name,
        asked=replace(asked, options=options),
        widget=asked.widget,
        value=state.values.get(name, preset),
        error=state.errors.get(name),
        optional=options is None,
    )
