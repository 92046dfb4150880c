"""Who owes whom an answer: every obligation between parties, open or settled."""

from services.views.obligations.groups import COUNTED, GROUPS
from services.views.obligations.obligations import Obligations, owed

__all__ = ["COUNTED", "GROUPS", "Obligations", "owed"]
