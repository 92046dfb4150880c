"""`gongzhi mirror`: a party's own copy of the log, checked as it grows."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.said import fail, language, out, say, t
from events.event import CHINA
from events.proofs.bundles import POLICY
from events.proofs.policies import Policy
from events.proofs.reports import Report
from events.proofs.verdicts import Failed, Said, Verdict
from events.words import Words
from services.loop import run
from services.mirror.copy import Copy
from services.mirror.pull import Pull
from services.mirror.source import Away, Source, open_source
from services.mirror.totals import TOTALS, Totals

app = typer.Typer(no_args_is_help=True, help=t("自己的日志镜像", "A party's own copy of the log"))
Directory = Annotated[Path, typer.Argument(help=t("镜像的目录", "The mirror's directory"))]
#: What must not go on: the log is not what it was, or hides something.
ALARMS = (Verdict.DIVERGED, Verdict.TAMPERED, Verdict.MALFORMED, Verdict.INCOMPLETE)
#: Exit code where the log could not be asked.
AWAY = 5


@app.command(
    help=t(
        "取来新的部分，逐条核对；退出码同 verify，5 表示连不上",
        "Bring what is new and check all of it; exit codes as verify, 5 = cannot be reached",
    )
)
def pull(
    directory: Directory,
    url: Annotated[str, typer.Argument(help=t("平台地址", "The platform's address"))],
    policy: Annotated[
        Path | None, typer.Option(help=t("您信任的日志和见证方", "Whom you trust"))
    ] = None,
    token: Annotated[
        str,
        typer.Option(
            envvar="GONGZHI_MIRROR_TOKEN",
            help=t(
                "令牌，见“我的账号”；不给则只取哈希", "A token of your account; without: hashes"
            ),
        ),
    ] = "",
    every: Annotated[
        int, typer.Option(min=0, help=t("每隔几秒再取；0 = 一次", "Again after seconds; 0 = once"))
    ] = 0,
) -> None:
    trusted = _policy(directory, policy)
    copy = Copy(directory)
    if copy.size and copy.has_entries() != bool(token):
        fail(
            "这个镜像开始时" + ("没有" if token else "用了") + "令牌，请照旧，或者换一个目录",
            f"This mirror was begun {'without' if token else 'with'} a token: go on so",
            2,
        )
    raise typer.Exit(run(_pull(copy, url, trusted, token, every)))


@app.command(help=t("镜像里有什么：大小、各方、各月", "What is in the mirror"))
def show(directory: Directory) -> None:
    copy = Copy(directory)
    if copy.head is None:
        fail(f"{directory} 还不是镜像", f"{directory} is no mirror yet", 1)
    say(
        f"{copy.head.head.origin}：{copy.size:,} 条",
        f"{copy.head.head.origin}: {copy.size:,} events",
    )
    if copy.bundle.has(TOTALS):
        for what, counts in Totals(copy).by.items():
            out.print(_COUNTED[what].say(language()))
            for value, many in counts.most_common():
                out.print(f"{many:>9,}  {value}", markup=False)


async def _pull(copy: Copy, url: str, policy: Policy, token: str, every: int) -> int:
    """Once, or until something is wrong; what cannot be reached is tried again."""
    said = ""
    async with open_source(url, token) as source:
        while True:
            code, told = await _once(copy, source, policy, bool(token))
            if told != said or not every:
                _line(told, code, bool(every))
                said = told
            if not every or code in ALARMS:
                return code
            await asyncio.sleep(every)


async def _once(copy: Copy, source: Source, policy: Policy, entries: bool) -> tuple[int, str]:
    try:
        report = await Pull(copy, source, policy, entries).run()
    except Away as away:
        return AWAY, t(f"连不上：{away}", f"cannot be reached: {away}")
    return int(report.verdict), _told(report)


def _told(report: Report) -> str:
    if not report.said.en:
        report.said = _UP_TO_DATE
    return report.text(language())


def _line(told: str, code: int, going_on: bool) -> None:
    """One finding; while it goes on, with the time and on one line, as logs are read."""
    if going_on:
        now = datetime.now(CHINA).strftime("%Y-%m-%d %H:%M:%S")
        told = f"{now} [{code}] " + " · ".join(line.strip() for line in told.splitlines())
    out.print(told, markup=False, soft_wrap=True)


def _policy(directory: Path, given: Path | None) -> Policy:
    """The policy that is given, kept for the next time; else the one that was kept."""
    path = given or directory / POLICY
    try:
        data = path.read_bytes()
        policy = Policy.parse(data)
    except OSError:
        fail(
            f"读不到策略 {path}：请用 --policy 指明您信任的日志和见证方",
            f"There is no policy {path}: say with --policy whom you trust",
            2,
        )
    except Failed as wrong:
        fail(f"{path}：{wrong.said.zh}", f"{path}: {wrong.said.en}", 2)
    if given is not None:
        Copy(directory).put(POLICY, data)
    return policy


_UP_TO_DATE = Said("镜像与日志一致", "the copy is what the log shows")
_COUNTED = {
    "party": Words("各方", "by party"),
    "topic": Words("各种事件", "by kind"),
    "month": Words("各月", "by month"),
}
