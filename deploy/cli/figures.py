"""`gongzhi figures`: the supervision figures, computed from events."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from deploy.cli.running import run
from deploy.cli.said import fail, language, out, t
from events.event import today
from services import figures as figures_
from services.platform import Platform


def figures(
    as_of: Annotated[
        str, typer.Option("--as-of", help=t("截至日期 YYYY-MM-DD", "As at, YYYY-MM-DD"))
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    try:
        on = datetime.strptime(as_of, "%Y-%m-%d").date() if as_of else today()
    except ValueError:
        fail(
            f"“{as_of}”不是日期，请写成 2026-11-23", f"{as_of!r} is not a date; write 2026-11-23", 2
        )

    async def work(platform: Platform) -> None:
        await platform.catch_up()
        found = await figures_.figures(platform.views, on)
        if as_json:
            rows = [
                {
                    "code": f.code, "label": f.label.say(language()), "value": f.value,
                    "unit": f.unit.say(language()), "definition": f.definition.say(language()),
                    "as_of": on.isoformat(), "link": f.link,
                }
                for f in found
            ]  # fmt: skip
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for f in found:
            out.print(
                f"{f.value:>8,} {f.unit.say(language())}  {f.label.say(language())}", markup=False
            )
            out.print(f"           {f.definition.say(language())}", markup=False, style="dim")

    run(work)
