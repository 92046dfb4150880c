"""Server: the two addresses of a witness (C2SP tlog-witness): add-checkpoint, and a log's head."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from events.proofs.cosignatures import COSIGNATURE, ML_DSA_44
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
    #: The Ed25519 key, which everybody can verify; after it an ML-DSA-44 key, where it has one.
    keys: tuple[SignerKey, ...]

    @property
    def key(self) -> SignerKey:
        """The first, which is given to others."""
        return self.keys[0]

    @classmethod
    def make(cls, home: Path, name: str, ml_dsa: bool = False) -> Witness:
        """A new one; raises `KeyTrouble` where there is one already."""
        kinds = (COSIGNATURE, ML_DSA_44) if ml_dsa else (COSIGNATURE,)
        keys = tuple(SignerKey.generate(name, kind) for kind in kinds)
        signing.keep(home / KEY, *keys)
        (home / LOGS).touch()
        return cls(home, keys)

    @classmethod
    def open(cls, home: Path) -> Witness:
        """The one of this directory. Raises `KeyTrouble`."""
        return cls(home, tuple(signing.kept(home / KEY)))

    def know(self, log: VerifierKey, instead_of: str = "") -> None:
        """Witness this log from now on: a new one, or one that is known by another key too.

        `instead_of` is the name under which the same log was known; from that no more is signed.
        """
        if instead_of:
            Record(self.home / RECORD).carry_over(instead_of, log.name)
        others = [key for key in self.logs() if key.name != instead_of and key != log]
        self._write([*others, log])

    def forget(self, log: VerifierKey) -> bool:
        """Believe this key no more; whether it was known."""
        logs = self.logs()
        self._write([key for key in logs if key != log])
        return log in logs

    def _write(self, logs: Sequence[VerifierKey]) -> None:
        """All at once: requests read the file meanwhile."""
        beside = self.home / f"{LOGS}.new"
        beside.write_text("".join(f"{log}\n" for log in logs), "utf-8")
        beside.replace(self.home / LOGS)

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
            record.submit, data, witness.logs(), witness.keys, lambda: int(time.time())
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
