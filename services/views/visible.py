"""Visible: the condition by which a list leaves out the restricted cases of others.

It stands in the question itself, so that what is not shown is not counted, paged or exported
either. Whether one case may be opened is decided by `services/access.py`; here is the same answer
for many at once: who is in charge, or has a part, sees it; nobody else.
"""

from __future__ import annotations

from services.views.relations import Relations

_RESTRICTED, _PARTS = Relations.table("restricted"), Relations.table("rows")


def visible(record: str) -> str:
    """SQL: the case with this id may be shown to the party `%(me)s`; `record` is an uuid.

    `offset 0` keeps it what it is, one look into an index for each row that is shown: as a join it
    would decide in which order the list itself is read.
    """
    return (
        f"not exists (select from {_RESTRICTED} hidden where hidden.record = {record}"
        f" and hidden.owner <> %(me)s and {_WITHOUT} offset 0)"
    )


def visible_number(number: str) -> str:
    """SQL: the case that is named by this number, if any is, may be named to `%(me)s`."""
    return (
        f"({number} = '' or not exists (select from {_RESTRICTED} hidden"
        f" where hidden.number = {number} and hidden.owner <> %(me)s and {_WITHOUT} offset 0))"
    )


def restricted(record: str) -> str:
    """SQL: the case is one of those that are restricted, whoever asks."""
    return f"{record} in (select hidden.record from {_RESTRICTED} hidden)"


_WITHOUT = (
    f"not exists (select from {_PARTS} part where part.record = hidden.record"
    " and part.party = %(me)s and part.relation <> '')"
)
