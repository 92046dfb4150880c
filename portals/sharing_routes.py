"""Sharing routes: the pages of parts in cases, put under the addresses of one portal."""

from __future__ import annotations

from aiohttp import web

from events.words import Words
from portals import sharing_acts as acts
from portals.sharing_pages import NAV, case, listed
from portals.web import staff


def sharing_routes(portal: str) -> list[web.RouteDef]:
    """The list, one case and every act on it, for this kind of body."""
    shared = f"/{portal}/shared"
    one = shared + "/{kind}/{id}"
    return [
        web.get(shared, staff(listed, portal)),
        web.get(one, staff(case, portal)),
        web.get(one + "/{act}", staff(acts.form, portal)),
        web.post(one + "/{act}", staff(acts.do, portal)),
    ]


def sharing_nav(portal: str) -> list[tuple[str, Words]]:
    """What stands in the navigation of the portal."""
    return [(f"/{portal}/shared", NAV)]
