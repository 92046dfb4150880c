"""What is told when a party is entered, and the id that follows from it.

Regulators and councils stand for a division, an enterprise for its unified social credit
code. Their ids are derived from that, so that two people who enter the same body or
enterprise at the same time meet in one record. Such ids are not ordered by time; parties are
few and entered once, so the log's index does not suffer.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeVar
from uuid import UUID, uuid5

from pydantic import AfterValidator, Field

from events.event import PartyKind, PartyRef
from events.ids import new_id
from events.terms import LEVELS
from events.words import Words
from services import divisions
from services.actions.command import Command, CreditCode, Given, Text, ask, one_of, wrong

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
        "哪个行业？",
        "Which trade?",
        hint=Words("例如：电动自行车", "For example: e-bikes"),
        most=100,
    )
    division: Division = ask("行政区划代码", "Division code", hint=_CODEHINT, default="")
    division_name: Text = ask(
        "行政区划名称", "Name of the division", hint=_PLACEHINT, default="", most=100
    )

    @property
    def id(self) -> UUID:
        return self.party


class EstablishTestingBody(Establish):
    """Enter a testing body."""

    SAYS = Words("登记检验机构", "Enter a testing body")
    KIND = "testing"

    party: UUID = Field(default_factory=new_id)
    division: Division = ask("行政区划代码", "Division code", hint=_CODEHINT, default="")
    division_name: Text = ask(
        "行政区划名称", "Name of the division", hint=_PLACEHINT, default="", most=100
    )

    @property
    def id(self) -> UUID:
        return self.party


class EstablishAuditingBody(Establish):
    """Enter an auditing body."""

    SAYS = Words("登记审计单位", "Enter an auditing body")
    KIND = "auditor"

    party: UUID = Field(default_factory=new_id)

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
    division: Division = ask("在哪个县（市、区）？", "In which county?", default="")
    division_name: Text = ask(
        "行政区划名称", "Name of the division", hint=_PLACEHINT, default="", most=100
    )

    @property
    def id(self) -> UUID:
        return enterprise_id(self.credit_code)


def placed(command: E) -> E:
    """With the name of its division, where only the code was given."""
    code, name = getattr(command, "division", ""), getattr(command, "division_name", "")
    if not code or name:
        return command
    return command.model_copy(update={"division_name": divisions.full_name(code)})
