"""States of a report: their names, and which event leads to which."""

from __future__ import annotations

from events.event import Event
from events.reports.deciding import (
    ReportClosed,
    ReportFiled,
    ReportNotFiled,
    ReportResultNotified,
    VerificationPaused,
    VerificationResumed,
    VerificationStarted,
)
from events.reports.intake import (
    DuplicateRecorded,
    PowerLackingTold,
    ReportMerged,
    ReportRegistered,
    ReportTakenBack,
)
from events.reports.reward import RewardProposed
from events.words import Code, Words

STATES = Code(
    "report_state",
    {
        "received": Words("已收到", "received"),
        "no_power_told": Words("已告知无权处理", "told: no power"),
        "duplicate_recorded": Words("重复举报", "duplicate"),
        "merged": Words("已并入先前举报", "merged"),
        "verifying": Words("核查中", "in verification"),
        "paused": Words("检验检测中，期限暂停", "testing, time stopped"),
        "filed": Words("已立案", "filed"),
        "not_filed": Words("不予立案", "not filed"),
        "result_notified": Words("已告知结果", "result told"),
        "reward_review": Words("奖励审核中", "reward under review"),
        "closed": Words("已办结", "closed"),
        "taken_back": Words("已撤销分出", "split undone"),
    },
)
STATE_AFTER: dict[type[Event], str] = {
    ReportRegistered: "received",
    PowerLackingTold: "no_power_told",
    DuplicateRecorded: "duplicate_recorded",
    ReportMerged: "merged",
    VerificationStarted: "verifying",
    VerificationPaused: "paused",
    VerificationResumed: "verifying",
    ReportFiled: "filed",
    ReportNotFiled: "not_filed",
    ReportResultNotified: "result_notified",
    RewardProposed: "reward_review",
    ReportClosed: "closed",
    ReportTakenBack: "taken_back",
}
