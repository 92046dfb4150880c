"""RULES OF THE CLOCKS: the register C1–C40 as data, by subject; checked when it is loaded."""

from services.clocks.rules.profiles import PROFILES, Profile, by_profile
from services.clocks.rules.register import RULES, UnknownRule, ruled
from services.clocks.rules.rule import Rule, Term, Unit

__all__ = [
    "PROFILES", "RULES", "Profile", "Rule", "Term", "Unit", "UnknownRule", "by_profile", "ruled",
]  # fmt: skip
