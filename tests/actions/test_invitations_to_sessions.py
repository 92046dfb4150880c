"""The time of a session: both sides say whether they come, and who cannot says when she could."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from events import complaints as e
from events.event import Acting, Event
from services.actions import complaints as c
from services.actions.complaints import Complaint, sessions
from tests.actions.complaint_histories import (
    ABOUT,
    AGREED,
    DAY,
    INVITED,
    MEDIATING,
    TERMINATED,
    happened,
    on,
)
from tests.given import Given, given
from tests.people import CONTACT, COUNCIL, GULOU, LI, ZHAO

HISTORY = (*MEDIATING, INVITED)
COMES: dict[str, Any] = {"whose": "consumer", "comes": True}
CANNOT: dict[str, Any] = {"whose": "consumer", "comes": False, "why": "那天上班，周六可以"}


def asked(
    history: tuple[Event, ...], by: Acting | None = LI, dated: date = DAY, **typed: Any
) -> Given[Complaint]:
    found = given(Complaint, *history)
    by = by or c.complainant(found.record.id)
    command = on(c.AnswerInvitation, by, dated, complaint=found.record.id, **typed)
    return found.when(sessions.say_whether, command)


def test_a_side_comes_or_cannot_and_says_when_it_could() -> None:
    asked(HISTORY, None, **COMES).then(e.AttendanceStated, side="consumer", comes=True, why=None)
    then = asked(HISTORY, None, **CANNOT)
    then.then(e.AttendanceStated, comes=False, time="14:30", body=GULOU)
    (event,) = then.record.new
    assert isinstance(event, e.AttendanceStated)
    assert "消费者对投诉" in event.said().zh
    assert "表示不能参加" in event.said().zh
    assert "周六" not in event.said().zh, "why she cannot is read by the body alone"
    assert event.why is not None
    assert event.why.subject == str(then.record.id)


def test_who_cannot_come_says_why() -> None:
    asked(HISTORY, None, **{**CANNOT, "why": ""}).refused("请写明为什么不能参加", "why")


def test_each_side_speaks_for_itself_and_the_body_records_what_it_was_told() -> None:
    asked(HISTORY, CONTACT, **COMES).refused("只能代表自己一方")
    asked(HISTORY, CONTACT, whose="enterprise", comes=True).then(
        e.AttendanceStated, side="enterprise"
    )
    asked(HISTORY, LI, **COMES).then(e.AttendanceStated, side="consumer")


def test_an_answer_can_be_changed_and_ends_with_the_invitation() -> None:
    said = e.AttendanceStated(
        by=LI, occurred_on=DAY, side="consumer", comes=False, day=DAY, time="14:30", **ABOUT
    )
    assert asked((*HISTORY, said), None, **COMES).record.attending == {"consumer": True}
    assert given(Complaint, *HISTORY, said, INVITED).record.attending == {}


@pytest.mark.parametrize(
    "ended",
    [
        (),
        (INVITED, happened(e.MediationHeld, meeting="place", mediator="李强")),
        (
            INVITED, happened(e.MediationEntrusted, to=COUNCIL, principal=GULOU),
            happened(e.EntrustmentEnded, principal=GULOU, reason="不成"),
        ),
    ],
)  # fmt: skip
def test_without_a_session_there_is_nothing_to_answer(ended: tuple[Event, ...]) -> None:
    asked((*MEDIATING, *ended), None, **COMES).refused("现在没有约定的调解时间")


def test_a_session_that_is_over_needs_no_answer() -> None:
    asked(HISTORY, None, DAY + timedelta(days=6), **COMES).refused("已经过去")


@pytest.mark.parametrize("end", [AGREED, TERMINATED, happened(e.ComplaintWithdrawn)])
def test_what_ended_has_no_session(end: Event) -> None:
    assert given(Complaint, *HISTORY, end).record.session is None


def test_who_is_entrusted_finds_another_time() -> None:
    entrusted = happened(e.MediationEntrusted, to=COUNCIL, principal=GULOU)
    asked((*MEDIATING, entrusted, INVITED), ZHAO, **CANNOT).then(e.AttendanceStated, body=COUNCIL)
