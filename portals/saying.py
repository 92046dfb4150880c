"""Saying: words, dates, numbers and money as the viewer of this page reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup

from events.event import CHINA, Acting
from events.terms import Money
from events.words import say as said
from services.views.asking import MOST

#: By its name a locale is looked for among a thousand, at every date of a page.
_ZH, _EN = Locale.parse("zh_CN"), Locale.parse("en")


class FormToken:
    """Made when a page first prints it, so that pages without forms need no cookie."""

    def __init__(self, make: Callable[[], str]) -> None:
        self.make = make

    def __str__(self) -> str:
        return self.make()


@dataclass(frozen=True)
class Scene:
    """What every part of a page depends on: language, form token, address, viewer."""

    lang: str
    csrf: FormToken
    here: Callable[..., str]
    #: How far the event at a position has come: "recorded", "logged" or "witnessed".
    level: Callable[[int], str] = lambda _: "recorded"
    #: Whether somebody is signed in, who may open entries of the log.
    staff: bool = False


_NOBODY = Scene("zh", FormToken(str), lambda **_: "")
SCENE: ContextVar[Scene] = ContextVar("scene", default=_NOBODY)


def t(zh: str, en: str) -> str:
    """The text in the language of the page."""
    return en if SCENE.get().lang == "en" else zh


def say(value: object) -> object:
    """`Words`, acting parties and money as they are said; None is nothing; all else itself."""
    if type(value) is str or isinstance(value, Markup):
        return value  # most of a page: nothing to choose
    if value is None:
        return ""
    if isinstance(value, Acting):
        return value.said(SCENE.get().lang)
    if isinstance(value, Money):
        value = value.said()
    return said(value, SCENE.get().lang)


def day(value: date | datetime | None) -> str:
    """2026年11月23日 / 23 November 2026, in China."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = value.astimezone(CHINA).date()
    return _day(value, SCENE.get().lang == "en")


@lru_cache(4096)
def _day(value: date, english: bool) -> str:
    return format_date(value, "d MMMM y" if english else "y年M月d日", _EN if english else _ZH)


def moment(value: datetime | None) -> str:
    """The date with hours and minutes in China."""
    if value is None:
        return "—"
    return format_datetime(value, t("y年M月d日 HH:mm", "d MMMM y, HH:mm"), CHINA, _locale())


def hour(value: datetime) -> str:
    """Hours and minutes in China, of what was a short while ago."""
    return f"{value.astimezone(CHINA):%H:%M}"


def number(value: float | None) -> str:
    return "—" if value is None else format_decimal(value, locale=_locale())


def many(value: int, most: int = MOST) -> str:
    """A count that ends at `most`: what is above it is said as more than that."""
    return number(value) if value <= most else f"{number(most)}+"


def money(minor: int | Money | None, currency: str = "CNY") -> str:
    """An amount of minor units (fen) with its currency."""
    if minor is None:
        return "—"
    if isinstance(minor, Money):
        return money(minor.minor, minor.currency)
    return format_currency(minor / 100, currency, locale=_locale())


def _locale() -> Locale:
    return _EN if SCENE.get().lang == "en" else _ZH
