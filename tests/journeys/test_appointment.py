"""An appointment: both sides are invited, one comes, one cannot and says when; another time is
found; the day passes, and how it went is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.event import today
from tests.journeys.people import Person, person
from tests.journeys.test_messages import a_complaint
from tests.portals.desks import date_parts

pytestmark = pytest.mark.postgres

TRACK = "/track/complaint"
WHY = "那天上班，周六可以"


def on(days: int) -> dict[str, str]:
    return date_parts("day", (today() + timedelta(days=days)).isoformat())


async def test_both_sides_are_invited_and_another_time_is_found(served: str) -> None:
    async with (
        person(served, "fuzhou") as clerk, person(served) as consumer,
        person(served, "qiye") as firm,
    ):  # fmt: skip
        path, number = await a_complaint(clerk)
        own = f"/enterprise/complaints/{path.rpartition('/')[2]}"
        await consumer.sends("/track", number=number, digits="3333")
        await nothing_is_arranged(consumer)
        await clerk.sends(f"{path}/mediation")
        meeting = {"meeting": "place", "place": "二楼调解室", "mediator": "谢月娥"}
        page = await clerk.sends(f"{path}/session", time="14:30", **meeting, **on(5))
        assert page.count("还没有答复") == 2, "that nobody answered yet is said of both"
        await the_consumer_cannot(consumer)
        await the_business_comes(firm, own)
        await another_time_is_found(clerk, path, number)
        await both_are_asked_again(consumer, firm, own)
        await it_rests_while_the_mediator_is_challenged(served, consumer, path)
        page = await clerk.sends(f"{path}/held", present="consumer", course="双方没有谈拢")
        assert "调解安排" not in page


async def nothing_is_arranged(consumer: Person) -> None:
    async with consumer.http.get(f"{consumer.address}{TRACK}/session.ics") as answer:
        assert answer.status == 404
    assert await consumer.denied(f"{TRACK}/session", comes="yes") == 409


async def the_consumer_cannot(consumer: Person) -> None:
    page = await consumer.sees(TRACK)
    assert "您还没有答复" in page
    acts = page[page.index("可以做什么") :]
    assert "答复能否参加调解" in acts[: acts.index("</aside>")]
    wrong = await consumer.sends(f"{TRACK}/session", status=422, comes="no")
    assert "请写明为什么不能参加" in wrong
    page = await consumer.sends(f"{TRACK}/session", comes="no", why=WHY)
    assert f"不能参加：{WHY}" in page
    async with consumer.http.get(f"{consumer.address}{TRACK}/session.ics") as answer:
        assert answer.content_type == "text/calendar"
        assert "BEGIN:VEVENT" in await answer.text()


async def the_business_comes(firm: Person, own: str) -> None:
    assert "答复能否参加调解" in await firm.sees("/enterprise")
    page = await firm.sends(f"{own}/session", comes="yes")
    assert "您的答复：参加" in page
    assert WHY not in page, "what the consumer said is between her and the body"
    async with firm.http.get(f"{firm.address}{own}/session.ics") as answer:
        assert answer.headers["Content-Disposition"].endswith('.ics"')


async def it_rests_while_the_mediator_is_challenged(
    served: str, consumer: Person, path: str
) -> None:
    page = await consumer.sends(f"{TRACK}/recusal", why="调解人员是商家的亲戚")
    assert "恢复以后再答复能否参加" in page
    assert "您申请调解人员回避，调解中止" in page
    assert f"{TRACK}/session" not in page, "no way to what is refused now"
    async with person(served, "fuzhou.head") as head:
        await head.sends(f"{path}/recusal-decision", granted="no", reason="没有亲属关系")


async def another_time_is_found(clerk: Person, path: str, number: str) -> None:
    desk = await clerk.sees("/council")
    assert number in desk
    assert "另定调解时间" in desk
    page = await clerk.sees(path)
    assert WHY in page
    form = await clerk.sees(f"{path}/session")
    assert "二楼调解室" in form, "what was arranged before stands in the form"
    page = await clerk.sends(f"{path}/session", form, time="09:30", **on(6))
    assert page.count("还没有答复") == 2


async def both_are_asked_again(consumer: Person, firm: Person, own: str) -> None:
    page = await consumer.sees(TRACK)
    assert "09:30" in page
    assert "您还没有答复" in page
    assert "您还没有答复" in await firm.sees(own)
