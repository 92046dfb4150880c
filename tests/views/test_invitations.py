"""What an invitation to a session makes owed, until it is held: on a real database."""

from __future__ import annotations

from typing import Any

import pytest

from events.complaints import (
    AgreementReached,
    AttendanceStated,
    ComplaintAccepted,
    ComplaintWithdrawn,
    EntrustmentEnded,
    MediationHeld,
    MediationScheduled,
)
from events.event import Event
from services.platform import Platform
from tests.people import GULOU, LI, MINHAI
from tests.views.test_obligations import about, day, happened, registered

pytestmark = pytest.mark.postgres
STARTED = (registered(GULOU), about(ComplaintAccepted, 1, LI))


def invited(n: int, on: int) -> MediationScheduled:
    made: MediationScheduled = about(
        MediationScheduled, n, LI, day=day(on), time="14:30", meeting="place", place="二楼",
        mediator="李强",
    )  # fmt: skip
    return made


def said(n: int, comes: bool, side: str = "consumer") -> AttendanceStated:
    typed: Any = {"day": day(9), "time": "14:30", "body": GULOU}
    made: AttendanceStated = about(AttendanceStated, n, LI, side=side, comes=comes, **typed)
    return made


async def owed(platform: Platform, *events: Event) -> set[str]:
    rows = await happened(platform, *STARTED, *events)
    return {
        f"{row['what']} {row['debtor_name']}" for row in rows
        if row["open"] and row["what"] != "mediation"
    }  # fmt: skip


SESSION = f"session {GULOU.name}"
HERS, THE_FIRMS = "attendance 消费者", f"attendance {MINHAI.name}"
AGAIN = f"another-time {GULOU.name}"


async def test_both_sides_answer_and_the_body_says_how_it_went(platform: Platform) -> None:
    assert await owed(platform, invited(2, 9)) == {SESSION, HERS, THE_FIRMS}
    (session,) = [
        row for row in await happened(platform, *STARTED, invited(2, 9)) if row["what"] == "session"
    ]
    assert session["until"] == day(9), "what has passed without a record is overdue on the desk"
    held = about(MediationHeld, 9, LI, meeting="place", mediator="李强")
    assert await owed(platform, invited(2, 9), said(3, True), held) == set()


async def test_who_cannot_come_waits_for_another_time(platform: Platform) -> None:
    cannot = (invited(2, 9), said(3, False))
    assert await owed(platform, *cannot) == {SESSION, THE_FIRMS, AGAIN}
    assert await owed(platform, *cannot, said(4, True)) == {SESSION, THE_FIRMS}
    firm = said(4, True, "enterprise")
    assert await owed(platform, *cannot, firm) == {SESSION, AGAIN}
    assert await owed(platform, *cannot, invited(5, 12)) == {SESSION, HERS, THE_FIRMS}


@pytest.mark.parametrize(
    "end",
    [
        about(AgreementReached, 5, LI, remedy="refund"),
        about(ComplaintWithdrawn, 5, LI),
        about(EntrustmentEnded, 5, LI, principal=GULOU, reason="不成"),
    ],
)
async def test_what_ends_the_mediation_ends_the_invitation(platform: Platform, end: Event) -> None:
    assert await owed(platform, invited(2, 9), said(3, False), end) == set()
