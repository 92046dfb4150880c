"""`gongzhi views`: what is seen, how far it is built, and building it anew."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.cli.running import run
from deploy.cli.said import fail, out, say, t
from services.platform import Platform
from services.views.builder import Builder

app = typer.Typer(no_args_is_help=True, help=t("视图", "Views"))
Name = Annotated[str, typer.Argument(help=t("视图名；不给则全部", "View; all when not given"))]


@app.command("list", help=t("视图、版本与进度", "Views, versions and how far they are"))
def list_() -> None:
    async def work(platform: Platform) -> None:
        size = await platform.log.size()
        for builder in platform.builders:
            position = await builder.reached()
            stopped = t("  已停止", "  STOPPED") if builder.failed else ""
            name = f"{builder.view.name} v{builder.view.version}"
            out.print(f"{name:<28} {position:>9} / {size}{stopped}", markup=False)

    run(work)


@app.command(help=t("从日志重建", "Build anew from the log"))
def rebuild(name: Name = "") -> None:
    async def work(platform: Platform) -> None:
        for builder in _chosen(platform, name):
            await builder.rebuild()
        await platform.catch_up()
        say("已重建。", "Rebuilt.")

    run(work)


@app.command(help=t("视图内容的摘要，用于比较", "A digest of the rows, to compare"))
def digest(name: Name = "") -> None:
    async def work(platform: Platform) -> None:
        await platform.catch_up()
        for builder in _chosen(platform, name):
            out.print(f"{await builder.digest()}  {builder.view.name}", markup=False)

    run(work)


def _chosen(platform: Platform, name: str) -> list[Builder]:
    chosen = [b for b in platform.builders if name in ("", b.view.name)]
    if not chosen:
        names = [b.view.name for b in platform.builders]
        fail(
            f"没有名为“{name}”的视图。现有：{'、'.join(names)}",
            f"No view {name!r}. There are: {', '.join(names)}",
            2,
        )
    return chosen
