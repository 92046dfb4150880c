"""The pledge board: pledges with their wordings, who signed, evidence, questions, breaches."""

from services.views.pledge_board.board import LISTS, OFFERS, PledgeBoard

__all__ = ["LISTS", "OFFERS", "PledgeBoard"]
