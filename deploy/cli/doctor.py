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

import typer

from deploy.cli.doctor_files import files_finding, scanner_finding
from deploy.cli.doctor_messages import messages_finding
from deploy.cli.doctor_vault import vault_finding
from deploy.cli.finding import Finding
from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import language, out, t
from deploy.postgres.place import find_place
from events.event import CHINA, today
from events.proofs.verdicts import Malformed
from events.words import Words, both
from services.clocks.calendar import Calendar
from services.heads.publisher import Heads, Rewritten
from services.heads.selfcheck import last_checks
from services.heads.stamping import last_stamp
from services.heads.standing import Standing, standing
from services.heads.witnesses import policy
from services.messages.ways import ways
from services.platform import Platform
from services.settings import Settings
from services.views.health import health
from services.views.view import Row

ENOUGH_DISK = 1_000_000_000
#: Seconds after which a view that has not read an event is not merely busy.
LATE = 60.0
#: So many events without a signed head are more than a publisher leaves in a second or two.
UNSIGNED = 100_000


def doctor() -> None:
    async def work(platform: Platform) -> bool:
        well = True
        async for finding in findings(platform, today(), read()):
            mark = "✓" if finding.well else "✗"
            what, found = finding.what.say(language()), finding.found.say(language())
            out.print(f"{mark} {what}{t('：', ': ')}{found}", markup=False)
            well = well and finding.well
        return well

    if not run(work):
        raise typer.Exit(1)


async def findings(
    platform: Platform, on: date, chosen: Settings | None = None
) -> AsyncIterator[Finding]:
    """Everything the doctor looks at, one by one."""
    yield Finding(Words("软件", "software"), True, both(f"gongzhi {version('gongzhi')}"))
    yield await _database(platform)
    yield await _heads(platform)
    async for finding in _witnesses(platform, chosen or read()):
        yield finding
    yield await _checked(platform)
    yield await vault_finding(platform)
    yield await files_finding(platform)
    yield await scanner_finding(chosen or read())
    yield await messages_finding(platform, ways(chosen or read()))
    if (chosen or read()).tsa_url:
        yield await _stamped(platform, on)
    async for finding in _views(platform):
        yield finding
    times = platform.views.obligations.times
    await times.read()
    for finding in (
        *_calendar(times.calendar, on),
        _disk(),
        _assets(),
        await asyncio.to_thread(_fonts),
    ):
        yield finding


async def _database(platform: Platform) -> Finding:
    async with platform.pool.connection() as connection:
        row = await (await connection.execute("show server_version")).fetchone()
    size = await platform.log.size()
    name = f"PostgreSQL {row[0] if row else '?'}"
    return Finding(
        Words("数据库", "database"), True, Words(f"{name}，{size} 个事件", f"{name}, {size} events")
    )


async def _heads(platform: Platform) -> Finding:
    """How much of the log is signed; a log that nobody signs proves nothing to others."""
    what = Words("日志签名", "signed head of the log")
    latest = await (heads := Heads(platform.pool)).latest()
    try:
        edge = await heads.edge()
        size, root = edge.size, edge.root
    except Rewritten:
        size, root = 0, b""
    if latest is None:
        return Finding(what, True, Words(
            "还没有：运行 gongzhi key new 名称 生成密钥后，重启 gongzhi serve",
            "none yet: make a key with gongzhi key new ORIGIN and restart gongzhi serve",
        ))  # fmt: skip
    signed, whose = latest.head.size, latest.head.origin
    if signed > size or (signed == size and latest.head.root != root):
        return Finding(what, False, Words(
            f"日志与已签名的检查点（{signed} 个事件）不符：日志被改写过，请保留现场并立即核查",
            f"the log is not what was signed at {signed} events: it was rewritten; keep everything",
        ))  # fmt: skip
    left = size - signed
    return Finding(what, left < UNSIGNED, Words(
        f"{whose}：已签 {signed} 个事件，还有 {left} 个未签",
        f"{whose}: {signed} events signed, {left} not yet",
    ))  # fmt: skip


async def _checked(platform: Platform) -> Finding:
    """What the last check of the whole log found, and whether it was not too long ago."""
    what, found = Words("日志自查", "self-check of the log"), await last_checks(platform.pool, 1)
    if not found:
        return Finding(what, True, Words(
            "还没有：gongzhi log check，运行中的服务每天做一次",
            "none yet: gongzhi log check; a running service does it once a day",
        ))  # fmt: skip
    last, on = found[0], found[0].checked_at.astimezone(CHINA)
    if last.position is not None:
        return Finding(what, False, Words(
            f"第 {last.position} 条不是原来的内容：{last.zh}。请保留现场并立即核查",
            f"position {last.position} is not what it was: {last.en}. Keep everything as it is",
        ))  # fmt: skip
    return Finding(what, True, Words(
        f"{on:%Y-%m-%d %H:%M} 核对 {last.size} 条记录、{last.heads} 个检查点，都一致",
        f"{on:%Y-%m-%d %H:%M}: {last.size} events and {last.heads} heads agree",
    ))  # fmt: skip


async def _stamped(platform: Platform, on: date) -> Finding:
    """When an authority outside last said that the log's head existed."""
    what, last = Words("可信时间戳", "time stamp"), await last_stamp(platform.log, on)
    if last is None:
        return Finding(what, False, Words(
            "两天没有取得：运行 gongzhi log stamp 看原因",
            "none for two days: run gongzhi log stamp to see why",
        ))  # fmt: skip
    at = last.event.stamped_at.astimezone(CHINA)
    return Finding(what, True, both(f"{last.event.authority}, {at:%Y-%m-%d %H:%M:%S}"))


async def _witnesses(platform: Platform, chosen: Settings) -> AsyncIterator[Finding]:
    """Each witness of the policy, and whether enough of them cosign."""
    try:
        kept = policy(chosen)
    except (Malformed, OSError) as wrong:
        said = wrong.said if isinstance(wrong, Malformed) else both(str(wrong))
        yield Finding(Words("见证策略", "witness policy"), False, Words(said.zh, said.en))
        return
    if kept is None or not kept.witnesses:
        return
    there = await standing(platform.pool, kept)
    for one in there:
        what = Words(f"见证方 {one.name}", f"witness {one.name}")
        yield Finding(what, one.silent is None, _cosigns(one))
    if await Heads(platform.pool).latest() is None:
        return
    quorum = kept.reached(one.name for one in there if one.there)
    yield Finding(Words("见证法定数", "quorum of witnesses"), quorum, _QUORUM[quorum])


def _cosigns(one: Standing) -> Words:
    if one.answered_at is None and one.silent is None:
        return Words("还没有要它会签过", "was not asked to cosign yet")
    if one.silent is None:
        return Words(f"已见证 {one.size} 个事件", f"has cosigned {one.size} events")
    minutes = int(one.silent.total_seconds() // 60)
    return Words(
        f"只见证到第 {one.size} 个事件，已有 {minutes} 分钟没有回应："
        "请看它的 gongzhi witness serve 是否在运行、地址是否对",
        f"cosigned {one.size} events and has been silent for {minutes} minutes: is its "
        "gongzhi witness serve running, and its address right?",
    )


_QUORUM = {
    True: Words("达到", "reached"),
    False: Words(
        "没有达到：新的记录只是“已入链”，还没有“已见证”",
        "not reached: what is new is logged, but not witnessed",
    ),
}


async def _views(platform: Platform) -> AsyncIterator[Finding]:
    """Every view as it stands: it is looked at, not built."""
    for row in await health(platform.pool, platform.views):
        name = f"{row['name']} v{row['version']}"
        beside = Words("（重建中）", " (rebuilding)") if row["part"] else Words("", "")
        what = Words(f"视图 {name}{beside.zh}", f"view {name}{beside.en}")
        yield Finding(what, row["failed_at"] is None and row["late"] <= LATE, _stands(row))


def _stands(row: Row) -> Words:
    """Where one view is, and what to do where it does not come on."""
    lag, name, at = row["lag"], row["name"], row["failed_at"]
    if at is not None:
        why = (row["failure"] or "").partition("\n")[0]
        return Words(
            f"停在第 {at} 个事件（{why}），修复后运行 gongzhi views retry {name}",
            f"stopped at event {at} ({why}); after mending run gongzhi views retry {name}",
        )
    if row["part"]:
        done = 100 * row["position"] // max(1, row["position"] + lag)
        return Words(f"已完成 {done}%，还差 {lag} 个事件", f"{done} %, {lag} events to go")
    if row["late"] > LATE:
        return Words(
            f"落后 {lag} 个事件，超过一分钟：请看 gongzhi serve 或 gongzhi worker 是否在运行",
            f"{lag} events behind for over a minute: is gongzhi serve or gongzhi worker running?",
        )
    return Words(f"落后 {lag} 个事件", f"{lag} events behind")


def _calendar(known: Calendar, on: date) -> Iterator[Finding]:
    """Whether the arrangements of this year and the next are known, shipped or loaded."""
    for year in (on.year, on.year + 1):
        well = known.known(year) or year > on.year
        found = (
            Words("已公布", "published")
            if known.known(year)
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
