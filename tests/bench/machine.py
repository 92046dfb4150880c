"""The machine: what it is, and how often a second it can put a page on its disk for good."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.place import Place


def facts(place: Place) -> dict[str, Any]:
    """What a reader must know to compare: figures differ from machine to machine."""
    return {
        "server": place.name,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0,
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "load_before": round(os.getloadavg()[0], 2),
    }


def fsyncs(seconds: float = 0.5, rounds: int = 3) -> float:
    """Pages of 8 KB written and made durable, one after the other, per second."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-fsync-") as folder:
        return median(_fsyncs(Path(folder) / "page", seconds) for _ in range(rounds))


def _fsyncs(path: Path, seconds: float) -> float:
    page = b"x" * 8192
    durable = getattr(os, "fdatasync", os.fsync)
    with path.open("wb", buffering=0) as file:
        file.write(page * 128)
        os.fsync(file.fileno())
        done, began = 0, time.perf_counter()
        while (now := time.perf_counter()) < began + seconds:
            os.pwrite(file.fileno(), page, 8192 * (done % 128))
            durable(file.fileno())
            done += 1
        return done / (now - began)
