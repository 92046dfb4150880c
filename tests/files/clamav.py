"""A real clamd of Debian's with one signature of our own; nothing is fetched from anywhere."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.files.samples import VIRUS

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SIGNATURE = "Gongzhi.Test"
_CONFIG = """
Foreground yes
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.ctl
TemporaryDirectory {folder}
StreamMaxLength 2M
MaxThreads 2
User root
"""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The daemon; its address."""
    assert CLAMD is not None
    signatures = folder / "signatures"
    signatures.mkdir(exist_ok=True)
    (signatures / "gongzhi.ndb").write_text(f"{SIGNATURE}:0:*:{VIRUS.strip().hex()}\n")
    config = folder / "clamd.conf"
    config.write_text(_CONFIG.format(folder=folder))
    with (folder / "clamd.log").open("w") as log:
        daemon = subprocess.Popen(
            [CLAMD, "--config-file", str(config)], stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(daemon, folder)
            yield str(folder / "clamd.ctl")
        finally:
            daemon.terminate()
            daemon.wait(30)


def _wait(daemon: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(300):
        if (folder / "clamd.ctl").exists():
            return
        if daemon.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((folder / "clamd.log").read_text())
