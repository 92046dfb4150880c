"""The `gongzhi` command."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.cli import doctor, figures, imports, log, serve, users, views
from deploy.cli import settings as settings_
from deploy.cli.said import t

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=t(
        "共治平台：服务、导入、审计、视图与自检。",
        "Gongzhi: serve, import, audit, views, self-check.",
    ),
)


@app.callback()
def common(
    lang: Annotated[str, typer.Option(help=t("语言：zh 或 en", "Language: zh or en"))] = "",
) -> None:
    """`--lang` was read before the commands were declared (see said.language)."""


app.command("serve", help=t("提供全部门户并更新视图", "Serve all portals and build the views"))(
    serve.serve
)
app.command("portal", help=t("只提供指定的门户", "Serve the named portals only"))(serve.portal)
app.command("worker", help=t("只更新视图、执行规则", "Only build views and let policies act"))(
    serve.worker
)
app.command("demo", help=t("装入示范省并提供服务", "Load the demo province and serve it"))(
    serve.demo
)
app.command("doctor", help=t("自检：缺什么，怎么办", "Self-check: what is missing and what to do"))(
    doctor.doctor
)
app.command("figures", help=t("三类产品监管数据", "The supervision figures"))(figures.figures)
app.command(
    "settings", help=t("显示生效的设置（不含密钥）", "Show the settings in force, without secrets")
)(settings_.settings)
app.add_typer(imports.app, name="import")
app.add_typer(log.app, name="log")
app.add_typer(views.app, name="views")
app.add_typer(users.app, name="user")
app.add_typer(settings_.access, name="access")


def main() -> None:
    """Entry point of the command."""
    app()
