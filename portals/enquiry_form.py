"""The questions of an enquiry that is asked online: of which body, where, what, who is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.event import Acting, PartyRef
from events.words import Code, Words
from portals import bodies
from portals.forms import Field, Form, FormErrors, FormState, Typed, build, form_page, typed
from portals.pages import language
from services.actions.command import Asked
from services.actions.enquiries import SubmitEnquiry, missing

Row = dict[str, Any]
BODIES = Code(
    "asked_body",
    {
        "council": Words(
            "消费者委员会：消费者的权益、怎样维权", "a consumer council: rights of consumers"
        ),
        "regulator": Words(
            "市场监管部门：营业执照、商品质量、价格和标准的规定",
            "a market regulator: rules on licences, quality, prices and standards",
        ),
    },
)
_BODY = Asked(Words("向哪类单位咨询？", "Which kind of body do you ask?"), widget="radios",
    options=BODIES,
)  # fmt: skip
_PLACE = Asked(Words("您问的事在哪个地区？", "In which area is it?"), widget="select",
    hint=Words("由这个地区的单位答复；提交之前会告诉您是哪一家。",
               "The body of this area answers; its name is shown before you send."),
)  # fmt: skip
#: In the order in which they are asked.
FIELDS = ("body", "place", "question", "name", "phone", "email")
_NOBODY = PartyRef(id="", name="", kind="council")
_NO_BODY = Words("请选择向哪类单位咨询", "Choose which kind of body you ask")
_NO_PLACE = Words("请选择地区", "Choose the area")
_NOT_THERE = {
    "council": Words(
        "这个地区的消委会还没有开通网上咨询，请改选市场监管部门，或者拨打 12315",
        "The council of this area takes no enquiries online yet: ask the market regulator, or "
        "call 12315",
    ),
    "regulator": Words(
        "这个地区的市场监管部门还没有开通网上咨询，请改选消委会，或者拨打 12315",
        "The market regulator of this area takes no enquiries online yet: ask the council, or "
        "call 12315",
    ),
}
_AT = {"council": bodies.council_at, "regulator": bodies.regulator_at}


@dataclass(frozen=True)
class Told:
    """What was told: all that was typed, all that is wrong, who answers, the command."""

    values: Typed
    errors: dict[str, Words]
    handler: PartyRef | None
    command: SubmitEnquiry | None


async def read_enquiry(request: web.Request, by: Acting) -> Told:
    """Read what was posted, with everything that is wrong."""
    posted = await request.post()
    values = typed(posted)
    handler, errors = await _asked_of(request, values)
    known = {
        "handler": handler or _NOBODY, "occurred_on": None,
        "language": "en" if language(request) == "en" else "",
    }  # fmt: skip
    command = None
    try:
        command = build(SubmitEnquiry, posted, by, known)
    except FormErrors as wrong:
        errors |= wrong.errors
    errors = {**missing(values), **errors}
    ordered = {name: errors[name] for name in (*FIELDS, *errors) if name in errors}
    return Told(values, ordered, handler, None if errors else command)


async def _asked_of(
    request: web.Request, values: Typed
) -> tuple[PartyRef | None, dict[str, Words]]:
    """The body that answers, or what is missing to know it."""
    body, place = str(values.get("body", "")), str(values.get("place", ""))
    errors = {} if body in BODIES else {"body": _NO_BODY}
    if place not in await _places(request):
        return None, errors | {"place": _NO_PLACE}
    if errors:
        return None, errors
    handler = await _AT[body](request, place)
    return handler, {} if handler else {"place": _NOT_THERE[body]}


async def _places(request: web.Request) -> Code:
    """Every place in which some body can be asked, in the order of divisions."""
    both = [await bodies.places(request), await bodies.regulator_places(request)]
    found = {code: words for each in both for code, words in each}
    return Code("place", dict(sorted(found.items())))


async def enquiry_form(request: web.Request, state: FormState) -> Form:
    """The form that asks it all on one page."""
    others = tuple(name for name in SubmitEnquiry.model_fields if name not in FIELDS)
    made: Form = form_page(SubmitEnquiry, state, leave_out=others)["form"]
    asked = dict(made.fields)
    asked["body"] = _extra("body", _BODY, state)
    asked["place"] = _extra("place", replace(_PLACE, options=await _places(request)), state)
    kept = {name: asked[name] for name in FIELDS}
    shown = [("", state.refused)] if state.refused else []
    errors = [(kept[n].anchor if n in kept else "", w) for n, w in state.errors.items()]
    return replace(made, fields=kept, errors=[*shown, *errors])


def _extra(name: str, asked: Asked, state: FormState) -> Field:
    value, error = state.values.get(name, ""), state.errors.get(name)
    return Field(name, asked, asked.widget, value, error, optional=False)
