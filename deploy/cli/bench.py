"""`gongzhi bench`: the measurements of a checkout, started by the installed command."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.said import fail, language, t

#: The measuring code stands with the tests: an installed copy has neither it nor the peers.
ROOT = Path(__file__).resolve().parents[2]


def bench(
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    svg: Annotated[
        Path | None, typer.Option(help=t("同时画成图，写入此文件", "Draw a chart into this file"))
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help=t("只测这一项，可重复", "Only this one; may be repeated")),
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, help=t("每一轮的秒数", "Seconds of each round"))
    ] = 1.5,
    events: Annotated[
        int, typer.Option(min=1000, help=t("最大日志的事件数", "Events of the largest log"))
    ] = 1_000_000,
) -> None:
    if not (ROOT / "tests" / "bench" / "__main__.py").exists():
        fail(
            "测试程序不随安装包提供：请在源码目录运行 make bench",
            "An installed copy has nothing to measure with: run make bench in a checkout",
        )
    words = ["--seconds", str(seconds), "--events", str(events), "--lang", language()]
    words += ["--json"] * as_json
    words += ["--svg", str(svg.resolve())] if svg else []
    words += ["--only", *only] if only else []
    os.chdir(ROOT)
    # In our place, so that Ctrl-C reaches whoever has a server to stop.
    os.execv(sys.executable, [sys.executable, "-m", "tests.bench", *words])
