"""`gongzhi files`: whether evidence is on disk as its events say, and what nobody names."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from deploy.cli.running import run
from deploy.cli.said import out, say, t
from events.words import Words
from services.files.checking import unnamed_files, wrong_files
from services.platform import Platform

app = typer.Typer(no_args_is_help=True, help=t("证据文件", "Evidence files"))
_STATES = {
    "missing": Words("缺失", "missing"),
    "altered": Words("被改动", "altered"),
    "locked": Words("缺少保险库密钥，不能核对", "the vault's key is missing, cannot be checked"),
}
#: Seconds after which what no event names is left over, and not just being sent.
DAY = 86_400


@app.command(help=t("读出每个文件并核对散列值", "Read every file and compare its hash"))
def check(
    tidy: Annotated[
        bool, typer.Option("--tidy", help=t("删除一天前遗留的文件", "Delete what is left over"))
    ] = False,
) -> None:
    async def work(platform: Platform) -> int:
        many = 0
        async for found in wrong_files(platform):
            state = _STATES[found.state]
            out.print(f"✗ {found.number} {found.sha256} {t(*state)}", markup=False)
            many += 1
        left = await unnamed_files(platform)
        gone = _tidied(platform, left) if tidy else 0
        say(
            f"不相符 {many} 个；没有事件提到的 {len(left)} 个，删除 {gone} 个。",
            f"{many} do not fit; {len(left)} are named by no event, {gone} were deleted.",
        )
        return many

    if run(work):
        raise typer.Exit(1)


def _tidied(platform: Platform, left: list[tuple[str, str]]) -> int:
    """Delete what has been left over for a day; how many."""
    gone = 0
    for subject, sha256 in left:
        path = platform.files.root / "kept" / subject / sha256
        if path.stat().st_mtime < time.time() - DAY:
            path.unlink()
            gone += 1
    return gone
