"""Sharing: parts of other parties in a case, of whatever kind (R17, R21).

The party in charge offers a part as contributor or reader; it binds when the other accepts. A
higher level waits for acceptance too, a lower one binds at once. A contributor adds evidence and
statements of its own (`evidence`), a reader reads. A restricted case is seen by its own parties
and by those with a part, and by nobody else: `services/access.py` decides, by the rights to see.
"""

from services.actions.sharing.answering import (
    AcceptRelation,
    DeclineRelation,
    GiveUpRelation,
    accept_relation,
    decline_relation,
    give_up_relation,
)
from services.actions.sharing.moving import MoveRelation, move_relation
from services.actions.sharing.offering import (
    ChangeLevel,
    OfferRelation,
    PrescribeRelation,
    WithdrawRelation,
    change_level,
    offer_relation,
    prescribe_relation,
    withdraw_relation,
)
from services.actions.sharing.restricting import (
    LiftRestriction,
    RestrictCase,
    lift_restriction,
    restrict_case,
)

__all__ = [
    "AcceptRelation",
    "ChangeLevel",
    "DeclineRelation",
    "GiveUpRelation",
    "LiftRestriction",
    "MoveRelation",
    "OfferRelation",
    "PrescribeRelation",
    "RestrictCase",
    "WithdrawRelation",
    "accept_relation",
    "change_level",
    "decline_relation",
    "give_up_relation",
    "lift_restriction",
    "move_relation",
    "offer_relation",
    "prescribe_relation",
    "restrict_case",
    "withdraw_relation",
]
