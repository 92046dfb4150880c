"""The public portal: lodge a complaint, follow it, no account needed."""

from __future__ import annotations

from events.words import Words
from portals import figures, firm_figures_read
from portals.pledge_pages import NAV as PLEDGES
from portals.pledge_pages import pledge_routes
from portals.public import (
    ask,
    comparisons,
    enquiry,
    hers,
    home,
    instruments,
    letters,
    lodge,
    my_data,
    offering,
    published,
    receipt,
    report,
    report_track,
    talk,
    track,
)

ROUTES = [
    *home.ROUTES,
    *lodge.ROUTES,
    *offering.ROUTES,
    *receipt.ROUTES,
    *track.ROUTES,
    *ask.ROUTES,
    *enquiry.ROUTES,
    *my_data.ROUTES,
    *pledge_routes(),
    *talk.ROUTES,
    *hers.ROUTES,
    *report.ROUTES,
    *report_track.ROUTES,
    *letters.ROUTES,
    *figures.ROUTES,
    *firm_figures_read.ROUTES,
    *published.ROUTES,
    *instruments.ROUTES,
    *comparisons.ROUTES,
]
NAV = [
    ("/", Words("首页", "Home")),
    ("/complain", Words("我要投诉", "Complain")),
    ("/report", Words("我要举报", "Report")),
    ("/track", Words("查询进度", "Follow a complaint")),
    ("/pledges", PLEDGES),
    ("/published", published.TITLE),
    (instruments.WARNINGS, instruments.NAV),
    ("/figures", figures.NAV),
]
