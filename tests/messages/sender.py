"""A process that delivers messages of a database through a gateway, until it is killed.

`python -m tests.messages.sender OWNER APP URL`
"""

from __future__ import annotations

import asyncio
import sys

from services.messages.gateway import Gateway
from services.messages.ways import Ways
from tests.opening import open_platform


async def main(owner: str, app: str, url: str) -> None:
    way = Gateway(url, None, {"to": "{to}", "id": "{id}"})
    async with open_platform(owner, app, ways=Ways(text=way)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
