"""Contacts: telephone and address of a body, which its letters print; the latest word counts."""

from __future__ import annotations

from uuid import UUID

from events.log import Appended
from events.parties import ContactStated
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, ask
from services.actions.parties import OnParty, Party
from services.actions.refused import Refused

#: Who writes letters.
REACHED = ("regulator", "council", "association", "testing")


class StateContact(OnParty):
    """State where a body is reached."""

    SAYS = Words("登记联系方式", "State how it is reached")

    phone: Given = ask(
        "办公电话", "Telephone of the office", most=60,
        hint=Words("印在文书上，例如 0591-87500000。不要填个人电话。",
                   "Letters print it, for example 0591-87500000. No private number."),
    )  # fmt: skip
    address: Given = ask(
        "通信地址", "Postal address", most=200,
        hint=Words("消费者按这个地址寄送材料。", "Consumers send their papers there."),
    )  # fmt: skip


async def state_contact(log: Log, command: StateContact) -> Appended:
    return await change(log, Party, command.party, command, state)


def state(party: Party, command: StateContact) -> None:
    if party.kind not in REACHED:
        raise Refused(_NO_LETTERS)
    known = {"phone": command.phone, "address": command.address}
    party.record(ContactStated, command, party=party.ref, **known)


async def contact_of(log: Log, party: UUID) -> ContactStated | None:
    """The latest word on where the body is reached; None where none was given."""
    history = [each.event for each in await log.load(party)]
    return next((e for e in reversed(history) if isinstance(e, ContactStated)), None)


_NO_LETTERS = Words("这类单位不制作文书，不用登记", "Such a party writes no letters")
