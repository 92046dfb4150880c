"""Parties (单位): who takes part: the operator, regulators, councils, associations, enterprises.

A party is entered once (`establish.py` says what is told and which id follows); the first
event says which kind it is, and the kind never changes. Regulators and councils stand for a
division and under a superior; an enterprise is known by its unified social credit code.

Members stand in the association's record: it decides who belongs to it. What is entered here
often happened long before, so dates need not follow each other.

How a unit ends by being merged stands in `merging`, bodies that handle no case in
`outside_parties`.
Open dilemma: a regulator that moves to another place in the tree is renamed, not moved.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar
from uuid import UUID

from events.event import Acting, Event, PartyKind, PartyRef
from events.log import Appended
from events.parties import (
    KIND_OF,
    AssociationEstablished,
    CouncilEstablished,
    EnterpriseRegistered,
    MemberAdmitted,
    MemberLeft,
    OperatorEstablished,
    PartyRenamed,
    RegulatorEstablished,
    UnitMerged,
)
from events.words import Code, Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Given, Reason, RecordId, ask
from services.actions.establish import (
    OPERATOR_ID,
    E,
    Establish,
    EstablishAssociation,
    EstablishBody,
    EstablishCouncil,
    EstablishOperator,
    EstablishRegulator,
    RegisterEnterprise,
    body_id,
    enterprise_id,
    placed,
)
from services.actions.refused import AlreadyDecided, Refused

#: How a party is entered belongs to this subject, although it stands in its own module.
__all__ = [
    "OPERATOR_ID", "STATES", "AdmitMember", "Establish", "EstablishAssociation",
    "EstablishBody", "EstablishCouncil", "EstablishOperator", "EstablishRegulator",
    "MemberLeaves", "OnParty", "Party", "RegisterEnterprise", "RenameParty", "admit_member",
    "body_id", "enterprise_id", "establish_association", "establish_council",
    "establish_operator", "establish_regulator", "member_leaves", "placed",
    "register_enterprise", "rename_party",
]  # fmt: skip

STATES = Code(
    "party_state",
    {"established": Words("已登记", "entered"), "merged": Words("已合并", "merged")},
)


class OnParty(Command):
    """A command on one party."""

    party: RecordId


class RenameParty(OnParty):
    """Give a party its new name; history keeps the old one."""

    SAYS = Words("更名", "Rename")

    name: Given = ask("新的全称", "The new full name", most=200)
    reason: Reason = ask("为什么更名？", "Why is it renamed?", widget="area")


class AdmitMember(OnParty):
    """An association admits an enterprise; `party` is the association."""

    SAYS = Words("吸收会员", "Admit a member")

    enterprise: PartyRef = ask("哪家企业？", "Which enterprise?", widget="select")


class MemberLeaves(OnParty):
    """A member leaves its association."""

    SAYS = Words("记录退会", "Record that a member left")

    enterprise: PartyRef = ask("哪家企业？", "Which enterprise?", widget="select")
    reason: Reason = ask("退会的原因", "Why does it leave?", widget="area")


async def establish_operator(log: Log, command: EstablishOperator) -> Appended:
    return await enter(log, command, Party.establish_operator)


async def establish_regulator(log: Log, command: EstablishRegulator) -> Appended:
    return await enter(log, placed(command), Party.establish_regulator)


async def establish_council(log: Log, command: EstablishCouncil) -> Appended:
    return await enter(log, placed(command), Party.establish_council)


async def establish_association(log: Log, command: EstablishAssociation) -> Appended:
    return await enter(log, placed(command), Party.establish_association)


async def register_enterprise(log: Log, command: RegisterEnterprise) -> Appended:
    return await enter(log, placed(command), Party.register_enterprise)


async def rename_party(log: Log, command: RenameParty) -> Appended:
    return await change(log, Party, command.party, command, Party.rename)


async def admit_member(log: Log, command: AdmitMember) -> Appended:
    return await change(log, Party, command.party, command, Party.admit)


async def member_leaves(log: Log, command: MemberLeaves) -> Appended:
    return await change(log, Party, command.party, command, Party.let_go)


async def enter(log: Log, command: E, rule: Callable[[Party, E], None]) -> Appended:
    there = await load(log, Party, command.id)
    if there.version:
        raise _entered_before(there, command)
    return await begin(log, Party, command.id, command, rule)


class Party(Aggregate):
    """The rules of one party."""

    WORD: ClassVar[Words] = Words("单位", "party")
    IN_ORDER = False

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.kind: PartyKind | None = None
        self.name = ""
        #: an association's members: id of the enterprise -> since when
        self.members: dict[str, date] = {}
        self._on = date.min

    @property
    def ref(self) -> PartyRef:
        """The party as it is called now."""
        if self.kind is None:
            raise ValueError(f"no party was entered under {self.id}")
        return PartyRef(id=str(self.id), name=self.name, kind=self.kind)

    def relation(self, by: Acting) -> str:
        if not self.version:
            return "new"
        return "own" if by.party.id == str(self.id) else "none"

    # -- rules ---------------------------------------------------------------------------

    def establish_operator(self, command: EstablishOperator) -> None:
        self.record(OperatorEstablished, command, name=command.name)

    def establish_regulator(self, command: EstablishRegulator) -> None:
        self._establish_body(RegulatorEstablished, command)

    def establish_council(self, command: EstablishCouncil) -> None:
        self._establish_body(CouncilEstablished, command)

    def _establish_body(self, kind: type[Event], command: EstablishBody) -> None:
        if command.superior and command.superior.kind != command.KIND:
            raise Refused(
                Words(
                    f"“{command.superior.name}”不是同一系统的单位，不能作为上级",
                    f"{command.superior.name} is another kind of body and cannot be its superior",
                ),
                field="superior",
            )
        self.record(kind, command, **_fields(command, *_PLACE, "level"), superior=command.superior)

    def establish_association(self, command: EstablishAssociation) -> None:
        self.record(AssociationEstablished, command, **_fields(command, *_PLACE, "trade"))

    def register_enterprise(self, command: RegisterEnterprise) -> None:
        fields = _fields(command, *_PLACE, "credit_code", "address")
        self.record(EnterpriseRegistered, command, enterprise=command.ref, **fields)

    def rename(self, command: RenameParty) -> None:
        if command.name == self.name:
            raise Refused(
                Words(
                    f"新名称与现在的名称“{self.name}”相同，不需要更名",
                    f"It is called {self.name} already; nothing to rename",
                ),
                field="name",
            )
        enterprise = self.ref if self.kind == "enterprise" else None
        self.record(
            PartyRenamed, command,
            old=self.name, new=command.name, reason=command.reason, enterprise=enterprise,
        )  # fmt: skip

    def admit(self, command: AdmitMember) -> None:
        self._refuse_without_members(command.enterprise)
        if command.enterprise.id in self.members:
            raise Refused(
                Words(
                    f"“{command.enterprise.name}”已经是会员，不必再次吸收",
                    f"{command.enterprise.name} is a member already",
                ),
                field="enterprise",
            )
        self.record(MemberAdmitted, command, enterprise=command.enterprise, association=self.ref)

    def let_go(self, command: MemberLeaves) -> None:
        self._refuse_without_members(command.enterprise)
        since = self.members.get(command.enterprise.id)
        if since is None:
            raise Refused(
                Words(
                    f"“{command.enterprise.name}”现在不是会员，没有退会可以记录",
                    f"{command.enterprise.name} is no member now, so it cannot leave",
                ),
                field="enterprise",
            )
        if command.on < since:
            said = _LEFT_TOO_EARLY.fill(day=command.on, since=since)
            raise Refused(said, field="occurred_on")
        self.record(
            MemberLeft, command,
            enterprise=command.enterprise, association=self.ref, reason=command.reason,
        )  # fmt: skip

    def _refuse_without_members(self, enterprise: PartyRef) -> None:
        if self.kind != "association":
            raise Refused(
                Words(
                    f"“{self.name}”不是行业协会，没有会员。请从协会的页面办理。",
                    f"{self.name} is no association and has no members. Use an association's page.",
                )
            )
        if enterprise.kind != "enterprise":
            raise Refused(
                Words(
                    f"“{enterprise.name}”不是企业，不能成为会员",
                    f"{enterprise.name} is no enterprise and cannot be a member",
                ),
                field="enterprise",
            )

    # -- state ---------------------------------------------------------------------------

    def _see(self, event: Event, on: date) -> None:
        self._on = on
        super()._see(event, on)

    def when(self, event: Event) -> None:
        self.state = "merged" if isinstance(event, UnitMerged) else self.state or "established"
        match event:
            case PartyRenamed():
                self.name = event.new
            case MemberAdmitted():
                self.members[event.enterprise.id] = self._on
            case MemberLeft():
                self.members.pop(event.enterprise.id, None)
            case _ if kind := KIND_OF.get(type(event)):
                self.kind, self.name = kind, getattr(event, "name", "")


_LEFT_TOO_EARLY = Words(
    "退会日期 {day}早于入会日期 {since}，请核对",
    "It left on {day}, before it was admitted on {since}; please check",
)
_PLACE = ("name", "division", "division_name")


def _fields(command: Command, *names: str) -> dict[str, str]:
    return {name: getattr(command, name) for name in names}


def _entered_before(there: Party, command: Establish) -> AlreadyDecided:
    field = "credit_code" if isinstance(command, RegisterEnterprise) else "division"
    return AlreadyDecided(
        Words(
            f"这里已经登记了“{there.name}”，不能重复登记。请直接打开它的页面；名称变了请更名。",
            f"{there.name} is entered here already. Open its page; if the name changed, rename it.",
        ),
        field=field,
    )
