"""Letters: made of what is recorded, delivered once, by a way that is proved."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from events import complaints as c
from events.complaints import ComplaintAccepted, ComplaintRegistered
from events.event import Acting, Personal
from events.evidence import FileAdded, FileWithdrawn
from events.letters import LetterDelivered, LetterMade, LetterReturned
from services.actions import letters as a
from services.actions.complaints.complaint import Complaint, complainant
from services.actions.letters.delivering import come_back, deliver, open_it
from services.actions.letters.making import make
from services.letters import facts
from services.letters.forms import FORMS, Form, of_case
from services.letters.typesetting import set_now
from tests.given import Given, given
from tests.people import COUNCIL, GULOU, JINAN, LI, WANG, ZHAO

NUMBER = "GZ-2026-000012-K"
REGISTERED = ComplaintRegistered(
    by=ZHAO, number=NUMBER, handler=COUNCIL, occurred_on=date(2026, 9, 28),
    complainant=Personal(subject="s", fields={"name": "林月", "phone": "13800000001"}),
    told=Personal(subject="s", fields={"facts": "充电器发热", "request": "退款"}),
    respondent="闽海电器商行", product="充电器",
)  # fmt: skip
ACCEPTED = ComplaintAccepted(by=ZHAO, number=NUMBER, occurred_on=date(2026, 9, 29))
LETTER = "0192"
NAMED = {"letter": LETTER, "form": "form-5", "letter_number": "消委〔2026〕第1号"}
MADE = LetterMade(
    by=ZHAO, case="complaint", number=NUMBER, to="complainant", sha256="ab" * 32, size=9, as_of=2,
    occurred_on=date(2026, 9, 29), **NAMED,
)  # fmt: skip


def a_complaint(*more: object) -> Given[Complaint]:
    return given(Complaint, REGISTERED, ACCEPTED, *more)


def on(kind: type[a.OnLetter], record: Complaint, by: Acting = ZHAO, **fields: object) -> object:
    known = {"kind": "complaint", "record": record.id, "letter": LETTER}
    return kind(by=by, **known, **fields)  # type: ignore[arg-type]


def making(record: Complaint, **fields: object) -> a.MakeLetter:
    known = {
        "by": ZHAO, "kind": "complaint", "record": record.id, "form": "form-5",
        "to": "complainant", "sha256": "ab" * 32, "size": 9, "as_of": record.changed,
    }  # fmt: skip
    return a.MakeLetter(**{**known, **fields})  # type: ignore[arg-type]


def test_a_letter_is_entered_with_its_hash() -> None:
    asked = a_complaint()
    asked.when(make, making(asked.record)).then(LetterMade, sha256="ab" * 32, form="form-5")


def test_one_that_was_set_before_the_record_changed_is_not_kept() -> None:
    asked = a_complaint()
    asked.when(make, making(asked.record, as_of=1)).refused("有了新的变化")


def test_who_does_not_carry_the_case_makes_none() -> None:
    asked = a_complaint()
    asked.when(make, making(asked.record, by=LI)).refused("")


def test_the_notice_of_forwarding_is_the_desks_and_nothing_else_is() -> None:
    at_gulou = {"handler": GULOU, "by": LI}
    registered = msgspec.structs.replace(REGISTERED, **at_gulou)
    forwarded = c.ComplaintForwarded(
        by=LI, number=NUMBER, to=JINAN, report_by=date(2026, 11, 1), occurred_on=date(2026, 9, 29)
    )
    notice = {"form": "form-3", "to": "body"}
    for by, asks, refused in (
        (LI, notice, ""), (LI, {"form": "form-1"}, "由承办单位制作"),
        (WANG, notice, "由分送的单位制作"), (WANG, {"form": "form-1"}, ""),
    ):  # fmt: skip
        asked = given(Complaint, registered, forwarded)
        said = asked.when(make, making(asked.record, by=by, **asks))
        said.refused(refused) if refused else said.then(LetterMade)


def test_delivery_by_post_needs_its_proof() -> None:
    asked = a_complaint(MADE)
    asked.when(deliver, on(a.DeliverLetter, asked.record, way="post")).refused("凭什么", "proof")


def test_delivery_by_public_notice_counts_after_thirty_days() -> None:
    asked = a_complaint(MADE)
    command = on(a.DeliverLetter, asked.record, way="notice", proof="本局网站公告栏")
    asked.when(deliver, command).then(
        LetterDelivered,
        effective=command.on + timedelta(days=30),  # type: ignore[attr-defined]
    )


def test_she_opens_hers_on_the_portal_and_that_proves_it() -> None:
    asked = a_complaint(MADE)
    hers = complainant(asked.record.id)
    asked.when(open_it, on(a.OpenLetter, asked.record, hers)).then(LetterDelivered, way="portal")


def test_nothing_is_delivered_twice() -> None:
    delivered = LetterDelivered(
        by=ZHAO, case="complaint", number=NUMBER, to="complainant", way="email",
        effective=date(2026, 9, 30), occurred_on=date(2026, 9, 30), **NAMED,
    )  # fmt: skip
    asked = a_complaint(MADE, delivered)
    asked.when(deliver, on(a.DeliverLetter, asked.record, way="email")).refused("已经送达")


def test_what_came_back_can_be_delivered_another_way() -> None:
    back = LetterReturned(
        by=ZHAO, case="complaint", number=NUMBER, to="complainant", way="post", reason="查无此人",
        occurred_on=date(2026, 9, 30), **NAMED,
    )  # fmt: skip
    asked = a_complaint(MADE, back)
    assert asked.record.letters[LETTER].returned
    asked.when(deliver, on(a.DeliverLetter, asked.record, way="email")).then(LetterDelivered)


def test_a_letter_that_came_back_is_said() -> None:
    asked = a_complaint(MADE)
    command = on(a.ReturnLetter, asked.record, way="post", reason="地址查无此人")
    asked.when(come_back, command).then(LetterReturned, way="post")


def test_a_letter_prints_what_was_recorded_and_nothing_else() -> None:
    history = [_recorded(each, n) for n, each in enumerate((REGISTERED, ACCEPTED), 1)]
    found = facts.of_complaint(history)
    assert found["name"] == "林月"
    assert found["received"] == "2026年9月28日"
    assert found["accepted"] == "2026年9月29日"
    assert FORMS["form-5"].missing(found) == []
    assert [words.zh for words in FORMS["form-6"].missing(found)] == ["不予受理决定"]


@pytest.mark.parametrize("form", of_case("complaint"), ids=lambda form: form.code)
def test_every_form_is_set_from_what_events_say(form: Form) -> None:
    """A whole life of one complaint, with nothing that a record does not give."""
    known = {"by": ZHAO, "number": NUMBER, "occurred_on": date(2026, 10, 1)}
    file = {"case": "complaint", "media": "image/jpeg", "size": 9, "sha256": "ab" * 32}
    named = Personal(subject="s", fields={"name": "小票.jpg"})
    life = (
        REGISTERED, FileAdded(**known, **file, file="1", named=named),
        FileAdded(**known, **file, file="2", named=named),
        FileWithdrawn(**known, case="complaint", file="1", sha256="ab" * 32, reason="传错了"),
        c.ComplaintForwarded(**known, to=GULOU, report_by=date(2026, 11, 1)),
        c.IdentityProofRequested(**known, what="身份证复印件", until=date(2026, 10, 10)), ACCEPTED,
        c.MediationScheduled(**known, day=date(2026, 10, 15), time="14:30", meeting="phone",
                             place="打电话给您", mediator="赵敏", recusal_by=date(2026, 10, 14)),
        c.AgreementReached(**known, remedy="refund", perform_by=date(2026, 10, 20),
                           terms=Personal(subject="s", fields={"terms": "退款"})),
        c.ComplaintRefused(**known, ground="R3", reason="转售"),
        c.MediationTerminated(**known, ground="T3", reason="无法达成"),
    )  # fmt: skip
    found = facts.of_complaint([_recorded(each, n) for n, each in enumerate(life, 1)])
    assert found["papers"] == 1
    issued = facts.of_issuer(ZHAO.party, "赵敏", "消委〔2026〕第1号", date(2026, 10, 20))
    assert form.missing({**found, "hash": "ab" * 32}) == []
    said = set_now(
        form.sheet, {**issued, **found, "hash": "ab" * 32, "to": "林月"}, date(2026, 10, 20)
    )
    assert said.startswith(b"%PDF")


@pytest.mark.parametrize("form", of_case("complaint"), ids=lambda form: form.code)
def test_what_a_form_cannot_do_without_is_said_in_both_languages(form: object) -> None:
    missing = form.missing({})  # type: ignore[attr-defined]
    assert missing
    assert all(words.zh and words.en for words in missing)


def _recorded(event: object, version: int) -> object:
    from datetime import UTC, datetime

    from events.event import Recorded

    return Recorded(
        stream=UUID(int=1), version=version, position=version,
        recorded_at=datetime(2026, 10, 1, tzinfo=UTC), event=event,  # type: ignore[arg-type]
    )  # fmt: skip
