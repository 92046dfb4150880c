"""A complaint whose consumer is told of it, and adapters that remember or fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from events.event import Acting
from services.actions import complaints as c
from services.messages.composing import Message
from services.messages.delivering import Delivering
from services.messages.kinds import Failed
from services.messages.ways import Ways
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import CONSUMER, GULOU, LI, MINHAI

TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "充电器着火",
    "request": "退货并赔偿 1280 元", "name": "林月", "phone": "138 0000 1234",
    "address": "福州市鼓楼区",
}  # fmt: skip
#: When everything that waits for the morning, or for what follows at once, is due.
SOON = timedelta(days=1)


class Kept:
    """An adapter that keeps what it is given."""

    name: ClassVar[str] = "kept"

    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        self.sent.append(message)


class Down(Kept):
    """A gateway that is away for some tries."""

    name: ClassVar[str] = "down"

    def __init__(self, times: int = 10**6, final: bool = False) -> None:
        super().__init__()
        self.times, self.final = times, final

    async def send(self, message: Message) -> None:
        self.times -= 1
        if self.times >= 0:
            raise Failed("refused", 550, final=True) if self.final else Failed("away")
        await super().send(message)


@asynccontextmanager
async def quiet(database: Dsns, ways: Ways) -> AsyncIterator[Platform]:
    """A platform where messages go only when a test says so."""
    async with open_platform(database.owner, database.app, working=False, ways=ways) as opened:
        yield opened


async def lodge(platform: Platform, by: Acting = CONSUMER, **told: object) -> c.RegisterComplaint:
    """A complaint as it comes in."""
    command = c.RegisterComplaint(by=by, handler=GULOU, enterprise=MINHAI, **{**TELLS, **told})
    await platform.perform(c.register_complaint, command)
    return command


async def accept(platform: Platform, complaint: Any) -> None:
    """The body accepts it and begins to mediate."""
    await platform.perform(c.accept_complaint, c.AcceptComplaint(by=LI, complaint=complaint))
    await platform.perform(c.start_mediation, c.StartMediation(by=LI, complaint=complaint))


async def turn(platform: Platform, later: timedelta = timedelta()) -> int:
    """Write and send what is due so much later."""
    return await Delivering(platform).turn(datetime.now(UTC) + later + timedelta(seconds=2))


async def rows(platform: Platform) -> list[tuple[Any, ...]]:
    """Kind, state, tries and error of every message, oldest first."""
    sql = b"select kind, state, tries, error from desk.messages order by cause, made_at"
    async with platform.pool.connection() as connection:
        return await (await connection.execute(sql)).fetchall()
