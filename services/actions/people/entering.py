"""Entering: a person is entered, and holds roles in parties or holds them no more."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from events.event import PartyRef
from events.log import Appended
from events.terms import ROLES
from events.words import Words
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Given, Reason, Text, ask, one_of, wrong
from services.actions.merging import refuse_merged
from services.actions.people.person import OnPerson, Person, person_id
from services.actions.refused import Refused

_SIGN_IN = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")


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


async def enrol_person(log: Log, command: EnrolPerson) -> Appended:
    if command.party is not None:
        await refuse_merged(log, command.party, "role")
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
    await refuse_merged(log, command.party, "role")
    return await change(log, Person, command.person, command, Person.grant)


async def withdraw_role(log: Log, command: WithdrawRole) -> Appended:
    return await change(log, Person, command.person, command, Person.withdraw)
