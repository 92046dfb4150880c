"""Where `make bench-peers` puts the peers from npm: beside the environment, not in the checkout."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.bench.bench import Absent

#: Copied from this folder's package.json and package-lock.json, then `npm ci`.
NPM = Path(sys.prefix) / "bench-peers"


def npm_package(name: str) -> Path:
    """The folder of a package from npm; `Absent` where it was not fetched."""
    folder = NPM / "node_modules" / name
    if not folder.is_dir():
        raise Absent(f"{name} is not here: make bench-peers")
    return folder


def node() -> str:
    """The program that runs them."""
    program = shutil.which("node") or shutil.which("node", path=str(Path(sys.prefix) / "bin"))
    if program is None:
        raise Absent("Node.js is not here: apt-get install nodejs")
    return program
