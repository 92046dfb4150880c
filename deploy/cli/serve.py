"""`gongzhi serve`, `portal`, `worker`, `demo`: the running platform."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Annotated

import typer
from aiohttp import web

from deploy.cli.running import database, faults_told, files
from deploy.cli.running import settings as read
from deploy.cli.said import fail, say, t
from deploy.postgres import Database
from events.proofs.keys import SignerKey
from events.proofs.verdicts import Malformed
from portals.app import ALL as PORTALS
from portals.app import make_app
from portals.door import Runner
from portals.metrics import own_port
from services import logs
from services.heads.authority import authority
from services.heads.signing import keep, key_path, signer
from services.heads.witnesses import policy
from services.loop import run as run_loop
from services.loop import settle
from services.messages.ways import ways
from services.platform import Platform, open_platform
from services.private_files import KeyTrouble
from services.security import tell, weaknesses
from services.settings import Settings
from services.vault_keys import keys

#: The name of the demo's log, for ever.
DEMO_ORIGIN = "demo.gongzhi.localhost/log"
log_ = logging.getLogger("gongzhi.serve")

Port = Annotated[int | None, typer.Option(min=1, max=65535, help=t("端口", "Port"))]
Host = Annotated[str | None, typer.Option(help=t("地址", "Address"))]
Then = Callable[[Platform, Settings], Awaitable[None]]


def serve(port: Port = None, host: Host = None) -> None:
    _serve(read(port=port, host=host), list(PORTALS))


def portal(
    names: Annotated[list[str], typer.Argument(help=t("门户名", "Portals"))],
    port: Port = None,
    host: Host = None,
) -> None:
    if unknown := [n for n in names if n not in PORTALS]:
        fail(
            f"没有门户 {unknown[0]}。现有：{'、'.join(PORTALS)}",
            f"No portal {unknown[0]}. There are: {', '.join(PORTALS)}",
            2,
        )
    _serve(read(port=port, host=host), names, working=False)


def worker() -> None:
    async def main(chosen: Settings) -> None:
        async with (
            database(chosen) as found,
            open_platform(
                found.owner,
                found.app,
                signer=signer(chosen),
                policy=policy(chosen),
                self_check=timedelta(hours=chosen.self_check_hours),
                authority=authority(chosen),
                keys=keys(chosen),
                **files(chosen),
            ) as platform,
        ):
            say("正在更新视图，按 Ctrl-C 结束。", "Building views; Ctrl-C ends it.")
            async with _measured(platform, chosen):
                await _until_stopped(found)

    _run(main, read())


def demo(
    port: Port = None,
    host: Host = None,
    load_only: Annotated[
        bool, typer.Option("--load-only", help=t("装入后结束", "Load and exit"))
    ] = False,
) -> None:
    from deploy.demo import load, tell_sign_ins

    async def first(platform: Platform, chosen: Settings) -> None:
        if signer(chosen) is None:
            keep(key_path(chosen), SignerKey.generate(DEMO_ORIGIN))
        await load(platform, say)

    async def then(platform: Platform, chosen: Settings) -> None:
        tell_sign_ins(f"http://{chosen.host}:{chosen.port}", say)

    # Everybody knows the password of a demo anyway; a phone should not be needed to look around.
    way = None if "GONGZHI_SECOND_FACTOR" in os.environ else "offered"
    chosen = read(port=port, host=host, second_factor=way)
    if load_only:
        _run(lambda s: _load_only(s, first), chosen)
    else:
        _serve(chosen, list(PORTALS), first=first, then=then)


async def _load_only(chosen: Settings, first: Then) -> None:
    async with (
        database(chosen) as found,
        open_platform(
            found.owner, found.app, working=False, keys=keys(chosen), **files(chosen)
        ) as platform,
    ):
        await first(platform, chosen)


def _serve(
    chosen: Settings,
    names: list[str],
    *,
    working: bool = True,
    first: Then | None = None,
    then: Then | None = None,
) -> None:
    async def main(chosen: Settings) -> None:
        async with database(chosen) as found:
            if first is not None:
                async with open_platform(
                    found.owner, found.app, working=False, keys=keys(chosen), **files(chosen)
                ) as platform:
                    await first(platform, chosen)
            async with open_platform(
                found.owner,
                found.app,
                working=working,
                signer=signer(chosen),
                policy=policy(chosen),
                self_check=timedelta(hours=chosen.self_check_hours),
                authority=authority(chosen),
                keys=keys(chosen),
                ways=ways(chosen),
                **files(chosen),
            ) as platform:
                await _listen(platform, chosen, names, found, then)

    _run(main, chosen)


async def _listen(
    platform: Platform, chosen: Settings, names: list[str], found: Database, then: Then | None
) -> None:
    runner = Runner(make_app(platform, chosen, names), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, chosen.host, chosen.port).start()
        for setting in weaknesses(chosen):
            tell("weak-setting", why=setting)
        say(
            f"共治平台已就绪：http://{chosen.host}:{chosen.port}（按 Ctrl-C 结束）",
            f"Gongzhi is ready at http://{chosen.host}:{chosen.port} (Ctrl-C ends it)",
        )
        if then is not None:
            await then(platform, chosen)
        async with _measured(platform, chosen):
            await _until_stopped(found)
    except OSError as taken:
        fail(
            f"端口 {chosen.port} 不能使用：{taken.strerror}。请换一个：--port 8081",
            f"Port {chosen.port} cannot be used: {taken.strerror}. Choose another: --port 8081",
            5,
        )
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _measured(platform: Platform, chosen: Settings) -> AsyncIterator[None]:
    """The figures can be read: at the portals with the token, or on the port set for them."""
    chosen.metrics_key()
    async with AsyncExitStack() as stack:
        try:
            address = await stack.enter_async_context(own_port(platform, chosen))
        except OSError as taken:
            fail(
                f"指标的端口 {chosen.metrics_port} 不能使用：{taken.strerror}。"
                "请换一个：GONGZHI_METRICS_PORT",
                f"Port {chosen.metrics_port} for the metrics cannot be used: {taken.strerror}. "
                "Choose another: GONGZHI_METRICS_PORT",
                5,
            )
        if address is not None:
            say(f"指标：{address}", f"Metrics: {address}")
        yield


async def _until_stopped(found: Database) -> None:
    """Until SIGINT or SIGTERM; meanwhile our own database server is kept alive."""
    settle()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    keeper = asyncio.create_task(_keep_alive(found, stop))
    try:
        await stop.wait()
    finally:
        stop.set()
        await keeper
    say("正在结束……", "Stopping…")


async def _keep_alive(found: Database, stop: asyncio.Event) -> None:
    """A server that died is started again: nothing acknowledged is lost, pages come back.

    Ends by itself, never in the middle of a start: closing must not race with starting.
    """
    while found.server is not None and not stop.is_set():
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await stop.wait()
        if stop.is_set():
            return
        try:
            await asyncio.to_thread(found.server.ensure)
        except Exception as failure:
            log_.warning("database server cannot be started: %s", failure)


def _run(main: Callable[[Settings], Awaitable[None]], chosen: Settings) -> None:
    logs.set_up(chosen.log, chosen.log_level)

    async def guarded() -> None:
        try:
            await main(chosen)
        except KeyTrouble as trouble:
            fail(trouble.words.zh, trouble.words.en, 2)
        except Malformed as wrong:
            fail(wrong.said.zh, wrong.said.en, 2)

    faults_told(lambda: run_loop(guarded()))
