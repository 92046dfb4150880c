"""Allow-lists: whom a party invites, by mail domains and the beginnings of telephone numbers.

Set by the party's administrator or the operator's security administrator, in the party's record.
Where nothing is set, anybody can be invited.
"""

from __future__ import annotations

import re
from uuid import UUID

from pydantic import field_validator

from events.event import PartyRef
from events.invitations import InvitationsLimited
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Text, ask, wrong
from services.actions.parties import OnParty, Party
from services.actions.refused import Refused

_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_PREFIX = re.compile(r"\+?[0-9]{3,11}")


class LimitInvitations(OnParty):
    """Set at which addresses somebody may be invited."""

    SAYS = Words("限定邀请范围", "Limit invitations")

    domains: Text = ask(
        "允许哪些邮箱域名？", "Which mail domains?", widget="area", default="", most=2_000,
        hint=Words("每行一个，例如 fuzhou.gov.cn。两项都不填就是不限。",
                   "One a line, for example fuzhou.gov.cn. Leave both empty for no limit."),
    )  # fmt: skip
    prefixes: Text = ask(
        "允许哪些手机号段？", "Which beginnings of telephone numbers?", widget="area", default="",
        most=2_000, hint=Words("每行一个，例如 1391234。", "One a line, for example 1391234."),
    )  # fmt: skip
    ref: PartyRef

    @field_validator("domains")
    @classmethod
    def _are_domains(cls, value: str) -> str:
        for each in listed(value):
            if not _DOMAIN.fullmatch(each):
                wrong(
                    f"“{each}”不是邮箱域名，请写 @ 后面的部分，例如 fuzhou.gov.cn",
                    f"“{each}” is no mail domain; give what follows the @, e.g. fuzhou.gov.cn",
                )
        return value

    @field_validator("prefixes")
    @classmethod
    def _are_prefixes(cls, value: str) -> str:
        for each in listed(value):
            if not _PREFIX.fullmatch(each):
                wrong(
                    f"“{each}”不是号段，请写 3 至 11 位数字，例如 1391234",
                    f"“{each}” is no beginning of a number; give 3 to 11 digits, e.g. 1391234",
                )
        return value


def listed(text: str) -> list[str]:
    """What stands on each line, tidied."""
    lines = (line.strip().lower().removeprefix("@").replace(" ", "") for line in text.splitlines())
    return list(dict.fromkeys(filter(None, lines)))


async def limit_invitations(log: Log, command: LimitInvitations) -> Appended:
    return await change(log, Party, command.party, command, limit)


def limit(party: Party, command: LimitInvitations) -> None:
    limits = {"domains": listed(command.domains), "prefixes": listed(command.prefixes)}
    party.record(InvitationsLimited, command, party=command.ref, **limits)


async def limits_of(log: Log, party: str) -> InvitationsLimited | None:
    """What is set for the party now."""
    events = (recorded.event for recorded in await log.load(UUID(party)))
    found = [event for event in events if isinstance(event, InvitationsLimited)]
    limited = found[-1] if found else None
    return limited if limited and (limited.domains or limited.prefixes) else None


async def refuse_outside(log: Log, party: PartyRef, contact: str) -> None:
    """Refuse an invitation to an address that is not on the party's list."""
    limits = await limits_of(log, party.id)
    if limits is None:
        return
    if not contact:
        raise Refused(_NEEDED.fill(party=party.name, allowed=limits.allowed()), "contact")
    if not _is_allowed(limits, contact.strip().lower()):
        said = _OUTSIDE.fill(contact=contact, party=party.name, allowed=limits.allowed())
        raise Refused(said, "contact")


def _is_allowed(limits: InvitationsLimited, contact: str) -> bool:
    name, at, domain = contact.rpartition("@")
    if at:
        within = (domain == each or domain.endswith(f".{each}") for each in limits.domains)
        return bool(name) and any(within)
    digits = contact.replace(" ", "").replace("-", "")
    return any(digits.startswith(each) for each in limits.prefixes)


_NEEDED = Words(
    "“{party}”限定了邀请范围（{allowed}），请填写手机号或者邮箱",
    "{party} limits whom it invites ({allowed}): give a telephone number or mail address",
)
_OUTSIDE = Words(
    "“{contact}”不在“{party}”的邀请范围内（{allowed}）。请改用范围内的手机号或者邮箱，"
    "或者请管理员调整范围。",
    "{contact} is outside whom {party} invites ({allowed}). Give another address, or ask an "
    "administrator to change the limits.",
)
