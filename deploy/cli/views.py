"""`gongzhi views`: what is seen, how far it is built, and building it anew."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.progress import Progress

from deploy.cli.running import run
from deploy.cli.said import errors, fail, out, say, t
from services.building import parallel, progress
from services.building.builder import Builder
from services.platform import Platform

app = typer.Typer(no_args_is_help=True, help=t("视图", "Views"))
Name = Annotated[str, typer.Argument(help=t("视图名；不给则全部", "View; all when not given"))]


@app.command("list", help=t("视图、版本与进度", "Views, versions and how far they are"))
def list_() -> None:
    async def work(platform: Platform) -> None:
        size = await platform.log.size()
        for part in await _parts(platform):
            out.print(f"{_name(part):<36} {part.position:>9} / {size}{_state(part)}", markup=False)

    run(work)


Processes = Annotated[
    int, typer.Option(min=1, max=64, help=t("同时用几个进程", "Processes that build at once"))
]


@app.command(help=t("从日志重建，其间照常可查", "Build anew from the log, while it stays in use"))
def rebuild(name: Name = "", processes: Processes = 1) -> None:
    async def work(platform: Platform) -> None:
        chosen = _chosen(platform, name)
        for builder in chosen:
            if processes > 1 and builder.view.by_stream:
                await parallel.rebuild(platform.pool, builder.view, processes)
            else:
                await builder.rebuild()
        stopped = await _until_built(platform, {builder.view.name for builder in chosen})
        for part in stopped:
            fail(f"{_name(part)} {_why(part)}", f"{_name(part)} {_why(part)}", 1)
        say("已重建。", "Rebuilt.")

    run(work)


@app.command(help=t("已停止的视图再试一次", "Let stopped views try again"))
def retry(name: Name = "") -> None:
    async def work(platform: Platform) -> None:
        chosen = {builder.key[:2] for builder in _chosen(platform, name)}
        async with platform.pool.connection() as connection:
            for part in await progress.read(connection):
                if part.key[:2] in chosen and part.failed_at:
                    await progress.retry(connection, part.key)
        await platform.catch_up()
        stopped = [p for p in await _parts(platform) if p.failed_at and p.key[:2] in chosen]
        for part in stopped:
            fail(f"{_name(part)} {_why(part)}", f"{_name(part)} {_why(part)}", 1)
        say("没有停止的视图。", "No view is stopped.")

    run(work)


@app.command(help=t("视图内容的摘要，用于比较", "A digest of the rows, to compare"))
def digest(name: Name = "") -> None:
    async def work(platform: Platform) -> None:
        await platform.catch_up()
        for builder in _chosen(platform, name):
            out.print(f"{await builder.digest()}  {builder.view.name}", markup=False)

    run(work)


async def _until_built(platform: Platform, names: Iterable[str]) -> list[progress.Part]:
    """Build, or watch who builds already; those that stopped on the way."""
    building = asyncio.create_task(platform.catch_up())
    try:
        with Progress(console=errors, transient=True) as bar:
            tasks = {name: bar.add_task(name, total=None) for name in names}
            while beside := [p for p in await _parts(platform) if p.part and p.name in tasks]:
                size = await platform.log.size()
                for part in beside:
                    bar.update(tasks[part.name], total=size, completed=part.position)
                if all(part.failed_at for part in beside):
                    break
                await asyncio.sleep(0.2)
    finally:
        await building
    return beside


async def _parts(platform: Platform) -> list[progress.Part]:
    """The views of this software: what is shown, and what is being built beside."""
    known = {builder.key[:2] for builder in platform.builders}
    async with platform.pool.connection() as connection:
        return [part for part in await progress.read(connection) if part.key[:2] in known]


def _name(part: progress.Part) -> str:
    beside = t("（重建中）", " (rebuilding)") if part.part else ""
    nth = f" {part.part}/{part.parts}" if part.parts > 1 else ""
    return f"{part.name} v{part.version}{nth}{beside}"


def _state(part: progress.Part) -> str:
    return f"  {_why(part)}" if part.failed_at else ""


def _why(part: progress.Part) -> str:
    what = (part.failure or "").partition("\n")[0]
    return t(
        f"停在第 {part.failed_at} 个事件：{what}", f"STOPPED at event {part.failed_at}: {what}"
    )


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
