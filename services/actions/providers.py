"""Providers (单位统一登录): a party's administrator names the provider her people come in by.

The secret by which we prove ourselves to it stands at the desk, never in the log.
"""

from __future__ import annotations

from events.event import PartyRef
from events.log import Appended
from events.providers import ProviderEnded, ProviderUsed
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Command, Given, Reason, RecordId, ask
from services.actions.parties import Party


class OnProvider(Command):
    """About the provider of one party."""

    party: RecordId
    ref: PartyRef


class UseProvider(OnProvider):
    """Let the party's people come in by this provider."""

    SAYS = Words("启用单位统一登录", "Use single sign-on")

    issuer: Given = ask(
        "登录服务的地址（issuer）", "Address of the provider (issuer)", most=300,
        hint=Words("例如 https://login.example.cn", "For example https://login.example.cn"),
    )  # fmt: skip
    client: Given = ask("我们的编号（client_id）", "Our id there (client_id)", most=200)


class EndProvider(OnProvider):
    """Nobody comes in by it any more."""

    SAYS = Words("停用单位统一登录", "End single sign-on")

    reason: Reason = ask("为什么停用？", "Why does it end?", widget="area")


async def use_provider(log: Log, command: UseProvider) -> Appended:
    return await change(log, Party, command.party, command, use)


def use(party: Party, command: UseProvider) -> None:
    party.record(
        ProviderUsed, command, party=command.ref, issuer=command.issuer, client=command.client
    )


async def end_provider(log: Log, command: EndProvider) -> Appended:
    return await change(log, Party, command.party, command, end)


def end(party: Party, command: EndProvider) -> None:
    party.record(ProviderEnded, command, party=command.ref, reason=command.reason)
