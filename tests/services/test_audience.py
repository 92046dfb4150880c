"""Who could see a case on a day, and who let them: worked out from its stream."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from events import sharing as s
from events.complaints import ComplaintRegistered, ComplaintTransferred
from events.event import Acting, Event, Personal, Recorded
from services.audience import as_it_stood, by_kind, periods
from tests import people as p
from tests.opening import SUBJECT

ID = UUID(SUBJECT)
WHO = Personal(subject=SUBJECT, fields={"name": "陈小姐"})
ABOUT = {"case": "complaint", "number": "GZ-2026-000001-C"}


def november(day: int) -> date:
    return date(2026, 11, day)


def told(*events: tuple[int, Event]) -> list[Recorded]:
    """Events with the day of November on which each happened."""
    at = datetime(2026, 11, 30, tzinfo=UTC)
    return [
        Recorded(stream=ID, version=n, position=n, recorded_at=at, event=dated(event, day))
        for n, (day, event) in enumerate(events, start=1)
    ]


def dated(event: Event, day: int) -> Event:
    fields = {name: getattr(event, name) for name in event.__struct_fields__}
    return type(event)(**{**fields, "occurred_on": november(day)})


HISTORY = told(
    (2, ComplaintRegistered(by=p.CONSUMER, number="GZ-2026-000001-C", handler=p.COUNCIL,
                            complainant=WHO, told=WHO)),
    (3, s.RelationOffered(by=p.ZHAO, to=p.ASSOCIATION, relation="reader", **ABOUT)),
    (5, s.RelationAccepted(by=p.CHEN, relation="reader", **ABOUT)),
    (8, s.CaseRestricted(by=p.ZHAO, reason="核查期间不宜公开", **ABOUT)),
    (12, s.RelationWithdrawn(by=p.ZHAO, party=p.ASSOCIATION, relation="reader", **ABOUT)),
    (20, ComplaintTransferred(by=p.ZHAO, number="GZ-2026-000001-C", to=p.OTHER_COUNCIL)),
)  # fmt: skip


def who(day: int, history: Sequence[Recorded] = HISTORY) -> dict[str, str]:
    found = periods("complaint", ID, history)
    return {each.party.name: each.relation for each in found if each.on(november(day))}


def test_a_part_counts_from_its_acceptance_until_it_is_withdrawn() -> None:
    council, consumer = p.COUNCIL.name, "消费者"
    assert who(1) == {}
    assert who(4) == {council: "handler", consumer: "complainant"}
    assert who(6)[p.ASSOCIATION.name] == "reader"
    assert who(9)[p.ASSOCIATION.name] == "reader", "restricted, it has a part"
    assert p.ASSOCIATION.name not in who(13)
    assert who(21) == {p.OTHER_COUNCIL.name: "handler", consumer: "complainant"}


def test_it_says_who_let_a_party_see_it() -> None:
    (part,) = [e for e in periods("complaint", ID, HISTORY) if e.relation == "reader"]
    by: Acting | None = part.let_by
    assert by == p.ZHAO
    assert part.since.event.by == p.CHEN
    assert part.until is not None
    assert part.until.event.by == p.ZHAO


def test_what_kinds_of_party_see_depends_on_the_day() -> None:
    assert not as_it_stood("complaint", ID, HISTORY, november(6)).restricted
    assert as_it_stood("complaint", ID, HISTORY, november(9)).restricted
    assert by_kind(as_it_stood("complaint", ID, HISTORY, november(9))) == []
