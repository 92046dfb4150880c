"""Server: the two addresses of a witness (C2SP tlog-witness): add-checkpoint, and a log's head."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from events.proofs.cosignatures import COSIGNATURE
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.submissions import SIZE_TYPE, TEXT_TYPE
from services.heads import signing
from services.witness.record import Record

#: A checkpoint with a hundred cosignatures is smaller.
LARGEST = 1 << 20
KEY, LOGS, RECORD = "witness.key", "logs.txt", "witness.sqlite"


@dataclass(frozen=True)
class Witness:
    """One party's witness, in its directory."""

    home: Path
    key: SignerKey

    @classmethod
    def make(cls, home: Path, name: str) -> Witness:
        """A new one; raises `KeyTrouble` where there is one already."""
        key = SignerKey.generate(name, COSIGNATURE)
        signing.keep(home / KEY, key)
        (home / LOGS).touch()
        return cls(home, key)

    @classmethod
    def open(cls, home: Path) -> Witness:
        """The one of this directory. Raises `KeyTrouble`."""
        return cls(home, signing.kept(home / KEY))

    def know(self, log: VerifierKey) -> None:
        """Witness this log from now on."""
        with (self.home / LOGS).open("a", encoding="utf-8") as logs:
            logs.write(f"{log}\n")

    def logs(self) -> list[VerifierKey]:
        """The logs it witnesses; read anew for each request, so that one can be added."""
        text = (self.home / LOGS).read_text("utf-8")
        return [VerifierKey.parse(line) for line in text.splitlines() if line.strip()]


def make_app(witness: Witness) -> web.Application:
    """The witness as a web application."""
    record = Record(witness.home / RECORD)

    async def add_checkpoint(request: web.Request) -> web.Response:
        data = await request.read()
        answer = await asyncio.to_thread(
            record.submit, data, witness.logs(), [witness.key], lambda: int(time.time())
        )
        kind = SIZE_TYPE if answer.kind == SIZE_TYPE else TEXT_TYPE
        return web.Response(
            status=answer.status, body=answer.body.encode(), headers={"Content-Type": kind}
        )

    async def checkpoint(request: web.Request) -> web.Response:
        found = await asyncio.to_thread(record.checkpoint, request.match_info["origin"])
        if found is None:
            raise web.HTTPNotFound(text="no head of this log was seen\n")
        headers = {"Content-Type": TEXT_TYPE, "Cache-Control": "no-cache"}
        return web.Response(body=found, headers=headers)

    app = web.Application(client_max_size=LARGEST)
    app.add_routes(
        [
            web.post("/add-checkpoint", add_checkpoint),
            web.get("/{origin:[0-9a-f]{64}}/checkpoint", checkpoint),
        ]
    )
    return app
