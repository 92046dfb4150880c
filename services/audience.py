"""Audience: which parties could see a case, from when until when, and what let them.

Worked out from the case's own stream and the table of rights: after each event, who sees it now
that did not before, and who no longer does. Nothing of what the case is about is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from events.event import Acting, Event, PartyRef, Recorded
from events.parties import UnitMerged
from events.words import Code, Words
from services import access
from services.actions.assigned import SUCCESSOR, Assigned
from services.actions.kinds import KINDS
from services.actions.people import ROLES_OF
from services.actions.shared import Shared

#: What a party can be to a case, as people say it.
RELATIONS = Code(
    "relation",
    {
        "handler": Words("承办单位", "body in charge"),
        "regulator": Words("承办单位", "regulator in charge"),
        "association": Words("所属协会", "association in charge"),
        "contributor": Words("参与方", "contributor"),
        "reader": Words("查阅方", "reader"),
        "successor": Words("原承办单位并入的单位", "successor of the body in charge"),
        "former": Words("原承办单位", "had it before"),
        "asked": Words("被请接办的单位", "asked to take it over"),
        "offered": Words("已邀请，待答复", "invited, not answered"),
        "mediator": Words("受托调解的单位", "entrusted with the mediation"),
        "referred": Words("收到线索的单位", "got the clue"),
        "respondent": Words("被投诉的企业", "business complained about"),
        "represented": Words("被代表的投诉人", "consumer who is represented"),
        "subject": Words("被跟进的企业", "enterprise concerned"),
        "member": Words("签署承诺的企业", "member that signed"),
        "complainant": Words("投诉人本人", "the consumer herself"),
        "reporter": Words("举报人本人", "the reporter herself"),
        "none": Words("按单位类别", "by kind of party"),
    },
)


@dataclass(frozen=True)
class Period:
    """A party could see the case as this, from one event until another or until now."""

    party: PartyRef
    relation: str
    since: Recorded
    #: Who of the party in charge, or which rule, offered the part; None where no part was given.
    let_by: Acting | None = None
    until: Recorded | None = None

    def on(self, day: date) -> bool:
        """Whether it was so at any time of the day."""
        return self.since.on <= day and (self.until is None or self.until.on >= day)


def periods(
    kind: str, id: UUID, history: Sequence[Recorded], mergers: Sequence[Recorded] = ()
) -> list[Period]:
    """Every period in the order in which they began; `mergers` of the unit that has it now."""
    record, known = KINDS[kind](id), dict[str, PartyRef]()
    begun: dict[str, Period] = {}
    ended: list[Period] = []
    for recorded in history:
        record.replay([recorded])
        known |= {party.id: party for party in _named(recorded.event, id)}
        now = {key: seen for key, party in known.items() if (seen := _seen_as(record, party))}
        for key in [key for key, each in begun.items() if now.get(key) != each.relation]:
            ended.append(replace(begun.pop(key), until=recorded))
        for key in now.keys() - begun.keys():
            part = record.parts.get(key)
            begun[key] = Period(known[key], now[key], recorded, part.by if part else None)
    inherited = [period for each in mergers if (period := _inherited(record, each))]
    return sorted([*ended, *begun.values(), *inherited], key=lambda each: each.since.position)


def _inherited(record: Shared, merger: Recorded) -> Period | None:
    """What a merger let the successor of the unit in charge see, where it sees it by that."""
    event = merger.event
    if not isinstance(event, UnitMerged) or not isinstance(record, Assigned):
        return None
    record.successors = frozenset({event.into.id})
    seen = _seen_as(record, event.into) == SUCCESSOR
    return Period(event.into, SUCCESSOR, merger, event.by) if seen else None


def by_kind(record: Shared) -> list[access.Right]:
    """The rights by which whole kinds of party see the case, whatever they are to it."""
    return [
        right
        for right in access.rights()
        if right.command == f"See{type(record).__name__}"
        and not right.relations
        and right.fits_state(record.state)
        and right.fits_visibility(record.visibility)
    ]


def as_it_stood(kind: str, id: UUID, history: Sequence[Recorded], day: date) -> Shared:
    """The case as it stood at the end of a day."""
    record = KINDS[kind](id)
    record.replay(each for each in history if each.on <= day)
    return record


def _seen_as(record: Shared, party: PartyRef) -> str:
    """What the party sees it as, in any of its roles; "" where it does not, or only by its kind."""
    roles = ROLES_OF.get(party.kind, (party.kind,))
    for role in roles:
        by = Acting(person="", name="", party=party, role=role)
        relation = record.relation(by)
        if relation not in ("none", "new", "offered") and access.sees(by, record):
            return relation
    return ""


def _named(event: Event, id: UUID) -> Iterator[PartyRef]:
    """The parties that an event names, who acted among them."""
    yield event.by.party
    yield PartyRef(id=str(id), name="消费者", kind="consumer")
    for name in event.__struct_fields__:
        if isinstance(value := getattr(event, name), PartyRef):
            yield value
