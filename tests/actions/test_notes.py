"""Internal notes: who may write one in which kind of case; it changes nothing of the case."""

from __future__ import annotations

from typing import Any

import pytest

from events.complaints import ClueReferred
from events.event import Acting
from events.notes import InternalNoteAdded
from services.actions.complaints import Complaint
from services.actions.kinds import KINDS
from services.actions.notes import AddInternalNote, add_note
from tests import people as p
from tests.actions.test_sharing import BEGUN, DAY
from tests.given import Given, given


def note(record: Given[Any], by: Acting) -> Given[Any]:
    case = type(record.record).CASE
    said = AddInternalNote(by=by, kind=case, record=record.record.id, text="对方律师已来电")
    return record.when(add_note, said)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_who_is_in_charge_writes_for_her_own_unit(kind: type[Any]) -> None:
    event, owner = BEGUN[kind]
    case = given(kind, event)
    before = case.record.state, case.record.last, case.record.changed
    note(case, owner).then(InternalNoteAdded, only_for=owner.party.id, case=kind.CASE)
    assert (case.record.state, case.record.last, case.record.changed) == before
    (added,) = case.record.new
    assert added.note.subject == case.record.subject
    assert added.note.get("text") == "对方律师已来电"
    assert "律师" not in added.said().zh


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize(
    "by", [p.QIAN, p.WANG, p.CONTACT, p.CONSUMER, p.ADMIN], ids=lambda a: a.name
)
def test_who_does_not_act_in_it_writes_none(kind: type[Any], by: Acting) -> None:
    note(given(kind, BEGUN[kind][0]), by).refused("不能对这条记录")


def test_a_regulator_that_has_the_clue_writes_for_itself() -> None:
    clue = ClueReferred(by=p.ZHAO, occurred_on=DAY, number="GZ-2026-000001-C", to=p.GULOU)
    note(given(Complaint, BEGUN[Complaint][0], clue), p.LI).then(
        InternalNoteAdded, only_for=p.GULOU.id
    )
