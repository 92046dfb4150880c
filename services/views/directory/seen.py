"""What the directory sees: for each event, which of its rows change."""

from __future__ import annotations

from collections.abc import Iterator

from events.accounts import TermsAccepted
from events.erasure import KEPT_STANDS, KeptEvent
from events.event import Event, PartyKind, PartyRef, Recorded
from events.invitations import (
    InvitationAccepted,
    InvitationEvent,
    InvitationRenewed,
    InvitationRevoked,
    PersonInvited,
)
from events.parties import (
    KIND_OF,
    MemberAdmitted,
    MemberLeft,
    PartyRenamed,
    PersonDisabled,
    PersonEnrolled,
    RoleGranted,
    RoleWithdrawn,
    UnitMerged,
)
from services.views.view import Change, Drop, Put, Row, Write

_PARTY = ("name", "level", "division", "division_name", "trade", "credit_code", "address")


def seen(recorded: Recorded) -> Iterator[Write]:
    """Which rows of the directory this event changes."""
    event = recorded.event
    if kind := KIND_OF.get(type(event)):
        yield Put("parties", _entered(event, kind, recorded))
    elif isinstance(event, PartyRenamed):
        yield from _renamed(str(recorded.stream), event.new)
    elif isinstance(event, UnitMerged):
        yield from _merged(event, recorded)
    elif isinstance(event, MemberAdmitted):
        yield Put("members", _admitted(event, recorded))
    elif isinstance(event, MemberLeft):
        where = {**_membership(event), "current": True}
        left = {"until": recorded.on, "current": False, "reason": event.reason}
        yield Change("members", where, left)
    elif isinstance(event, InvitationEvent):
        yield from _invited(event, recorded)
    elif isinstance(event, KeptEvent) and event.kept == "invitation":
        stands = {"personal": KEPT_STANDS[type(event)], "personal_on": recorded.on}
        yield Change("invitations", {"id": recorded.stream}, stands)
    else:
        yield from _seen_of_people(recorded)


def _invited(event: InvitationEvent, recorded: Recorded) -> Iterator[Write]:
    row = {"id": recorded.stream}
    match event:
        case PersonInvited(party=party):
            yield Put("invitations", {
                **row, "party": party.id, "party_name": party.name, "party_kind": party.kind,
                "role": event.role, "state": "open", "invited_on": recorded.on,
                "position": recorded.position,
            })  # fmt: skip
        case InvitationRenewed():
            yield Change("invitations", row, {"invited_on": recorded.on})
        case InvitationRevoked():
            yield Change("invitations", row, {"state": "revoked"})
        case InvitationAccepted():
            yield Change("invitations", row, {"state": "accepted"})


def _seen_of_people(recorded: Recorded) -> Iterator[Write]:
    event, person = recorded.event, str(recorded.stream)
    match event:
        case PersonEnrolled():
            yield Put("people", _enrolled(event, recorded))
        case RoleGranted():
            yield Put("roles", _granted(event, recorded))
        case RoleWithdrawn():
            yield Drop("roles", {"person": person, "party": event.party.id})
        case TermsAccepted():
            yield Change("people", {"id": event.who.subject}, {"terms": event.version})
        case PersonDisabled():
            yield Change("people", {"id": person}, {"state": "disabled"})


def _entered(event: Event, kind: PartyKind, recorded: Recorded) -> Row:
    superior: PartyRef | None = getattr(event, "superior", None)
    return {
        "id": str(recorded.stream),
        "kind": kind,
        **{column: getattr(event, column, "") for column in _PARTY},
        "superior": superior.id if superior else "",
        "superior_name": superior.name if superior else "",
        "established_on": recorded.on,
    }


def _renamed(party: str, name: str) -> Iterator[Write]:
    """Every row that shows the name now; what was recorded keeps the old one."""
    yield Change("parties", {"id": party}, {"name": name})
    yield Change("parties", {"superior": party}, {"superior_name": name})
    yield Change("parties", {"merged_into": party}, {"merged_into_name": name})
    yield Change("members", {"association": party}, {"association_name": name})
    yield Change("members", {"enterprise": party}, {"enterprise_name": name})
    yield Change("roles", {"party": party}, {"party_name": name})


def _merged(event: UnitMerged, recorded: Recorded) -> Iterator[Write]:
    """It is not chosen any more; nobody acts for it; who stood under it stands under the other."""
    unit, into = event.unit.id, event.into
    now: Row = {"merged_into": into.id, "merged_into_name": into.name}
    yield Change("parties", {"id": unit}, {**now, "merged_on": recorded.on})
    yield Change("parties", {"merged_into": unit}, now)
    yield Change("parties", {"superior": unit}, {"superior": into.id, "superior_name": into.name})
    yield Drop("roles", {"party": unit})
    yield Change("invitations", {"party": unit, "state": "open"}, {"state": "revoked"})


def _membership(event: MemberAdmitted | MemberLeft) -> Row:
    return {"association": event.association.id, "enterprise": event.enterprise.id}


def _admitted(event: MemberAdmitted, recorded: Recorded) -> Row:
    return {
        **_membership(event),
        "association_name": event.association.name,
        "enterprise_name": event.enterprise.name,
        "since": recorded.on,
        "until": None,
        "current": True,
    }


def _enrolled(event: PersonEnrolled, recorded: Recorded) -> Row:
    return {
        "id": str(recorded.stream),
        "name": event.who.get("name"),
        "sign_in": event.who.get("sign_in"),
        "state": "active",
        "enrolled_on": recorded.on,
        "enrolled_by": event.by.party.id,
    }


def _granted(event: RoleGranted, recorded: Recorded) -> Row:
    return {
        "person": str(recorded.stream),
        "party": event.party.id,
        "party_name": event.party.name,
        "party_kind": event.party.kind,
        "role": event.role,
        "since": recorded.on,
    }
