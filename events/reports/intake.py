"""A report comes in: told, added to, withdrawn, told elsewhere, repeated, merged, taken back."""

from __future__ import annotations

from datetime import date

from events.event import PartyRef, Personal
from events.reports.report import ReportEvent, reporter_number
from events.words import Words


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


class ReportTakenBack(ReportEvent, frozen=True, kw_only=True):
    """It was none: the split it came from was undone."""

    TOPIC = "report-taken-back"
    SAYS = Words(
        "{by} 撤销了分出的举报 {number}：{reason}", "{by} took back report {number}: {reason}"
    )
