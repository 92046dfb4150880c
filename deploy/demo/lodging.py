"""How complaints of the demo come in: online, at the counter, by telephone, from a wrong file."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

import msgspec

from deploy.demo.loading import LAST, Bundle, record_id
from deploy.demo.names import address, enterprise_name, person_name, phone
from deploy.demo.people import clerk
from deploy.demo.province import Unit, governed, units
from deploy.demo.stories import STORIES, Story
from events.event import Acting, Channel
from events.terms import Money
from services.actions import complaints as c
from services.actions import imports as i
from services.divisions import full_name

_WAYS: tuple[Channel, ...] = ("portal", "portal", "portal", "phone", "counter")


class Respondent(NamedTuple):
    """Who is complained about: a unit under supervision, or another business."""

    name: str
    address: str
    division: str
    unit: Unit | None = None


def unit_of(unit: Unit) -> Respondent:
    """A unit under supervision."""
    return Respondent(unit.name, unit.address, unit.division, unit)


def respondent(draw: Random, story: Story, within: str = "35") -> Respondent:
    """Somebody whom such a story may be about; `within` = the first digits of the division."""
    if story.of_a_unit:
        there = [u for u in units() if u.division.startswith(within)]
        return unit_of(draw.choice([u for u in there if u.trade.product == story.product]))
    places = [each.code for each in governed() if each.level == "county"]
    place = draw.choice([code for code in places if code.startswith(within)])
    city = full_name(place[:4] + "00").removesuffix("市")
    name = enterprise_name(draw, city, story.shop, ("",), set())
    return Respondent(name, address(draw, full_name(place)), place)


def told(draw: Random, story: Story, who: Respondent, on: date, money: int) -> dict[str, object]:
    """What a consumer tells."""
    bought = on - timedelta(days=draw.randint(3, 60))
    words = {"money": money, "day": f"{bought.month}月{bought.day}日"}
    return {
        "enterprise": who.unit.ref if who.unit else None,
        "respondent": who.name,
        "respondent_address": who.address,
        "category": story.category,
        "product": story.product,
        "bought_on": f"{bought.year}年{words['day']}",
        "facts": story.facts.format(**words),
        "request": story.request.format(**words),
        "claimed": Money(minor=money * 100),
        "injury": "摔伤" in story.facts,
        "may_publish": draw.random() < 0.4,
        "name": person_name(draw),
        "phone": phone(draw),
        "address": address(draw, full_name(who.division)),
    }


async def register(
    bundle: Bundle, id: UUID, on: date, handler: Acting, about: dict[str, object]
) -> None:
    """By the consumer herself, or by the clerk for her."""
    way = bundle.chance.choice(_WAYS)
    by = c.complainant(id)
    if way != "portal":
        by = msgspec.structs.replace(handler, channel=way, on_behalf_of="消费者")
    command = c.RegisterComplaint.model_validate(
        {"by": by, "occurred_on": on, "complaint": id, "handler": handler.party, **about}
    )
    await bundle.do(c.register_complaint, command)


async def wrong_import(bundle: Bundle) -> None:
    """A file that was read in for the wrong council, and taken back the next day."""
    on = LAST - timedelta(days=9)
    by = msgspec.structs.replace(clerk("council", "350200"), channel="import")
    batch, reason = record_id(on, "wrong import"), "误导入了漳州市消委会的登记表，整批撤销"
    said = {"by": by, "batch": batch, "correlation": str(batch)}
    begins = {
        "file": "2026年10月投诉登记表.xlsx", "mapping": "council_register", "subject": "complaints",
        "file_hash": "5d1e6a0c9b7f43d2a8e1b6c4f0d93752" * 2, "rows": 4, "occurred_on": on,
    }  # fmt: skip
    await bundle.do(i.begin_import, i.BeginImport.model_validate(said | begins))
    ids = [await _imported(bundle, by, batch, on, n) for n in range(4)]
    ends = {"taken": 4, "known": 0, "refused": 0, "occurred_on": on}
    await bundle.do(i.finish_import, i.FinishImport.model_validate(said | ends))
    takes_back = {"records": 4, "reason": reason, "occurred_on": on + timedelta(days=1)}
    await bundle.do(i.reverse_import, i.ReverseImport.model_validate(said | takes_back))
    for id in ids:
        command = c.ReverseComplaintImport(
            by=by, occurred_on=on + timedelta(days=1), complaint=id, reason=reason,
            correlation=str(batch),
        )  # fmt: skip
        await bundle.do(c.reverse_complaint_import, command)


async def _imported(bundle: Bundle, by: Acting, batch: UUID, on: date, n: int) -> UUID:
    id, story = record_id(on, f"imported {n}"), STORIES[n]
    about = told(bundle.chance, story, respondent(bundle.chance, story), on, 300 + n * 45)
    command = c.RegisterComplaint.model_validate(
        {"by": by, "occurred_on": on, "complaint": id, "handler": by.party, **about,
         "correlation": str(batch)}
    )  # fmt: skip
    await bundle.do(c.register_complaint, command)
    return id
