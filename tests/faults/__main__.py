"""`make bench-faults`: the long kill loop, until so many kills were dealt; ends with 1 if wrong.

`python -m tests.faults [KILLS] [SEED]`
"""

from __future__ import annotations

import asyncio
import sys
import time

from deploy.postgres import Server, find_trees
from events import schema
from tests.database import data_directory
from tests.faults.checks import check_all
from tests.faults.loop import Kills, under_load
from tests.opening import open_platform

KILLS = 200


def main(kills: int, seed: int) -> int:
    began = time.monotonic()
    with data_directory() as folder:
        server = Server(folder, find_trees()[0])
        server.ensure()
        try:
            schema.create(server.owner_dsn)
            with under_load(server, folder, seed) as dealt:
                dealt.deal(kills, print)
                dealt.until_acknowledged(50)
            figures = asyncio.run(_check(server, dealt))
        except AssertionError as wrong:
            print(f"seed {seed}: {wrong}")
            return 1
        finally:
            server.stop()
    took = f"{time.monotonic() - began:,.0f} s"
    print(f"seed {seed}, {kills} kills in {took}: nothing lost, no gap, nothing twice")
    for name, figure in figures.items():
        print(f"  {name:<14} {figure:>10,}")
    return 0


async def _check(server: Server, dealt: Kills) -> dict[str, int]:
    async with open_platform(server.owner_dsn, server.app_dsn) as platform:
        return await check_all(platform, dealt)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [KILLS, int(time.time())][len(given) :])))
