"""The whole line through the portals: consumer, council, regulator, enterprise, association.

A consumer lodges; the council accepts, its mediation fails, it refers a clue; the regulator
orders, the enterprise answers, the re-check passes, the council is told, the consumer sees it;
meanwhile the association sees its member's possible breach and asks the member.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from events.event import today
from tests.journeys.people import MEMBER, chosen, linked, number_of, person
from tests.portals.lodging import number_on

pytestmark = pytest.mark.postgres


async def test_from_complaint_to_the_consumers_tracking_page(served: str) -> None:
    number = await a_consumer_lodges(served)
    complaint = await the_council_accepts_fails_and_refers(served, number)
    follow_up = await the_regulator_orders(served, number)
    await the_enterprise_answers(served, follow_up)
    await the_recheck_passes_and_the_council_is_told(served, follow_up)
    async with person(served, "fuzhou") as clerk:
        assert "复查合格" in await clerk.sees(f"/council/complaints/{complaint}")
    await the_consumer_sees_it(served, number)
    await the_association_asks_its_member(served)


async def a_consumer_lodges(served: str) -> str:
    told: tuple[dict[str, str], ...] = (
        {"respondent": MEMBER, "respondent_address": "鼓楼区工业路1号", "place": "350100"},
        {
            "category": "safety",
            "product": "电动自行车充电器",
            "facts": "充电时起火",
            "injury": "no",
        },
        {"request": "退货并赔偿", "may_mediate": "yes", "may_publish": "no"},
        {"name": "陈小姐", "phone": "13800001234", "address": "福州市鼓楼区"},
    )
    async with person(served) as consumer:
        page = await consumer.sees("/complain")
        for typed in told:
            page = await consumer.sends("/complain", page, **typed, to="next")
        return number_on(await consumer.sends("/complain", page, to="send"))


async def the_council_accepts_fails_and_refers(served: str, number: str) -> str:
    async with person(served, "fuzhou") as clerk:
        record = linked(await clerk.sees(f"/council/complaints?q={number}"), "council/complaints")
        path = f"/council/complaints/{record}"
        await clerk.sends(f"{path}/accept")
        await clerk.sends(f"{path}/mediation")
        await clerk.sends(f"{path}/terminate", ground="T3", reason="经营者拒绝任何赔偿")
        referral = await clerk.sees(f"{path}/refer")
        await clerk.sends(
            f"{path}/refer", referral,
            to=chosen(referral, "鼓楼区市场监督管理局"), reason="充电器没有3C标志，涉嫌违法",
        )  # fmt: skip
        return record


async def the_regulator_orders(served: str, number: str) -> str:
    due = today() + timedelta(days=20)
    async with person(served, "gulou") as officer:
        clues = await officer.sees("/regulator/referrals")
        clue = re.search(rf'/regulator/referrals/([0-9a-f-]{{36}})"[^>]*>\s*{number}', clues)
        assert clue, clues[:3000]
        opened = await officer.sends(
            f"/regulator/referrals/{clue[1]}/open", matter="核查充电器未经认证一事"
        )
        follow_up = linked(opened, "regulator/followups")
        path = f"/regulator/followups/{follow_up}"
        date_parts = {
            "due-year": str(due.year), "due-month": str(due.month), "due-day": str(due.day),
            "due": due.isoformat(),
        }  # fmt: skip
        await officer.sends(
            f"{path}/issue", directive="rectification", basis="产品质量法第四十九条",
            demands="停止销售未经认证的充电器并召回", **date_parts,
        )  # fmt: skip
        await officer.sends(f"{path}/deliver", how="当面送达")
        return follow_up


async def the_enterprise_answers(served: str, follow_up: str) -> None:
    async with person(served, "qiye") as contact:
        await contact.sends(
            f"/enterprise/directives/{follow_up}/answer",
            answer="已下架并召回全部批次，换用认证产品",
        )


async def the_recheck_passes_and_the_council_is_told(served: str, follow_up: str) -> None:
    path = f"/regulator/followups/{follow_up}"
    async with person(served, "gulou.head") as head:
        await head.sends(f"{path}/passes", finding="抽查二十件均有认证标志")
        await head.sends(f"{path}/close", reason="整改到位，复查合格")
        await head.sends(f"{path}/result", result="已责令改正，复查合格")
        told = await head.sees(f"/regulator/trail?record={number_of(await head.sees(path))}")
        assert "告知" in told


async def the_consumer_sees_it(served: str, number: str) -> None:
    async with person(served) as consumer:
        seen = await consumer.sends(
            "/track", number=number.lower().replace("-", " "), digits="1234"
        )
        assert "复查，整改合格" in seen
        assert "终止调解" in seen
        assert "徐婷婷" not in seen, "no staff names for the public"


async def the_association_asks_its_member(served: str) -> None:
    async with person(served, "xiehui") as secretary:
        breaches = await secretary.sees("/association/breaches")
        assert MEMBER in breaches
        row = breaches[breaches.index(MEMBER) - 1500 :]
        signed = linked(row, "association/signed")
        page = await secretary.sees(f"/association/signed/{signed}")
        if f"/association/signed/{signed}/question" in page:
            await secretary.sends(
                f"/association/signed/{signed}/question", question="请说明充电器起火一事和整改情况"
            )
