"""Sides: what consumer and business do themselves, and the body only records for them."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from events.complaints.terms import SIDES
from events.event import Personal
from events.words import Words
from services.actions.command import Given, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.refused import Refused

Side = Literal["consumer", "enterprise"]


class OfASide(OnComplaint):
    """An act of one side; staff say for whom they record it."""

    whose: Annotated[Given, one_of(SIDES)] = ask(
        "是哪一方？", "Which side?", widget="radios", options=SIDES
    )


def side_of(complaint: Complaint, command: OfASide) -> Side:
    """The side; nobody speaks for the other one."""
    own = {"complainant": "consumer", "respondent": "enterprise"}.get(
        complaint.relation(command.by), command.whose
    )
    if own != command.whose:
        raise Refused(Words("只能代表自己一方", "You can only speak for your own side"), "whose")
    return cast(Side, own)


def told_or_none(complaint: Complaint, command: OnComplaint, name: str) -> Personal | None:
    """What was typed, sealed; None where nothing was."""
    return personal(complaint.id, command, name) if getattr(command, name) else None


def refuse_unless_mediating(complaint: Complaint, command: OnComplaint) -> None:
    """An entrusted mediation is led by whom it is entrusted to, any other by the body itself."""
    mediator = complaint.mediator
    if mediator is not None and complaint.relation(command.by) == "handler":
        raise Refused(
            Words(
                f"已委托{mediator.name}调解，由受托单位办理。要自己办理，请先结束委托。",
                f"{mediator.name} is entrusted with the mediation and does this. "
                "End the entrustment first to do it yourselves.",
            )
        )
