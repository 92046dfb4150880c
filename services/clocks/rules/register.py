"""The register: every clock of the field under its id; a rule of several parts has letters."""

from __future__ import annotations

from events.words import Words
from services.clocks.rules.agreed import AGREED
from services.clocks.rules.cases import CASES
from services.clocks.rules.complaints import COMPLAINTS
from services.clocks.rules.enquiries import ENQUIRIES
from services.clocks.rules.instruments import INSTRUMENTS
from services.clocks.rules.mediation import MEDIATION
from services.clocks.rules.products import PLATFORMS, PUBLICATION, RECALL, SAMPLING
from services.clocks.rules.rule import Rule, checked

RULES = checked(
    (
        *COMPLAINTS, *MEDIATION, *ENQUIRIES, *CASES, *PUBLICATION, *SAMPLING, *PLATFORMS, *RECALL,
        *AGREED, *INSTRUMENTS,
    )
)  # fmt: skip


class UnknownRule(Exception):
    """No clock has this id; says which are near."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.zh)
        self.words = words


def ruled(id: str) -> Rule:
    """The rule as it is typed (c1, C25b); raises `UnknownRule` with what there is instead."""
    typed = id.strip()
    name = typed[:1].upper() + typed[1:].lower()
    if name in RULES:
        return RULES[name]
    if parts := [each for each in RULES.values() if each.id[:-1] == name]:
        zh = "；".join(f"{each.id} {each.what.zh}" for each in parts)
        en = "; ".join(f"{each.id} {each.what.en}" for each in parts)
        raise UnknownRule(Words(f"{name} 分为几项，请写明：{zh}", f"{name} has parts: {en}"))
    raise UnknownRule(
        Words(
            f"没有计时规则“{typed}”。规则编号是 C1 至 C40（如 C1、C25b）、D1 至 D3 和 M1 至 M21",
            f"There is no rule {typed!r}. "
            "Rules are C1 to C40 (such as C1, C25b), D1 to D3 and M1 to M21",
        )
    )
