"""`gongzhi settings` and `gongzhi access table`: what is in force."""

from __future__ import annotations

import typer

from deploy.cli.running import settings as read
from deploy.cli.said import out, t
from deploy.documents import rights_table

access = typer.Typer(no_args_is_help=True, help=t("权限", "Rights"))


def settings() -> None:
    for name, value in read().shown().items():
        shown = t("（未设）", "(not set)") if value in (None, "") else value
        out.print(f"{name} = {shown}", markup=False)


@access.command("table", help=t("谁可以做什么", "Who may do what"))
def table() -> None:
    out.print(rights_table(), markup=False)
