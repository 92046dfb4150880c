"""Reports (举报): clues of a violation, from what is told to how it ended (SAMR Order 121).

Who told it stands elsewhere (`informants.py`). No event of a report names an enterprise in a field
of that name: whatever is shown of an enterprise to others finds nothing here.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from events.event import Event, PartyRef, Personal
from events.keyring import INFORMANTS
from events.report_terms import NOT_FILED_GROUNDS, REWARD_LEVELS, UNMASK_GROUNDS
from events.terms import Money
from events.words import Words

REPORTER = Words("举报人", "The reporter")


class ReportEvent(Event, frozen=True, kw_only=True):
    """What all events of a report say: its number, and who alone may know of it."""

    DOMAIN: ClassVar[str] = INFORMANTS

    number: str
    handler: PartyRef

    @property
    def only_for(self) -> str:
        """The one party that may read it in any list (121 §37)."""
        return self.handler.id

    def _actor(self) -> Words:
        """She reports, also where a clerk wrote down what she said."""
        if self.by.party.kind == "consumer":
            return REPORTER
        who = super()._actor()
        if not self.by.on_behalf_of:
            return who
        return Words(f"举报人（由 {who.zh} 代为记录）", f"The reporter (recorded by {who.en})")


class ReportRegistered(ReportEvent, frozen=True, kw_only=True):
    """A report was received and got its number (121 §28)."""

    TOPIC = "report-registered"
    SAYS = Words(
        "{by} 提出举报 {number}（{informant}），被举报人：{respondent}",
        "{by} made report {number} ({informant}) about {respondent}",
    )

    #: The stream of who told it, and what she is called here.
    informant: str
    informant_number: int
    anonymous: bool
    told: Personal
    respondent: str
    respondent_address: str = ""
    reported: PartyRef | None = None
    category: str = "other"
    product: str = ""
    danger: bool = False
    reward_wanted: bool = False
    #: SHA-256 of the query code that she alone has.
    query: str = ""
    #: What was told together with it, in other records.
    submission: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "informant": reporter_number(self.informant_number)}


def reporter_number(number: int) -> Words:
    """What a reporter is called by those who handle the report."""
    return Words(f"举报人 {number} 号", f"reporter no. {number}")


class ReportSupplemented(ReportEvent, frozen=True, kw_only=True):
    """The reporter told more."""

    TOPIC = "report-supplemented"
    SAYS = Words("{by} 补充了举报 {number} 的内容", "{by} added to report {number}")

    told: Personal


class ReportWithdrawn(ReportEvent, frozen=True, kw_only=True):
    """The reporter no longer upholds it; the clue is verified all the same."""

    TOPIC = "report-withdrawn"
    SAYS = Words(
        "{by} 撤回举报 {number}，线索继续核查",
        "{by} withdrew report {number}; its clue is still verified",
    )

    told: Personal | None = None


class PowerLackingTold(ReportEvent, frozen=True, kw_only=True):
    """The reporter was told that this body has no power, and where to go (121 §34)."""

    TOPIC = "power-lacking-told"
    SAYS = Words(
        "{by} 告知举报人：举报 {number} 不在本单位权限内，请向{where}提出。{reason}",
        "{by} told the reporter that report {number} is outside its power; to turn to {where}. "
        "{reason}",
    )

    where: str


class DuplicateRecorded(ReportEvent, frozen=True, kw_only=True):
    """The same reporter reported the same facts again: nothing further is done (121 §35)."""

    TOPIC = "duplicate-recorded"
    SAYS = Words(
        "{by} 认定举报 {number} 重复举报 {earlier}，不再另行处理：{reason}",
        "{by} found report {number} to repeat {earlier}; it is not handled again: {reason}",
    )

    earlier: str


class ReportMerged(ReportEvent, frozen=True, kw_only=True):
    """New facts of the same reporter went into her earlier report (121 §35)."""

    TOPIC = "report-merged"
    SAYS = Words(
        "{by} 将举报 {number} 并入 {into}：{reason}",
        "{by} merged report {number} into {into}: {reason}",
    )

    into: str


class NewFactsMerged(ReportEvent, frozen=True, kw_only=True):
    """A later report's facts came in; the time to verify runs anew from that one (121 §35)."""

    TOPIC = "new-facts-merged"
    SAYS = Words(
        "{by} 将举报 {later} 的新事实并入 {number}，核查期限自{since}收到起重新计算",
        "{by} merged the new facts of {later} into report {number}; "
        "the time to verify runs anew from {since}",
    )

    later: str
    later_id: str
    since: date


class VerificationStarted(ReportEvent, frozen=True, kw_only=True):
    """Verification of the clue began (121 §35; Order 2 §18)."""

    TOPIC = "verification-started"
    SAYS = Words("{by} 开始核查举报 {number}", "{by} began to verify report {number}")


class VerificationExtended(ReportEvent, frozen=True, kw_only=True):
    """The head gave fifteen working days more, once (Order 2 §18)."""

    TOPIC = "verification-extended"
    SAYS = Words(
        "{by} 批准举报 {number} 的核查延长十五个工作日：{reason}",
        "{by} extended the verification of report {number} by fifteen working days: {reason}",
    )


class VerificationPaused(ReportEvent, frozen=True, kw_only=True):
    """Testing, inspection, appraisal or identification began; its days are not counted."""

    TOPIC = "verification-paused"
    SAYS = Words(
        "{by} 因“{what}”暂停计算举报 {number} 的核查期限",
        "{by} stopped the time to verify report {number} for: {what}",
    )

    what: str


class VerificationResumed(ReportEvent, frozen=True, kw_only=True):
    """The result is there; the days count again."""

    TOPIC = "verification-resumed"
    SAYS = Words(
        "{by} 收到结果（{result}），恢复计算举报 {number} 的核查期限",
        "{by} has the result ({result}); the time to verify report {number} runs again",
    )

    result: str


class ReportFiled(ReportEvent, frozen=True, kw_only=True):
    """The head decided to take the matter up as a case (Order 2 §19)."""

    TOPIC = "report-filed"
    SAYS = Words(
        "{by} 对举报 {number} 决定立案，跟进 {follow_up_number}：{reason}",
        "{by} decided to file on report {number}, follow-up {follow_up_number}: {reason}",
    )

    follow_up: str
    follow_up_number: str


class ReportNotFiled(ReportEvent, frozen=True, kw_only=True):
    """The head decided not to, on a ground of Order 2 §20 or for want of a violation."""

    TOPIC = "report-not-filed"
    SAYS = Words(
        "{by} 对举报 {number} 决定不予立案（{ground}）：{reason}",
        "{by} decided not to file on report {number} ({ground}): {reason}",
    )

    ground: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": NOT_FILED_GROUNDS[self.ground]}


class ReportResultNotified(ReportEvent, frozen=True, kw_only=True):
    """The reporter was told the result, because a law says so (121 §36)."""

    TOPIC = "report-result-notified"
    SAYS = Words(
        "{by} 依{law}将举报 {number} 的结果告知举报人：{result}",
        "{by} told the reporter the result of report {number} under {law}: {result}",
    )

    law: str
    result: str


class RewardEvent(ReportEvent, frozen=True, kw_only=True):
    """About the reward for a report that proved true."""

    level: str
    amount: Money

    def _values(self) -> dict[str, object]:
        values = {**super()._values(), "level": REWARD_LEVELS[self.level]}
        return {**values, "amount": self.amount.said()}


class RewardProposed(RewardEvent, frozen=True, kw_only=True):
    """A reward was proposed, by level and by what was fined and confiscated."""

    TOPIC = "reward-proposed"
    SAYS = Words(
        "{by} 提出对举报 {number} 奖励 {amount}（{level}）：{reason}",
        "{by} proposed a reward of {amount} for report {number} ({level}): {reason}",
    )

    fined: Money


class RewardGranted(RewardEvent, frozen=True, kw_only=True):
    """The head granted it."""

    TOPIC = "reward-granted"
    SAYS = Words(
        "{by} 批准对举报 {number} 奖励 {amount}（{level}）",
        "{by} granted a reward of {amount} for report {number} ({level})",
    )


class RewardRefused(ReportEvent, frozen=True, kw_only=True):
    """The head did not grant it."""

    TOPIC = "reward-refused"
    SAYS = Words(
        "{by} 没有批准举报 {number} 的奖励：{reason}",
        "{by} did not grant a reward for report {number}: {reason}",
    )


class ReporterUnmasked(ReportEvent, frozen=True, kw_only=True):
    """Somebody opened who the reporter is, on what basis and why."""

    TOPIC = "reporter-unmasked"
    SAYS = Words(
        "{by} 查看了举报 {number} 举报人的身份（{ground}）：{reason}",
        "{by} unmasked the reporter of report {number} ({ground}): {reason}",
    )

    ground: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": UNMASK_GROUNDS[self.ground]}


class ReportClosed(ReportEvent, frozen=True, kw_only=True):
    """The file on the report was closed."""

    TOPIC = "report-closed"
    SAYS = Words("{by} 办结了举报 {number}", "{by} closed report {number}")
