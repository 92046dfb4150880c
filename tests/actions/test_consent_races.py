"""A consent that is withdrawn while the body publishes: nothing is public afterwards (121 §38).

The body's clerk and the consumer are served by two processes over one database.
"""

from __future__ import annotations

import sys
from asyncio import gather, subprocess, timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from events.complaints import ComplaintPublished, ConsentWithdrawn, PublicationTakenBack
from services.actions import complaints as c
from services.platform import Platform
from tests.database import Dsns
from tests.people import COUNCIL, ZHAO
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres

CASES = 24


class Process:
    """One of `tests.actions.beside`."""

    def __init__(self, running: subprocess.Process) -> None:
        self.running = running

    def tell(self, line: object) -> None:
        assert self.running.stdin is not None
        self.running.stdin.write(f"{line}\n".encode())

    async def says(self) -> str:
        assert self.running.stdout is not None
        async with timeout(60):
            return (await self.running.stdout.readline()).decode().strip()


@asynccontextmanager
async def process(database: Dsns, *what: str) -> AsyncIterator[Process]:
    """It runs and waits for a case."""
    command = (sys.executable, "-m", "tests.actions.beside", *database, *what)
    pipe = subprocess.PIPE
    running = await subprocess.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    beside = Process(running)
    try:
        assert await beside.says() == "ready"
        yield beside
    finally:
        running.kill()
        await running.communicate()


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


async def test_withdrawn_between_decision_and_record_nothing_is_published(
    platform: Platform, database: Dsns
) -> None:
    id = await agreed(platform)
    async with (
        process(database, "publish", "halting") as clerk,
        process(database, "withdraw") as consumer,
    ):
        clerk.tell(id)
        assert await clerk.says() == "decided"
        consumer.tell(id)
        assert await consumer.says() == "done"
        clerk.tell("")
        assert "没有同意公示" in await clerk.says()
    assert ComplaintPublished not in await happened(platform, id)


async def test_whoever_comes_first_it_is_not_public_in_the_end(
    platform: Platform, database: Dsns
) -> None:
    cases = [await agreed(platform) for _ in range(CASES)]
    async with (
        process(database, "publish") as clerk,
        process(database, "withdraw") as consumer,
    ):
        for n, id in enumerate(cases):
            for each in (clerk, consumer)[:: (-1) ** n]:
                each.tell(id)
            said, consented = await gather(clerk.says(), consumer.says())
            assert consented == "done"
            kinds = await happened(platform, id)
            assert (said == "done") == (ComplaintPublished in kinds)
            assert ComplaintPublished not in kinds[kinds.index(ConsentWithdrawn) :]
            assert kinds.count(PublicationTakenBack) == kinds.count(ComplaintPublished)


async def happened(platform: Platform, id: Any) -> list[type]:
    return [type(each.event) for each in await platform.log.load(id)]
