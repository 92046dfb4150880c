"""What a person is: her roles, who looks after her, and how each event changes her record."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid5

from events.event import Acting, Event, PartyKind, PartyRef, Personal
from events.parties import (
    FactorsReset,
    PasswordReplaced,
    PasswordResetAsked,
    PersonDisabled,
    PersonEnrolled,
    RoleGranted,
    RoleWithdrawn,
    SignInUnlocked,
)
from events.terms import PARTY_KINDS, ROLES
from events.words import Code, Words
from services.actions.aggregate import Aggregate
from services.actions.command import Command, RecordId
from services.actions.refused import NotAllowed, Refused

if TYPE_CHECKING:
    from services.actions.people.account import (
        AskPasswordReset,
        DisablePerson,
        ReplacePassword,
        ResetFactors,
        UnlockSignIn,
    )
    from services.actions.people.entering import EnrolPerson, GrantRole, WithdrawRole

STATES = Code(
    "person_state",
    {"active": Words("可以登录", "active"), "disabled": Words("已停用", "disabled")},
)

#: Which roles there are in which kind of party.
ROLES_OF: dict[PartyKind, tuple[str, ...]] = {
    "regulator": ("clerk", "head", "admin", "auditor"),
    "council": ("clerk", "head", "admin"),
    "association": ("secretary", "head", "admin"),
    "enterprise": ("contact",),
    "testing": ("clerk", "head", "admin"),
    "auditor": ("auditor", "admin"),
    "operator": ("system", "security", "auditor"),
}
#: The three administrators (三员): nobody is two of them, in whatever party.
SEPARATE = ("system", "security", "auditor")
#: Whose password takes two people to be set anew.
ADMINISTRATORS = ("admin", *SEPARATE)

_PEOPLE = UUID("b0b6f7c1-53c4-5d0c-8d0e-2f6f3f6f4a11")


def person_id(sign_in: str) -> UUID:
    """The id of the person with this sign-in name: one name, one person."""
    return uuid5(_PEOPLE, sign_in.strip().lower())


def roles_for(kind: PartyKind) -> Code:
    """The roles a person can hold in such a party, to choose from."""
    return Code("role", {code: ROLES[code] for code in ROLES_OF.get(kind, ())})


class OnPerson(Command):
    """A command on one person."""

    person: RecordId


class Person(Aggregate):
    """The rules of one person's account."""

    WORD: ClassVar[Words] = Words("人员", "person")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.name = ""
        self.sign_in = ""
        self.enrolled_by = ""
        #: id of the party -> role in it
        self.roles: dict[str, str] = {}
        #: Who asked for a new password of an administrator; "" = nobody.
        self.reset_asked_by = ""

    def relation(self, by: Acting) -> str:
        if not self.version:
            return "new"
        return relation(by, str(self.id), list(self.roles), self.enrolled_by)

    # -- rules ---------------------------------------------------------------------------

    def enrol(self, command: EnrolPerson) -> None:
        if command.party is not None:
            self._refuse_unfit(command, command.party, command.role)
        who = Personal(
            subject=str(self.id), fields={"name": command.name, "sign_in": command.sign_in}
        )
        self.record(PersonEnrolled, command, who=who)
        if command.party is not None:
            self._say(RoleGranted, command, party=command.party, role=command.role)

    def grant(self, command: GrantRole) -> None:
        self._refuse_unfit(command, command.party, command.role)
        if held := self.roles.get(command.party.id):
            zh, en = ROLES[held]
            raise Refused(
                Words(
                    f"{self.name} 在“{command.party.name}”已经是{zh}。"
                    "要换角色，请先撤销现在的角色。",
                    f"{self.name} is {en} in {command.party.name} already. "
                    "To change that, withdraw the present role first.",
                ),
                field="role",
            )
        self._say(RoleGranted, command, party=command.party, role=command.role)

    def withdraw(self, command: WithdrawRole) -> None:
        _refuse_other_party(command, command.party)
        role = self.roles.get(command.party.id)
        if role is None:
            raise Refused(
                Words(
                    f"{self.name} 在“{command.party.name}”没有角色，不需要撤销",
                    f"{self.name} holds no role in {command.party.name}",
                )
            )
        self._say(
            RoleWithdrawn, command, party=command.party, role=role, reason=command.reason
        )  # fmt: skip

    def disable(self, command: DisablePerson) -> None:
        self._say(PersonDisabled, command, reason=command.reason)

    def replace_password(self, command: ReplacePassword) -> None:
        by = command.by
        if self.is_administrator and by.party.kind != "system":
            if not self.reset_asked_by:
                raise Refused(_ASK_FIRST.fill(name=self.name))
            if self.reset_asked_by == by.person:
                raise NotAllowed(_TWO_PEOPLE.fill(name=self.name))
        self._say(PasswordReplaced, command)

    def ask_reset(self, command: AskPasswordReset) -> None:
        if not self.is_administrator:
            raise Refused(_NO_ADMINISTRATOR.fill(name=self.name))
        self._say(PasswordResetAsked, command, reason=command.reason)

    def unlock(self, command: UnlockSignIn) -> None:
        self._say(SignInUnlocked, command)

    def reset_factors(self, command: ResetFactors) -> None:
        self._say(FactorsReset, command, reason=command.reason)

    @property
    def is_administrator(self) -> bool:
        return any(role in ADMINISTRATORS for role in self.roles.values())

    def _refuse_unfit(self, command: Command, party: PartyRef, role: str) -> None:
        _refuse_other_party(command, party)
        if role not in ROLES_OF.get(party.kind, ()):
            zh, en = PARTY_KINDS[party.kind]
            fitting = roles_for(party.kind)
            raise Refused(
                Words(
                    f"{zh}没有“{ROLES[role].zh}”这个角色，可以选："
                    + ("、".join(words.zh for _, words in fitting) or "（没有）"),
                    f"A {en} has no {ROLES[role].en}; it has: "
                    + (", ".join(words.en for _, words in fitting) or "none"),
                ),
                field="role",
            )
        held = [each for each in self.roles.values() if each in SEPARATE]
        if role in SEPARATE and held:
            raise Refused(_SEPARATE.fill(name=self.name, held=ROLES[held[0]]), field="role")

    def _say(self, kind: type[Event], command: Command, **fields: object) -> None:
        who = Personal(subject=str(self.id), fields={"name": self.name})
        self.record(kind, command, who=who, **fields)

    # -- state ---------------------------------------------------------------------------

    def when(self, event: Event) -> None:
        match event:
            case PersonEnrolled():
                self.state = "active"
                self.name, self.sign_in = event.who.get("name"), event.who.get("sign_in")
                self.enrolled_by = event.by.party.id
            case RoleGranted():
                self.roles[event.party.id] = event.role
            case RoleWithdrawn():
                self.roles.pop(event.party.id, None)
            case PersonDisabled():
                self.state = "disabled"
            case PasswordResetAsked():
                self.reset_asked_by = event.by.person
            case PasswordReplaced():
                self.reset_asked_by = ""


def relation(by: Acting, person: str, parties: list[str], enrolled_by: str) -> str:
    """What the acting party is to a person who holds roles in these parties.

    "self", "ours" (she works for this party alone), "shared" (for others too), else "none".
    """
    if by.person == person:
        return "self"
    ours = by.party.id in parties if parties else by.party.id == enrolled_by
    if not ours:
        return "none"
    return "ours" if set(parties) <= {by.party.id} else "shared"


def _refuse_other_party(command: Command, party: PartyRef) -> None:
    if command.by.party.kind in ("operator", "system") or command.by.party.id == party.id:
        return
    raise NotAllowed(
        Words(
            f"您只能管理本单位的人员，不能管理“{party.name}”的。请联系该单位管理员或者平台运营方。",
            f"You look after your own party's people, not those of {party.name}. "
            "Ask its administrator or the operator.",
        )
    )


_ASK_FIRST = Words(
    "{name} 是管理员，重设密码要两个人：请先由一个人提出请求，再由另一个人设定新密码。",
    "{name} is an administrator, whose password takes two people: one asks, another sets it.",
)
_TWO_PEOPLE = Words(
    "这次重设是您提出的，要由另一个人为 {name} 设定新密码。",
    "You asked for this; somebody else must set the new password of {name}.",
)
_NO_ADMINISTRATOR = Words(
    "{name} 不是管理员，可以直接重设密码。",
    "{name} is no administrator; set the password directly.",
)
_SEPARATE = Words(
    "{name} 已经是{held}。系统管理员、安全管理员和审计员要由不同的人担任。",
    "{name} is {held} already. System, security and audit administrators are different people.",
)
