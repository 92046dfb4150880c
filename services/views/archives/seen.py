"""What the archives see: for each event, which of their rows change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from events.archives import (
    CheckMade,
    DirectorAppointed,
    DirectorLeft,
    EnterpriseEnrolled,
    OfficerLeft,
    PostEvent,
    ProblemFound,
    TrainingHeld,
)
from events.enforcement import DirectiveIssued, FollowUpOpened
from events.erasure import KEPT_STANDS, KeptEvent
from events.event import Recorded
from events.parties import EnterpriseRegistered, PartyRenamed
from services.views.view import Change, Put, Row, Write


def seen(recorded: Recorded) -> Iterator[Write]:
    """Which rows of the archives this event changes."""
    event = recorded.event
    match event:
        case EnterpriseRegistered():
            yield Put("units", _registered(event))
        case EnterpriseEnrolled():
            yield Put("units", _enrolled(event, recorded))
        case PartyRenamed():
            yield Change("units", {"id": str(recorded.stream)}, {"name": event.new})
        case PostEvent() | KeptEvent():
            yield from _of_holder(event, recorded)
        case CheckMade() | ProblemFound():
            yield from _visited(event, recorded)
        case FollowUpOpened() | DirectiveIssued() if event.problem:
            yield from _followed(event, recorded)
        case TrainingHeld():
            yield from _session(event, recorded)


def _enterprise(event: Any) -> Row:
    return {"enterprise": event.enterprise.id, "enterprise_name": event.enterprise.name}


def _registered(event: EnterpriseRegistered) -> Row:
    return {
        "id": event.enterprise.id,
        "name": event.name,
        "credit_code": event.credit_code,
        "address": event.address,
        "division": event.division,
        "division_name": event.division_name,
    }


def _enrolled(event: EnterpriseEnrolled, recorded: Recorded) -> Row:
    return {
        "id": event.enterprise.id,
        "name": event.enterprise.name,
        "division": event.division,
        "division_name": event.division_name,
        "archive": recorded.stream,
        "unit_kind": event.unit_kind,
        "product_class": event.product_class,
        "size": event.size,
        "enrolled_on": recorded.on,
    }


def _counted(event: Any, what: str, n: int = 1) -> Change:
    """One more, or less, of something is known of the unit."""
    return Change("units", {"id": event.enterprise.id}, plus={what: n})


def _of_holder(event: PostEvent | KeptEvent, recorded: Recorded) -> Iterator[Write]:
    """Of one holder of a post; or where what is kept of her stands."""
    if isinstance(event, PostEvent):
        yield from _posted(event, recorded)
    elif event.kept == "post":
        stands = {"personal": KEPT_STANDS[type(event)], "personal_on": recorded.on}
        yield Change("posts", {"id": event.person}, stands)


def _posted(event: PostEvent, recorded: Recorded) -> Iterator[Write]:
    """Somebody came into a post, or left it."""
    on = recorded.on
    holder: Row = {"id": event.who.subject}
    post = "director" if isinstance(event, DirectorAppointed | DirectorLeft) else "officer"
    if isinstance(event, DirectorLeft | OfficerLeft):
        yield Change("posts", holder, {"until": on, "reason": event.reason})
        yield _counted(event, f"{post}s", -1)
        return
    columns = {"post": post, "position": recorded.position, "since": on}
    yield Put("posts", {**holder, **_enterprise(event), **columns})
    yield _counted(event, f"{post}s")


def _visited(event: CheckMade | ProblemFound, recorded: Recorded) -> Iterator[Write]:
    if isinstance(event, ProblemFound):
        found = {"check_id": event.check, "what": event.what, "found_on": recorded.on}
        yield Put("problems", {"id": event.problem, **_enterprise(event), **found})
        yield _counted(event, "problems")
        return
    by = event.by.party
    made = {
        "party": by.id, "party_name": by.name, "made_on": recorded.on, "note": event.note,
        "problems": event.problems, "position": recorded.position,
    }  # fmt: skip
    yield Put("checks", {"id": event.check, **_enterprise(event), **made})
    yield _counted(event, "checks")


def _followed(event: FollowUpOpened | DirectiveIssued, recorded: Recorded) -> Iterator[Write]:
    """The follow-up of a problem; each rectification order counts from its own date."""
    link = {"follow_up": str(recorded.stream), "follow_up_number": event.number}
    yield Change("problems", {"id": event.problem}, link)
    if isinstance(event, DirectiveIssued) and event.directive == "rectification":
        yield Change("problems", {"id": event.problem}, {"ordered": True})
        order = {"position": recorded.position, "ordered_on": recorded.on}
        yield Put("orders", {"problem": event.problem, **order})
        yield _counted(event, "ordered")


def _session(event: TrainingHeld, recorded: Recorded) -> Iterator[Write]:
    common = {"title": event.title, "held_on": recorded.on}
    session = {
        "division": event.division, "division_name": event.division_name,
        "organiser": event.by.party.name, "units": len(event.attended),
        "people": sum(a.people for a in event.attended),
    }  # fmt: skip
    yield Put("sessions", {"id": recorded.stream, **common, **session})
    for one in event.attended:
        came = {**_enterprise(one), **common, "people": one.people}
        yield Put("attendances", {"session": recorded.stream, **came})
