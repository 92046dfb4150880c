"""The home of a desk: whose turn it is and why, by whom of the unit, in few questions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from events.event import system
from portals.board import WHATS
from portals.owed import _NEXT
from services.actions import complaints as c
from services.actions import hand_over as h
from services.actions.notices import DANGER, TellParty, tell_party
from services.platform import Platform
from services.views.asking import Asking
from tests.caught_up import caught_up
from tests.people import ASSOCIATION, COUNCIL, GULOU, LI, ZHAO
from tests.portals.desks import send, shown, whole
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres


async def test_each_row_says_whose_turn_it_is_and_why(platform: Platform) -> None:
    row = await a_complaint(platform, handler=GULOU, by=LI)
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        home = plain(await shown(li, "/regulator"))
        assert "等待你处理 1" in home
        assert "你的单位 待领 决定是否受理" in home
        assert "为什么？" in home
        assert "/clock/C1" in await shown(li, "/regulator")
        await send(li, f"/regulator/complaints/{row['id']}/charge/claim")
        assert "你的单位 李强 决定是否受理" in plain(await shown(li, "/regulator"))
        for group in ("others", "week", "overdue"):
            assert "共 0 条" in plain(await shown(li, f"/regulator?group={group}"))
        await whole(li, "/regulator")


async def test_what_cannot_wait_is_marked(platform: Platform) -> None:
    await a_complaint(platform, handler=GULOU, by=LI)
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        assert "紧急" not in await shown(li, "/regulator")
        row = await a_complaint(platform, handler=GULOU, by=LI, injury=True)
        here, marked = f"/regulator/complaints/{row['id']}", "紧急：有人受伤或有危险"
        for page in ("/regulator", here):
            assert (await shown(li, page)).count(marked) == 1
        await send(li, f"{here}/withdraw", reason="已经和解，不用处理了")
        assert marked not in await shown(li, here)


async def test_what_cannot_wait_stands_above_all_until_it_is_decided(platform: Platform) -> None:
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        row = await a_complaint(platform, handler=GULOU, by=LI, injury=True)
        home = await shown(li, "/regulator")
        assert "1 件投诉有人受伤或有危险，还没有决定是否受理" in plain(home)
        assert home.index("件投诉有人受伤") < home.index("等待你处理")
        listed = await shown(li, "/regulator/complaints?urgent=1&state=received")
        assert str(row["number"]) in listed
        await send(li, f"/regulator/complaints/{row['id']}/accept")
        assert "有人受伤或有危险，还没有决定" not in await shown(li, "/regulator")


async def test_the_regulator_reads_of_danger_that_a_council_was_told_of(platform: Platform) -> None:
    row = await a_complaint(platform, handler=COUNCIL, by=ZHAO, injury=True)
    told = TellParty(
        by=system("danger"), to=GULOU, number=row["number"], case=DANGER, record=row["id"],
        position=row["position"], version=1,
    )  # fmt: skip
    await platform.perform(tell_party, told)
    await caught_up(platform)
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        assert "1 件由消委会处理的投诉有人受伤或有危险" in plain(await shown(li, "/regulator"))
        page = await shown(li, "/notices")
        assert "有人受伤或有危险：" in page
        assert f"/complaints/{row['id']}" not in page, "the case itself is not its own"
        await send(li, f"/notices/{told.id}")
        assert "件由消委会处理的投诉" not in await shown(li, "/regulator")


async def test_what_is_offered_to_the_unit_stands_on_its_home(platform: Platform) -> None:
    row = await a_complaint(platform, handler=GULOU, by=LI)
    async with at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao:
        assert "移交等待" not in await shown(zhao, "/council")
        offers = h.OfferHandOver(
            by=LI, kind="complaint", record=row["id"], to=COUNCIL, reason="双方都同意由消委会调解"
        )
        await platform.perform(h.offer_hand_over, offers)
        await caught_up(platform)
        assert "有 1 件移交等待本单位答复" in await shown(zhao, "/council")


async def test_a_council_sees_who_owes_whom_and_keeps_a_filter(platform: Platform) -> None:
    row = await a_complaint(platform)
    refers = c.ReferClue(by=ZHAO, complaint=row["id"], to=GULOU, reason="销售没有认证的充电器")
    await platform.perform(c.refer_clue, refers)
    await caught_up(platform)
    here = "/council/obligations"
    async with (
        at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao,
        at_desk(platform, "李强", "clerk", GULOU) as li,
    ):
        board = plain(await shown(zhao, here))
        assert "答复消费者是否受理" in board
        assert "答复消委会移送的线索" in board
        assert "为什么？" in board
        theirs = plain(await shown(zhao, f"{here}?whose=others&what=answer"))
        assert "共 1 条" in theirs
        assert "福州市鼓楼区市场监督管理局" in theirs
        assert "保存" in theirs
        assert "共 0 条" in plain(await shown(zhao, f"{here}?whose=yours&what=answer"))
        assert "共 0 条" in plain(await shown(zhao, f"{here}?late=1"))
        await whole(zhao, here, f"{here}?whose=nobody&what=nothing")
        await shown(li, here, 403)
    async with at_desk(platform, "林", "secretary", ASSOCIATION) as secretary:
        assert "共 0 条" in plain(await shown(secretary, "/association/obligations"))


def test_every_matter_of_the_board_can_be_chosen() -> None:
    assert set(WHATS.terms) == set(_NEXT)


async def test_a_longer_home_asks_no_more_questions(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = Asking._fetch

    async def counting(self: Asking, connection: Any, sql: str, values: Any) -> Any:
        asked.append(sql)
        return await fetch(self, connection, sql, values)

    monkeypatch.setattr(Asking, "_fetch", counting)
    counts = []
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        for _ in range(2):
            await a_complaint(platform, handler=GULOU, by=LI)
            await a_complaint(platform, handler=GULOU, by=LI)
            asked.clear()
            await shown(li, "/regulator")
            counts.append(len(asked))
    assert counts[0] == counts[1]


def plain(html: str) -> str:
    """The text of the page, with single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
