"""The questions of a report: asked by the public portal of whoever reports, and by a clerk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.credit_code import fault, tidy
from events.event import Acting, PartyRef
from events.words import Words
from portals import bodies
from portals.complaint_form import CREDIT_CODE
from portals.forms import Field, Form, FormErrors, FormState, Typed, build, form_page, typed
from services.actions.command import Asked
from services.actions.reports import REQUIRED, RegisterReport, missing

PLACE = Asked(Words("违法行为发生在哪个地区？", "In which area does it happen?"), widget="select",
    hint=Words("由这个地区的市场监管部门核查（第 121 号令第二十九条）。",
               "The market regulator of this area verifies it (Order 121, Article 29)."),
)  # fmt: skip
_NO_PLACE = Words("请选择违法行为发生的地区", "Choose the area where it happens")
_ANONYMOUS = Words("请选择是否匿名", "Say whether you report anonymously")
_NOBODY = PartyRef(id="", name="", kind="regulator")
#: In the order in which they are asked.
FIELDS = (
    "place", "respondent", "respondent_address", "credit_code", "category", "product", "facts",
    "danger", "anonymous", "name", "phone", "contact", "reward_wanted",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What was told: all that was typed, all that is wrong, the command where nothing is."""

    values: Typed
    errors: dict[str, Words]
    command: RegisterReport | None


async def read_report(
    request: web.Request, by: Acting, handler: PartyRef | None = None, code: str = ""
) -> Told:
    """Read what was posted; `handler` is asked for by place where it is not known."""
    posted = await request.post()
    values = typed(posted)
    credit = tidy(str(values.get("credit_code", "")))
    known = {
        "handler": handler or await bodies.regulator_at(request, str(values.get("place", ""))),
        "reported": await bodies.enterprise(
            request, credit, str(values.get("respondent", "")).strip()
        ),
        "code": code, "occurred_on": None,
    }  # fmt: skip
    errors: dict[str, Words] = {} if known["handler"] else {"place": _NO_PLACE}
    if credit and (words := fault(credit)):
        errors["credit_code"] = words
    if not values.get("anonymous"):
        errors["anonymous"] = _ANONYMOUS
    command = None
    try:
        command = build(
            RegisterReport, posted, by, {**known, "handler": known["handler"] or _NOBODY}
        )
    except FormErrors as wrong:
        errors |= wrong.errors
    # Who has not said whether she is anonymous is asked that first.
    errors |= missing(values, anonymous=values.get("anonymous") != "no")
    ordered = {name: errors[name] for name in (*FIELDS, *errors) if name in errors}
    return Told(values, ordered, None if errors else command)


async def report_form(
    request: web.Request, state: FormState, without: tuple[str, ...] = (), **more: Any
) -> Form:
    """The form that asks it all on one page."""
    others = tuple(name for name in RegisterReport.model_fields if name not in FIELDS)
    made: Form = form_page(
        RegisterReport, state, leave_out=others, needed=tuple(REQUIRED), anonymous=None, **more
    )["form"]
    asked = dict(made.fields)
    asked["anonymous"] = replace(asked["anonymous"], optional=False)
    places = await bodies.regulator_places(request)
    asked["place"] = _extra("place", replace(PLACE, options=places), state)
    asked["credit_code"] = _extra("credit_code", CREDIT_CODE, state)
    kept = {name: asked[name] for name in FIELDS if name in asked and name not in without}
    shown = [("", state.refused)] if state.refused else []
    errors = [(kept[n].anchor if n in kept else "", w) for n, w in state.errors.items()]
    return replace(made, fields=kept, errors=[*shown, *errors])


def _extra(name: str, asked: Asked, state: FormState) -> Field:
    value, error = state.values.get(name, ""), state.errors.get(name)
    return Field(name, asked, asked.widget, value, error, optional=asked.options is None)
