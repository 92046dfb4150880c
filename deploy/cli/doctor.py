"""`gongzhi doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import typer

from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import language, out, t
from deploy.postgres.place import find_place
from events.event import today
from events.words import Words, both
from services.clocks.calendar import china
from services.platform import Platform

ENOUGH_DISK = 1_000_000_000


class Finding(NamedTuple):
    """One line: what was looked at, whether it is well, what was found or must be done."""

    what: Words
    well: bool
    found: Words


def doctor() -> None:
    async def work(platform: Platform) -> bool:
        await platform.catch_up()
        well = True
        async for finding in findings(platform, today()):
            mark = "✓" if finding.well else "✗"
            what, found = finding.what.say(language()), finding.found.say(language())
            out.print(f"{mark} {what}{t('：', ': ')}{found}", markup=False)
            well = well and finding.well
        return well

    if not run(work):
        raise typer.Exit(1)


async def findings(platform: Platform, on: date) -> AsyncIterator[Finding]:
    """Everything the doctor looks at, one by one."""
    yield Finding(Words("软件", "software"), True, both(f"gongzhi {version('gongzhi')}"))
    yield await _database(platform)
    async for finding in _views(platform):
        yield finding
    for finding in (*_calendar(on), _disk(), _assets(), await asyncio.to_thread(_fonts)):
        yield finding


async def _database(platform: Platform) -> Finding:
    async with platform.pool.connection() as connection:
        row = await (await connection.execute("show server_version")).fetchone()
    size = await platform.log.size()
    name = f"PostgreSQL {row[0] if row else '?'}"
    return Finding(
        Words("数据库", "database"), True, Words(f"{name}，{size} 个事件", f"{name}, {size} events")
    )


async def _views(platform: Platform) -> AsyncIterator[Finding]:
    size = await platform.log.size()
    for builder in platform.builders:
        lag = size - await builder.reached()
        name = f"{builder.view.name} v{builder.view.version}"
        found = Words(f"落后 {lag} 个事件", f"{lag} events behind")
        if builder.failed:
            found = Words(
                f"已停止，修复后运行 gongzhi views retry {builder.view.name}",
                f"stopped; after mending run gongzhi views retry {builder.view.name}",
            )
        yield Finding(Words(f"视图 {name}", f"view {name}"), not builder.failed, found)


def _calendar(on: date) -> Iterator[Finding]:
    for year in (on.year, on.year + 1):
        well = china().known(year) or year > on.year
        found = (
            Words("已公布", "published")
            if china().known(year)
            else Words(
                "尚未公布，跨年期限按“暂定”显示", "not yet published; deadlines are provisional"
            )
        )
        yield Finding(Words(f"{year} 年工作日历", f"working calendar {year}"), well, found)


def _disk() -> Finding:
    """The disk the data stands on, which need not be that of the directory above it."""
    free = shutil.disk_usage(_standing()).free
    text, well = f"{free / 1e9:.1f} GB", free > ENOUGH_DISK
    found = Words(f"可用 {text}", f"{text} free")
    if not well:
        found = Words(
            f"只剩 {text}，请清出空间；写满后什么都不能保存",
            f"only {text} free: make room; when it is full nothing can be saved",
        )
    return Finding(Words("磁盘空间", "disk"), well, found)


def _standing() -> Path:
    """Where our database keeps its files; with another database, our data directory."""
    chosen = read()
    data = chosen.data if chosen.database_url else find_place(chosen.data).home
    return next(each for each in (data, *data.resolve().parents) if each.exists())


def _assets() -> Finding:
    there = files("portals").joinpath("static/vendor/govuk-frontend.min.css").is_file()
    found = (
        Words("齐全", "complete")
        if there
        else Words("缺失，请运行 make setup", "missing: run make setup")
    )
    return Finding(Words("页面资源", "page assets"), there, found)


def _fonts() -> Finding:
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh"], capture_output=True, text=True, check=False, timeout=10
        ).stdout
    except (FileNotFoundError, subprocess.TimeoutExpired):
        listed = ""
    found = (
        Words("有中文字体", "a Chinese font is installed")
        if listed.strip()
        else Words(
            "服务器上没有中文字体（只影响截图与打印，浏览器用自己的字体）",
            "no Chinese font on this server (matters for screenshots only)",
        )
    )
    return Finding(Words("字体", "fonts"), True, found)
