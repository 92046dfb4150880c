"""Enterprise archives (质量安全档案): one per unit of the three product classes (Orders 75, 76).

A unit is enrolled with its kind, product class and division. It appoints officers (§3) and,
where §5 asks for one, a director; the regulator visits it (家次), writes down what it found,
and trains its people (`trainings`). Whether an order followed a problem is not decided here: the
order is an enforcement follow-up that names the problem.

Acts on an archive may be written down in any order of their dates: a file is completed from
papers. Open dilemma: the size of a unit (§18) is taken as given, not computed from figures.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from events.archives import (
    ArchiveEvent,
    CheckMade,
    DirectorAppointed,
    DirectorLeft,
    EnterpriseEnrolled,
    OfficerAppointed,
    OfficerLeft,
    PostEvent,
    ProblemFound,
)
from events.erasure import KEPT_STANDS, KeptEvent
from events.event import Acting, Event, PartyRef, Personal
from events.ids import derived_id, new_id
from events.log import Appended
from events.terms import PRODUCT_CLASSES, SIZES, UNIT_KINDS
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, Text, ask, one_of
from services.actions.erasure import Data
from services.actions.refused import Refused


def archive_id(enterprise: PartyRef) -> UUID:
    """The one archive of an enterprise."""
    return derived_id(UUID(enterprise.id), "archive")


class OnArchive(Command):
    """A command on the archive of one enterprise."""

    enterprise: PartyRef


class EnrolEnterprise(OnArchive):
    """Open the archive of a unit."""

    SAYS = Words("建立质量安全档案", "Open the quality-safety archive")

    unit_kind: Annotated[Given, one_of(UNIT_KINDS)] = ask(
        "是生产单位还是销售单位？", "Is it a producer or a seller?", widget="radios",
        options=UNIT_KINDS,
    )  # fmt: skip
    product_class: Annotated[Given, one_of(PRODUCT_CLASSES)] = ask(
        "属于哪一类产品？", "Which product class?", widget="radios", options=PRODUCT_CLASSES
    )
    size: Annotated[Text, one_of(SIZES)] = ask(
        "规模", "Size", widget="radios", options=SIZES, default=""
    )
    division: Given
    division_name: Given


class Appoint(OnArchive):
    """Somebody takes up a duty post; `post` names this holding of it."""

    post: UUID = Field(default_factory=new_id)
    name: Given = ask("姓名", "Name", most=50)


class AppointDirector(Appoint):
    """Record that a quality-safety director was appointed."""

    SAYS = Words("任命质量安全总监", "Appoint a quality-safety director")


class AppointOfficer(Appoint):
    """Record that a quality-safety officer was appointed."""

    SAYS = Words("配备质量安全员", "Appoint a quality-safety officer")


class Leave(OnArchive):
    """Somebody leaves a duty post."""

    post: UUID
    reason: Reason = ask("离任的原因", "Why did the person leave?", widget="area")


class DirectorLeaves(Leave):
    """Record that a director left."""

    SAYS = Words("记录总监离任", "Record that the director left")


class OfficerLeaves(Leave):
    """Record that an officer left."""

    SAYS = Words("记录安全员离任", "Record that the officer left")


class MakeCheck(OnArchive):
    """Record one visit to the unit and what it found; one problem per line."""

    SAYS = Words("记录检查", "Record a check")

    check_id: UUID = Field(default_factory=new_id)
    found: Text = ask(
        "发现了哪些问题？", "Which problems were found?", widget="area", default="",
        hint=Words("每行一个问题；没有发现问题就留空。",
                   "One problem per line; leave it empty when nothing was found."),
    )  # fmt: skip
    note: Text = ask("检查情况", "What was looked at", widget="area", default="")

    @property
    def problems(self) -> list[str]:
        return [line.strip() for line in self.found.splitlines() if line.strip()]


async def enrol_enterprise(log: Log, command: EnrolEnterprise) -> Appended:
    return await begin(log, Archive, archive_id(command.enterprise), command, Archive.enrol)


async def appoint_director(log: Log, command: AppointDirector) -> Appended:
    return await _change(log, command, Archive.appoint_director)


async def appoint_officer(log: Log, command: AppointOfficer) -> Appended:
    return await _change(log, command, Archive.appoint_officer)


async def director_leaves(log: Log, command: DirectorLeaves) -> Appended:
    return await _change(log, command, Archive.director_leaves)


async def officer_leaves(log: Log, command: OfficerLeaves) -> Appended:
    return await _change(log, command, Archive.officer_leaves)


async def make_check(log: Log, command: MakeCheck) -> Appended:
    return await _change(log, command, Archive.make_check)


async def _change(log: Log, command: OnArchive, rule: Any) -> Appended:
    return await change(log, Archive, archive_id(command.enterprise), command, rule)


class Archive(Aggregate):
    """The rules of one unit's archive."""

    WORD: ClassVar[Words] = Words("质量安全档案", "quality-safety archive")
    IN_ORDER = False
    OPENED = True

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.enterprise: PartyRef | None = None
        self.directors: dict[str, Personal] = {}
        self.officers: dict[str, Personal] = {}
        self.since: dict[str, date] = {}
        self.left: dict[str, date] = {}
        #: Where what is kept of each holder of a post stands, once its deletion was asked for.
        self.data: dict[str, Data] = {}

    def relation(self, by: Acting) -> str:
        if self.enterprise is not None and by.party.id == self.enterprise.id:
            return "subject"
        return "supervisor" if by.party.kind == "regulator" else "none"

    # -- rules ---------------------------------------------------------------------------

    def enrol(self, command: EnrolEnterprise) -> None:
        self._say(
            EnterpriseEnrolled, command,
            **command.model_dump(
                include={"unit_kind", "product_class", "size", "division", "division_name"}
            ),
        )  # fmt: skip

    def appoint_director(self, command: AppointDirector) -> None:
        if self.directors:
            (there,) = self.directors.values()
            raise Refused(_HAS_ONE.fill(name=there.named()), field="name")
        self._say(DirectorAppointed, command, who=_who(command))

    def appoint_officer(self, command: AppointOfficer) -> None:
        self._say(OfficerAppointed, command, who=_who(command))

    def director_leaves(self, command: DirectorLeaves) -> None:
        self._leave(DirectorLeft, command, self.directors)

    def officer_leaves(self, command: OfficerLeaves) -> None:
        self._leave(OfficerLeft, command, self.officers)

    def make_check(self, command: MakeCheck) -> None:
        check, problems = str(command.check_id), command.problems
        self._say(CheckMade, command, check=check, problems=len(problems), note=command.note)
        for n, what in enumerate(problems, start=1):
            problem = str(derived_id(command.check_id, f"problem {n}"))
            self._say(ProblemFound, command, check=check, problem=problem, what=what)

    def _leave(self, kind: type[ArchiveEvent], command: Leave, posts: dict[str, Personal]) -> None:
        who = posts.get(str(command.post))
        if who is None:
            raise Refused(_GONE, field="post")
        since = self.since[who.subject]
        if command.on < since:
            raise Refused(_TOO_EARLY.fill(since=since), field="occurred_on")
        self._say(kind, command, who=who, reason=command.reason)

    def _say(self, kind: type[ArchiveEvent], command: OnArchive, **fields: object) -> None:
        self.record(kind, command, enterprise=command.enterprise, **fields)

    # -- state ---------------------------------------------------------------------------

    def _see(self, event: Event, on: date) -> None:
        if isinstance(event, PostEvent):
            self.since.setdefault(event.who.subject, on)
        if isinstance(event, DirectorLeft | OfficerLeft):
            self.left[event.who.subject] = on
        super()._see(event, on)

    def when(self, event: Event) -> None:
        match event:
            case EnterpriseEnrolled():
                self.state = "current"
                self.enterprise = event.enterprise
            case DirectorAppointed():
                self.directors[event.who.subject] = event.who
            case OfficerAppointed():
                self.officers[event.who.subject] = event.who
            case DirectorLeft():
                self.directors.pop(event.who.subject, None)
            case OfficerLeft():
                self.officers.pop(event.who.subject, None)
            case KeptEvent():
                self.data.setdefault(event.person, Data()).see(event, KEPT_STANDS)


_HAS_ONE = Words(
    "该单位已有质量安全总监 {name}，请先记录离任",
    "The unit has a director already ({name}); record first that the person left",
)
_GONE = Words(
    "这个人已经不在任，不能再记录离任。请刷新页面，看现在由谁任职。",
    "This person is no longer in post. Open the page again to see who is now.",
)
_TOO_EARLY = Words(
    "离任日期不能早于任职日期 {since}，请核对",
    "Nobody leaves before the day of the appointment, {since}; please check",
)


def _who(command: Appoint) -> Personal:
    return Personal(subject=str(command.post), fields={"name": command.name})
