"""On whose behalf a command from the shell acts: `--as` names a person or a party."""

from __future__ import annotations

from deploy.cli.said import fail
from events.event import Acting, Channel, PartyRef
from services.platform import Platform
from services.views.view import Row


async def acting_as(platform: Platform, name: str, channel: Channel = "portal") -> Acting:
    """The person with this sign-in name, or somebody who works for the party of this name."""
    await platform.catch_up()
    directory = platform.views.directory
    person = await directory.by_sign_in(name)
    if person is not None:
        roles = await directory.roles(str(person["person"]))
        if roles:
            return _acting(roles[0], channel)
    party = await directory.named(name) or await directory.party(name)
    if party is None:
        fail(
            f"没有找到“{name}”。--as 后面写登录名或单位全称",
            f"{name!r} was not found. Give a sign-in name or the full name of a party after --as",
            2,
        )
    return await _of_party(platform, party, channel)


async def administrator(platform: Platform) -> Acting:
    """The operator's system administrator."""
    await platform.catch_up()
    directory = platform.views.directory
    operators = (await directory.parties("operator")).rows
    for operator in operators:
        for person in (await directory.people(str(operator["id"]))).rows:
            for role in await directory.roles(str(person["person"])):
                if role["role"] == "system":
                    return _acting(role, "portal")
    fail("平台还没有管理员", "This platform has no administrator yet", 2)


async def _of_party(platform: Platform, party: Row, channel: Channel) -> Acting:
    for person in (await platform.views.directory.people(str(party["id"]))).rows:
        for role in await platform.views.directory.roles(str(person["person"])):
            if str(role["party"]) == str(party["id"]) and role["role"] in ("clerk", "head"):
                return _acting(role, channel)
    fail(
        f"“{party['name']}”还没有经办人，请先登记一位",
        f"{party['name']} has no case officer yet; enter one first",
        2,
    )


def _acting(role: Row, channel: Channel) -> Acting:
    party = PartyRef(id=str(role["party"]), name=role["party_name"], kind=role["party_kind"])
    return Acting(
        person=str(role["person"]),
        name=role["name"],
        party=party,
        role=role["role"],
        channel=channel,
    )
