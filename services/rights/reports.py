"""Rights on reports: the regulator that handles one, its head for what only she decides."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import STAFF

_REGULATOR, _HEAD, _CONSUMER = ("regulator",), ("head",), ("consumer",)
OPEN = ("received", "verifying", "paused")
#: Every state of a report.
ANY = (
    *OPEN, "no_power_told", "duplicate_recorded", "merged", "filed", "not_filed",
    "result_notified", "reward_review", "closed", "taken_back",
)  # fmt: skip


def _staff(command: str, *states: str) -> Right:
    return Right(command, _REGULATOR, STAFF, ("handler",), states)


def _head(command: str, *states: str) -> Right:
    return Right(command, _REGULATOR, _HEAD, ("handler",), states)


def _reporter(command: str, *states: str) -> Right:
    return Right(command, _CONSUMER, _CONSUMER, ("reporter",), states)


REPORTS = (
    Right("RegisterReport", _CONSUMER, _CONSUMER, ("new",)),
    Right("RegisterReport", _REGULATOR, STAFF, ("new",)),
    _staff("SupplementReport", *OPEN),
    _reporter("SupplementReport", *OPEN),
    _staff("WithdrawReport", *OPEN),
    _reporter("WithdrawReport", *OPEN),
    _staff("TellNoPower", "received", "verifying"),
    _staff("MarkDuplicate", "received"),
    _staff("MergeWithNewFacts", "received"),
    _staff("TakeBackReport", "received"),
    _staff("TakeInNewFacts", *OPEN),
    _staff("StartVerification", "received"),
    _head("ExtendVerification", "verifying", "paused"),
    _staff("PauseForTesting", "verifying"),
    _staff("EndTesting", "paused"),
    _head("DecideFiling", "verifying"),
    _head("DecideNotFiling", "verifying"),
    _staff("NotifyResult", "filed", "not_filed"),
    _staff("ProposeReward", "filed", "result_notified"),
    _head("DecideReward", "reward_review"),
    _staff("UnmaskReporter", *ANY),
    _staff(
        "CloseReport", "no_power_told", "duplicate_recorded", "merged", "filed", "not_filed",
        "result_notified", "reward_review",
    ),
    _reporter("RequestInformantErasure", *ANY),
    _staff("RequestInformantErasure", *ANY),
    # Who checks and who approves are two people; the rule asks.
    _staff("CheckInformantErasure", *ANY),
    _staff("RefuseInformantErasure", *ANY),
    _head("EraseInformant", *ANY),
)  # fmt: skip
