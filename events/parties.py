"""Parties and people: who there is, under which name, and who holds which role in which party."""

from __future__ import annotations

from events.event import Event, PartyKind, PartyRef, Personal
from events.terms import LEVELS, ROLES
from events.words import Words


class OperatorEstablished(Event, frozen=True, kw_only=True):
    """The body that runs this platform was entered; the first event of a new platform."""

    TOPIC = "operator-established"
    SAYS = Words("{by} 登记了平台运营方“{name}”", "{by} entered the platform operator {name}")

    name: str


class RegulatorEstablished(Event, frozen=True, kw_only=True):
    """A market regulator was entered, at its place in the tree of divisions."""

    TOPIC = "regulator-established"
    SAYS = Words(
        "{by} 登记了{level}市场监管部门“{name}”",
        "{by} entered the regulator {name} ({level})",
    )

    name: str
    level: str
    division: str
    division_name: str
    superior: PartyRef | None = None

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "level": LEVELS[self.level]}


class CouncilEstablished(Event, frozen=True, kw_only=True):
    """A consumer council was entered."""

    TOPIC = "council-established"
    SAYS = Words("{by} 登记了消费者委员会“{name}”", "{by} entered the consumer council {name}")

    name: str
    level: str
    division: str
    division_name: str
    superior: PartyRef | None = None


class AssociationEstablished(Event, frozen=True, kw_only=True):
    """An industry association was entered with its trade."""

    TOPIC = "association-established"
    SAYS = Words(
        "{by} 登记了行业协会“{name}”，行业：{trade}",
        "{by} entered the industry association {name}, trade: {trade}",
    )

    name: str
    trade: str
    division: str = ""
    division_name: str = ""


class EnterpriseRegistered(Event, frozen=True, kw_only=True):
    """An enterprise was entered under its unified social credit code."""

    TOPIC = "enterprise-registered"
    SAYS = Words(
        "{by} 登记了企业“{name}”（{credit_code}）",
        "{by} entered the enterprise {name} ({credit_code})",
    )

    enterprise: PartyRef
    name: str
    credit_code: str
    address: str = ""
    division: str = ""
    division_name: str = ""


class TestingBodyEstablished(Event, frozen=True, kw_only=True):
    """A testing body was entered; others ask it to test."""

    TOPIC = "testing-body-established"
    SAYS = Words("{by} 登记了检验机构“{name}”", "{by} entered the testing body {name}")

    name: str
    division: str = ""
    division_name: str = ""


class AuditingBodyEstablished(Event, frozen=True, kw_only=True):
    """An auditing body was entered; it reads and changes nothing."""

    TOPIC = "auditing-body-established"
    SAYS = Words("{by} 登记了审计单位“{name}”", "{by} entered the auditing body {name}")

    name: str


#: Which kind of party each event enters.
KIND_OF: dict[type[Event], PartyKind] = {
    OperatorEstablished: "operator",
    RegulatorEstablished: "regulator",
    CouncilEstablished: "council",
    AssociationEstablished: "association",
    EnterpriseRegistered: "enterprise",
    TestingBodyEstablished: "testing",
    AuditingBodyEstablished: "auditor",
}


class PartyRenamed(Event, frozen=True, kw_only=True):
    """A party got another name; history keeps the name of its day."""

    TOPIC = "party-renamed"
    SAYS = Words("{by} 将“{old}”更名为“{new}”：{reason}", "{by} renamed {old} to {new}: {reason}")

    old: str
    new: str
    enterprise: PartyRef | None = None


class ContactStated(Event, frozen=True, kw_only=True):
    """Where a body is reached, as its letters print it: of the office, not of a person."""

    TOPIC = "contact-stated"
    SAYS = Words(
        "{by} 登记了“{party}”的联系方式：电话 {phone}，地址：{address}",
        "{by} stated how {party} is reached: telephone {phone}, address: {address}",
    )

    party: PartyRef
    phone: str
    address: str


class UnitMerged(Event, frozen=True, kw_only=True):
    """A unit ceased to be; another goes on with what it had. History keeps its name."""

    TOPIC = "unit-merged"
    SAYS = Words(
        "{by} 将“{unit}”并入“{into}”：{reason}", "{by} merged {unit} into {into}: {reason}"
    )

    unit: PartyRef
    into: PartyRef


class MemberAdmitted(Event, frozen=True, kw_only=True):
    """An association admitted an enterprise as its member."""

    TOPIC = "member-admitted"
    SAYS = Words("{by} 吸收“{enterprise}”为会员", "{by} admitted {enterprise} as a member")

    enterprise: PartyRef
    association: PartyRef


class MemberLeft(Event, frozen=True, kw_only=True):
    """A member left its association."""

    TOPIC = "member-left"
    SAYS = Words(
        "{by} 记录“{enterprise}”退会：{reason}",
        "{by} recorded that {enterprise} left: {reason}",
    )

    enterprise: PartyRef
    association: PartyRef


class PersonEvent(Event, frozen=True, kw_only=True):
    """About one person who acts for parties; her name in office is no secret of hers."""

    IN_OFFICE = True

    who: Personal

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "name": self.who.get("name")}


class PersonEnrolled(PersonEvent, frozen=True, kw_only=True):
    """A person was entered, so that she can act for a party."""

    TOPIC = "person-enrolled"
    SAYS = Words("{by} 登记了工作人员 {name}", "{by} entered the person {name}")


class RoleGranted(PersonEvent, frozen=True, kw_only=True):
    """A person got a role in a party."""

    TOPIC = "role-granted"
    SAYS = Words(
        "{by} 授予 {name} 在“{party}”的角色：{role}",
        "{by} gave {name} the role {role} in {party}",
    )

    party: PartyRef
    role: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "role": ROLES[self.role]}


class RoleWithdrawn(PersonEvent, frozen=True, kw_only=True):
    """A person lost a role in a party."""

    TOPIC = "role-withdrawn"
    SAYS = Words(
        "{by} 撤销 {name} 在“{party}”的角色 {role}：{reason}",
        "{by} withdrew the role {role} of {name} in {party}: {reason}",
    )

    party: PartyRef
    role: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "role": ROLES[self.role]}


class PasswordResetAsked(PersonEvent, frozen=True, kw_only=True):
    """For an administrator one asks, and a second person sets the new password."""

    TOPIC = "password-reset-asked"
    SAYS = Words(
        "{by} 请求为 {name} 重设密码：{reason}",
        "{by} asked for a new password for {name}: {reason}",
    )


class SignInUnlocked(PersonEvent, frozen=True, kw_only=True):
    """A name that was locked after wrong answers may be used again."""

    TOPIC = "sign-in-unlocked"
    SAYS = Words("{by} 解锁了 {name} 的登录名", "{by} unlocked the sign-in name of {name}")


class FactorsReset(PersonEvent, frozen=True, kw_only=True):
    """A person's second proofs were taken away, because she lost them; she sets up new ones."""

    TOPIC = "factors-reset"
    SAYS = Words(
        "{by} 清除了 {name} 的第二重验证：{reason}",
        "{by} reset the second factor of {name}: {reason}",
    )


class PersonDisabled(PersonEvent, frozen=True, kw_only=True):
    """A person may no longer sign in."""

    TOPIC = "person-disabled"
    SAYS = Words("{by} 停用了 {name} 的账号：{reason}", "{by} disabled {name}'s account: {reason}")


class PasswordReplaced(PersonEvent, frozen=True, kw_only=True):
    """A person's password was set anew; the password itself stands nowhere."""

    TOPIC = "password-replaced"
    SAYS = Words("{by} 为 {name} 重设了登录密码", "{by} set a new password for {name}")
