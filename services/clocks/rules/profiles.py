"""Profiles: what a province's own rules give councils as days; no number is a profile too.

The national law leaves the days of consumer councils to the provinces. A profile answers for
C8 (accept), C9 (mediate) and C10 (the regulator's answer); what it does not name stays as the
national law has it, without a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from events.words import Words
from services.clocks.rules.laws import SHANGHAI, ZHEJIANG
from services.clocks.rules.register import RULES
from services.clocks.rules.rule import Extension, Rule, Term, ending, term

NO_NUMBER = Words("无法定天数，按档案", "no statutory number, by profile")
_STORED = Words(
    "按本平台保存的地方条文，可能已有修订",
    "by the provincial text kept here, which may have changed",
)
_BOTH = Words("双方同意", "both parties agree")


@dataclass(frozen=True)
class Profile:
    """The days of one province's councils, with their citations."""

    code: str
    name: Words
    terms: Mapping[str, Term] = field(default_factory=dict)


PROFILES = {
    each.code: each
    for each in (
        Profile("fujian", Words("福建", "Fujian")),
        Profile("zhejiang", Words("浙江", "Zhejiang"), {
            "C8": term("wd", 5, ZHEJIANG, 32, note=_STORED),
            "C9": term("wd", 10, ZHEJIANG, 32, pauses=("testing",), note=_STORED),
            "C10": term("wd", 5, ZHEJIANG, 32, note=_STORED),
        }),
        Profile("shanghai", Words("上海", "Shanghai"), {
            "C9": term("cd", 60, SHANGHAI, 55, 56, pauses=("testing",),
                       plus=(Extension(30, _BOTH),), note=_STORED),
        }),
    )
}  # fmt: skip


@cache
def by_profile(id: str, profile: str = "") -> Rule:
    """The rule as it is for councils of this province; all others as they stand."""
    rule = RULES[id]
    if id not in ("C8", "C9", "C10"):
        return rule
    own = PROFILES.get(profile) or Profile("", NO_NUMBER)
    if id in own.terms:
        return replace(rule, terms=(*_until(rule, own.terms[id]), own.terms[id]))
    said = Words(f"{own.name.zh}：{NO_NUMBER.zh}", f"{own.name.en}: {NO_NUMBER.en}")
    return (
        replace(rule, terms=tuple(_saying(each, said) for each in rule.terms)) if profile else rule
    )


def _until(rule: Rule, own: Term) -> tuple[Term, ...]:
    """What held before the province had its own number."""
    before = [each for each in rule.terms if each.since < own.since]
    return (*before[:-1], ending(before[-1], own.since - timedelta(days=1))) if before else ()


def _saying(each: Term, said: Words) -> Term:
    basis = Words(f"{each.basis.zh}；{said.zh}", f"{each.basis.en}; {said.en}")
    return replace(each, basis=basis)
