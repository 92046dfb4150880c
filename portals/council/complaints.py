"""Complaints of a council: the pages that all who handle complaints share."""

from __future__ import annotations

from portals.complaint_office import Office
from portals.complaint_routes import complaint_routes

COMPLAINTS = Office("council")
ROUTES = complaint_routes(COMPLAINTS)
