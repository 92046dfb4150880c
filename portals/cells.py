"""Cells: the rows of a list as text, written in one go.

A template takes microseconds for every name it looks up, call it makes and value it escapes:
fifty rows of six cells were nine tenths of the time of a page. How a party or a state looks is
still said by the macros of the kit, once for each that the list names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from events.words import Words
from portals.due_dates import answer_due, comment_due, pledge_due, results_due
from portals.saying import day, moment, money, number, say

Column = Mapping[str, Any]
Row = Mapping[str, Any]
Macro = Callable[..., Markup]
Writer = Callable[[Row], str]

_PLAIN: dict[str, Callable[[Any], object]] = {
    "day": day, "moment": moment, "number": number, "money": money,
}  # fmt: skip
_DUE: dict[str, Writer] = {
    "answer_due": answer_due, "comment_due": comment_due, "pledge_due": pledge_due,
    "results_due": results_due,
}  # fmt: skip


def opened(columns: Sequence[Column]) -> list[tuple[Markup, str]]:
    """How each cell of a row begins, and the key of its column."""
    return [(_opening(column), column["key"]) for column in columns]


def cells(columns: Sequence[Column], rows: Iterable[Row], party: Macro, state: Macro) -> Markup:
    """The rows of a list as `<tr>`; `party` and `state` = the macros of the kit."""
    known = {"party": cache(party), "state": cache(state)}
    writers = [(_opening(column), _writer(column, known)) for column in columns]
    return Markup("".join([_row(writers, row) for row in rows]))


def _row(writers: Sequence[tuple[Markup, Writer]], row: Row) -> str:
    inside = "".join([f"{opening}{write(row)}</td>" for opening, write in writers])
    return f"<tr>{inside}</tr>"


def _opening(column: Column) -> Markup:
    label, kind = _said(column["label"]), ""
    if column.get("as") in ("number", "money"):
        kind = ' class="right figures"'
    elif column["key"] == "number" or column.get("as") in ("day", "moment", "whole", *_DUE):
        kind = ' class="whole"'
    return Markup(f'<td data-label="{label}"{kind}>')


def _writer(column: Column, macros: Mapping[str, Macro]) -> Writer:
    """Writes what stands in one column of a row."""
    key, how = column["key"], column.get("as")
    if how == "link":
        return lambda row: _link(row["url"], row[key])
    if how == "pick":
        return _pick
    if how == "party":
        return lambda row: macros["party"](row[f"{key}_kind"], row[key])
    if how == "state":
        return lambda row: macros["state"](row[key], row[f"{key}_colour"])
    if how in _DUE:
        return _DUE[how]
    if how in _PLAIN:
        plain = cache(_PLAIN[how])
        return lambda row: escape(plain(row[key]))
    return lambda row: _said(row[key])


def _link(url: object, value: object) -> str:
    """Without an address it is no link."""
    return f'<a class="govuk-link" href="{_said(url)}">{_said(value)}</a>' if url else _said(value)


def _pick(row: Row) -> str:
    """A box to tick, for what is done with several rows at once."""
    named = f"{_said(Words('选择', 'choose'))} {_said(row['number'])}"
    mark = " checked" if row["picked"] else ""
    return (
        f'<input type="checkbox" class="pick" name="record" value="{_said(str(row["id"]))}"'
        f' aria-label="{named}"{mark}>'
    )


def _said(value: object) -> str:
    """As the page says it, safe to stand in it."""
    text = value if type(value) is str else say(value)
    # Most have nothing to escape, and to see that is a tenth of the work of a `Markup`.
    return text if type(text) is str and text.isalnum() else escape(text)
