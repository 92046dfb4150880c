"""Re-check: somebody looks again; the matter is put right or it is not.

No answer after its date counts as not put right; before that date nobody may say so.
"""

from __future__ import annotations

from events.enforcement import RecheckFailed, RecheckPassed
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, ask
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.refused import Refused

_STILL_IN_TIME = Words(
    "企业在 {due}前都可以答复，现在不能判定不合格；到期仍未答复时再记录",
    "The enterprise may still answer until {due}; record this when that date has passed",
)

_NOT_VERIFIED = Words(
    "企业提交了整改证据，两人核验还没有完成，现在不能复查定论。请先完成核验。",
    "The enterprise handed in evidence that two officers have not finished verifying; "
    "that comes first.",
)
_NOT_ACCEPTED = Words(
    "第 {items} 项没有获得认可，不能判定合格",
    "Item {items} was not accepted, so it cannot pass",
)


class RecheckPasses(OnFollowUp):
    """Record a re-check that found the matter put right."""

    SAYS = Words("复查合格", "Re-check passed")

    finding: Reason = ask("复查看到了什么？", "What did the re-check find?", widget="area")


async def recheck_passes(log: Log, command: RecheckPasses) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, passes)


def passes(follow_up: FollowUp, command: RecheckPasses) -> None:
    _refuse_unverified(follow_up)
    short = [i.n for i in follow_up.review.items.values() if i.verdict != "accepted"]
    if short:
        raise Refused(_NOT_ACCEPTED.fill(items="、".join(str(n) for n in short)))
    follow_up.say(RecheckPassed, command, finding=command.finding)


class RecheckFails(OnFollowUp):
    """Record a re-check that found the matter not put right, or no answer after its date."""

    SAYS = Words("复查不合格", "Re-check failed")

    finding: Reason = ask("哪些没有整改到位？", "What is not put right?", widget="area")


async def recheck_fails(log: Log, command: RecheckFails) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, fails)


def fails(follow_up: FollowUp, command: RecheckFails) -> None:
    if follow_up.state == "delivered" and command.on <= follow_up.due:
        raise Refused(_STILL_IN_TIME.fill(due=follow_up.due))
    if follow_up.state == "answered":
        _refuse_unverified(follow_up)
    follow_up.say(RecheckFailed, command, finding=command.finding)


def _refuse_unverified(follow_up: FollowUp) -> None:
    """Where evidence was handed in, two officers verify it before anybody concludes."""
    if not follow_up.review.decided:
        raise Refused(_NOT_VERIFIED)
