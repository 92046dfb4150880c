"""Messages between body and sides: who may write, what waits for an answer, what stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from events import complaints as e
from events.event import Acting, Event
from services.actions import complaints as c
from services.actions.change import _refuse_unseen
from services.actions.complaints import Complaint, talks
from tests.actions.complaint_histories import (
    ACCEPTED,
    DAY,
    HISTORIES,
    MEDIATING,
    REGISTERED,
    TOLD,
    happened,
    on,
)
from tests.given import Given, given
from tests.people import CONTACT, COUNCIL, GULOU, LI, ZHAO

ASKED = happened(e.BodyWrote, side="consumer", text=TOLD, asks=True)
HERS = happened(e.SideWrote, side="consumer", text=TOLD)
THE_FIRMS = happened(e.SideWrote, side="enterprise", text=TOLD)
ENTRUSTED = happened(e.MediationEntrusted, to=COUNCIL, principal=GULOU)
ASKS = {"text": "请补充发票照片", "asks": True}


def asked(
    history: tuple[Event, ...], rule: Any, kind: Any, by: Acting | None = LI, **typed: Any
) -> Given[Complaint]:
    found = given(Complaint, *history)
    by = by or c.complainant(found.record.id)
    return found.when(rule, on(kind, by, complaint=found.record.id, **typed))


def writes(*history: Event, by: Acting | None = None, whose: str = "consumer") -> Given[Complaint]:
    return asked(history, talks.write, c.WriteToBody, by, whose=whose, text="发票找到了")


def test_the_body_asks_until_a_day() -> None:
    until = DAY + timedelta(days=3)
    then = asked(MEDIATING, talks.write_to, c.WriteToConsumer, **ASKS, until=until)
    then.then(e.BodyWrote, side="consumer", asks=True, until=until)
    assert "请其在2026年11月5日前答复" in then.record.new[0].said().zh
    assert "发票" not in str(then.record.new[0].said()), "no history says what was written"
    assert then.record.new[0].text.subject == str(then.record.id)
    assert then.record.asked == {"consumer": until}


@pytest.mark.parametrize(
    ("typed", "part", "field"),
    [
        ({"until": DAY - timedelta(days=1)}, "不能早于今天", "until"),
        ({"asks": False, "until": DAY}, "请选“需要对方答复”", "asks"),
    ],
)
def test_a_day_for_the_answer_makes_sense(typed: dict[str, Any], part: str, field: str) -> None:
    asked(MEDIATING, talks.write_to, c.WriteToConsumer, **{**ASKS, **typed}).refused(part, field)


def test_the_business_is_written_to_once_it_knows_of_the_complaint() -> None:
    asked((REGISTERED,), talks.write_to, c.WriteToBusiness, **ASKS).refused("还没有就这件投诉联系")
    asked((REGISTERED, ACCEPTED), talks.write_to, c.WriteToBusiness, **ASKS).then(
        e.BodyWrote, side="enterprise"
    )


def test_what_she_writes_waits_once_for_an_answer() -> None:
    first = writes(*MEDIATING, ASKED)
    first.then(e.SideWrote, side="consumer", body=GULOU, again=False)
    assert (first.record.waiting, first.record.asked) == ({"consumer"}, {})
    writes(*MEDIATING, HERS).then(e.SideWrote, again=True)


def test_the_business_writes_for_itself_alone() -> None:
    writes(*MEDIATING, by=CONTACT, whose="enterprise").then(e.SideWrote, side="enterprise")
    writes(*MEDIATING, by=CONTACT).refused("只能代表自己一方")


def test_an_answer_to_one_side_leaves_the_other_waiting() -> None:
    both = (*MEDIATING, HERS, THE_FIRMS)
    then = asked(both, talks.write_to, c.WriteToConsumer, text="收到，谢谢", asks=False)
    assert then.record.waiting == {"enterprise"}
    left = asked(both, talks.leave, c.NoAnswerToBusiness)
    left.then(e.AnswerNotNeeded, side="enterprise")
    assert left.record.waiting == {"consumer"}


def test_no_answer_is_needed_once_and_an_answer_may_still_be_written() -> None:
    done = (*MEDIATING, HERS, happened(e.AnswerNotNeeded, side="consumer"))
    asked(done, talks.leave, c.NoAnswerToConsumer).refused("没有等待答复的消息")
    asked(done, talks.write_to, c.WriteToConsumer, text="还是回复一下", asks=False).then(
        e.BodyWrote
    )
    asked(MEDIATING, talks.leave, c.NoAnswerToConsumer).refused("没有等待答复的消息")


def test_who_is_entrusted_with_the_mediation_answers() -> None:
    writes(*MEDIATING, ENTRUSTED).then(e.SideWrote, body=COUNCIL)
    asked((*MEDIATING, ENTRUSTED, HERS), talks.write_to, c.WriteToConsumer, ZHAO, **ASKS).then(
        e.BodyWrote
    )


@pytest.mark.parametrize("state", [each for each in HISTORIES if each != "reversed"])
def test_a_message_changes_neither_state_nor_forms(state: str) -> None:
    found = given(Complaint, *HISTORIES[state]).record
    before = (found.state, found.changed, found.last, found.ended_on)
    form = on(c.CloseComplaint, seen=found.version)
    then = writes(*HISTORIES[state])
    assert then.refusal is None
    after = then.record
    assert (after.state, after.changed, after.last, after.ended_on) == before
    _refuse_unseen(after, form)


def test_what_she_was_asked_ends_with_the_complaint() -> None:
    closed = (*MEDIATING, ASKED, happened(e.ComplaintWithdrawn))
    assert given(Complaint, *closed).record.asked == {}
