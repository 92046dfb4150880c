"""Rows of obligations: opened by one event, settled by another; the clock index adds the dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from events.event import PartyRef, Recorded, subject_of
from services.clocks.rules import RULES
from services.views.view import Change, Put, Row

CONSUMER = PartyRef(id="consumer", name="消费者", kind="consumer")


def opened(
    recorded: Recorded,
    event: Any,
    what: str,
    rule: str,
    debtor: PartyRef,
    creditor: PartyRef,
    set_for: date | None = None,
    part: str = "",
    since: date | None = None,
) -> Put:
    """The obligation that this event opens; `part` = of several that it opens, which."""
    clock = RULES[rule]
    about = getattr(event, "enterprise", None)
    return Put(
        "rows",
        {
            "id": f"{recorded.stream}:{what}:{recorded.version}{part}",
            "what": what, "rule": rule, "open": True,
            "debtor": debtor.id, "debtor_name": debtor.name, "debtor_kind": debtor.kind,
            "creditor": creditor.id, "creditor_name": creditor.name, "creditor_kind": creditor.kind,
            "what_zh": clock.what.zh, "what_en": clock.what.en, "since": since or recorded.on,
            "set_for": set_for,
            "kind": subject_of(type(event)),
            "record": str(recorded.stream), "number": event.number,
            "enterprise": about.id if about else "", "enterprise_name": about.name if about else "",
            "position": recorded.position,
        },
    )  # fmt: skip


def settled(recorded: Recorded, what: str, record: str = "", **only: object) -> Change:
    """This event answers what was open; `only` narrows it to some debtor."""
    where: Row = {"record": record or str(recorded.stream), "what": what, "open": True, **only}
    done = {"done_on": recorded.on, "done_by": recorded.event.TOPIC, "position": recorded.position}
    return Change("rows", where, {**done, "open": False})
