"""A process that acts on complaints: `python -m tests.actions.beside OWNER APP ACT [halting]`.

Each line it reads names a complaint to publish, or to withdraw the consent to that for; it says
what came of it: "done", or why not. `halting`: when its rules have decided it says "decided", and
writes to the log once it reads another line.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from uuid import UUID

from events.log import Appended
from services.actions import complaints as c
from services.actions.refused import Refused
from services.platform import Platform
from tests.opening import open_platform
from tests.people import ZHAO


async def line() -> str:
    return (await asyncio.to_thread(sys.stdin.readline)).strip()


def say(what: str) -> None:
    print(what, flush=True)


async def publish(platform: Platform, id: UUID) -> Appended:
    command = c.PublishComplaint(by=ZHAO, complaint=id)
    return await platform.perform(c.publish_complaint, command)


async def withdraw(platform: Platform, id: UUID) -> Appended:
    by = c.complainant(id)
    command = c.WithdrawConsent(by=by, complaint=id, what="publish", whose="consumer")
    return await platform.perform(c.withdraw_consent, command)


def halt(platform: Platform) -> None:
    """The next append waits; those after it do not."""
    append = platform.log.append

    async def later(*args: Any, **how: Any) -> Appended:
        platform.log.append = append  # type: ignore[method-assign]
        say("decided")
        await line()
        return await append(*args, **how)

    platform.log.append = later  # type: ignore[method-assign]


async def main(owner: str, app: str, act: str, *how: str) -> None:
    doing = {"publish": publish, "withdraw": withdraw}[act]
    async with open_platform(owner, app, working=False) as platform:
        if how:
            halt(platform)
        say("ready")
        while id := await line():
            try:
                await doing(platform, UUID(id))
                say("done")
            except Refused as refused:
                say(refused.words.zh)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
