"""letter: whoever got the decision that mediation ended (form 8) has been told of it (121 §23).

So nobody enters a second time what the delivery has proved, and no time runs on although both know.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from events.event import Recorded, system
from events.letters import LetterDelivered
from events.log import Log
from services.actions.change import load
from services.actions.complaints import Complaint, NotifyParties, notify_parties
from services.policies.policy import Policy, Step

RULE = "letter"
_SIDES = {"complainant": "consumer", "respondent": "enterprise"}
#: How a letter went -> how a side is told. A public notice counts later: staff say when it did.
_WAYS = {"portal": "portal", "email": "mail", "sms": "message", "post": "letter", "hand": "hand"}


def delivering(log: Log) -> Policy:
    """The policy over the log, which says who was told already."""

    async def told(recorded: Recorded) -> AsyncIterator[Step]:
        event = recorded.event
        if not isinstance(event, LetterDelivered) or event.form != "form-8":
            return
        side, way = _SIDES.get(event.to), _WAYS.get(event.way)
        complaint = await load(log, Complaint, recorded.stream)
        if side and way and side not in complaint.told:
            # No step of a record is dated before the one it follows.
            on = max(recorded.on, complaint.last_on or recorded.on)
            yield notify_parties, _telling(recorded, side, way, on)

    return told


def _telling(recorded: Recorded, side: str, way: str, on: date) -> NotifyParties:
    cause = f"{recorded.stream}:{recorded.version}"
    return NotifyParties(
        by=system(RULE), at=recorded.recorded_at, occurred_on=on,
        complaint=recorded.stream, whom=(side,), way=way, key=f"{cause}:told",
        correlation=recorded.event.correlation, causation=cause,
    )  # fmt: skip
