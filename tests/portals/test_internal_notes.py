"""Internal notes on the pages: written, read by one's own unit, and on no page of anybody else."""

from __future__ import annotations

import pytest

from services.actions import complaints as c
from services.actions import sharing as s
from services.platform import Platform
from services.told import kept
from tests.caught_up import caught_up
from tests.handing import handed_over
from tests.people import COUNCIL, GULOU, LI, OTHER_COUNCIL, QIAN, ZHAO
from tests.portals.desks import send, shown, whole
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
CANARY = "对方律师已来电，周三前不答复"


async def test_a_note_is_read_by_the_own_unit_alone(platform: Platform) -> None:
    row = await a_complaint(platform)
    here, notes = f"/council/complaints/{row['id']}", f"/council/notes/complaint/{row['id']}"
    async with (
        at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao,
        at_desk(platform, "高远", "head", COUNCIL) as gao,
        at_desk(platform, "李强", "clerk", GULOU) as li,
    ):
        assert "还没有内部备注" in await shown(zhao, here)
        assert "请填写" in await send(zhao, notes, 422, text=" ")
        page = await send(zhao, notes, text=CANARY)
        assert CANARY in page
        assert "已记录：写内部备注" in page
        page = await shown(gao, here)
        assert CANARY in page
        assert "只有本单位能看到" in page
        assert 'class="internal"' in page
        await whole(zhao, notes)
        assert CANARY not in page[page.index(">经过<") :]

        await refer(platform, row["id"])
        clue = f"/regulator/referrals/{row['id']}"
        trail = f"/regulator/trail?record={row['number']}"
        for at in (clue, trail, f"/regulator/notes/complaint/{row['id']}"):
            page = await shown(li, at)
            assert CANARY not in page
            assert "写了内部备注" not in page
        assert "监管内部：先核查" in await send(
            li, f"/regulator/notes/complaint/{row['id']}", text="监管内部：先核查"
        )
        assert "监管内部：先核查" in await shown(li, clue)
        assert "写了内部备注" in await shown(li, trail)
        assert "监管内部" not in await shown(zhao, here)


async def test_it_is_forgotten_with_her_data_and_told_to_nobody_else(platform: Platform) -> None:
    row = await a_complaint(platform)
    notes, hers = f"/council/notes/complaint/{row['id']}", f"/council/complaints/{row['id']}"
    async with at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao:
        await send(zhao, notes, text=CANARY)
        assert "内部备注" in await shown(zhao, f"{hers}/personal")
        assert len(await kept(platform.log, row["id"], unit=COUNCIL.id)) == 3
        assert len(await kept(platform.log, row["id"], unit=GULOU.id)) == 2
        await platform.reads.record()
        await caught_up(platform)
        read = await platform.views.reads.of_record(str(row["id"]))
        assert {each["what"] for each in read.rows} == {"complaint"}
        await platform.log.vault.destroy([row["id"]])
        page = await shown(zhao, notes)
        assert CANARY not in page
        assert "个人信息已依法删除" in page
        assert "已依法删除" in await send(zhao, notes, 409, text="再写一条")


async def refer(platform: Platform, complaint: object) -> None:
    """It was mediated without success, and a clue was referred."""
    about = {"by": ZHAO, "complaint": complaint}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**about))
    await platform.perform(c.start_mediation, c.StartMediation(**about))
    ends = c.TerminateMediation(**about, ground="T2", reason="商家无正当理由不到场")
    await platform.perform(c.terminate_mediation, ends)
    refers = c.ReferClue(**about, to=GULOU, reason="销售没有认证的充电器")
    await platform.perform(c.refer_clue, refers)
    await caught_up(platform)


async def test_who_takes_the_case_over_or_reads_it_learns_nothing_of_it(platform: Platform) -> None:
    row = await a_complaint(platform)
    notes = f"/council/notes/complaint/{row['id']}"
    about = {"kind": "complaint", "record": row["id"]}
    offers = s.OfferRelation(by=ZHAO, **about, to=GULOU, relation="reader", message="请了解")
    await platform.perform(s.offer_relation, offers)
    await platform.perform(s.accept_relation, s.AcceptRelation(by=LI, relation="reader", **about))
    async with (
        at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao,
        at_desk(platform, "钱立", "clerk", OTHER_COUNCIL) as qian,
        at_desk(platform, "李强", "clerk", GULOU) as li,
    ):
        await send(zhao, notes, text=CANARY)
        page = await shown(li, f"/regulator/shared/complaint/{row['id']}")
        assert CANARY not in page
        assert "内部备注" not in page
        await shown(li, f"/regulator/notes/complaint/{row['id']}", 404)
        await shown(qian, notes, 404)
        await handed_over(platform, row["id"], ZHAO, QIAN)
        for at in (f"/council/complaints/{row['id']}", notes):
            page = await shown(qian, at)
            assert CANARY not in page
            assert "还没有内部备注" in page
        page = await shown(zhao, notes)
        assert CANARY in page
        assert "<textarea" not in page
