"""Pledges (自律承诺): an association's text, its members' signatures, evidence and judgement."""

from __future__ import annotations

from datetime import date

from events.event import Event, PartyRef
from events.words import Code, Words

#: What in the shared record a rule may point at as a possible breach.
BREACH_CAUSES = Code(
    "breach_cause",
    {
        "directive": Words("被监管部门责令改正", "ordered to correct by the regulator"),
        "recheck": Words("整改复查不合格", "failed the regulator's re-check"),
    },
)


class PledgeEvent(Event, frozen=True, kw_only=True):
    """About the text of a pledge: its number, title and the association."""

    number: str
    title: str
    association: PartyRef


class PledgeDrafted(PledgeEvent, frozen=True, kw_only=True):
    """An association drafted a pledge with what is measured, the target and the period."""

    TOPIC = "pledge-drafted"
    SAYS = Words("{by} 起草了自律承诺 {number}《{title}》", "{by} drafted pledge {number}, {title}")

    text: str
    metric: str
    target: str
    evidence: str
    period_from: date
    period_to: date


class PledgePublished(PledgeEvent, frozen=True, kw_only=True):
    """The text was published and is frozen; `text_hash` is its SHA-256 (hex)."""

    TOPIC = "pledge-published"
    SAYS = Words(
        "{by} 发布了自律承诺 {number}《{title}》", "{by} published pledge {number}, {title}"
    )

    text_hash: str


class MemberPledgeEvent(Event, frozen=True, kw_only=True):
    """About one member's signed pledge."""

    number: str
    pledge: str
    title: str
    association: PartyRef
    enterprise: PartyRef


class PledgeSigned(MemberPledgeEvent, frozen=True, kw_only=True):
    """A pledge was signed for a member."""

    TOPIC = "pledge-signed"
    SAYS = Words(
        "{by} 为“{enterprise}”签署承诺《{title}》",
        "{by} signed the pledge {title} for {enterprise}",
    )

    period_from: date
    period_to: date


class EvidenceSubmitted(MemberPledgeEvent, frozen=True, kw_only=True):
    """Evidence for a pledge was submitted; self-declared until somebody else has checked it."""

    TOPIC = "evidence-submitted"
    SAYS = Words(
        "{by} 就“{enterprise}”的承诺《{title}》提交证明材料：{what}",
        "{by} submitted evidence on the pledge {title} of {enterprise}: {what}",
    )

    what: str


class PledgeMet(MemberPledgeEvent, frozen=True, kw_only=True):
    """The association judged that the member met the pledge in its period."""

    TOPIC = "pledge-met"
    SAYS = Words(
        "{by} 认定“{enterprise}”履行了承诺《{title}》：{reason}",
        "{by} judged that {enterprise} met the pledge {title}: {reason}",
    )


class PledgeNotMet(MemberPledgeEvent, frozen=True, kw_only=True):
    """The association judged that the member did not meet the pledge in its period."""

    TOPIC = "pledge-not-met"
    SAYS = Words(
        "{by} 认定“{enterprise}”未履行承诺《{title}》：{reason}",
        "{by} judged that {enterprise} did not meet the pledge {title}: {reason}",
    )


class PledgeSpotChecked(MemberPledgeEvent, frozen=True, kw_only=True):
    """Somebody else looked at a sample; `percent` = the target of the pledge, 0 = it names none."""

    TOPIC = "pledge-spot-checked"
    SAYS = Words(
        "{by} 抽查“{enterprise}”的承诺《{title}》：{sample} 件中 {conforming} 件符合，{result}",
        "{by} spot-checked the pledge {title} of {enterprise}: {conforming} of {sample} conform, "
        "{result}",
    )

    sample: int
    conforming: int
    percent: int = 0
    how: str = ""

    @property
    def falls_short(self) -> bool:
        """Whether fewer conform than the pledge promises."""
        return short_of(self.sample, self.conforming, self.percent)

    def _values(self) -> dict[str, object]:
        result = spot_checked(self.sample, self.conforming, self.percent)
        return {**super()._values(), "result": result}


def short_of(sample: int, conforming: int, percent: int) -> bool:
    """Whether the share is below the target; exact, never rounded."""
    return conforming * 100 < percent * sample


def spot_checked(sample: int, conforming: int, percent: int) -> Words:
    """What a spot check found, e.g. 抽查 90%，未达到 95%; a share is never rounded up."""
    share = f"{conforming * 1000 // sample / 10:.1f}".removesuffix(".0") + "%"
    if not percent:
        return Words(f"抽查 {share}", f"spot check {share}")
    if short_of(sample, conforming, percent):
        return Words(f"抽查 {share}，未达到 {percent}%", f"spot check {share}, short of {percent}%")
    return Words(f"抽查 {share}，达到 {percent}%", f"spot check {share}, target {percent}% met")


class PledgeWithdrawn(MemberPledgeEvent, frozen=True, kw_only=True):
    """A signed pledge was withdrawn; the history stays."""

    TOPIC = "pledge-withdrawn"
    SAYS = Words(
        "{by} 撤回“{enterprise}”的承诺《{title}》：{reason}",
        "{by} withdrew the pledge {title} of {enterprise}: {reason}",
    )


class BreachSuspected(MemberPledgeEvent, frozen=True, kw_only=True):
    """The shared record shows something that may breach the pledge: a question, not a verdict."""

    TOPIC = "breach-suspected"
    SAYS = Words(
        "{by} 提示“{enterprise}”可能违反承诺《{title}》：{cause}（{cause_number}）",
        "{by} pointed out a possible breach of the pledge {title} by {enterprise}: "
        "{cause} ({cause_number})",
    )

    cause: str
    cause_number: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "cause": BREACH_CAUSES[self.cause]}


class MemberQuestioned(MemberPledgeEvent, frozen=True, kw_only=True):
    """The association asked its member to explain (its own rule: within 10 working days)."""

    TOPIC = "member-questioned"
    SAYS = Words(
        "{by} 就承诺《{title}》询问“{enterprise}”：{question}",
        "{by} asked {enterprise} about the pledge {title}: {question}",
    )

    question: str


class QuestionAnswered(MemberPledgeEvent, frozen=True, kw_only=True):
    """The member answered its association's question."""

    TOPIC = "question-answered"
    SAYS = Words(
        "{by} 就承诺《{title}》答复询问：{answer}",
        "{by} answered the question on the pledge {title}: {answer}",
    )

    answer: str

    def _actor(self) -> Words:
        """The member answers, also where its association recorded it."""
        who = super()._actor()
        if not self.by.on_behalf_of:
            return who
        name = self.by.on_behalf_of
        return Words(f"“{name}”（由 {who.zh} 代为记录）", f"{name} (recorded by {who.en})")
