"""`gongzhi user`: people and their passwords, from the shell."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

import typer

from deploy.cli.running import run
from deploy.cli.said import fail, say, t
from events.event import Acting, PartyRef, system, today
from events.terms import ROLES
from services import accounts
from services.actions.people import (
    DisablePerson,
    EnrolPerson,
    ReplacePassword,
    ResetFactors,
    UnlockSignIn,
)
from services.platform import Platform

app = typer.Typer(no_args_is_help=True, help=t("人员与密码", "People and passwords"))
SignIn = Annotated[str, typer.Argument(help=t("登录名", "Sign-in name"))]
Password = Annotated[
    str,
    typer.Option(
        prompt=t("密码（至少 12 个字符）", "Password (12 characters or more)"),
        hide_input=True,
        confirmation_prompt=True,
        envvar="GONGZHI_PASSWORD",
        help=t("不给则询问", "Asked for when not given"),
    ),
]


@app.command(
    help=t("登记人员；第一位成为平台管理员", "Enter a person; the first becomes administrator")
)
def add(
    sign_in: SignIn,
    name: Annotated[str, typer.Option(help=t("姓名", "Name"))],
    password: Password,
    party: Annotated[str, typer.Option(help=t("单位全称", "Full name of the party"))] = "",
    role: Annotated[str, typer.Option(help=t("角色代码", "Role code"))] = "",
) -> None:
    async def work(platform: Platform) -> None:
        if not await accounts.is_set_up(platform):
            await accounts.set_up(platform, name, sign_in, password)
            say(f"已设立平台管理员 {sign_in}。", f"Administrator {sign_in} is set up.")
            return
        by = await _at_the_server(platform)
        command = EnrolPerson(
            by=by, name=name, sign_in=sign_in, party=await _party(platform, party), role=role
        )
        await platform.perform(partial(accounts.enrol, platform.pool, password), command)
        say(f"已登记 {name}（{sign_in}）。", f"{name} ({sign_in}) is entered.")

    run(work)


@app.command(help=t("停用账号", "Disable an account"))
def disable(
    sign_in: SignIn, reason: Annotated[str, typer.Option(help=t("原因", "Reason"))]
) -> None:
    async def work(platform: Platform) -> None:
        by = await _at_the_server(platform)
        command = DisablePerson(by=by, person=await _person(platform, sign_in), reason=reason)
        await platform.perform(partial(accounts.disable, platform.pool), command)
        say(f"已停用 {sign_in}。", f"{sign_in} is disabled.")

    run(work)


@app.command(help=t("重设密码", "Set a new password"))
def password(sign_in: SignIn, password: Password) -> None:
    async def work(platform: Platform) -> None:
        by = await _at_the_server(platform)
        command = ReplacePassword(by=by, person=await _person(platform, sign_in))
        await platform.perform(partial(accounts.replace_password, platform.pool, password), command)
        say(f"已重设 {sign_in} 的密码。", f"{sign_in} has a new password.")

    run(work)


@app.command(help=t("某一天谁担任什么角色", "Who held which role on a day"))
def roles(
    on: Annotated[str, typer.Option(help=t("日期，如 2026-11-23", "Date, e.g. 2026-11-23"))] = "",
    party: Annotated[str, typer.Option(help=t("单位全称", "Full name of the party"))] = "",
    role: Annotated[str, typer.Option(help=t("角色代码", "Role code"))] = "",
) -> None:
    try:
        day = date.fromisoformat(on) if on else today()
    except ValueError:
        fail(f"“{on}”不是日期，请写成 2026-11-23", f"{on!r} is not a date; write 2026-11-23", 2)

    async def work(platform: Platform) -> None:
        await platform.catch_up()
        meant, number = await _party(platform, party), 1
        while True:
            rows = await platform.views.roles_held.on(
                day, party=meant.id if meant else "", role=role, number=number
            )
            for row in rows.rows:
                said, who = ROLES[row["role"]], (row["party_name"], row["person_name"])
                say("\t".join((*who, said.zh)), "\t".join((*who, said.en)))
            if not rows.has_next:
                break
            number += 1
        say(f"{day}：共 {rows.total} 项任职。", f"{day}: {rows.total} roles.")

    run(work)


async def _at_the_server(platform: Platform) -> Acting:
    """Whoever has the server acts by its own right, and the log says so."""
    await platform.catch_up()
    return system("operator")


@app.command(help=t("解锁登录名", "Unlock a sign-in name"))
def unlock(sign_in: SignIn) -> None:
    async def work(platform: Platform) -> None:
        by = await _at_the_server(platform)
        command = UnlockSignIn(by=by, person=await _person(platform, sign_in))
        await platform.perform(partial(accounts.unlock, platform.pool), command)
        say(f"已解锁 {sign_in}。", f"{sign_in} is unlocked.")

    run(work)


@app.command(help=t("清除第二重验证", "Reset a second factor"))
def reset_factors(
    sign_in: SignIn, reason: Annotated[str, typer.Option(help=t("原因", "Reason"))]
) -> None:
    async def work(platform: Platform) -> None:
        by = await _at_the_server(platform)
        command = ResetFactors(by=by, person=await _person(platform, sign_in), reason=reason)
        await platform.perform(partial(accounts.reset_factors, platform.pool), command)
        say(f"已清除 {sign_in} 的第二重验证。", f"{sign_in} sets up a new second factor.")

    run(work)


async def _person(platform: Platform, sign_in: str) -> UUID:
    found = await platform.views.directory.by_sign_in(sign_in)
    if found is None:
        fail(f"没有登录名“{sign_in}”", f"There is no sign-in name {sign_in!r}", 2)
    return UUID(str(found["person"]))


async def _party(platform: Platform, name: str) -> PartyRef | None:
    if not name:
        return None
    found = await platform.views.directory.named(name)
    if found is None:
        fail(f"没有单位“{name}”，请写全称", f"There is no party {name!r}; give its full name", 2)
    return PartyRef(id=str(found["id"]), name=found["name"], kind=found["kind"])
