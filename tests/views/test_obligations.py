"""Who owes whom: what each event opens and settles, on a real database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.complaints import (
    AgreementReached,
    CalledBack,
    ClueReferred,
    ComplaintAccepted,
    ComplaintImportReversed,
    ComplaintRegistered,
    ComplaintTransferred,
    EntrustmentMoved,
    MediationEntrusted,
    ReferralReturned,
)
from events.enforcement import (
    DirectiveAnswered,
    DirectiveDelivered,
    DirectiveIssued,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.event import Event, Personal
from events.ids import new_id
from events.log import Append
from events.pledges import (
    EvidenceSubmitted,
    MemberQuestioned,
    PledgeMet,
    PledgeSigned,
    PledgeWithdrawn,
    QuestionAnswered,
)
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.opening import SUBJECT
from tests.people import (
    ASSOCIATION,
    CHEN,
    CONTACT,
    COUNCIL,
    GULOU,
    JINAN,
    LI,
    MINHAI,
    OTHER_COUNCIL,
    PROVINCE,
    QIAN,
    ZHAO,
)

pytestmark = pytest.mark.postgres

START = date(2026, 9, 24)
FOLLOW_UP: dict[str, Any] = {"number": "JD-2026-000001-X", "enterprise": MINHAI, "regulator": GULOU}
PLEDGE: dict[str, Any] = {
    "number": "CN-2026-000001-X", "pledge": "p", "title": "合格充电器", "association": ASSOCIATION,
    "enterprise": MINHAI,
}  # fmt: skip


async def happened(platform: Platform, *events: Event, stream: UUID | None = None) -> list[Row]:
    """Record these events one day after the other on one record; what is owed on it."""
    stream = stream or new_id()
    await platform.log.append([Append(stream, len(await platform.log.load(stream)), events)])
    await caught_up(platform)
    return await platform.views.obligations.of_record(str(stream))


def day(n: int = 0) -> date:
    return START + timedelta(days=n)


def registered(handler: Any = COUNCIL, **more: Any) -> ComplaintRegistered:
    return ComplaintRegistered(
        by=ZHAO, occurred_on=day(), number="GZ-2026-000001-C", enterprise=MINHAI, handler=handler,
        complainant=Personal(subject=SUBJECT, fields={"name": "林月"}),
        told=Personal(subject=SUBJECT), **more,
    )  # fmt: skip


def about(kind: Any, n: int = 1, by: Any = ZHAO, **fields: Any) -> Any:
    return kind(by=by, occurred_on=day(n), number="GZ-2026-000001-C", enterprise=MINHAI, **fields)


def followed(kind: Any, n: int, by: Any = LI, **fields: Any) -> Any:
    return kind(by=by, occurred_on=day(n), **FOLLOW_UP, **fields)


async def test_a_council_owes_the_consumer_a_decision_without_a_number(platform: Platform) -> None:
    (row,) = await happened(platform, registered())
    assert (row["debtor_name"], row["creditor_kind"], row["rule"]) == (
        COUNCIL.name,
        "consumer",
        "C8",
    )
    assert (row["until"], row["open"], row["creditor_name"]) == (None, True, "消费者")


async def test_a_regulator_owes_it_in_seven_working_days(platform: Platform) -> None:
    (row,) = await happened(platform, registered(GULOU))
    assert (row["rule"], row["until"]) == ("C1", date(2026, 10, 12))
    assert "第十五条" in row["basis_zh"]
    assert "Article 15" in row["basis_en"]


async def test_acceptance_settles_the_decision_and_opens_the_mediation(platform: Platform) -> None:
    mediation, decision = await happened(
        platform, registered(GULOU), about(ComplaintAccepted, by=LI)
    )
    assert (decision["open"], decision["done_on"]) == (False, day(1))
    assert (mediation["what"], mediation["rule"], mediation["open"]) == ("mediation", "C2", True)
    assert mediation["until"] == date(2026, 11, 24)


async def test_an_agreement_settles_the_mediation(platform: Platform) -> None:
    agreed = about(AgreementReached, 9, remedy="refund")
    rows = await happened(platform, registered(), about(ComplaintAccepted), agreed)
    assert [row["open"] for row in rows] == [False, False]


async def test_a_transfer_moves_the_decision_to_the_other_body(platform: Platform) -> None:
    rows = await happened(
        platform, registered(), about(ComplaintTransferred, to=GULOU, reason="有权处理")
    )
    now, before = rows
    assert (now["debtor_name"], now["rule"], now["since"]) == (GULOU.name, "C1", day(1))
    assert (before["debtor_name"], before["open"]) == (COUNCIL.name, False)


async def test_reversing_an_import_settles_everything(platform: Platform) -> None:
    rows = await happened(
        platform, registered(), about(ComplaintAccepted),
        about(ClueReferred, to=GULOU, reason="无证"),
        about(ComplaintImportReversed, 3, reason="导入有误"),
    )  # fmt: skip
    assert len(rows) == 3
    assert not any(row["open"] for row in rows)


async def test_a_returned_clue_is_answered(platform: Platform) -> None:
    clue = about(ClueReferred, to=GULOU, reason="无证")
    back = about(ReferralReturned, 4, by=LI, council=COUNCIL, reason="不在辖区")
    rows = await happened(platform, registered(), clue, back)
    answer = next(row for row in rows if row["what"] == "answer")
    assert (answer["open"], answer["done_by"]) == (False, "referral-returned")


async def test_the_successor_of_a_merged_council_owes_the_mediation(platform: Platform) -> None:
    stream, views = new_id(), platform.views
    entrusted = about(MediationEntrusted, 3, by=LI, to=COUNCIL, principal=GULOU)
    (before,) = [
        row for row in await happened(platform, registered(), entrusted, stream=stream)
        if row["what"] == "entrusted"
    ]  # fmt: skip
    assert [row["id"] for row in await views.complaints.open_at(COUNCIL.id, "mediator")] == [stream]
    moved = about(EntrustmentMoved, 4, giver=COUNCIL, to=OTHER_COUNCIL)
    (after,) = [
        row for row in await happened(platform, moved, stream=stream) if row["what"] == "entrusted"
    ]
    assert (before["debtor"], after["debtor"]) == (COUNCIL.id, OTHER_COUNCIL.id)
    assert (before["until"], before["since"]) == (after["until"], after["since"])
    assert (await views.complaints.entrusted_to(OTHER_COUNCIL.id)).total == 1
    assert await views.complaints.open_at(COUNCIL.id, "mediator") == []


async def test_from_the_clue_to_the_result(platform: Platform) -> None:
    """The council waits from the referral until it is told, whatever happens in between."""
    complaint, follow_up, board = new_id(), new_id(), platform.views.obligations
    clue = about(ClueReferred, to=GULOU, reason="无证")
    await happened(platform, registered(), clue, stream=complaint)
    opened = followed(
        FollowUpOpened, 2, source="referral", matter="无证", raised_by=COUNCIL,
        complaint=str(complaint), source_number="GZ-2026-000001-C",
    )  # fmt: skip
    talk = {"directive": "talk", "demands": "说明", "basis": "第四条"}
    issued = followed(DirectiveIssued, 3, due=day(20), **talk)
    (delivery,) = await happened(platform, opened, issued, stream=follow_up)
    assert (delivery["what"], delivery["debtor_name"]) == ("delivery", GULOU.name)

    delivered = followed(DirectiveDelivered, 4, directive="talk", how="当面", due=day(25))
    owed, _ = await happened(platform, delivered, stream=follow_up)
    assert (owed["debtor_name"], owed["creditor_name"]) == (MINHAI.name, GULOU.name)
    assert (owed["until"], owed["since"], owed["set_for"]) == (day(25), day(4), day(25))

    answer = followed(DirectiveAnswered, 9, by=CONTACT, directive="talk", answer="已说明")
    recheck, *_ = await happened(platform, answer, stream=follow_up)
    assert (recheck["what"], recheck["debtor_name"]) == ("recheck", GULOU.name)
    assert recheck["until"] is None

    rows = await happened(platform, followed(RecheckPassed, 12, finding="合格"), stream=follow_up)
    assert not any(row["open"] for row in rows)
    still = {r["what"]: r["open"] for r in await board.of_record(str(complaint))}
    assert still == {"decision": True, "answer": True}

    sent = followed(
        ResultSentToCouncil, 13, council=COUNCIL, result="合格", complaint=str(complaint)
    )
    await happened(platform, sent, stream=follow_up)
    told = next(r for r in await board.of_record(str(complaint)) if r["what"] == "answer")
    assert (told["open"], told["done_on"]) == (False, day(13))


async def test_silence_is_settled_by_the_failed_recheck(platform: Platform) -> None:
    opened = followed(FollowUpOpened, 0, source="own", matter="抽查")
    delivered = followed(DirectiveDelivered, 0, directive="talk", how="当面", due=day(3))
    failed = followed(RecheckFailed, 5, finding="没有答复")
    (row,) = await happened(platform, opened, delivered, failed)
    assert (row["open"], row["done_by"]) == (False, "recheck-failed")


async def test_a_council_that_raised_it_without_a_referral_is_owed_the_result(
    platform: Platform,
) -> None:
    opened = followed(FollowUpOpened, 0, source="complaint", matter="抽查", raised_by=OTHER_COUNCIL)
    (row,) = await happened(platform, opened)
    assert (row["what"], row["creditor_name"]) == ("result", OTHER_COUNCIL.name)


async def test_a_member_owes_evidence_and_the_association_a_judgement(platform: Platform) -> None:
    pledge, end = new_id(), day(60)
    signed = PledgeSigned(by=CHEN, occurred_on=day(), period_from=day(), period_to=end, **PLEDGE)
    (evidence,) = await happened(platform, signed, stream=pledge)
    assert (evidence["debtor_name"], evidence["until"]) == (MINHAI.name, end)

    given = [
        EvidenceSubmitted(by=CHEN, occurred_on=day(n), what="检验报告", **PLEDGE) for n in (61, 62)
    ]
    rows = await happened(platform, *given, stream=pledge)
    (judgement,) = [row for row in rows if row["open"]]
    assert (judgement["what"], judgement["debtor_name"]) == ("judgement", ASSOCIATION.name)
    assert judgement["since"] == day(62)

    met = PledgeMet(by=CHEN, occurred_on=day(63), reason="已核对", **PLEDGE)
    assert not any(row["open"] for row in await happened(platform, met, stream=pledge))


async def test_a_member_answers_its_association_in_ten_working_days(platform: Platform) -> None:
    pledge = new_id()
    asked = MemberQuestioned(by=CHEN, occurred_on=date(2026, 11, 2), question="为什么？", **PLEDGE)
    (row,) = await happened(platform, asked, stream=pledge)
    assert (row["until"], row["debtor_name"]) == (date(2026, 11, 16), MINHAI.name)
    answer = QuestionAnswered(by=CONTACT, occurred_on=date(2026, 11, 5), answer="已更换", **PLEDGE)
    (row,) = await happened(platform, answer, stream=pledge)
    assert not row["open"]


async def test_a_withdrawn_pledge_owes_nothing(platform: Platform) -> None:
    signed = PledgeSigned(
        by=CHEN, occurred_on=day(), period_from=day(), period_to=day(60), **PLEDGE
    )
    gone = PledgeWithdrawn(by=CHEN, occurred_on=day(3), reason="退会", **PLEDGE)
    (row,) = await happened(platform, signed, gone)
    assert not row["open"]


async def test_the_four_groups_and_the_board(platform: Platform) -> None:
    asked = MemberQuestioned(by=CHEN, occurred_on=date(2026, 11, 2), question="为什么？", **PLEDGE)
    await happened(platform, asked)
    await happened(platform, registered())
    board = platform.views.obligations
    before, late = date(2026, 11, 12), date(2026, 11, 17)
    assert await board.counts(MINHAI.id, before) == {
        "yours": 1,
        "others": 0,
        "week": 1,
        "overdue": 0,
    }
    assert await board.counts(ASSOCIATION.id, late) == {
        "yours": 0,
        "others": 1,
        "week": 0,
        "overdue": 1,
    }
    for group, n in {"yours": 0, "others": 1, "week": 0, "overdue": 1}.items():
        assert (await board.of_party(ASSOCIATION.id, group, late)).total == n
    assert [row["what"] for row in (await board.open()).rows] == ["explanation", "decision"]
    assert (await board.open(debtor="enterprise")).total == 1
    assert (await board.open(what="decision")).total == 1
    assert (await board.open(overdue_on=late)).total == 1
    assert (await board.of_enterprise(MINHAI.id)).total == 2
    assert QIAN.party.id not in {row["debtor"] for row in (await board.open()).rows}


async def test_a_superior_sees_what_units_under_it_are_late_with_but_no_reports(
    platform: Platform,
) -> None:
    await happened(platform, registered(GULOU))
    board, late = platform.views.obligations, date(2026, 10, 14)
    (row,) = (await board.late_of([GULOU.id, JINAN.id], late, me=PROVINCE.id)).rows
    assert (row["what"], row["debtor"]) == ("decision", GULOU.id)
    assert (await board.late_of([JINAN.id], late, me=PROVINCE.id)).rows == []
    assert (await board.late_of([GULOU.id], date(2026, 10, 12), me=PROVINCE.id)).rows == []


async def test_the_day_of_an_agreement_brings_a_call_back_to_whose_complaint_it_is(
    platform: Platform,
) -> None:
    agreed = about(
        AgreementReached, 3, remedy="refund", perform_by=day(20), body=GULOU, paper="paper"
    )
    rows = await happened(platform, registered(GULOU), about(ComplaintAccepted, 1, LI), agreed)
    owed = {row["what"]: (row["debtor"], row["set_for"]) for row in rows if row["open"]}
    assert owed == {"performance": (MINHAI.id, day(20)), "callback": (GULOU.id, day(20))}
    stream = UUID(rows[0]["record"])
    rows = await happened(platform, about(CalledBack, 21, LI, reached=True), stream=stream)
    assert [row["what"] for row in rows if row["open"]] == ["performance"]
