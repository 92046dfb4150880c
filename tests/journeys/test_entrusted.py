"""S5: a regulator entrusts a council, a test pauses the clock, the mediator is challenged.

And what follows: the agreement with a date, its performance, the consumer's rating.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from events.event import today
from tests.journeys.people import MEMBER, Person, chosen, person
from tests.portals.lodging import number_on

pytestmark = pytest.mark.postgres

TOLD = {
    "channel": "counter", "respondent": MEMBER, "respondent_address": "鼓楼区工业路1号",
    "category": "quality", "product": "电动自行车充电器", "facts": "用了九天外壳发烫变形",
    "injury": "no", "request": "退货退款", "may_mediate": "yes", "may_publish": "no",
    "name": "郑先生", "phone": "13900005678", "address": "福州市鼓楼区",
}  # fmt: skip
HELD = {"meeting": "phone", "mediator": "林月", "seen": ""}
SOON = today() + timedelta(days=10)


async def test_entrusted_mediation(served: str) -> None:
    async with (
        person(served, "gulou") as officer,
        person(served, "gulou.head") as head,
        person(served, "fuzhou") as council,
        person(served, "qiye") as firm,
        person(served) as consumer,
    ):
        page = await officer.sends("/regulator/new", **TOLD)
        number = number_on(page)
        (id,) = set(re.findall(r"/regulator/complaints/([0-9a-f-]{36})/accept", page))
        await consumer.sends("/track", number=number, digits="5678")
        await it_is_entrusted(officer, council, firm, id)
        await a_test_pauses_it(council, id)
        await the_mediator_is_challenged(council, head, consumer, id)
        await they_agree_and_keep_it(council, firm, consumer, id)


async def it_is_entrusted(officer: Person, council: Person, firm: Person, id: str) -> None:
    path = f"/regulator/complaints/{id}"
    await officer.sends(f"{path}/accept", mediated_by="entrusted")
    form = await officer.sees(f"{path}/entrust")
    asked = {"to": chosen(form, "福州市消费者权益保护委员会")}
    refused = await officer.sends(f"{path}/entrust", form, status=422, **asked)
    assert "经营者还没有同意委托调解" in refused
    await firm.sends(f"/enterprise/complaints/{id}/consent", what="entrust")
    page = await officer.sends(f"{path}/entrust", **asked)
    assert "名义调解" in page
    assert f"{path}/session" not in page, "who entrusted it leaves it to whom it is entrusted"
    seen = await council.sees(f"/council/complaints/{id}")
    assert "以福州市鼓楼区市场监督管理局名义调解" in seen
    assert f'/council/complaints/{id}/entrust"' not in seen
    assert await council.denied(f"/council/complaints/{id}/entrust") == 403


async def a_test_pauses_it(council: Person, id: str) -> None:
    path = f"/council/complaints/{id}"
    page = await council.sends(
        f"{path}/testing",
        lab="省产品质量检验研究院",
        item="充电器",
        chosen="agreed",
        payer="shared",
    )
    assert "检测中，调解暂停" in page
    assert await council.denied(f"{path}/held", **HELD) == 409
    assert "调解中" in await council.sends(f"{path}/testing-end", result="外壳不符合阻燃要求")


async def the_mediator_is_challenged(
    council: Person, head: Person, consumer: Person, id: str
) -> None:
    path = f"/council/complaints/{id}"
    when = {"day": SOON.isoformat(), "time": "14:30", "meeting": "place", "place": "二楼调解室"}
    await council.sends(f"{path}/session", **when, mediator="徐婷婷")
    seen = await consumer.sees("/track/complaint")
    assert "二楼调解室" in seen
    await consumer.sends("/track/complaint/recusal", why="她是店主的表妹")
    assert await council.denied(f"{path}/held", **HELD) == 409, "no session while it is undecided"
    page = await head.sends(
        f"/regulator/complaints/{id}/recusal-decision",
        granted="yes", mediator="林月", reason="确有亲属关系，应当回避",
    )  # fmt: skip
    assert "改由林月调解" in page


async def they_agree_and_keep_it(council: Person, firm: Person, consumer: Person, id: str) -> None:
    path = f"/council/complaints/{id}"
    await council.sends(f"{path}/held", meeting="place", mediator="林月", present="consumer")
    await council.sends(f"{path}/proposal", terms="商家全额退款，消费者退回商品")
    asks = await consumer.sees("/track/complaint/proposal")
    assert "商家全额退款" in asks
    await consumer.sends("/track/complaint/proposal", asks, accepts="yes")
    await firm.sends(f"/enterprise/complaints/{id}/proposal", accepts="yes")
    page = await council.sends(
        f"{path}/agreement", remedy="refund", terms="全额退款", paper="paper",
        **{"perform_by-year": f"{SOON.year}", "perform_by-month": f"{SOON.month}",
           "perform_by-day": f"{SOON.day}", "perform_by": SOON.isoformat()},
    )  # fmt: skip
    assert "达成协议" in page
    seen = await firm.sees(f"/enterprise/complaints/{id}")
    assert "履行调解协议" in seen
    assert "郑先生" not in seen
    assert "13900005678" not in seen
    await firm.sends(f"/enterprise/complaints/{id}/performed")
    rated = await consumer.sends("/track/complaint/satisfaction", stars="5", solved="yes")
    assert "协议已经履行" in rated
