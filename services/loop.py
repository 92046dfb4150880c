"""Loop: the event loop that everything runs on, and the rest it gives to who waits for pages.

libuv's, with which the log takes a tenth more events each second (tests/bench); asyncio's own
on Windows, for which there is none.
"""

from __future__ import annotations

import asyncio
import gc
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


def settle() -> None:
    """Once all is loaded: what lives as long as the process is not looked through any more.

    A full collection of garbage had pages wait for 60 ms; the young is collected less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
