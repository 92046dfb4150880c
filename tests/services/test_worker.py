"""The worker ends when it is told to, whatever the libraries below make of it."""

from __future__ import annotations

import asyncio

from services.worker import _for_ever


async def test_a_cancellation_that_a_library_swallowed_still_ends_the_turns() -> None:
    begun = asyncio.Event()

    async def deaf() -> bool:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return False
        return True

    turning = asyncio.create_task(_for_ever(deaf, lambda: asyncio.sleep(0)))
    await begun.wait()
    turning.cancel()
    done, _ = await asyncio.wait([turning], timeout=120)
    assert done
