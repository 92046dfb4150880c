"""What a browser with scripts does for a public form: the work that its page asks for."""

from __future__ import annotations

import re
import time
from html import unescape
from itertools import count

from services.effort import challenge, zeros


def solved(challenge: str) -> str:
    """The answer, found like a browser finds it."""
    bits = int(challenge.partition(".")[0])
    return next(a for n in count() if zeros(a := f"{challenge}:{n}") >= bits)


def worked(key: str) -> str:
    """The least work for another form of a browser in `tests.portals.lodging`."""
    return solved(challenge(b"of the tests", key, 1, time.time()))


def effort(page: str) -> dict[str, str]:
    """The field of the page that holds the answer; none where nothing is asked."""
    found = re.search(r'data-challenge="([^"]+)"', page)
    return {"effort": solved(unescape(found[1]))} if found else {}
