"""Every view, one line each; pages ask `platform.views.<view>`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg_pool import AsyncConnectionPool

from events.log import Log
from services.views.abuse_signs import AbuseSigns
from services.views.archives import Archives
from services.views.calendars import Calendars
from services.views.comments import Comments
from services.views.comparisons import Comparisons
from services.views.complaint_register import ComplaintRegister
from services.views.directory import Directory
from services.views.enquiries import Enquiries
from services.views.enterprise_figures import EnterpriseFigures
from services.views.files import Files
from services.views.followups import FollowUps
from services.views.imports import Imports
from services.views.instruments import Instruments
from services.views.notices import Notices
from services.views.obligations import Obligations
from services.views.pledge_board import PledgeBoard
from services.views.published_figures import PublishedFigures
from services.views.reads import ReadsOf
from services.views.relations import Relations
from services.views.report_register import ReportRegister
from services.views.report_tracking import ReportTracking
from services.views.roles_held import RolesHeld
from services.views.security import SecurityEvents
from services.views.submissions import Submissions
from services.views.tracking import Tracking
from services.views.trail import Trail
from services.views.view import View


class Views:
    """The views over one database."""

    def __init__(self, pool: AsyncConnectionPool[Any], log: Log | None = None) -> None:
        self.trail = Trail(pool, log)
        self.directory = Directory(pool, log)
        self.archives = Archives(pool, log)
        self.abuse_signs = AbuseSigns(pool)
        self.comments = Comments(pool)
        self.complaints = ComplaintRegister(pool, log)
        self.calendars = Calendars(pool)
        self.imports = Imports(pool)
        self.followups = FollowUps(pool, log)
        self.files = Files(pool)
        self.obligations = Obligations(pool, log)
        self.enterprise_figures = EnterpriseFigures(pool)
        self.published_figures = PublishedFigures(pool)
        self.pledges = PledgeBoard(pool)
        self.tracking = Tracking(pool)
        self.security = SecurityEvents(pool)
        self.reads = ReadsOf(pool)
        self.relations = Relations(pool)
        self.roles_held = RolesHeld(pool)
        self.notices = Notices(pool)
        self.reports = ReportRegister(pool, log)
        self.report_tracking = ReportTracking(pool)
        self.submissions = Submissions(pool)
        self.enquiries = Enquiries(pool)
        self.instruments = Instruments(pool)
        self.comparisons = Comparisons(pool)

    def __iter__(self) -> Iterator[View]:
        return (view for view in vars(self).values() if isinstance(view, View))
