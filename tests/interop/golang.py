"""The Go program of this folder, built offline from Debian's packages; tests skip without them.

`apt-get install golang-go golang-golang-x-mod-dev` (deploy/test-tools.sh does it).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: Where Debian puts the sources of Go packages.
DEBIAN = Path("/usr/share/gocode")


def build(folder: Path) -> Path:
    """The program, built into this folder; skips where Go or its package is not installed."""
    go = shutil.which("go")
    if go is None or not (DEBIAN / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("Go is not here: apt-get install golang-go golang-golang-x-mod-dev")
    program = folder / "checklog"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GOCACHE": str(folder / "cache"),
        "GO111MODULE": "off", "GOFLAGS": "", "CGO_ENABLED": "0", "GOTOOLCHAIN": "local",
        "GOPATH": f"{HERE / 'go'}:{DEBIAN}",
    }  # fmt: skip
    done = subprocess.run(
        [go, "build", "-o", str(program), "checklog"],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return program


class CheckLog:
    """The built program: whether it accepts files of a log with this verifier key."""

    def __init__(self, program: Path, vkey: str, folder: Path) -> None:
        self.program, self.vkey, self.folder = program, vkey, folder

    def accepts(self, what: str, *files: bytes) -> bool:
        """`what` is checkpoint, inclusion or consistency; the files are written for it."""
        paths = [self.folder / f"file{nth}" for nth in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        done = subprocess.run(
            [self.program, what, self.vkey, *map(str, paths)], capture_output=True, timeout=120
        )
        return done.returncode == 0

    def accepts_bundle(self, directory: Path) -> bool:
        """Every entry and every tile of an exported directory, and its head."""
        command = [self.program, "bundle", self.vkey, directory]
        return subprocess.run(command, capture_output=True, timeout=120).returncode == 0
