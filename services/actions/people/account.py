"""Account: what others do with a person's account: disable it, set it right after a loss."""

from __future__ import annotations

from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, ask
from services.actions.people.person import OnPerson, Person


class DisablePerson(OnPerson):
    """She can no longer sign in, for any party."""

    SAYS = Words("停用账号", "Disable the account")

    reason: Reason = ask("为什么停用？", "Why is it disabled?", widget="area")


class ReplacePassword(OnPerson):
    """She gets a new password."""

    SAYS = Words("重设密码", "Set a new password")


class AskPasswordReset(OnPerson):
    """Ask that an administrator gets a new password; somebody else sets it."""

    SAYS = Words("请求重设管理员密码", "Ask for an administrator's new password")

    reason: Reason = ask("为什么要重设？", "Why is it needed?", widget="area")


class UnlockSignIn(OnPerson):
    """Her name was locked after wrong answers; she may try again."""

    SAYS = Words("解锁登录名", "Unlock the sign-in name")


class ResetFactors(OnPerson):
    """She lost her second factor; she sets up a new one when she signs in."""

    SAYS = Words("清除第二重验证", "Reset the second factor")

    reason: Reason = ask(
        "为什么要清除？怎样核实了本人？", "Why, and how are you sure that it is she?", widget="area"
    )


async def disable_person(log: Log, command: DisablePerson) -> Appended:
    return await change(log, Person, command.person, command, Person.disable)


async def replace_password(log: Log, command: ReplacePassword) -> Appended:
    return await change(log, Person, command.person, command, Person.replace_password)


async def ask_password_reset(log: Log, command: AskPasswordReset) -> Appended:
    return await change(log, Person, command.person, command, Person.ask_reset)


async def unlock_sign_in(log: Log, command: UnlockSignIn) -> Appended:
    return await change(log, Person, command.person, command, Person.unlock)


async def reset_factors(log: Log, command: ResetFactors) -> Appended:
    return await change(log, Person, command.person, command, Person.reset_factors)
