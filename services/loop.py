"""Loop: the event loop that everything runs on.

libuv's, with which the log takes a tenth more events each second (tests/bench); asyncio's own
on Windows, for which there is none.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

if sys.platform == "win32":
    _new = asyncio.new_event_loop
else:
    from uvloop import new_event_loop as _new


def run(work: Coroutine[Any, Any, T]) -> T:
    """As `asyncio.run`: to its end, or until Ctrl-C cancels it."""
    with asyncio.Runner(loop_factory=_new) as runner:
        return runner.run(work)
