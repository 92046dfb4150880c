"""Answers: what was typed becomes the values of a command, or a sentence at the field."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any, Union, get_args, get_origin
from unicodedata import normalize

from multidict import MultiMapping
from pydantic_core import ErrorDetails

from events.terms import Money
from events.words import Words
from services.actions.command import Asked, Command, asked_fields, plain

#: One answer out of what was posted; `_NOTHING` where there is none. Raises `Wrong`.
Reader = Callable[[MultiMapping[Any]], Any]
_NOTHING = object()
_OCCURRED = Asked(Words("发生日期", "Date it happened"), widget="date")


class Wrong(Exception):
    """What is wrong with one answer."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.zh)
        self.words = words


@cache
def questions(kind: type[Command]) -> dict[str, Asked]:
    """What may come from a form: the asked fields, and the date of the act."""
    asked = asked_fields(kind)
    return asked if "occurred_on" in asked else {**asked, "occurred_on": _OCCURRED}


def answers(
    kind: type[Command], posted: MultiMapping[Any], known: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Words]]:
    """The values to build the command from, and what is wrong before it is built."""
    values, errors = {}, {}
    for name, read in _readers(kind).items():
        if name in known:
            continue
        try:
            value = read(posted)
        except Wrong as wrong:
            errors[name] = wrong.words
        else:
            if value is not _NOTHING:
                values[name] = value
    return values, errors


@cache
def _readers(kind: type[Command]) -> dict[str, Reader]:
    """How each question is read, found out once for all forms of a kind."""
    fields = kind.model_fields
    return {
        name: _reader(name, asked, fields[name].annotation)
        for name, asked in questions(kind).items()
    }


def _reader(name: str, asked: Asked, annotation: Any) -> Reader:
    inner = _bare(annotation)
    if inner is date:
        return lambda posted: _date(asked, *_date_parts(name, posted))
    if get_origin(inner) in (list, tuple, set, frozenset):
        return lambda posted: [v for v in posted.getall(name, []) if v]
    blank = annotation is str
    if asked.widget == "money":
        return partial(_text, name, blank, lambda typed: _money(asked, typed, inner))
    return partial(_text, name, blank, _number if inner in (int, Decimal) else str)


def _text(name: str, blank: bool, read: Callable[[str], Any], posted: MultiMapping[Any]) -> Any:
    """What was typed, read; `blank` = nothing typed is an answer too."""
    typed = posted.get(name)
    if not isinstance(typed, str):
        return _NOTHING
    if not typed or typed.isspace():
        return typed if blank else _NOTHING
    return read(typed)


def _number(typed: str) -> str:
    return normalize("NFKC", typed).replace(",", "").strip()


def _bare(annotation: Any) -> Any:
    """The type without `| None` and without `Annotated`."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [a for a in get_args(annotation) if a is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else annotation
    if hasattr(annotation, "__metadata__"):
        return _bare(annotation.__origin__)
    return annotation


# -- dates -------------------------------------------------------------------------------


def _date_parts(name: str, posted: MultiMapping[Any]) -> tuple[str, str, str]:
    """Three inputs, or one field as 2026-11-23, 2026/11/23 or 2026年11月23日."""
    whole = str(posted.get(name, "")).strip()
    if whole:
        parts = [p for p in re.split(r"[-/.年月日\s]+", whole) if p]
        year, month, day = (*parts, "", "", "")[:3]
        return year, month, day
    year, month, day = (str(posted.get(f"{name}-{p}", "")).strip() for p in DATE_PARTS)
    return year, month, day


DATE_PARTS = {
    "year": Words("年", "year"),
    "month": Words("月", "month"),
    "day": Words("日", "day"),
}


def _date(asked: Asked, *typed: str) -> Any:
    parts = [normalize("NFKC", p) for p in typed]
    if not any(parts):
        return _NOTHING
    label = asked.label
    if missing := [w for p, w in zip(parts, DATE_PARTS.values(), strict=True) if not p]:
        zh, en = "、".join(w.zh for w in missing), " and ".join(w.en for w in missing)
        raise Wrong(Words(f"“{label.zh}”还缺：{zh}", f"“{label.en}” must include a {en}"))
    if not all(p.isdecimal() for p in parts):
        raise Wrong(
            Words(
                f"“{label.zh}”请用数字填写，例如 2026 年 11 月 23 日",
                f"Use numbers for “{label.en}”, for example 23 11 2026",
            )
        )
    try:
        return date(*map(int, parts))
    except (ValueError, OverflowError):
        zh = f"“{label.zh}”{parts[0]}年{parts[1]}月{parts[2]}日不存在，请核对"
        en = f"“{label.en}”: {'-'.join(parts)} is not a real date, please check"
        raise Wrong(Words(zh, en)) from None


def _money(asked: Asked, typed: str, inner: Any) -> Any:
    """Yuan as typed → fen; `Money`, whole minor units or a decimal, as the command wants it."""
    plain = re.sub(r"[,，元¥￥\s]", "", normalize("NFKC", typed))
    try:
        minor = Decimal(plain) * 100
    except InvalidOperation:
        minor = Decimal("NaN")
    if not minor.is_finite() or minor != int(minor) or minor < 0 or minor > 10**15:
        raise Wrong(
            Words(
                f"“{asked.label.zh}”请填写金额，例如 1280 或 1280.50",
                f"Give an amount for “{asked.label.en}”, for example 1280 or 1280.50",
            )
        )
    if inner is Money:
        return Money(minor=int(minor))
    return int(minor) if inner is int else Decimal(plain)


# -- what pydantic found -----------------------------------------------------------------

_TOO_SMALL = {"greater_than": "gt", "greater_than_equal": "ge"}
_TOO_LARGE = {"less_than": "lt", "less_than_equal": "le"}


def sentence(found: ErrorDetails, asked: Asked) -> Words:
    """The error as a sentence that names the question and says what to do."""
    kind, given = found["type"], found.get("ctx", {})
    zh, en = asked.label
    if kind == "said":
        return Words(given["zh"], given["en"])
    if _is_empty(found):
        return please(asked)
    if kind.endswith(("too_short", "too_long")):
        return _length(asked.label, given, len(_seen(found["input"])))
    if kind in _TOO_SMALL:
        least = given[_TOO_SMALL[kind]]
        return Words(f"“{zh}”不能小于 {least}", f"“{en}” must be {least} or more")
    if kind in _TOO_LARGE:
        most = given[_TOO_LARGE[kind]]
        return Words(f"“{zh}”不能大于 {most}", f"“{en}” must be {most} or less")
    if kind.startswith(("int", "float", "decimal")):
        return Words(f"“{zh}”请用数字填写，例如 12", f"Use a number for “{en}”, for example 12")
    if kind.startswith(("bool", "literal", "enum", "uuid")):
        return Words(f"“{zh}”请从列出的选项中选择", f"Choose one of the listed answers to “{en}”")
    return Words(f"“{zh}”填写得不对，请核对", f"Please check your answer to “{en}”")


def please(asked: Asked) -> Words:
    """The question has no answer yet."""
    zh, en = asked.label
    if asked.options or asked.widget in ("radios", "select", "yes_no"):
        return Words(f"请选择“{zh}”", f"Choose an answer to “{en}”")
    return Words(f"请填写“{zh}”", f"Answer “{en}”")


def _is_empty(found: ErrorDetails) -> bool:
    return found["type"] == "missing" or _seen(found["input"]) in ("", None, [], ())


def _seen(typed: Any) -> Any:
    """What is seen of it: marks that nobody sees are no answer."""
    return plain(typed).strip() if isinstance(typed, str) else typed


def _length(label: Words, given: Mapping[str, Any], now: int) -> Words:
    if "min_length" in given:
        n = given["min_length"]
        return Words(
            f"“{label.zh}”至少写 {n} 个字，现在是 {now} 个",
            f"“{label.en}” needs at least {n} characters; it has {now}",
        )
    n = given["max_length"]
    return Words(
        f"“{label.zh}”最多 {n} 个字，现在是 {now} 个",
        f"“{label.en}” may have at most {n} characters; it has {now}",
    )
