"""Restricting: a case is hidden from all who have no part in it, until that is lifted."""

from __future__ import annotations

from events.log import Appended
from events.sharing import CaseRestricted, RestrictionLifted
from events.words import Words
from services.actions.change import Log
from services.actions.command import Reason, ask
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.refused import AlreadyDecided, Refused
from services.actions.shared import Shared


class RestrictCase(OnRecord):
    """Hide it from everybody who has no part in it."""

    SAYS = Words("限制查阅", "Restrict")

    reason: Reason = ask(
        "为什么要限制查阅？", "Why is it restricted?", widget="area",
        hint=Words("没有参与的单位将看不到这件记录存在。", "Others will not see that it exists."),
    )  # fmt: skip


async def restrict_case(log: Log, command: RestrictCase) -> Appended:
    return await on_record(log, command, restrict)


def restrict(record: Shared, command: RestrictCase) -> None:
    if record.restricted:
        raise AlreadyDecided(_IS)
    if why := record.why_open():
        raise Refused(why)
    record.share(CaseRestricted, command, reason=command.reason)


class LiftRestriction(OnRecord):
    """Let it be seen again like others of its kind."""

    SAYS = Words("解除查阅限制", "Lift the restriction")

    reason: Reason = ask("为什么解除？", "Why is it lifted?", widget="area")


async def lift_restriction(log: Log, command: LiftRestriction) -> Appended:
    return await on_record(log, command, lift)


def lift(record: Shared, command: LiftRestriction) -> None:
    if not record.restricted:
        raise AlreadyDecided(_IS_NOT)
    record.share(RestrictionLifted, command, reason=command.reason)


_IS = Words("这件记录已经限制查阅", "It is restricted already")
_IS_NOT = Words("这件记录没有限制查阅", "It is not restricted")
