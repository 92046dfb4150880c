"""Rates: each with numerator, n, confidence interval and its definition in words.

A rate of how many were in time never stands without the rate of what came of them. What nobody
said is a class of its own, and in no denominator but shown beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

from events.words import Words

#: Of the normal distribution, for 95 %.
_Z = 1.959963984540054


class Interval(NamedTuple):
    """Between which shares the true one lies, with 95 % confidence."""

    low: float
    high: float


def wilson(k: int, n: int) -> Interval:
    """Wilson's interval of k out of n: right for few cases and for shares near 0 and 1."""
    share, z2 = k / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


class Definition(NamedTuple):
    """What a rate counts: of which group, which classes over which, and which stand beside it."""

    code: str
    group: str
    over: tuple[str, ...]
    under: tuple[str, ...]
    beside: tuple[str, ...]
    label: Words
    definition: Words


#: Classes of a group that say by which ground mediation was terminated.
GROUNDS = tuple(f"T{n}" for n in range(1, 9))
_DONE = ("in_time", "afterwards", "late")
_BESIDE = ("afterwards", "open", "no_limit")
_TIMELY = Words(
    "分母是已经答复的和已过最迟日期还没有答复的；已记录逾期、之后才补录为按期的不算按时，另列件数；"
    "没到期的、没有法定期限的另列，不在分母中",
    "Out of what was answered or is past its latest day; what was noted as late and entered as in "
    "time afterwards does not count as in time and is told beside it; what is not due yet or has "
    "no limit stands beside it and is not in n",
)
RATES = (
    Definition("decision", "decision", ("in_time",), _DONE, _BESIDE,
        Words("按时决定是否受理", "decided in time"), _TIMELY),
    Definition("mediation", "mediation", ("in_time",), _DONE, _BESIDE,
        Words("调解按时", "mediation in time"), _TIMELY),
    Definition("accepted", "intake", ("accepted",), ("accepted", "refused"),
        ("withdrawn", "merged", "undecided"),
        Words("受理", "accepted"),
        Words("分母是受理的和不予受理的；决定前撤回、并案的，和还没有决定的另列",
              "Out of those accepted and refused; withdrawn or merged before that, and those not "
              "decided yet, stand beside it")),
    Definition("agreed", "outcome", ("agreed",), ("agreed", *GROUNDS),
        ("withdrawn", "refused", "merged", "none"),
        Words("达成", "agreed"),
        Words("分母是达成协议的和终止调解的；撤回、不予受理、并案、还没有结果的另列",
              "Out of agreements and terminations; withdrawn, refused, merged and without outcome "
              "yet stand beside it")),
    Definition("kept", "kept", ("kept",), ("kept", "defaulted"), ("not_said",),
        Words("协议履行", "agreements kept"),
        Words("分母是有人说明履行或者未履行的协议；没有人说明的另列",
              "Out of agreements of which somebody said whether they were kept; the rest stands "
              "beside it")),
    Definition("satisfied", "satisfaction", ("satisfied",), ("satisfied", "unsatisfied"),
        ("silent",),
        Words("满意", "satisfied"),
        Words("分母是评价了的消费者；没有评价的另列，不算满意",
              "Out of consumers who said; those who did not stand beside it and count as "
              "neither")),
    Definition("council_regulator", "council_regulator", ("in_time",), _DONE, _BESIDE,
        Words("消委会按时答复监管部门", "council answered the regulator in time"), _TIMELY),
    Definition("regulator_council", "regulator_council", ("in_time",), _DONE, _BESIDE,
        Words("监管部门按时答复消委会", "regulator answered the council in time"), _TIMELY),
    Definition("enterprise_desk", "enterprise_desk", ("in_time",), _DONE, _BESIDE,
        Words("企业按时答复承办单位", "enterprise answered the desk in time"), _TIMELY),
)  # fmt: skip


class Rate(NamedTuple):
    """One rate: k of n, or withheld from the public because n is small but not 0."""

    about: Definition
    k: int
    n: int
    beside: dict[str, int]
    withheld: bool = False

    @property
    def share(self) -> float | None:
        return self.k / self.n if self.n and not self.withheld else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.k, self.n) if self.n and not self.withheld else None


def rates(groups: Mapping[str, Mapping[str, int] | None]) -> list[Rate]:
    """Every rate of these groups, in order; a group that is None is withheld."""
    return [_rate(each, groups.get(each.group, {})) for each in RATES]


def _rate(about: Definition, counts: Mapping[str, int] | None) -> Rate:
    if counts is None:
        return Rate(about, 0, 0, {}, withheld=True)
    k = sum(counts.get(name, 0) for name in about.over)
    n = sum(counts.get(name, 0) for name in about.under)
    beside = {name: counts[name] for name in about.beside if counts.get(name)}
    return Rate(about, k, n, beside)
