"""Rule: one clock of the register: from what, how long, by which law at which time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from events.words import Words
from services.clocks.rules.laws import Law

#: Working days, calendar days, hours, months; a date that the record names; no number at all.
Unit = Literal["wd", "cd", "hour", "month", "date", "none"]
#: Something is due by the end; may only be done within (who lets it pass is late with nothing);
#: may not be done before; must be done so long before.
Sort = Literal["limit", "window", "block", "before"]


@dataclass(frozen=True)
class Extension:
    """By how much a period may be lengthened, by whom, how often; `length` None = as decided."""

    length: int | None
    by: Words
    times: int = 1


@dataclass(frozen=True)
class Term:
    """The period as one version of the law has it, for clocks that start while it is in force."""

    unit: Unit
    length: int | None
    basis: Words
    since: date
    until: date | None = None
    #: Kinds of pause (`PAUSES`) that are not counted.
    pauses: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()
    #: Of a window: not before so many units.
    earliest: int | None = None
    #: Whether the first day is left out, and whether a last day that is a day off moves.
    first_day: Literal["next", "same"] = "next"
    rolls: bool = True
    #: What a reader should know of it besides.
    note: Words | None = None

    def covers(self, start: date) -> bool:
        """Whether it is the law for a clock that starts on the day."""
        return self.since <= start and (self.until is None or start <= self.until)


@dataclass(frozen=True)
class Rule:
    """One clock: what must be done, from which event on, and every version of its period."""

    id: str
    what: Words
    starts: Words
    terms: tuple[Term, ...]
    sort: Sort = "limit"
    #: Topics of the events that start it (the last one counts) and that end it.
    begun_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    extended_by: tuple[str, ...] = ()
    _recent: Term = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_recent", self.terms[-1])

    def at(self, start: date) -> Term | None:
        """The law in force on the day the clock starts; None before the first one known."""
        if self._recent.covers(start):
            return self._recent
        return next((term for term in self.terms if term.covers(start)), None)


@dataclass(frozen=True)
class Pause:
    """A reason for which days are not counted, between an event and another."""

    why: Words
    short: Words
    begun_by: tuple[str, ...]
    ended_by: tuple[str, ...]


#: Every kind of pause; events are named by their topic, so that any record can emit them.
PAUSES = {
    "testing": Pause(
        Words("检测、检验、检疫、鉴定", "testing or appraisal"), Words("检测", "testing"),
        ("testing-started", "verification-paused"), ("testing-ended", "verification-resumed"),
    ),
    "identification": Pause(
        Words("权利人辨认或者鉴别", "identification by the right-holder"),
        Words("辨认", "identification"),
        ("identification-started",), ("identification-ended",),
    ),
    "suspension": Pause(
        Words("案件中止", "suspension of the case"), Words("中止", "suspension"),
        ("case-suspended",), ("case-resumed",)
    ),
    "hearing": Pause(
        Words("听证", "hearing"), Words("听证", "hearing"),
        ("hearing-opened",), ("hearing-ended",),
    ),
    "notice": Pause(
        Words("公告", "public notice"), Words("公告", "public notice"),
        ("public-notice-begun",), ("public-notice-ended",)
    ),
    "refund": Pause(
        Words("责令退还多收价款", "ordered refunds"), Words("退款", "refunds"),
        ("refund-ordered",), ("refund-ended",)
    ),
}  # fmt: skip


class BadRules(Exception):
    """The set of rules cannot be used; says which one and why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.zh)
        self.words = words


def term(
    unit: Unit, length: int | None, law: Law, *articles: int,
    pauses: tuple[str, ...] = (), plus: tuple[Extension, ...] = (), also: Words | None = None,
    earliest: int | None = None, first_day: Literal["next", "same"] = "next", rolls: bool = True,
    since: date | None = None, until: date | None = None, note: Words | None = None,
) -> Term:  # fmt: skip
    """A period by these articles of a law, for as long as the law is in force."""
    basis = law.article(*articles)
    if also is not None:
        basis = Words(f"{basis.zh}；{also.zh}", f"{basis.en}; {also.en}")
    return Term(
        unit, length, basis, since or law.since, until or law.until, pauses, plus, earliest,
        first_day, rolls and unit not in ("wd", "hour"), note,
    )  # fmt: skip


def checked(rules: tuple[Rule, ...]) -> dict[str, Rule]:
    """The rules by id; raises `BadRules` where two versions overlap or leave a gap."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in found:
            raise BadRules(Words(f"计时规则 {rule.id} 出现了两次", f"Rule {rule.id} stands twice"))
        _check_terms(rule)
        found[rule.id] = rule
    return found


def _check_terms(rule: Rule) -> None:
    if not rule.terms:
        raise BadRules(Words(f"计时规则 {rule.id} 没有期限", f"Rule {rule.id} has no period"))
    for earlier, later in zip(rule.terms, rule.terms[1:], strict=False):
        ends = earlier.until
        if ends is None or ends >= later.since:
            raise BadRules(_OVERLAP.fill(id=rule.id, since=later.since, ends=ends or "…"))
        if ends + timedelta(days=1) != later.since:
            raise BadRules(_GAP.fill(id=rule.id, ends=ends, since=later.since))


_OVERLAP = Words(
    "计时规则 {id}：{since}起施行的版本与前一版本（至 {ends}）重叠，请写明前一版本的最后一天",
    "Rule {id}: the version in force from {since} overlaps the one before (until {ends}); "
    "give the last day of the one before",
)
_GAP = Words(
    "计时规则 {id}：{ends}之后到 {since}之前没有任何版本，请补上这段时间的依据",
    "Rule {id}: between {ends} and {since} no version is in force; add the law of that time",
)


def ending(each: Term, last: date) -> Term:
    """The term, in force until this day only."""
    return replace(each, until=last)
