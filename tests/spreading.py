"""Spreading: which process runs which tests when there are several."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

#: Fixtures of the demo province, which takes long to load, and what is made of it.
_PROVINCE = re.compile(r"\b(province|serving|served|demo|walks|walked)\b *(:|,)")


class FilesTogether(LoadScopeScheduling):
    """The tests of a file stay together; those that need the demo province are in one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "province" if _needs_province(file) else file


@cache
def _needs_province(file: str) -> bool:
    """By what its functions ask for: the tests themselves are known to the processes alone."""
    return bool(_PROVINCE.search(Path(file).read_text("utf-8")))
