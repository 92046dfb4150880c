"""Complaints of a council: the pages that all who handle complaints share, and splitting off."""

from __future__ import annotations

from typing import Any

from events.event import Acting
from portals.complaint_office import Office
from portals.complaint_routes import complaint_routes
from portals.splits import split_act

Row = dict[str, Any]


def _further(by: Acting, row: Row, made: list[Row]) -> list[Row]:
    return split_act(by, row, COMPLAINTS.address(row["id"]))


COMPLAINTS = Office("council", _further)
ROUTES = complaint_routes(COMPLAINTS)
