"""What body and sides of a complaint owe each other for what they wrote."""

from __future__ import annotations

from collections.abc import Iterator

from events.complaints import (
    AnswerNotNeeded,
    BodyWrote,
    ComplaintEvent,
    EntrustmentEnded,
    MediationEntrusted,
    SideWrote,
)
from events.event import PartyRef, Recorded
from services.views.obligations.rows import CONSUMER, opened, settled
from services.views.view import Change, Write


def talk(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    """Whoever writes has answered what the other wrote before."""
    match event:
        case SideWrote(side=side):
            yield settled(recorded, "message", debtor_kind=side)
            if not event.again:
                body, asks = event.body or event.by.party, _side(event, side)
                yield opened(recorded, event, "reply", "M12", body, asks)
        case BodyWrote(side=side):
            yield settled(recorded, "reply", creditor_kind=side)
            if event.asks:
                yield settled(recorded, "message", debtor_kind=side)
                asked, body = _side(event, side), event.by.party
                yield opened(recorded, event, "message", "M11", asked, body, event.until)
        case AnswerNotNeeded():
            yield settled(recorded, "reply", creditor_kind=event.side)
        case MediationEntrusted():
            yield from talk_goes_to(recorded, event.to)
        case EntrustmentEnded():
            yield from talk_goes_to(recorded, event.principal)


def _side(event: ComplaintEvent, side: str) -> PartyRef:
    return event.enterprise if side == "enterprise" and event.enterprise else CONSUMER


def talk_goes_to(recorded: Recorded, to: PartyRef) -> Iterator[Change]:
    """Who now leads it answers, and is answered, what was written before."""
    for what, side in (("reply", "debtor"), ("message", "creditor")):
        where = {"record": str(recorded.stream), "what": what, "open": True}
        now = {side: to.id, f"{side}_name": to.name, f"{side}_kind": to.kind}
        yield Change("rows", where, {**now, "position": recorded.position})
