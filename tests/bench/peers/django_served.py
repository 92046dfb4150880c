"""Serves the Django site with two gunicorn workers, as the goal names it."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

from tests.bench.bench import Absent, Bench
from tests.bench.child import child, said

_SITE = "tests.bench.peers.django_site"
ROOT = Path(__file__).resolve().parents[3]
NEEDED = ("django", "simple_history", "gunicorn")
#: The form as a consumer fills it in; the token comes with the page.
FORM = {
    "name": "林晓",
    "phone": "13800001111",
    "business": "闽海充电器有限公司",
    "goods": "电动自行车充电器",
    "facts": "购买三天后充电时外壳发烫变形，商家不肯退货，只愿意换同一型号。" * 6,
    "wish": "退货退款",
    "amount": "168.00",
}


@asynccontextmanager
async def served(bench: Bench, records: int = 0) -> AsyncIterator[int]:
    """The site on a database of its own with so many records; its port."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise Absent(f"{missing[0]} is not here: make bench-peers")
    with bench.database(tables=False) as dsns:
        environment = os.environ | {"DSN": dsns.owner}
        await said(sys.executable, "-m", _SITE, str(records), env=environment, cwd=ROOT)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(1024)
            port = listening.getsockname()[1]
            async with child(
                sys.executable, "-m", "gunicorn", f"{_SITE}:application", "-w", "2",
                "-b", f"fd://{listening.fileno()}", "--log-level", "error",
                env=environment, cwd=ROOT, pass_fds=[listening.fileno()],
            ):  # fmt: skip
                yield port


async def token(port: int) -> tuple[str, str]:
    """The token of the form and the cookie that goes with it."""

    def fetch() -> tuple[str, str]:
        with urlopen(f"http://127.0.0.1:{port}/complain", timeout=30) as page:
            found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
            assert found, "the form has no token"
            return found[1], page.headers["Set-Cookie"].split(";")[0]

    return await asyncio.to_thread(fetch)
