"""What is owed for messages, and how the register marks them: on a real database."""

from __future__ import annotations

import pytest

from events.complaints import (
    AnswerNotNeeded,
    BodyWrote,
    ComplaintClosed,
    ComplaintForwarded,
    ComplaintMerged,
    ComplaintSeparated,
    ComplaintTransferred,
    EntrustmentEnded,
    MediationEntrusted,
    SideWrote,
)
from events.event import Event, Personal
from events.ids import new_id
from services.platform import Platform
from services.views.view import Row
from tests.opening import SUBJECT
from tests.people import COUNCIL, GULOU, JINAN, LI, MINHAI
from tests.views.test_obligations import about, day, happened, registered

pytestmark = pytest.mark.postgres
TEXT = Personal(subject=SUBJECT, fields={"text": "请补充发票"})
ASKED = about(BodyWrote, 2, LI, side="consumer", text=TEXT, asks=True, until=day(9))
ASKED_FIRM = about(BodyWrote, 2, LI, side="enterprise", text=TEXT, asks=True)


def wrote(n: int = 3, side: str = "consumer", again: bool = False) -> SideWrote:
    made: SideWrote = about(SideWrote, n, LI, side=side, text=TEXT, body=GULOU, again=again)
    return made


async def talk(platform: Platform, *events: Event) -> dict[str, Row]:
    """What is open of the talk, by what it is and who owes it."""
    rows = await happened(platform, registered(GULOU), *events)
    return {
        f"{row['what']} {row['debtor_name']}": row
        for row in rows if row["open"] and row["what"] in ("message", "reply")
    }  # fmt: skip


async def test_who_is_asked_owes_an_answer_until_the_day(platform: Platform) -> None:
    found = await talk(platform, ASKED, ASKED_FIRM)
    assert set(found) == {"message 消费者", f"message {MINHAI.name}"}
    assert found["message 消费者"]["until"] == day(9)
    assert found[f"message {MINHAI.name}"]["until"] is None


async def test_an_answer_settles_the_question_and_waits_itself(platform: Platform) -> None:
    found = await talk(platform, ASKED, ASKED_FIRM, wrote(), wrote(4, again=True))
    assert set(found) == {f"message {MINHAI.name}", f"reply {GULOU.name}"}
    reply = found[f"reply {GULOU.name}"]
    assert (reply["since"], reply["creditor_kind"], reply["until"]) == (day(3), "consumer", None)


async def test_one_side_is_answered_the_other_waits(platform: Platform) -> None:
    both = (wrote(), wrote(side="enterprise"))
    (left,) = (await talk(platform, *both, about(AnswerNotNeeded, 4, LI, side="consumer"))).values()
    assert left["creditor_kind"] == "enterprise"
    answer = about(BodyWrote, 4, LI, side="enterprise", text=TEXT)
    (left,) = (await talk(platform, *both, answer)).values()
    assert left["creditor_kind"] == "consumer"


@pytest.mark.parametrize(
    "moved",
    [
        about(ComplaintTransferred, 5, LI, to=JINAN, reason="有权处理"),
        about(ComplaintForwarded, 5, LI, to=JINAN, reason="有权处理", within=True),
        about(ComplaintForwarded, 5, LI, to=JINAN, reason="有权处理"),
    ],
)
async def test_what_waits_goes_along_to_another_body(platform: Platform, moved: Event) -> None:
    found = await talk(platform, wrote(), ASKED_FIRM, moved)
    assert set(found) == {f"reply {JINAN.name}", f"message {MINHAI.name}"}
    assert found[f"message {MINHAI.name}"]["creditor"] == JINAN.id


async def test_it_goes_to_who_is_entrusted_and_back(platform: Platform) -> None:
    entrusted = about(MediationEntrusted, 4, LI, to=COUNCIL, principal=GULOU)
    ended = about(EntrustmentEnded, 5, LI, principal=GULOU, reason="双方不同意")
    assert set(await talk(platform, wrote(), entrusted)) == {f"reply {COUNCIL.name}"}
    assert set(await talk(platform, wrote(), entrusted, ended)) == {f"reply {GULOU.name}"}


async def test_closing_asks_nobody_any_more_but_still_answers(platform: Platform) -> None:
    found = await talk(platform, ASKED, wrote(side="enterprise"), about(ComplaintClosed, 5, LI))
    assert set(found) == {f"reply {GULOU.name}"}


async def test_it_rests_while_the_complaint_is_merged(platform: Platform) -> None:
    other = {"other": str(new_id()), "other_number": "GZ-2026-000009-C", "reason": "同一件事"}
    merged = about(ComplaintMerged, 4, LI, how="duplicate", **other)
    assert await talk(platform, wrote(), merged) == {}
    apart = about(ComplaintSeparated, 5, LI, how="duplicate", resumes="received", **other)
    assert set(await talk(platform, wrote(), merged, apart)) == {f"reply {GULOU.name}"}


async def test_the_register_marks_since_when_a_message_waits(platform: Platform) -> None:
    id = new_id()

    async def marks(*events: Event) -> tuple[object, object]:
        await happened(platform, *events, stream=id)
        row = await platform.views.complaints.one(str(id))
        assert row is not None
        return row["wrote_consumer"], row["wrote_enterprise"]

    first = (registered(GULOU), wrote(), wrote(4, again=True), wrote(5, side="enterprise"))
    assert await marks(*first) == (day(3), day(5))
    (listed,) = (await platform.views.complaints.handled_by(GULOU.id)).rows
    assert listed["wrote_consumer"] == day(3)
    assert await marks(about(BodyWrote, 6, LI, side="consumer", text=TEXT)) == (None, day(5))
    assert await marks(about(AnswerNotNeeded, 7, LI, side="enterprise")) == (None, None)
