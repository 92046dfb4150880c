"""Complaint routes: the pages of complaints, put under the addresses of one kind of body."""

from __future__ import annotations

from aiohttp import web

from portals import complaint_acts as acts
from portals import complaint_intake as intake
from portals.assigning import charge_routes
from portals.complaint_erasure import PAGES as ERASURE
from portals.complaint_office import Office
from portals.complaint_pages import here_charge, record, register
from portals.letters import Letters, letter_routes


def complaint_routes(here: Office) -> list[web.RouteDef]:
    """Intake, register, one complaint and every act on it, for this kind of body."""
    one = here.address("{id}")
    charge = charge_routes(here_charge(here), here.page)
    letters = letter_routes(Letters("complaint", here.register, here.crumbs), here.page)
    return [
        web.get(here.intake, here.page(intake.form)),
        web.post(here.intake, here.page(intake.record)),
        web.get(here.register, here.page(register)),
        web.get(one, here.page(record)),
        *charge,
        *letters,
        *ERASURE.routes(one + "/personal", here.page),
        web.get(one + "/{act}", here.page(acts.form)),
        web.post(one + "/{act}", here.page(acts.do)),
    ]
