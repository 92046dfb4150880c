"""Forms: a command read from what was posted, and the form of a command to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from multidict import MultiMapping
from pydantic import ValidationError

from events.event import Acting
from events.ids import new_id
from events.terms import Money
from events.words import Code, Words
from portals.answers import DATE_PARTS, answers, questions, sentence
from services.actions.command import Asked, Command, asked_fields, plain
from services.actions.refused import NotFound
from services.correlation import current

C = TypeVar("C", bound=Command)
Typed = dict[str, Any]

#: More choices than this become a drop-down list.
MOST_RADIOS = 7
_ABOUT_THE_FORM = Asked(Words("这份表单", "This form"))


class FormErrors(Exception):
    """Everything that is wrong with a form at once, and everything that was typed."""

    def __init__(self, errors: dict[str, Words], values: Typed) -> None:
        super().__init__("; ".join(w.zh for w in errors.values()))
        self.errors = errors
        self.values = values


@dataclass(frozen=True)
class FormState:
    """A form that comes back: what was typed, what is wrong, why it was not sent."""

    values: Typed = field(default_factory=dict)
    errors: dict[str, Words] = field(default_factory=dict)
    refused: Words | None = None
    notice: Words | None = None
    #: It was sent against an older state of the record (`portals/conflict.py`).
    conflict: Any = None


@dataclass(frozen=True)
class Field:
    """One question as the template shows it."""

    name: str
    asked: Asked
    widget: str
    value: Any
    error: Words | None
    optional: bool

    @property
    def anchor(self) -> str:
        """Where the error summary leads."""
        return f"{self.name}-year" if self.widget == "date" else self.name


@dataclass(frozen=True)
class Form:
    """The form of a command, ready for `command_form`."""

    kind: str
    fields: dict[str, Field]
    button: Words
    key: str
    seen: str
    errors: list[tuple[str, Words]]
    notice: Words | None
    intro: Words | None
    action: str
    conflict: Any = None

    def __getitem__(self, name: str) -> Field:
        return self.fields[name]


# -- reading -----------------------------------------------------------------------------


def typed(posted: MultiMapping[Any]) -> Typed:
    """Everything that was typed, without files, passwords and the token; repeats as lists.

    Without what nobody sees, as the command would leave it out.
    """
    values: dict[str, list[str]] = {}
    for name, value in posted.items():
        if isinstance(value, str) and name != "csrf" and "password" not in name:
            values.setdefault(name, []).append(plain(value))
    return {name: given if len(given) > 1 else given[0] for name, given in values.items()}


def build(kind: type[C], posted: MultiMapping[Any], by: Acting, known: Mapping[str, Any]) -> C:
    """The command, or `FormErrors` with all that is wrong. Known values come from the address."""
    data, errors = answers(kind, posted, known)
    key = str(posted.get("key", ""))[:100]
    door: dict[str, Any] = {"by": by, "key": key, "correlation": current()}
    seen = str(posted.get("seen", ""))
    if seen.isdecimal() and len(seen) < 10:
        door["seen"] = int(seen)
    try:
        command = kind.model_validate({**data, **door, **known})
    except ValidationError as found:
        errors = _in_order(kind, _found(kind, found, known) | errors)
        raise FormErrors(errors, typed(posted)) from None
    if errors:
        raise FormErrors(errors, typed(posted))
    return command


def _found(
    kind: type[Command], found: ValidationError, known: Mapping[str, Any]
) -> dict[str, Words]:
    asked = questions(kind)
    errors: dict[str, Words] = {}
    for each in found.errors(include_url=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        if name in known:  # an address that names nothing
            raise NotFound(Words("没有找到这条记录", "There is no such record"))
        errors.setdefault(name, sentence(each, asked.get(name, _ABOUT_THE_FORM)))
    return errors


def _in_order(kind: type[Command], errors: dict[str, Words]) -> dict[str, Words]:
    names = [name for name in questions(kind) if name in errors]
    return {name: errors[name] for name in [*names, *(set(errors) - set(names))]}


# -- showing -----------------------------------------------------------------------------


def form_page(
    kind: type[Command],
    state: FormState | None = None,
    *,
    title: Words | None = None,
    button: Words | None = None,
    intro: Words | None = None,
    action: str = "",
    seen: int | None = None,
    options: Mapping[str, Code] | None = None,
    leave_out: tuple[str, ...] = (),
    needed: tuple[str, ...] = (),
    dated: bool = False,
    **known: Any,
) -> dict[str, Any]:
    """The context of `form.html`: the form of a command, filled in with `known` or what was typed.

    `options` gives choices that only the page knows (members, products); `seen` is the version
    of the record that is shown; `dated` also asks for the date of the act; `needed` are fields
    that the record's rules ask for although the command can do without.
    """
    state = state or FormState()
    asked = {n: a for n, a in asked_fields(kind).items() if n not in leave_out}
    if dated and "occurred_on" not in asked:
        asked["occurred_on"] = questions(kind)["occurred_on"]
    if options:
        asked = {n: replace(a, options=options.get(n, a.options)) for n, a in asked.items()}
    fields = {n: _field(kind, n, a, state, known) for n, a in asked.items()}
    fields |= {n: replace(fields[n], optional=False) for n in needed if n in fields}
    form = Form(
        kind=kind.__name__,
        fields=fields,
        button=button or kind.SAYS,
        key=str(state.values.get("key") or new_id()),
        seen=str(seen if seen is not None else state.values.get("seen", "")),
        errors=_summary(state, fields),
        notice=state.notice,
        intro=intro,
        action=action,
        conflict=state.conflict,
    )
    return {"form": form, "title": title or kind.SAYS}


def _field(
    kind: type[Command],
    name: str,
    asked: Asked,
    state: FormState,
    known: Mapping[str, Any],
) -> Field:
    info = kind.model_fields[name]
    optional = not info.is_required() and asked.widget not in ("hidden", "yes_no")
    return Field(
        name=name,
        asked=asked,
        widget=_widget(asked, info.annotation),
        value=_value(name, state, known, None if info.is_required() else info.get_default()),
        error=state.errors.get(name),
        optional=optional,
    )


def _widget(asked: Asked, annotation: Any) -> str:
    if asked.widget == "hidden":
        return "hidden"
    if asked.options is not None:
        if "tuple" in str(annotation) or "list" in str(annotation):
            return "checkboxes"
        long = len(asked.options.terms) > MOST_RADIOS
        return "select" if long or asked.widget == "select" else "radios"
    return asked.widget if asked.widget != "text" else _by_type(annotation)


def _by_type(annotation: Any) -> str:
    said = str(annotation)
    if "date" in said:
        return "date"
    return "yes_no" if annotation is bool else "money" if "Money" in said else "text"


def _value(name: str, state: FormState, known: Mapping[str, Any], default: Any) -> Any:
    """What was typed wins over what is known; dates are shown in three parts."""
    parts = {p: state.values.get(f"{name}-{p}", "") for p in DATE_PARTS}
    if any(parts.values()):
        return parts
    if state.values:
        return state.values.get(name, "")
    return shown(known.get(name, default))


def shown(value: Any) -> Any:
    """A value as it stands in an input."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return {"year": f"{value.year}", "month": f"{value.month}", "day": f"{value.day}"}
        case Money():
            return f"{value.minor / 100:.2f}"
        case UUID() | int():
            return str(value)
        case tuple() | list():
            return [str(v) for v in value]
    return value


def _summary(state: FormState, fields: Mapping[str, Field]) -> list[tuple[str, Words]]:
    """What stands on top: first why it was refused, then each field's sentence with its place."""
    found = [("", state.refused)] if state.refused else []
    for name, words in state.errors.items():
        if words != state.refused:
            anchor = name if name == "files" else ""
            found.append((fields[name].anchor if name in fields else anchor, words))
    return found
