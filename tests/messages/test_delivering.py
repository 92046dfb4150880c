"""A gateway that is down costs nobody her act; what fails is tried again, given up, and said."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import accumulate

import pytest

from events.complaints import MessageUndelivered
from events.event import today
from services.messages import queue
from services.messages.codes import CodeFor, sealed, subject_of
from services.messages.delivering import Delivering
from services.messages.queue import WAITS
from services.messages.ways import Ways
from tests.database import Dsns
from tests.messages.lodged import SOON, Down, Kept, accept, lodge, quiet, rows, turn

pytestmark = pytest.mark.postgres


async def test_down_then_back(database: Dsns) -> None:
    text = Down(times=2)
    async with quiet(database, Ways(text=text)) as platform:
        lodged = await lodge(platform)  # the act itself is done
        assert await turn(platform) == 1
        assert await rows(platform) == [("receipt", "retrying", 1, "away")]
        assert await turn(platform) == 0  # not before its time
        assert await turn(platform, timedelta(minutes=1)) == 1
        assert await turn(platform, timedelta(minutes=7)) == 1
        assert await rows(platform) == [("receipt", "sent", 3, "")]
        assert len(await platform.log.load(lodged.complaint)) == 1
    assert len(text.sent) == 1


async def test_given_up_stands_in_the_case(database: Dsns) -> None:
    async with quiet(database, Ways(text=Down())) as platform:
        lodged = await lodge(platform)
        for seconds in (0.0, *accumulate(WAITS[:-1])):
            assert await turn(platform, timedelta(seconds=seconds + 10)) == 1
        assert await rows(platform) == [("receipt", "failed", 6, "away")]
        assert await turn(platform, 30 * SOON) == 0
        last = (await platform.log.load(lodged.complaint))[-1].event
        assert isinstance(last, MessageUndelivered)
        assert "短信“收件回执”送到消费者，试了 6 次" in last.said().zh
        (one,) = await queue.trouble(platform.pool, lodged.complaint)
        assert await queue.again(platform.pool, str(one.id), one.due_at)
        assert await turn(platform, 30 * SOON) == 1
        assert (await rows(platform))[0][1:3] == ("retrying", 1)


async def test_who_refuses_is_not_asked_again(database: Dsns) -> None:
    async with quiet(database, Ways(text=Down(final=True))) as platform:
        await lodge(platform)
        await turn(platform)
        assert await rows(platform) == [("receipt", "failed", 1, "refused 550")]


class Slow(Kept):
    """Takes its time, so that others could take the same message."""

    async def send(self, message: object) -> None:
        await asyncio.sleep(0.05)
        await super().send(message)  # type: ignore[arg-type]


async def test_several_processes_do_not_send_twice(database: Dsns) -> None:
    text = Slow()
    async with quiet(database, Ways(text=text)) as one, quiet(database, Ways(text=text)) as other:
        for _ in range(30):
            await lodge(one)
        done = await asyncio.gather(*(turn(each) for each in (one, other, one, other)))
        assert sum(done) == 30
    assert len({message.id for message in text.sent}) == len(text.sent) == 30


async def test_killed_while_sending_it_is_sent_later_under_the_same_id(database: Dsns) -> None:
    """At least once: nobody can know whether the gateway had taken it."""
    text = Kept()

    class Killed(Kept):
        async def send(self, message: object) -> None:
            await super().send(message)  # type: ignore[arg-type]
            raise asyncio.CancelledError

    dying = Killed()
    async with quiet(database, Ways(text=dying)) as platform:
        await lodge(platform)
        with pytest.raises(asyncio.CancelledError):
            await turn(platform)
    async with quiet(database, Ways(text=text)) as platform:
        assert await turn(platform) == 0
        assert await turn(platform, timedelta(minutes=2)) == 1
        assert (await rows(platform))[0][1] == "sent"
    assert [each.id for each in text.sent] == [each.id for each in dying.sent]


async def test_killed_before_it_is_written_nothing_is_lost(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        await lodge(platform)
    text = Kept()
    async with quiet(database, Ways(text=text)) as platform:
        await turn(platform)
        await turn(platform)
    assert len(text.sent) == 1


async def test_what_has_ended_is_deleted_and_who_is_erased_gets_nothing(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text, days=30)) as platform:
        kept, erased = await lodge(platform), await lodge(platform)
        await turn(platform)
        await accept(platform, erased.complaint)
        delivering = Delivering(platform)
        assert await delivering.turn() == 0
        await platform.vault.destroy([erased.complaint])
        assert await turn(platform, SOON) == 0
        left = [row[0] for row in await rows(platform)]
        assert left == ["receipt"]
        async with platform.pool.connection() as connection:
            await connection.execute("update desk.messages set made_at = made_at - interval '31 d'")
        await delivering.tidy()
        assert await rows(platform) == []
    assert kept.complaint != erased.complaint


async def test_the_queue_holds_nothing_of_her(database: Dsns) -> None:
    async with quiet(database, Ways(text=Down())) as platform:
        await lodge(platform, email="lin@example.com")
        subject = subject_of(today())
        code = await sealed(platform.vault, subject, CodeFor("13800001234", "424242"))
        await queue.add_code(platform.pool, subject, "text", code, b"mark")
        await turn(platform)
        async with platform.pool.connection() as connection:
            every = await connection.execute("select m::text, sealed from desk.messages m")
            kept = str(await every.fetchall())
        for hers in ("13800001234", "lin@example.com", "林月", "424242", "退货"):
            assert hers not in kept
            assert hers.encode().hex() not in kept
