"""`gongzhi log`: the log from the shell."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Annotated

import msgspec
import typer
from rich.progress import Progress

from deploy.cli.export import export
from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import errors, fail, language, out, say, t
from events.codec import known_events, stored_topic
from events.event import CHINA, Recorded, today
from events.log import Appended
from events.proofs.verdicts import Verdict
from services.heads.authority import NotStamped, authority
from services.heads.checking import Checked
from services.heads.selfcheck import SelfCheck
from services.heads.stamping import Stamping
from services.heads.witnesses import policy
from services.platform import Platform

app = typer.Typer(no_args_is_help=True, help=t("事件日志", "The event log"))


@app.command(help=t("最近的事件", "The latest events"))
def tail(
    most: Annotated[int, typer.Option("-n", min=1, help=t("条数", "How many"))] = 20,
    follow: Annotated[bool, typer.Option("-f", help=t("持续显示", "Keep following"))] = False,
) -> None:
    async def work(platform: Platform) -> None:
        position = max(0, await platform.log.size() - most)
        while True:
            async for page in platform.log.pages(position):
                for recorded in page:
                    _line(recorded)
                position = page[-1].position
            if not follow:
                return
            await asyncio.sleep(0.5)

    run(work)


@app.command(help=t("某一序号的事件全文", "One event in full"))
def show(position: Annotated[int, typer.Argument(min=1, help=t("序号", "Position"))]) -> None:
    async def work(platform: Platform) -> None:
        found = await platform.log.after(position - 1, 1)
        if not found or found[0].position != position:
            fail(f"没有序号 {position} 的事件", f"There is no event at position {position}", 1)
        _line(found[0])
        state = msgspec.to_builtins(found[0].event)
        out.print(json.dumps(state, ensure_ascii=False, indent=2, default=str), markup=False)

    run(work)


@app.command(help=t("某一种事件，从早到晚", "Events of one kind, in the order of the log"))
def find(
    topic: Annotated[str, typer.Argument(help=t("名称，见 log stats", "Its name, see log stats"))],
    after: Annotated[int, typer.Option(min=0, help=t("此序号之后", "After this position"))] = 0,
    most: Annotated[int, typer.Option("-n", min=1, help=t("条数", "How many"))] = 20,
) -> None:
    kind = known_events().get(topic.partition(".v")[0])
    if kind is None:
        fail(f"没有叫“{topic}”的事件", f"There is no event called {topic!r}", 1)

    async def work(platform: Platform) -> None:
        for recorded in await platform.log.of_kinds([kind], after, most):
            _line(recorded)

    run(work)


app.command(
    help=t(
        "导出日志、其中一段或一个案件：任何人都能离线核验",
        "Export the log, a part or a case: anybody can check it offline",
    )
)(export)


@app.command(help=t("今天的可信时间戳：向时间戳机构取得", "Have the head time-stamped for today"))
def stamp() -> None:
    chosen = read()
    asked = authority(chosen)
    if asked is None:
        fail("没有设定时间戳机构：GONGZHI_TSA_URL", "No authority is set: GONGZHI_TSA_URL", 2)

    async def work(platform: Platform) -> Appended | None:
        return await Stamping(platform.log, platform.pool, policy(chosen), asked).of(today())

    try:
        done = run(work)
    except NotStamped as why:
        fail(f"没有取得时间戳：{why}", f"No time stamp: {why}", 5)
    if done is None:
        say("今天已有时间戳，或者还没有签名的检查点", "Stamped today already, or nothing is signed")
    else:
        say(f"已记录在第 {done.last} 条", f"Recorded at position {done.last}")


@app.command(help=t("自查：日志是否仍是签名时的内容", "Check whether the log is what was signed"))
def check() -> None:
    async def work(platform: Platform) -> Checked | None:
        with Progress(console=errors, transient=True) as bar:
            task = bar.add_task(t("自查", "Checking"), total=None)
            return await SelfCheck(platform.pool, timedelta()).now(
                lambda done, of: bar.update(task, completed=done, total=of)
            )

    found = run(work)
    if found is None:
        fail("另一个进程正在自查，请稍后再看", "Another process is checking just now", 1)
    if (wrong := found.altered) is not None:
        fail(
            f"日志第 {wrong.position} 条不是原来的内容：{wrong.words.zh}。请保留现场，"
            "用 gongzhi log export 导出，并与各方手中的检查点核对",
            f"position {wrong.position} of the log is not what it was: {wrong.words.en}. Touch "
            "nothing, export it with gongzhi log export, and compare with the heads parties hold",
            int(Verdict.TAMPERED),
        )
    say(
        f"{found.size:,} 条记录与 {found.heads:,} 个已签名的检查点一致",
        f"{found.size:,} events are what {found.heads:,} signed heads say",
    )


@app.command(help=t("每种事件的数量", "How many events of each kind"))
def stats() -> None:
    async def work(platform: Platform) -> None:
        kinds: dict[str, int] = {}
        async for page in platform.log.pages():
            for recorded in page:
                topic = stored_topic(recorded.event)
                kinds[topic] = kinds.get(topic, 0) + 1
        for topic, many in sorted(kinds.items(), key=lambda k: -k[1]):
            out.print(f"{many:>9,}  {topic}", markup=False)
        total = sum(kinds.values())
        say(f"共 {total:,} 个事件，序号连续至 {total}", f"{total:,} events in all")

    run(work)


def _line(recorded: Recorded) -> None:
    when = recorded.recorded_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    said = recorded.event.said().say(language())
    out.print(f"{recorded.position:>8}  {when}  {said}", markup=False)
