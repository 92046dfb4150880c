"""Who may know of a restricted complaint changes with the case's own events, in lists too."""

from __future__ import annotations

from uuid import UUID

import pytest

from events.complaints import (
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    EntrustmentEnded,
    MediationEntrusted,
)
from events.event import Event, PartyRef, Personal
from events.ids import new_id
from events.log import Append
from events.sharing import CaseRestricted
from services.platform import Platform
from tests.caught_up import caught_up
from tests.opening import SUBJECT
from tests.people import CONSUMER, COUNCIL, GULOU, JINAN, LI, MINHAI, WANG, ZHAO

pytestmark = pytest.mark.postgres
NUMBER = "GZ-2026-000001-C"
WHO = Personal(subject=SUBJECT, fields={"name": "陈小姐"})
REGISTERED = ComplaintRegistered(
    by=CONSUMER, number=NUMBER, handler=GULOU, enterprise=MINHAI, complainant=WHO, told=WHO
)
RESTRICTED = CaseRestricted(by=LI, case="complaint", number=NUMBER, reason="涉及未成年人")


def about(kind: type[ComplaintEvent], **fields: object) -> Event:
    return kind(number=NUMBER, enterprise=MINHAI, **{"by": LI, **fields})  # type: ignore[arg-type]


ENTRUSTED = about(MediationEntrusted, to=COUNCIL, principal=GULOU)
PASSED_ON = about(ComplaintForwarded, to=JINAN, reason="由晋安区办理")


async def known_to(platform: Platform, party: PartyRef, *further: Event) -> bool:
    """Whether a list names the restricted complaint to this party."""
    stream: UUID = new_id()
    await platform.log.append([Append(stream, 0, [REGISTERED, RESTRICTED, *further])])
    await caught_up(platform)
    rows = await platform.views.trail.search(reader=party.id, record=NUMBER)
    return str(stream) in {str(row["stream"]) for row in rows.rows}


async def test_whom_it_was_entrusted_to_knows_of_it_no_longer_than_that(platform: Platform) -> None:
    assert not await known_to(platform, COUNCIL)
    assert await known_to(platform, COUNCIL, ENTRUSTED)
    back = about(EntrustmentEnded, by=ZHAO, principal=GULOU, reason="双方分歧太大")
    assert not await known_to(platform, COUNCIL, ENTRUSTED, back)
    again = about(ComplaintReopened, resumes="received", facts=WHO)
    assert not await known_to(platform, COUNCIL, ENTRUSTED, again)


async def test_whom_it_was_passed_on_to_knows_of_it(platform: Platform) -> None:
    assert await known_to(platform, JINAN, PASSED_ON)
    assert not await known_to(platform, GULOU, PASSED_ON)
    back = about(ComplaintReturnedToDesk, by=WANG, desk=GULOU, reason="不属于本局管辖")
    assert await known_to(platform, GULOU, PASSED_ON, back)
