"""Talking: what body and one side of a complaint wrote to each other, as their pages show it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.complaints.terms import SIDES
from events.event import PartyRef
from events.words import Words
from portals.personal import RESTRICTED
from portals.web import PLATFORM
from services.actions import complaints as c
from services.rights.complaints import OPEN, REOPENS
from services.talks import talk_with

Row = dict[str, Any]
#: What the body does in its talk with each side: under which address of the complaint.
WRITES = {"consumer": "message", "enterprise": "message-business"}
LEAVES = {"consumer": "no-answer", "enterprise": "no-answer-business"}


async def talk_at_the_desk(request: web.Request, row: Row, side: str) -> Row:
    """The talk with this side for who leads the complaint; `since` = an answer is owed since."""
    rows = await talk_with(request.app[PLATFORM].log, row["id"], side)
    if row["personal"] == "restricted":
        rows = [each | {"text": RESTRICTED} for each in rows]
    record: c.Complaint = row["record"]
    return {
        "side": side, "with": SIDES[side], "rows": rows, "since": row[f"wrote_{side}"],
        "writes": WRITES[side], "leaves": LEAVES[side], "asked": record.asked.get(side),
        "waits_for": side in record.asked,
    }  # fmt: skip


async def talks_at_the_desk(request: web.Request, row: Row) -> list[Row]:
    """Both talks; the one with the business once it has been told of the complaint."""
    sides = ["consumer"]
    if row["record"].told_the_business or row["wrote_enterprise"]:
        sides.append("enterprise")
    return [await talk_at_the_desk(request, row, side) for side in sides]


async def talk_of_side(request: web.Request, record: c.Complaint, side: str) -> Row:
    """The talk as the side itself reads it: who wrote is the body, never a person."""
    rows = await talk_with(request.app[PLATFORM].log, record.id, side)
    return {"rows": rows, "asked": side in record.asked, "until": record.asked.get(side)}


def what_comes_of_it(record: c.Complaint) -> Words:
    """What a message does, said before it is written; late ones by how the complaint ended."""
    body: PartyRef | None = record.mediator or record.unit
    name = body.name if body else ""
    if record.state in (*OPEN, "merged"):
        return _IN_WORK.fill(body=name)
    late = _NEW_FACTS if record.state in REOPENS else _ENDED
    return late.fill(body=name, state=c.STATES[record.state])


_IN_WORK = Words(
    "消息由{body}阅读，其他各方看不到；不会改变办理期限。",
    "{body} reads your message, nobody else does. It changes no deadline.",
)
_NEW_FACTS = Words(
    "这件投诉现在是“{state}”，消息仍会转给{body}。有新的事实的，请写明：可以据此申请重新办理。",
    "The complaint is now {state}; {body} still reads your message. If there are new facts, "
    "describe them: you can ask for it to be taken up again because of them.",
)
_ENDED = Words(
    "这件投诉现在是“{state}”，消息仍会转给{body}，但不改变结果和期限。",
    "The complaint is now {state}; {body} still reads your message, but it changes neither the "
    "outcome nor a deadline.",
)
