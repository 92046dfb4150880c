"""The `gongzhi` command."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from deploy.cli import (
    bench,
    calendar,
    clock,
    doctor,
    figures,
    files,
    imports,
    key,
    log,
    mirror,
    serve,
    users,
    vault,
    verify,
    views,
    witness,
)
from deploy.cli import settings as settings_
from deploy.cli.said import fail, language_first, speak, t, told
from deploy.cli.wrong import wrong_usage
from events.words import Words

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=t(
        "共治平台：服务、导入、审计、视图与自检。",
        "Gongzhi: serve, import, audit, views, self-check.",
    ),
)


@app.callback(invoke_without_command=True)
def common(
    ctx: typer.Context,
    lang: Annotated[str, typer.Option(help=t("语言：zh 或 en", "Language: zh or en"))] = "",
) -> None:
    """`--lang` was read before the commands were declared (see said.language)."""
    if lang and lang.lower()[:2] not in ("zh", "en"):
        fail(f"不会说 {lang}；--lang 后面写 zh 或 en", f"{lang!r} is not spoken; say zh or en", 2)
    if ctx.invoked_subcommand is None:
        ctx.get_help()


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
app.command("clock", help=t("计算一个期限并说明理由", "Work out one deadline and say why"))(
    clock.clock
)
app.command("bench", help=t("与同类产品并排测速", "Measure against peers, side by side"))(
    bench.bench
)
app.command(
    "verify",
    help=t("离线核验日志、回执和检查点", "Check logs, receipts and heads offline"),
    context_settings=verify.SETTINGS,
)(verify.verify)
app.command(
    "settings", help=t("显示生效的设置（不含密钥）", "Show the settings in force, without secrets")
)(settings_.settings)
app.add_typer(imports.app, name="import")
app.add_typer(calendar.app, name="calendar")
app.add_typer(log.app, name="log")
app.add_typer(key.app, name="key")
app.add_typer(mirror.app, name="mirror")
app.add_typer(witness.app, name="witness")
app.add_typer(vault.app, name="vault")
app.add_typer(files.app, name="files")
app.add_typer(views.app, name="views")
app.add_typer(users.app, name="user")
app.add_typer(settings_.access, name="access")


def main() -> None:
    """Entry point of the command: every ending is a sentence and an exit code."""
    speak()
    try:
        code = app(language_first(sys.argv[1:]), prog_name="gongzhi", standalone_mode=False)
    except typer.TyperException as wrong:
        code = told(wrong_usage(wrong), 2) if wrong.format_message() else 2  # else it was the help
    except typer.Abort:
        code = told(Words("已取消。", "Cancelled."), 130)
    except Exception as fault:
        code = told(_our_fault(fault), 70)
    sys.exit(code or 0)


def _our_fault(fault: Exception) -> Words:
    """Nobody should have to read a traceback; who mends the program asks for it."""
    if os.environ.get("GONGZHI_TRACE"):
        traceback.print_exception(fault)
    what = f"{type(fault).__name__}: {fault}".splitlines()[0]
    return Words(
        f"程序出错了（{what}）。这不是您的操作造成的；设 GONGZHI_TRACE=1 再运行，可看到详情",
        f"The program failed ({what}). This is our fault; GONGZHI_TRACE=1 shows the details",
    )
