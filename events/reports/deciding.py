"""A report is verified, decided on, told of and closed; its reporter is unmasked."""

from __future__ import annotations

from events.report_terms import NOT_FILED_GROUNDS, UNMASK_GROUNDS
from events.reports.report import ReportEvent
from events.words import Words


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
