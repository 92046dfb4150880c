"""A consent that is withdrawn while the body publishes: nothing is public afterwards (121 §38).

Two platforms over one database, as two processes are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from events.complaints import ComplaintPublished, ConsentWithdrawn, PublicationTakenBack
from events.log import Appended
from services.actions import complaints as c
from services.actions.refused import Refused
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import COUNCIL, ZHAO
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres


@pytest.fixture
async def other(database: Dsns, platform: Platform) -> AsyncIterator[Platform]:
    """Another process on the same log."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def agreed(platform: Platform) -> Any:
    """A complaint that can be published: its consumer agreed, and it ended."""
    row = await a_complaint(platform, COUNCIL, ZHAO, may_publish=True)
    id = row["id"]
    for action, command in (
        (c.accept_complaint, c.AcceptComplaint(by=ZHAO, complaint=id)),
        (c.start_mediation, c.StartMediation(by=ZHAO, complaint=id)),
        (c.record_agreement, c.RecordAgreement(by=ZHAO, complaint=id, remedy="refund")),
    ):
        await platform.perform(action, command)  # type: ignore[arg-type]
    return id


def publishes(id: Any) -> c.PublishComplaint:
    return c.PublishComplaint(by=ZHAO, complaint=id)


def withdraws(id: Any) -> c.WithdrawConsent:
    return c.WithdrawConsent(by=c.complainant(id), complaint=id, what="publish", whose="consumer")


async def test_withdrawn_between_decision_and_record_nothing_is_published(
    platform: Platform, other: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, append = await agreed(platform), platform.log.append

    async def after_her(*args: Any, **how: Any) -> Appended:
        monkeypatch.setattr(platform.log, "append", append)
        await other.perform(c.withdraw_consent, withdraws(id))
        return await append(*args, **how)

    monkeypatch.setattr(platform.log, "append", after_her)
    with pytest.raises(Refused, match="没有同意公示"):
        await platform.perform(c.publish_complaint, publishes(id))
    assert ComplaintPublished not in await happened(platform, id)


async def test_whoever_comes_first_it_is_not_public_in_the_end(
    platform: Platform, other: Platform
) -> None:
    cases = [await agreed(platform) for _ in range(8)]
    for n, id in enumerate(cases):
        both = [(platform, c.publish_complaint, publishes(id)),
                (other, c.withdraw_consent, withdraws(id))]  # fmt: skip
        doing = [where.perform(act, command) for where, act, command in both[:: (-1) ** n]]  # type: ignore[attr-defined]
        await asyncio.gather(*doing, return_exceptions=True)
        kinds = await happened(platform, id)
        after = kinds[kinds.index(ConsentWithdrawn) :]
        assert ComplaintPublished not in after
        assert (PublicationTakenBack in after) == (ComplaintPublished in kinds)


async def happened(platform: Platform, id: Any) -> list[type]:
    return [type(each.event) for each in await platform.log.load(id)]
