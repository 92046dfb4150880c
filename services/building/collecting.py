"""What Python's collector of cycles is told once a long-running process stands.

Modules, event types, templates and views live as long as the process. Looking through all of them
was measured at 30 to 60 ms a time, which is what live views were late by at their worst.
"""

from __future__ import annotations

import gc

#: Objects made since the last collection of the young; collections between those of the older.
#: Events and writes hold no cycles and are not counted (`gc=False`).
_THRESHOLDS = (10_000, 20, 50)


def settle() -> None:
    """Leave out what there is now, and look less often through what comes; call it once started."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
