"""`make bench` and `gongzhi bench`: ours beside peers and limits, in one run, as ratios.

Prints the table (or `--json`) on stdout and progress on stderr; judges nothing by its exit code.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import psycopg
from rich.console import Console

from deploy.postgres import ServerError
from events.words import Words
from services.loop import run
from tests.bench import chart, machine, table
from tests.bench.all import MEASUREMENTS
from tests.bench.bench import MOST, Bench, chosen, measure
from tests.bench.place import open_place
from tests.bench.row import Row

BUSY = Words(
    "这台机器还在忙别的事：绝对数字会偏低，请看比值，或等空闲时再测。",
    "This machine is busy with something else: trust the ratios, or measure again when it is idle.",
)


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    asked = argparse.ArgumentParser("gongzhi bench", description=__doc__)
    asked.add_argument("--json", action="store_true", help="print JSON instead of the table")
    asked.add_argument("--svg", type=Path, help="draw the ratios into this file too")
    asked.add_argument(
        "--only",
        nargs="*",
        action="extend",
        default=[],
        metavar="NAME",
        help=" ".join(MEASUREMENTS),
    )
    asked.add_argument("--seconds", type=float, default=Bench.seconds, help="length of a round")
    asked.add_argument("--rounds", type=int, default=Bench.rounds, help="rounds of each side")
    asked.add_argument("--events", type=int, default=Bench.events, help="the largest log")
    asked.add_argument("--lang", choices=("zh", "en"), default="en")
    return asked.parse_args(words)


async def _rows(bench: Bench, options: argparse.Namespace) -> list[Row]:
    """What was named may take as long as it needs; the whole set may not."""
    most = 24 * 3600.0 if options.only else MOST
    picked = chosen(MEASUREMENTS, options.only)
    return [row async for row in measure(bench, picked, most)]


def _unknown(name: str) -> Words:
    known = list(MEASUREMENTS)
    return Words(
        f"没有“{name}”这项测试；现有：{'、'.join(known)}",
        f"There is no measurement {name!r}; there are: {', '.join(known)}",
    )


def _width() -> int | None:
    """Of the terminal; into a file as much as a row needs."""
    return None if sys.stdout.isatty() else 170


def main(words: Sequence[str] | None = None) -> None:
    options = _options(words)
    if unknown := [name for name in options.only if name not in MEASUREMENTS]:
        _end(_unknown(unknown[0]).say(options.lang), 2)
    try:
        _run(options)
    except ServerError as wrong:
        _end(Words(wrong.zh, wrong.en).say(options.lang), 3)
    except psycopg.OperationalError as gone:
        _end(str(gone).splitlines()[0], 4)
    except KeyboardInterrupt:
        sys.exit(130)


def _run(options: argparse.Namespace) -> None:
    say = partial(print, file=sys.stderr, flush=True)
    with open_place(os.environ.get("GONGZHI_DATABASE_URL")) as place:
        facts = machine.facts(place)
        say(" · ".join(f"{name} {value}" for name, value in facts.items()))
        if facts["load_before"] > 0.5:
            say(BUSY.say(options.lang))
        bench = Bench(place, options.seconds, options.rounds, options.events, say)
        rows = run(_rows(bench, options))
    if options.json:
        print(table.as_json(rows, facts, bench.limits))
    else:
        table.show(Console(highlight=False, width=_width()), rows, options.lang, bench.limits)
    if options.svg:
        options.svg.write_text(chart.draw(rows), encoding="utf-8")


def _end(why: str, code: int) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
