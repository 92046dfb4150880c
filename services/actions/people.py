"""People (人员): who may sign in, and which role she holds in which party.

A person is entered once under a sign-in name, which is hers for ever: her id is derived from
it, so that no name is given to two people, not even by two administrators at once. She holds
at most one role in a party, because a session acts for a party in one role; whoever needs
another role in the same party gets it instead of the first.

An administrator looks after the people of her own party. Someone who also works for others
is looked after by the operator: else one party's administrator could set a new password and
act as that person elsewhere. Nobody disables herself or takes her own role, so that a party
is not left without an administrator by a slip.

The password stands nowhere in the log; `services/accounts.py` writes it beside the event.

Open dilemma: a disabled person stays disabled; back in office she is entered under a new name.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from pydantic import AfterValidator

from events.event import Acting, Event, PartyKind, PartyRef, Personal
from events.log import Appended
from events.parties import (
    PasswordReplaced,
    PersonDisabled,
    PersonEnrolled,
    RoleGranted,
    RoleWithdrawn,
)
from events.terms import PARTY_KINDS, ROLES
from events.words import Code, Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Given, Reason, RecordId, Text, ask, one_of, wrong
from services.actions.refused import NotAllowed, Refused

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
    "operator": ("admin", "auditor"),
}

_PEOPLE = UUID("b0b6f7c1-53c4-5d0c-8d0e-2f6f3f6f4a11")
_SIGN_IN = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")


def person_id(sign_in: str) -> UUID:
    """The id of the person with this sign-in name: one name, one person."""
    return uuid5(_PEOPLE, sign_in.strip().lower())


def roles_for(kind: PartyKind) -> Code:
    """The roles a person can hold in such a party, to choose from."""
    return Code("role", {code: ROLES[code] for code in ROLES_OF.get(kind, ())})


def _sign_in(value: str) -> str:
    value = value.lower()
    if value and not _SIGN_IN.fullmatch(value):
        wrong(
            f"登录名“{value}”不合要求：3 至 40 个小写字母、数字、点或横线，例如 zhao.min",
            f"“{value}” cannot be a sign-in name: 3 to 40 letters, digits, dots or hyphens, "
            "for example zhao.min",
        )
    return value


SignIn = Annotated[Given, AfterValidator(_sign_in)]
Role = Annotated[Given, one_of(ROLES)]
MaybeRole = Annotated[Text, one_of(ROLES)]


class EnrolPerson(Command):
    """Enter a person, and where `party` and `role` are given, let her act for that party."""

    SAYS = Words("登记人员", "Enter a person")

    name: Given = ask("姓名", "Name", most=50)
    sign_in: SignIn = ask(
        "登录名", "Sign-in name",
        hint=Words("例如 zhao.min。以后不能改，也不会再给别人用。",
                   "For example zhao.min. It stays hers and is never given to anybody else."),
    )  # fmt: skip
    role: MaybeRole = ask("什么角色？", "Which role?", widget="radios", options=ROLES, default="")
    party: PartyRef | None = None

    @property
    def person(self) -> UUID:
        """The id that she will have."""
        return person_id(self.sign_in)


class OnPerson(Command):
    """A command on one person."""

    person: RecordId


class GrantRole(OnPerson):
    """Let a person act for a party in a role."""

    SAYS = Words("授予角色", "Give a role")

    party: PartyRef
    role: Role = ask("什么角色？", "Which role?", widget="radios", options=ROLES)


class WithdrawRole(OnPerson):
    """Take a person's role in a party; which role that is, her record knows."""

    SAYS = Words("撤销角色", "Withdraw the role")

    party: PartyRef
    reason: Reason = ask("为什么撤销？", "Why is it withdrawn?", widget="area")


class DisablePerson(OnPerson):
    """She can no longer sign in, for any party."""

    SAYS = Words("停用账号", "Disable the account")

    reason: Reason = ask("为什么停用？", "Why is it disabled?", widget="area")


class ReplacePassword(OnPerson):
    """She gets a new password."""

    SAYS = Words("重设密码", "Set a new password")


async def enrol_person(log: Log, command: EnrolPerson) -> Appended:
    there = await load(log, Person, command.person)
    if there.version:
        raise Refused(
            Words(
                f"登录名“{command.sign_in}”已经有人使用，请换一个",
                f"The sign-in name {command.sign_in} is taken; choose another",
            ),
            field="sign_in",
        )
    return await begin(log, Person, command.person, command, Person.enrol)


async def grant_role(log: Log, command: GrantRole) -> Appended:
    return await change(log, Person, command.person, command, Person.grant)


async def withdraw_role(log: Log, command: WithdrawRole) -> Appended:
    return await change(log, Person, command.person, command, Person.withdraw)


async def disable_person(log: Log, command: DisablePerson) -> Appended:
    return await change(log, Person, command.person, command, Person.disable)


async def replace_password(log: Log, command: ReplacePassword) -> Appended:
    return await change(log, Person, command.person, command, Person.replace_password)


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
        self._say(PasswordReplaced, command)

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
