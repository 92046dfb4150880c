"""What is owed on a report: a decision, by the regulator that verifies it."""

from __future__ import annotations

from collections.abc import Iterator

from events.event import PartyRef, Recorded
from events.reports import DECIDED, NewFactsMerged, ReportEvent, ReportRegistered
from services.views.obligations.rows import opened, settled
from services.views.view import Write

REPORTER = PartyRef(id="reporter", name="举报人", kind="consumer")
#: Who else may read what is owed on a report: nobody (121 §37).
OWN = "(kind <> 'reports' or debtor = %(reader)s)"


def report(recorded: Recorded, event: ReportEvent) -> Iterator[Write]:
    """Opened when it comes in, anew with new facts, settled by whatever decides it."""
    if isinstance(event, (*DECIDED, NewFactsMerged)):
        yield settled(recorded, "verification")
    match event:
        case ReportRegistered():
            yield opened(recorded, event, "verification", "C5", event.handler, REPORTER)
        case NewFactsMerged(since=since):
            run = ("verification", "C5", event.handler, REPORTER)
            yield opened(recorded, event, *run, since=since)
