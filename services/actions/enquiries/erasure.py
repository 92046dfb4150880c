"""Erasure of what is kept of who asked: name, telephone, e-mail, question and answer (PIPL §47).

The steps are those of every deletion (`services/actions/erasure.py`). Who waits for an answer is
answered first; afterwards only the policy on retention stands against it. She asks herself, or the
body enters it for her; it checks, and its head approves.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from events.erasure import KEPT_STANDS
from events.log import Appended
from events.words import Words
from services.actions import erasure
from services.actions.change import Log, change
from services.actions.enquiries.enquiry import Enquiry, OnEnquiry
from services.actions.erasure import About, Hold, retained


class RequestAskerErasure(OnEnquiry, erasure.Requests):
    """Ask that what is kept of her be deleted."""

    SAYS = Words("请求删除咨询人信息", "Ask for the data of who asked to be deleted")


class CheckAskerErasure(OnEnquiry, erasure.Checks):
    """State that nothing forbids it."""


class EraseAsker(OnEnquiry, erasure.Erases):
    """Have it deleted, as the second person."""

    SAYS = Words("批准并删除咨询人信息", "Approve, and delete the data of who asked")


class RefuseAskerErasure(OnEnquiry, erasure.Refuses):
    """Say why it is not deleted."""


STEPS: tuple[type[OnEnquiry], ...] = (
    RequestAskerErasure, CheckAskerErasure, EraseAsker, RefuseAskerErasure,
)  # fmt: skip


async def asker_erasure_step(log: Log, command: OnEnquiry) -> Appended:
    """Take a step of the deletion."""
    return await change(log, Enquiry, command.enquiry, command, take)


def take(enquiry: Enquiry, command: OnEnquiry) -> None:
    about = About(enquiry.data, KEPT_STANDS, partial(_say, enquiry), [str(enquiry.id)])
    last = enquiry.said_on or command.on
    erasure.take(about, command, holds(enquiry.state, last, command.on))


def _say(enquiry: Enquiry, kind: type, command: OnEnquiry, **fields: object) -> None:
    about = {"kept": "enquiry", "party": enquiry.unit, "person": str(enquiry.id)}
    enquiry.record(kind, command, **about, **fields)


def holds(state: str, last_on: date, on: date) -> list[Hold]:
    """What speaks against deleting it on this day; `last_on` = when she was last answered."""
    return [Hold(_WAITS, law=True)] if state == "asked" else retained(last_on, on)


def possible(standing: str) -> tuple[str, ...]:
    """The commands that fit where the data stands."""
    return erasure.possible(standing, STEPS)


_WAITS = Words(
    "咨询还没有答复，答复需要这些信息。请先答复。",
    "The enquiry waits for an answer, which needs them. Answer it first.",
)
