"""Histories: complaints of November 2026 as they may go, made of real events, for hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import strategies as st

from events import complaints as e
from events.clocks import ClockBreached
from events.event import Acting, Event, PartyRef, Personal, Recorded, system
from events.sharing import CaseRestricted
from tests.people import COUNCIL, GULOU, LI, MINHAI, ZHAO, acting

FIRST, END = date(2026, 11, 1), date(2026, 12, 1)
NOON = time(4)  # in China
_WHO = Personal(subject="s", fields={"name": "林月"})
_TOLD = Personal(subject="s", fields={"facts": "充电器发热"})
FIRM = acting("企业联络人", MINHAI, "contact")
CONSUMER = acting("消费者", PartyRef(id="consumer", name="消费者", kind="consumer"), "consumer")
#: What may happen after it was received, and after it was accepted.
EARLY = ("nothing", "refused", "withdrawn", "accepted")
LATER = ("nothing", "withdrawn", "agreed", "T2", "T5", "reversed")
KEPT = ("nothing", "kept", "defaulted")
SAID = ("nothing", "yes", "no")
#: What the business was asked to settle itself, or a regulator was told of: not at all, no answer
#: yet, answered.
ASKED = ("not", "open", "answered")


class Story(NamedTuple):
    """One complaint: who received it when, what happened how many days after."""

    council: bool
    day: int
    early: str
    early_after: int
    later: str
    later_after: int
    kept: str
    said: str
    restricted: bool
    #: So many days after it was accepted a test begins, and takes so many days; None = it goes on.
    tested_after: int = 0
    testing: int | None = 0
    settle: str = "not"
    referred: str = "not"
    answered_after: int = 0
    #: Whether the log had noted that the decision was late; how many days after they happened
    #: things were entered.
    noted: bool = False
    entered_after: int = 200


stories = st.lists(
    st.builds(
        Story,
        council=st.booleans(), day=st.integers(-3, 33), early=st.sampled_from(EARLY),
        early_after=st.integers(0, 20), later=st.sampled_from(LATER),
        later_after=st.integers(0, 70), kept=st.sampled_from(KEPT), said=st.sampled_from(SAID),
        restricted=st.booleans(), tested_after=st.integers(0, 70),
        testing=st.none() | st.integers(0, 30), settle=st.sampled_from(ASKED),
        referred=st.sampled_from(ASKED), answered_after=st.integers(0, 25),
        noted=st.booleans(), entered_after=st.integers(0, 12),
    ),
    max_size=25,
)  # fmt: skip


def events_of(told: list[Story]) -> list[Recorded]:
    """The events of all of them, in places of a log."""
    found: list[Recorded] = []
    for n, story in enumerate(told, start=1):
        for version, (event, on) in enumerate(_events(n, story), start=1):
            entered = datetime.combine(on, NOON, UTC) + timedelta(days=story.entered_after)
            found.append(_recorded(UUID(int=n), version, len(found) + 1, entered, event))
        if story.noted:
            noted = _late(n, story)
            found.append(_recorded(UUID(int=10**6 + n), 1, len(found) + 1, noted[1], noted[0]))
    return found


def _recorded(stream: UUID, version: int, at: int, when: datetime, event: Event) -> Recorded:
    return Recorded(stream=stream, version=version, position=at, recorded_at=when, event=event)


def _late(n: int, story: Story) -> tuple[Event, datetime]:
    """That the decision was late, as the clocks note it."""
    day = FIRST + timedelta(days=story.day)
    body = COUNCIL if story.council else GULOU
    event = ClockBreached(
        by=system("clock"), clock=f"{UUID(int=n)}:decision:1", record=str(UUID(int=n)),
        number=f"GZ-2026-{n:06}-C", rule="C1", what_zh="决定是否受理", what_en="decide",
        debtor=body, latest=day,
    )  # fmt: skip
    return event, datetime.combine(day, NOON, UTC) + timedelta(days=11)


def _events(n: int, story: Story) -> Iterator[tuple[Event, date]]:
    by = ZHAO if story.council else LI
    body = COUNCIL if story.council else GULOU
    number, day = f"GZ-2026-{n:06}-C", FIRST + timedelta(days=story.day)
    early = day + timedelta(days=story.early_after)
    later = early + timedelta(days=story.later_after)

    def happened(kind: Any, on: date, who: Acting = by, **said: Any) -> tuple[Event, date]:
        return kind(by=who, occurred_on=on, number=number, **said), on

    yield happened(e.ComplaintRegistered, day, handler=body, complainant=_WHO, told=_TOLD)
    if story.restricted:
        yield happened(CaseRestricted, day, case="complaint", reason="涉及未成年人")
    yield from _asked(story, day, happened)
    match story.early:
        case "refused":
            yield happened(e.ComplaintRefused, early, ground="R3")
        case "withdrawn":
            yield happened(e.ComplaintWithdrawn, early, CONSUMER)
        case "accepted":
            yield happened(e.ComplaintAccepted, early)
            yield from _tested(story, early, happened)
            yield from _mediated(story, later, happened)


def _asked(story: Story, day: date, happened: Any) -> Iterator[tuple[Event, date]]:
    """Both on the day it was received: the business, and of what a council has a regulator."""
    answered = day + timedelta(days=story.answered_after)
    if story.settle != "not":
        yield happened(e.DirectSettlementOffered, day, enterprise=MINHAI, matter=_TOLD)
    if story.settle == "answered":
        yield happened(e.DirectSettlementReported, answered, FIRM, enterprise=MINHAI,
                       remedy="refund", result=_TOLD)  # fmt: skip
    if story.council and story.referred != "not":
        yield happened(e.ClueReferred, day, to=GULOU, reason="疑似无证")
    if story.council and story.referred == "answered":
        yield happened(e.ReferralReturned, answered, LI, council=COUNCIL, reason="不属本局")


def _tested(story: Story, accepted: date, happened: Any) -> Iterator[tuple[Event, date]]:
    """A test that goes on is followed by no end of mediation: no rule allows that."""
    goes_on = story.testing is None
    if story.testing == 0 or (goes_on and story.later not in ("nothing", "withdrawn", "reversed")):
        return
    begun = accepted + timedelta(days=story.tested_after)
    yield happened(e.TestingStarted, begun, lab="省检", item="充电器", chosen="both", payer="firm")
    if story.testing is not None:
        yield happened(e.TestingEnded, begun + timedelta(days=story.testing), result="不合格")


def _mediated(story: Story, later: date, happened: Any) -> Iterator[tuple[Event, date]]:
    match story.later:
        case "withdrawn":
            yield happened(e.ComplaintWithdrawn, later, CONSUMER)
        case "reversed":
            yield happened(e.ComplaintImportReversed, later)
        case "agreed":
            yield happened(e.AgreementReached, later, remedy="refund")
            if story.kept == "kept":
                yield happened(e.AgreementPerformed, later)
            elif story.kept == "defaulted":
                yield happened(e.DefaultReported, later, why=_TOLD)
        case "T2" | "T5":
            yield happened(e.MediationTerminated, later, ground=story.later)
    if story.later in ("agreed", "T2", "T5") and story.said != "nothing":
        yield happened(e.SatisfactionStated, later, CONSUMER, satisfied=story.said == "yes")
