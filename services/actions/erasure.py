"""Erasure: how what is said about a person is deleted, whatever kind of record says it.

Request → check (holds of the law; retention, which is policy) → a second person → event → the keys
are destroyed (`services/erasing.py`). Where a statutory period runs, processing can be restricted
to storage instead (PIPL §47). A kind of record says by which commands its steps are asked,
what forbids them, by which events they are said and which keys go; the steps stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, NamedTuple

from events.event import Event
from events.terms import ERASURE_GROUNDS
from events.words import Code, Words
from services.actions.command import Command, Given, Reason, Text, ask, one_of
from services.actions.refused import AlreadyDecided, NotAllowed, Refused

#: Years that what is said about a person is kept after the last step. Policy, not law: no
#: regulation found names a period (domain.md §7.2).
RETENTION = 3

STANDING = Code(
    "personal_data",
    {
        "": Words("正常保存", "kept"),
        "requested": Words("已请求删除，等待核对", "deletion requested, to be checked"),
        "checked": Words("已核对，等待另一人批准删除", "checked, awaits a second person"),
        "refused": Words("未同意删除", "deletion refused"),
        "restricted": Words("已限制处理，只作存储", "restricted to storage"),
        "erased": Words("已依法删除", "deleted by law"),
    },
)
#: Step -> where the personal data stands after it.
AFTER = {
    "request": "requested", "check": "checked", "erase": "erased", "refuse": "refused",
    "restrict": "restricted",
}  # fmt: skip
#: Where the personal data stands -> the steps that fit.
_NEXT: dict[str, tuple[str, ...]] = {
    "": ("request",),
    "refused": ("request",),
    "restricted": ("request",),
    "requested": ("check", "refuse", "restrict"),
    "checked": ("erase", "refuse", "restrict"),
    "erased": (),
}


class Hold(NamedTuple):
    """Why it may not be deleted now; what is only policy can be overruled with a reason."""

    words: Words
    law: bool


def retained(last_on: date, on: date) -> list[Hold]:
    """What the policy on retention has against it on this day."""
    until = years_later(last_on, RETENTION)
    return [Hold(_KEPT.fill(years=RETENTION, until=until), law=False)] if on < until else []


def years_later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the last of that month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


# -- what is asked -------------------------------------------------------------------------


class Requests(Command):
    """Ask for it."""

    ground: Annotated[Given, one_of(ERASURE_GROUNDS)] = ask(
        "为什么要删除？", "Why should it be deleted?", widget="radios", options=ERASURE_GROUNDS
    )


class Checks(Command):
    """State that nothing forbids it."""

    SAYS = Words("核对：可以删除", "Checked: it may be deleted")

    despite: Text = ask(
        "保存期未满的话，为什么现在就删除？", "Where it is kept too short: why delete it now?",
        widget="area", default="",
    )  # fmt: skip


class Erases(Command):
    """Have it deleted, as the second person."""


class Refuses(Command):
    """Say why it is not deleted."""

    SAYS = Words("不同意删除", "Refuse to delete it")

    reason: Reason = ask("为什么不能删除？", "Why can it not be deleted?", widget="area")


class Restricts(Command):
    """Store it, and do nothing else with it."""

    SAYS = Words("限制处理（只作存储）", "Restrict it to storage")

    reason: Reason = ask(
        "依据哪一项规定不能删除？", "Which rule forbids deleting it?", widget="area"
    )


_STEPS: dict[str, type[Command]] = {
    "request": Requests, "check": Checks, "erase": Erases, "refuse": Refuses,
    "restrict": Restricts,
}  # fmt: skip


def step_of(kind: type[Command]) -> str:
    """Which step this command takes; "" for any other command."""
    return next((step for step, base in _STEPS.items() if issubclass(kind, base)), "")


def possible(standing: str, commands: Iterable[type[Command]]) -> tuple[str, ...]:
    """The names of those of the commands that fit where the personal data stands."""
    return tuple(kind.__name__ for kind in commands if step_of(kind) in _NEXT[standing])


def refuse_untimely(standing: str, kind: type[Command]) -> None:
    """Refuse a step that does not fit where the data stands."""
    if step_of(kind) not in _NEXT[standing]:
        raise AlreadyDecided(_NOT_NOW.fill(now=STANDING[standing], said=kind.SAYS))


# -- the steps -----------------------------------------------------------------------------


class Data:
    """Where what is said about one person stands, and who checked that it may be deleted."""

    def __init__(self) -> None:
        self.standing = ""
        self.checked_by = ""

    def see(self, event: Event, stands: Mapping[type[Event], str]) -> None:
        self.standing = stands.get(type(event), self.standing)
        if stands.get(type(event)) == "checked":
            self.checked_by = event.by.person


class About(NamedTuple):
    """Whose data a step is about: where it stands, how the record says it, which keys go."""

    data: Data
    #: Where the data stands after each event of its deletion.
    stands: Mapping[type[Event], str]
    say: Callable[..., None]
    keys: list[str]


def take(about: About, command: Command, holds: list[Hold]) -> None:
    """Take the step, where the data stands so and nothing forbids it."""
    refuse_untimely(about.data.standing, type(command))
    fields: dict[str, object] = {}
    match command:
        case Requests():
            fields["ground"] = command.ground
        case Checks():
            fields["despite"] = _despite(command, holds)
        case Erases():
            if command.by.person == about.data.checked_by:
                raise NotAllowed(_SECOND)
            fields["subjects"] = about.keys
        case Refuses() | Restricts():
            fields["reason"] = command.reason
    standing = AFTER[step_of(type(command))]
    (kind,) = [event for event, stands in about.stands.items() if stands == standing]
    about.say(kind, command, **fields)


def _despite(command: Checks, holds: list[Hold]) -> str:
    """The reason that overrules policy; what is law is not overruled."""
    for hold in holds:
        if hold.law:
            raise Refused(hold.words)
        if len(command.despite) < 5:
            raise Refused(hold.words, field="despite")
    return command.despite if holds else ""


_NOT_NOW = Words(
    "个人信息现在是“{now}”，不能“{said}”。", "The personal data is now {now}; not possible: {said}."
)
_SECOND = Words(
    "您自己核对过这次删除，要由另一个人批准。请让负责人或者另一位负责人办理。",
    "You checked this deletion yourself; another person must approve it. Ask your head, or another "
    "head.",
)
_KEPT = Words(
    "按内部规定保存 {years} 年，到{until}。这不是法律期限，可以说明理由提前删除。",
    "By policy it is kept for {years} years, until {until}. That is no period of law; "
    "give a reason to delete it earlier.",
)
