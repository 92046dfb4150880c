"""A real OpenBao of the test's own, in memory, with the transit keys of both domains."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.transit import Away, Client, Server

#: Beside the Python that runs the tests, else on the path.
BAO = shutil.which("bao", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
ROOT = "root-of-the-tests"


class Bao:
    """The server, which can be stopped and started; what it held in memory is gone then."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.root = Client(Server(self.url, mount="", token=ROOT))

    def start(self) -> None:
        assert BAO is not None
        self.process = subprocess.Popen(
            [BAO, "server", "-dev", "-dev-no-store-token", f"-dev-root-token-id={ROOT}",
             f"-dev-listen-address=127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(300):
            try:
                self.ask("GET", "sys/seal-status")
                return
            except Away:
                time.sleep(0.1)
        raise AssertionError("OpenBao does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def freeze(self, signal: int) -> None:
        """Away without a word, or back again (SIGSTOP, SIGCONT)."""
        assert self.process is not None
        os.kill(self.process.pid, signal)

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """As its administrator."""
        status, answer = self.root._send(method, path, body, ROOT)
        assert status in (200, 204), f"{path}: {status} {json.dumps(answer)}"
        return answer

    def set_up(self) -> None:
        """The keys, and a role that may use them and nothing else."""
        self.ask("POST", "sys/mounts/transit", {"type": "transit"})
        for key in ("gongzhi", "gongzhi-informants"):
            self.ask("POST", f"transit/keys/{key}", {})
        self.ask("POST", "sys/auth/approle", {"type": "approle"})
        self.ask("PUT", "sys/policies/acl/gongzhi", {"policy": POLICY})
        role = {"token_policies": "gongzhi", "token_ttl": "2s", "token_max_ttl": "2s"}
        self.ask("POST", "auth/approle/role/gongzhi", role)

    def approle(self) -> tuple[str, str]:
        """Role and secret of the platform."""
        role = self.ask("GET", "auth/approle/role/gongzhi/role-id")["data"]["role_id"]
        made = self.ask("POST", "auth/approle/role/gongzhi/secret-id", {})
        return role, made["data"]["secret_id"]


#: What `deploy/KEYS.md` tells operators to allow.
POLICY = """
path "transit/encrypt/gongzhi*" { capabilities = ["update"] }
path "transit/decrypt/gongzhi*" { capabilities = ["update"] }
path "transit/rewrap/gongzhi*" { capabilities = ["update"] }
path "transit/keys/gongzhi*" { capabilities = ["read"] }
"""


@contextmanager
def running() -> Iterator[Bao]:
    """A server with its keys."""
    bao = Bao()
    try:
        bao.start()
        bao.set_up()
        yield bao
    finally:
        bao.stop()
