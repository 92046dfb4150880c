"""`gongzhi log export`: the log, a part of it or a case, to be checked without us."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import fail, say, t
from events.proofs.verdicts import Failed
from events.words import Words
from services.actions.refused import Refused
from services.heads import signing
from services.heads.export import Case, Export, Exported, Span
from services.heads.witnesses import own_policy, policy_text
from services.numbers import is_number, tidy
from services.platform import Platform
from services.private_files import KeyTrouble
from services.security import tell
from services.settings import Settings

_UNKNOWN = Words("没有编号为 {number} 的投诉", "There is no complaint numbered {number}")


def export(
    directory: Annotated[Path, typer.Argument(help=t("空目录", "An empty directory"))],
    start: Annotated[
        int, typer.Option("--from", min=1, help=t("从此序号起", "From this position on"))
    ] = 1,
    end: Annotated[
        int, typer.Option("--to", min=0, help=t("到此序号止", "Up to this position"))
    ] = 0,
    case: Annotated[str, typer.Option(help=t("只要这个案件", "This case only"))] = "",
) -> None:
    chosen = read()

    async def work(platform: Platform) -> Exported:
        writing = Export(platform.pool, directory, _policy(chosen))
        if case:
            return await writing.case(await _case(platform, case))
        with Progress(transient=True) as bar:
            task = bar.add_task(t("导出", "Exporting"), total=None)
            return await writing.log(
                Span(start, end), lambda done, of: bar.update(task, completed=done, total=of)
            )

    try:
        done = run(work)
        tell("exported", why=f"case {case}" if case else "log")
        _told(done, directory)
    except KeyTrouble as trouble:
        fail(trouble.words.zh, trouble.words.en, 2)
    except Failed as failed:
        fail(failed.said.zh, failed.said.en, int(failed.verdict))


def _policy(chosen: Settings) -> bytes:
    """The policy in force; without one, the log's own key and no witnesses."""
    if (text := policy_text(chosen)) is not None:
        return text
    signer = signing.signer(chosen)
    if signer is None:
        raise KeyTrouble("还没有密钥：gongzhi key new 名称", "No key yet: gongzhi key new ORIGIN")
    return own_policy(signer)


async def _case(platform: Platform, number: str) -> Case:
    number = tidy(number)
    tracking = platform.views.tracking
    row = await tracking.numbered(number) if is_number(number) else None
    if row is None:
        raise Refused(_UNKNOWN.fill(number=number))
    return Case(number, [row["id"], *await tracking.followed_up(str(row["id"]))])


def _told(done: Exported, directory: Path) -> None:
    say(
        f"已导出 {done.events:,} 条，检查点共 {done.size:,} 条，在 {directory}",
        f"{done.events:,} events of a log of {done.size:,} are in {directory}",
    )
    say(f"核验：gongzhi verify bundle {directory}", f"Check: gongzhi verify bundle {directory}")
