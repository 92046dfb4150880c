"""Enquiries: every state against every command, who may, and what an import may take back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.assigning import RecordClaimed
from events.enquiries import (
    AnswerImportReversed,
    EnquiryAnswered,
    EnquiryAskedOn,
    EnquiryImportReversed,
    EnquiryMoved,
    EnquiryReceived,
    EnquiryTakenBack,
)
from events.event import Acting, system
from events.ids import new_id
from services.actions import assigning as a
from services.actions import enquiries as q
from services.actions import hand_over as h
from services.actions.command import Command
from services.records import may_see
from tests.given import given
from tests.people import ADMIN, ASSOCIATION, CHEN, GULOU, JINAN, LI, QIAN, WANG, ZHAO, acting

FILE = acting("李强", GULOU, "clerk", channel="import", n=103)
ID = "01900000-0000-7000-8000-0000000000ff"
WHY = "与前一件是同一件事"


def asked(by: Acting = LI, **fields: Any) -> tuple[Any, Any]:
    given_: dict[str, Any] = {"by": by, "number": "ZX-2026-000001-7", "handler": by.party, **fields}
    return q.receive, q.RecordEnquiry(question="谁来管？", **given_)


def answered(by: Acting = LI, **fields: Any) -> tuple[Any, Any]:
    return q.answer, q.AnswerEnquiry(by=by, enquiry=ID, answer="我们管。", **fields)


def reverses(by: Acting = LI, batch: str = "b1") -> tuple[Any, Any]:
    return q.reverse_import, q.ReverseEnquiryImport(by=by, enquiry=ID, batch=batch, reason=WHY)


#: By nobody yet: she is a party to the very enquiry that is asked on.
ASKS_ON = (q.ask_further, q.AskOn(by=q.asker(new_id()), enquiry=ID, question="那发票呢？"))
TAKES_BACK = (q.take_back, q.TakeBackEnquiry(by=LI, enquiry=ID, reason=WHY))
FIRST = asked(FILE, correlation="b1")
HISTORIES: dict[str, list[Any]] = {
    "asked": [FIRST],
    "answered": [FIRST, answered()],
    "undone": [asked(), TAKES_BACK],
    "reversed": [FIRST, reverses()],
}
#: Command -> the event it makes, and the states in which it may be given.
ALLOWED: dict[type[Command], tuple[Any, type, str]] = {
    q.AnswerEnquiry: (answered(), EnquiryAnswered, "asked"),
    q.AskOn: (ASKS_ON, EnquiryAskedOn, "answered"),
    q.TakeBackEnquiry: (TAKES_BACK, EnquiryTakenBack, "asked"),
    q.ReverseEnquiryImport: (reverses(), EnquiryImportReversed, "asked answered"),
}


@pytest.mark.parametrize("state", HISTORIES)
@pytest.mark.parametrize("kind", ALLOWED, ids=lambda kind: kind.__name__)
def test_every_command_in_every_state(state: str, kind: type[Command]) -> None:
    (rule, command), event, states = ALLOWED[kind]
    tried = given(q.Enquiry, *HISTORIES[state])
    if kind is q.AskOn:
        command = command.model_copy(update={"by": q.asker(tried.record.id)})
    tried.when(rule, command)
    if state in states.split():
        tried.then(event, number="ZX-2026-000001-7")
    else:
        tried.refused("最近一步")


@pytest.mark.parametrize("by", [ZHAO, LI])
def test_a_council_and_a_regulator_record_and_answer(by: Acting) -> None:
    given(q.Enquiry).when(*asked(by)).then(EnquiryReceived, handler=by.party)
    given(q.Enquiry, asked(by)).when(*answered(by)).then(EnquiryAnswered)


@pytest.mark.parametrize("by", [CHEN, ADMIN])
def test_nobody_else_records_one(by: Acting) -> None:
    given(q.Enquiry).when(*asked(by)).refused("不能")


@pytest.mark.parametrize("by", [WANG, QIAN])
def test_another_body_neither_answers_nor_reverses(by: Acting) -> None:
    given(q.Enquiry, FIRST).when(*answered(by)).refused("不能对这条记录")
    given(q.Enquiry, FIRST).when(*reverses(by)).refused("不能对这条记录")


def test_an_answer_before_the_question_is_refused() -> None:
    late = asked(occurred_on=date(2026, 3, 2))
    given(q.Enquiry, late).when(*answered(occurred_on=date(2026, 3, 1))).refused(
        "早于上一步的日期", field="occurred_on"
    )


def test_an_import_takes_back_what_it_brought_and_no_more() -> None:
    replied = answered(FILE, correlation="b2")
    given(q.Enquiry, FIRST, replied).when(*reverses(batch="b2")).then(AnswerImportReversed)
    given(q.Enquiry, FIRST, replied).when(*reverses(ADMIN, batch="b1")).then(EnquiryImportReversed)
    given(q.Enquiry, FIRST, replied).when(*reverses(batch="b3")).refused("不是这个批次带来的")
    given(q.Enquiry, asked()).when(*reverses()).refused("不是这个批次带来的")


def test_only_who_asked_asks_on() -> None:
    for by in (q.asker(new_id()), LI, ZHAO):
        asks = ASKS_ON[1].model_copy(update={"by": by})
        given(q.Enquiry, FIRST, answered()).when(ASKS_ON[0], asks).refused("不能")


def test_what_was_asked_on_is_not_taken_back() -> None:
    history = [FIRST, answered(FILE, correlation="b2"), ASKS_ON]
    given(q.Enquiry, *history).when(*reverses(batch="b1")).refused("此后又有追问")
    given(q.Enquiry, *history, answered()).when(*reverses(batch="b2")).refused("此后又有追问")
    given(q.Enquiry, *history).when(*TAKES_BACK).refused("此后又有追问")


def test_one_that_was_moved_before_is_answered_by_the_successor() -> None:
    moved = EnquiryMoved(by=system("merge"), number="ZX-2026-000001-7", handler=GULOU, to=JINAN)
    given(q.Enquiry, FIRST, moved).when(*answered(WANG)).then(EnquiryAnswered, handler=JINAN)
    given(q.Enquiry, FIRST, moved).when(*answered()).refused("不能对这条记录")


CLAIMS = (a.claim, a.ClaimRecord(by=LI, kind="enquiry", record=ID))
OFFERS = (
    h.offer,
    h.OfferHandOver(by=LI, kind="enquiry", record=ID, to=JINAN, reason="属于晋安区管辖"),
)


def test_somebody_is_in_charge_and_another_unit_takes_it_with_the_answer_it_owes() -> None:
    given(q.Enquiry, FIRST).when(*CLAIMS).then(RecordClaimed, case="enquiry")
    given(q.Enquiry, FIRST, CLAIMS).when(*CLAIMS).refused("已经在承办")
    accepts = (h.accept, h.AcceptHandOver(by=WANG, kind="enquiry", record=ID))
    taken = given(q.Enquiry, FIRST, CLAIMS, OFFERS, accepts)
    assert not may_see(LI, taken.record), "who had it reads no more"
    taken.when(*answered(WANG)).then(EnquiryAnswered, handler=JINAN)
    testing = OFFERS[1].model_copy(update={"to": ASSOCIATION})
    given(q.Enquiry, FIRST).when(h.offer, testing).refused("不能承办咨询")
