"""Parties (单位): who takes part: the operator, regulators, councils, associations, enterprises.

A party is entered once; the first event says which kind it is, and the kind never changes.
Regulators and councils stand for a division and under a superior; an enterprise is known by
its unified social credit code. Their ids are derived from that, so that two people who enter
the same body or enterprise at the same time meet in one record. Such ids are not ordered by
time; parties are few and entered once, so the log's index does not suffer.

Members stand in the association's record: it decides who belongs to it. What is entered here
often happened long before, so dates need not follow each other.

Open dilemma: a party that ceases to exist has no end yet, and a regulator that moves to
another place in the tree is renamed, not moved.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, ClassVar, TypeVar
from uuid import UUID, uuid5

from pydantic import AfterValidator, Field

from events.event import Acting, Event, PartyKind, PartyRef
from events.ids import new_id
from events.log import Appended
from events.parties import (
    AssociationEstablished,
    CouncilEstablished,
    EnterpriseRegistered,
    MemberAdmitted,
    MemberLeft,
    OperatorEstablished,
    PartyRenamed,
    RegulatorEstablished,
)
from events.terms import LEVELS
from events.words import Code, Words
from services import divisions
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import (
    Command,
    CreditCode,
    Given,
    Reason,
    RecordId,
    Text,
    ask,
    one_of,
    wrong,
)
from services.actions.refused import AlreadyDecided, Refused

STATES = Code("party_state", {"established": Words("已登记", "entered")})

_PARTIES = UUID("6c1f8a52-7d0e-5b4b-9f63-0b7a5c1d2e90")
#: There is one operator; two set-ups at once meet in one record.
OPERATOR_ID = uuid5(_PARTIES, "operator")


def enterprise_id(credit_code: str) -> UUID:
    """The id of the enterprise with this credit code: one code, one enterprise."""
    return uuid5(_PARTIES, f"enterprise:{credit_code.strip().upper()}")


def body_id(kind: PartyKind, division: str) -> UUID:
    """The id of the regulator or council of a division: one division, one body of a kind."""
    return uuid5(_PARTIES, f"{kind}:{divisions.padded(division)}")


def _division_code(value: str) -> str:
    plain = value.isascii() and value.isdigit() and len(value) in (6, 9, 12)
    if value and not plain:
        wrong(
            f"“{value}”不是行政区划代码，请填写 6 位数字，例如 350102",
            f"“{value}” is not a division code; give 6 digits, for example 350102",
        )
    return value


Division = Annotated[Text, AfterValidator(_division_code)]
GivenDivision = Annotated[Given, AfterValidator(_division_code)]
_CODEHINT = Words("6 位数字，例如 350102（鼓楼区）", "6 digits, for example 350102 (Gulou)")
_PLACEHINT = Words(
    "福建省内不必填写，平台按代码补上。", "Not needed in Fujian: taken from the code."
)


class Establish(Command):
    """A command that enters a party; `ref` names it from then on."""

    KIND: ClassVar[PartyKind]

    name: Given = ask("单位全称", "Full name", hint=Words(
        "与登记证书或者印章一致。", "As on its certificate or seal."), most=200)  # fmt: skip

    @property
    def id(self) -> UUID:
        """The id that the party will have."""
        raise NotImplementedError

    @property
    def ref(self) -> PartyRef:
        """The party as events name it."""
        return PartyRef(id=str(self.id), name=self.name, kind=self.KIND)


E = TypeVar("E", bound=Establish)


class EstablishOperator(Establish):
    """Enter the body that runs the platform."""

    SAYS = Words("登记平台运营方", "Enter the operator")
    KIND = "operator"

    @property
    def id(self) -> UUID:
        return OPERATOR_ID


class EstablishBody(Establish):
    """A regulator or council at its place in the tree of divisions."""

    level: Annotated[Given, one_of(LEVELS)] = ask(
        "哪一级？", "Which level?", widget="radios", options=LEVELS
    )
    division: GivenDivision = ask("行政区划代码", "Division code", hint=_CODEHINT)
    division_name: Text = ask(
        "行政区划名称", "Name of the division", hint=_PLACEHINT, default="", most=100
    )
    superior: PartyRef | None = None

    @property
    def id(self) -> UUID:
        return body_id(self.KIND, self.division)


class EstablishRegulator(EstablishBody):
    """Enter a market regulator."""

    SAYS = Words("登记市场监管部门", "Enter a regulator")
    KIND = "regulator"


class EstablishCouncil(EstablishBody):
    """Enter a consumer council."""

    SAYS = Words("登记消费者委员会", "Enter a consumer council")
    KIND = "council"


class EstablishAssociation(Establish):
    """Enter an industry association."""

    SAYS = Words("登记行业协会", "Enter an association")
    KIND = "association"

    party: UUID = Field(default_factory=new_id)
    trade: Given = ask(
        "哪个行业？", "Which trade?", hint=Words("例如：电动自行车", "For example: e-bikes"), most=100
    )
    division: Division = ask("行政区划代码", "Division code", hint=_CODEHINT, default="")
    division_name: Text = ask(
        "行政区划名称", "Name of the division", hint=_PLACEHINT, default="", most=100
    )

    @property
    def id(self) -> UUID:
        return self.party


class RegisterEnterprise(Establish):
    """Enter an enterprise under its credit code."""

    SAYS = Words("登记企业", "Enter an enterprise")
    KIND = "enterprise"

    credit_code: Annotated[CreditCode, Field(min_length=1)] = ask(
        "统一社会信用代码", "Unified social credit code",
        hint=Words("营业执照上的 18 位代码，例如 91350100M000100Y43",
                   "18 characters, on the licence, for example 91350100M000100Y43"),
    )  # fmt: skip
    address: Text = ask(
        "住所或者经营地址", "Address", autocomplete="street-address", default="", most=300
    )
    division: Division = ask("在哪个县（市、区）？", "In which county?", hint=_CODEHINT, default="")
    division_name: Text = ask(
        "行政区划名称", "Name of the division", hint=_PLACEHINT, default="", most=100
    )

    @property
    def id(self) -> UUID:
        return enterprise_id(self.credit_code)


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
    return await _enter(log, command, Party.establish_operator)


async def establish_regulator(log: Log, command: EstablishRegulator) -> Appended:
    return await _enter(log, placed(command), Party.establish_regulator)


async def establish_council(log: Log, command: EstablishCouncil) -> Appended:
    return await _enter(log, placed(command), Party.establish_council)


async def establish_association(log: Log, command: EstablishAssociation) -> Appended:
    return await _enter(log, placed(command), Party.establish_association)


async def register_enterprise(log: Log, command: RegisterEnterprise) -> Appended:
    return await _enter(log, placed(command), Party.register_enterprise)


async def rename_party(log: Log, command: RenameParty) -> Appended:
    return await change(log, Party, command.party, command, Party.rename)


async def admit_member(log: Log, command: AdmitMember) -> Appended:
    return await change(log, Party, command.party, command, Party.admit)


async def member_leaves(log: Log, command: MemberLeaves) -> Appended:
    return await change(log, Party, command.party, command, Party.let_go)


def placed(command: E) -> E:
    """With the name of its division, where only the code was given."""
    code, name = getattr(command, "division", ""), getattr(command, "division_name", "")
    if not code or name:
        return command
    return command.model_copy(update={"division_name": divisions.full_name(code)})


async def _enter(log: Log, command: E, rule: Callable[[Party, E], None]) -> Appended:
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
            raise Refused(
                Words(
                    f"退会日期 {command.on} 早于入会日期 {since}，请核对",
                    f"It left on {command.on}, before it was admitted on {since}; please check",
                ),
                field="occurred_on",
            )
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
        self.state = "established"
        match event:
            case PartyRenamed():
                self.name = event.new
            case MemberAdmitted():
                self.members[event.enterprise.id] = self._on
            case MemberLeft():
                self.members.pop(event.enterprise.id, None)
            case _ if kind := _KINDS.get(type(event)):
                self.kind, self.name = kind, getattr(event, "name", "")


_KINDS: dict[type[Event], PartyKind] = {
    OperatorEstablished: "operator",
    RegulatorEstablished: "regulator",
    CouncilEstablished: "council",
    AssociationEstablished: "association",
    EnterpriseRegistered: "enterprise",
}
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
