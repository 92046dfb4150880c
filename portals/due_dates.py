"""Due dates: days by which something is due, each with the way to how it was counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from portals.saying import day, t
from services.clocks.asked import question
from services.clocks.deadline import Deadline
from services.clocks.due import due
from services.clocks.rules import RULES

Row = Mapping[str, Any]


def answer_due(row: Row) -> Markup | str:
    """Until when a directive is to be answered: the day that stands in it."""
    return _named("D2", row.get("delivered_on") or row.get("issued_on"), row.get("due"))


def pledge_due(row: Row) -> Markup | str:
    """Until when a pledge runs, and evidence of it is handed in."""
    return _named("C40", row.get("signed_on") or row.get("period_from"), row.get("period_to"))


def comment_due(row: Row) -> Markup | str:
    """Until when an enterprise may comment on figures: the day it was told."""
    return _named("M20", row.get("told_on"), row.get("comment_by"))


def results_due(row: Row) -> Markup | str:
    """Until when an enterprise may comment on results of a comparative test."""
    return _named("M21", row.get("asked_on"), row.get("until"))


def why(made: Deadline | None) -> Markup | str:
    """The way to how this deadline was counted, beside a sentence that names it."""
    return _link(question(made), t("为什么？", "Why?")) if made and made.safe else ""


def _named(rule: str, start: date | None, until: date | None) -> Markup | str:
    """A day that the record itself names."""
    return "—" if until is None else _link(_question(rule, start or until, until), day(until))


@lru_cache(maxsize=10_000)
def _question(rule: str, start: date, until: date) -> str:
    return question(due(RULES[rule], start, set_for=until))


def _link(asked: str, words: str) -> Markup:
    title = t("这个日期是怎样算出来的", "How this day was counted")
    said = '<a class="govuk-link" href="/clock/{}" title="{}">{}</a>'
    return Markup(said).format(asked, title, words)
