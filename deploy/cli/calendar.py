"""`gongzhi calendar`: arrangements of holidays: read in from a file, looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.running import run
from deploy.cli.said import fail, language, out, say, t
from events.event import system, today
from events.words import Words, in_words
from services.actions.calendars import LoadCalendarYear, load_calendar_year
from services.clocks.calendar import Calendar
from services.platform import Platform
from services.timekeeping.papers import MOST_BYTES, BadPaper, Paper, read_paper
from services.timekeeping.previewing import preview

app = typer.Typer(no_args_is_help=True, help=t("放假安排", "Arrangements of holidays"))
File = Annotated[
    Path, typer.Argument(help=t("holiday-cn 形式的文件，如 2027.json", "As holiday-cn has it"))
]
Year = Annotated[int, typer.Argument(min=1990, max=2100, help=t("年份", "The year"))]


@app.command(help=t("载入一年的放假安排，重新计算期限", "Load a year, count deadlines anew"))
def load(
    file: File,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=t("只看影响", "Only show the effect"))
    ] = False,
) -> None:
    paper = paper_in(file)

    async def work(platform: Platform) -> None:
        await platform.catch_up()
        found = await preview(platform.views.obligations, paper)
        out.print(found.said().say(language()), markup=False)
        if dry_run:
            return
        command = LoadCalendarYear(
            by=system("operator"), year=paper.year, source=paper.source, sha256=paper.sha256,
            file=paper.file, effective=today(), days=paper.days,
        )  # fmt: skip
        await platform.perform(load_calendar_year, command)
        say(
            f"已载入 {paper.year} 年放假安排。期限由运行中的服务重新计算。",
            f"The arrangement of {paper.year} is loaded. The running service counts anew.",
        )

    run(work)


@app.command(help=t("一年的放假和调休，用的是哪一版", "Days off and make-up days of a year"))
def show(year: Year) -> None:
    async def work(platform: Platform) -> None:
        times = platform.views.obligations.times
        await times.read()
        for line in _year(times.calendar, year):
            out.print(line.say(language()), markup=False)

    run(work)


def paper_in(file: Path) -> Paper:
    """The arrangement in a file; one that cannot be read is said, and ends the command."""
    try:
        with file.open("rb") as opened:
            return read_paper(opened.read(MOST_BYTES + 1), file.name)
    except OSError as wrong:
        fail(f"读不了文件 {file}：{wrong.strerror}", f"{file} cannot be read: {wrong.strerror}", 2)
    except BadPaper as bad:
        fail(f"{file.name}：{bad.words.zh}", f"{file.name}: {bad.words.en}", 2)


def _year(calendar: Calendar, year: int) -> list[Words]:
    known = calendar.years.get(year)
    if known is None:
        return [
            Words(
                f"{year} 年的放假安排还没有载入，用到它的期限都是暂定的",
                f"No arrangement of {year} is loaded; deadlines that need it are provisional",
            )
        ]
    lines = [known.said]
    for day, what in sorted(known.days.items()):
        off = Words("放假", "off") if what.off else Words("上班", "worked")
        said = in_words(day)
        lines.append(
            Words(f"{said.zh} {off.zh} {what.name.zh}", f"{said.en} {off.en} {what.name.en}")
        )
    return lines
