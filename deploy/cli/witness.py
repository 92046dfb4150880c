"""`gongzhi witness`: a party's own witness of the log."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web

from deploy.cli.said import fail, out, say, t
from events.proofs.keys import VerifierKey
from events.proofs.verdicts import Malformed
from services.loop import run
from services.private_files import KeyTrouble
from services.witness.server import Witness, make_app

app = typer.Typer(no_args_is_help=True, help=t("见证方", "A party's witness of the log"))
LogKey = Annotated[str, typer.Argument(help=t("日志的公钥", "The log's key"))]
Home = Annotated[Path, typer.Argument(help=t("见证方的目录", "The witness's directory"))]


@app.command(help=t("建立见证方，显示它的公钥", "Make a witness and show its public key"))
def init(
    home: Home,
    name: Annotated[str, typer.Argument(help=t("名称，例如 council.cn/w1", "Its name"))],
    ml_dsa: Annotated[
        bool, typer.Option("--ml-dsa", help=t("再加一把抗量子密钥", "A post-quantum key as well"))
    ] = False,
) -> None:
    with _told():
        for key in Witness.make(home, name, ml_dsa).keys:
            out.print(str(key.verifier), markup=False, soft_wrap=True)


@app.command(help=t("见证一个日志：给出它的公钥", "Witness a log, by its public key"))
def know(
    home: Home,
    vkey: LogKey,
    instead_of: Annotated[
        str,
        typer.Option(
            metavar="ORIGIN", help=t("日志原来的名称（密钥丢失时）", "Its former name (lost key)")
        ),
    ] = "",
) -> None:
    with _told():
        log = VerifierKey.parse(vkey)
        Witness.open(home).know(log, instead_of)
        say(f"从现在起见证 {log.name}", f"{log.name} is witnessed from now on")


@app.command(help=t("不再认日志的这把公钥", "Believe this key of a log no more"))
def forget(home: Home, vkey: LogKey) -> None:
    with _told():
        log = VerifierKey.parse(vkey)
        if not Witness.open(home).forget(log):
            fail("没有登记过这把公钥", "This key is not known here", 1)
        say(f"不再认 {log.name} 的这把公钥", f"This key of {log.name} is believed no more")


@app.command(help=t("运行见证方", "Run the witness"))
def serve(
    home: Home,
    port: Annotated[int, typer.Option(help=t("端口", "Port"))] = 7380,
    host: Annotated[str, typer.Option(help=t("地址", "Address"))] = "127.0.0.1",
) -> None:
    with _told():
        run(_serve(Witness.open(home), host, port))


async def _serve(witness: Witness, host: str, port: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    runner = web.AppRunner(make_app(witness), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as taken:
        fail(f"端口 {port} 不能使用：{taken.strerror}", f"Port {port}: {taken.strerror}", 5)
    logs = "、".join(log.name for log in witness.logs()) or "-"
    say(
        f"见证方 {witness.key.name} 已就绪：http://{host}:{port}（日志：{logs}）",
        f"Witness {witness.key.name} is ready at http://{host}:{port} (logs: {logs})",
    )
    await stop.wait()
    await runner.cleanup()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a key is one sentence."""
    try:
        yield
    except KeyTrouble as trouble:
        fail(trouble.words.zh, trouble.words.en, 2)
    except Malformed as wrong:
        fail(wrong.said.zh, wrong.said.en, 2)
