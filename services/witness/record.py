"""Record: what a witness has seen, on disk before anybody is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from events.proofs.checkpoints import Checkpoint
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.submissions import Answer, Seen, cosign, judge

_TABLE = """
    create table if not exists heads (
        origin text primary key, size integer not null, root blob not null,
        checkpoint blob not null
    ) strict"""
_SEEN = "select origin, size, root from heads"
_KEEP = """
    insert into heads (origin, size, root, checkpoint) values (?, ?, ?, ?)
    on conflict (origin) do update
    set size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint"""
#: A head under the new name that is there already is the younger one.
_CARRY = """
    insert into heads (origin, size, root, checkpoint)
    select ?, size, root, checkpoint from heads where origin = ? on conflict do nothing"""
#: Seconds to wait for another request that is being judged.
PATIENCE = 10.0


class Record:
    """The heads a witness has cosigned; several processes may share the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(self._open()) as db:
            db.execute("pragma journal_mode = wal")
            db.execute(_TABLE)

    def submit(
        self,
        data: bytes,
        logs: Sequence[VerifierKey],
        keys: Sequence[SignerKey],
        now: Callable[[], int],
    ) -> Answer:
        """Judge a submission against what was seen; a head that is cosigned is kept first.

        Looking and keeping are one transaction that begins by locking the file, so that no later
        head can be overwritten by an earlier one.
        """
        with closing(self._open()) as db:
            db.execute("begin immediate")
            answer = judge(data, logs, self._seen(db))
            if answer.checkpoint is None:
                return answer
            lines = cosign(answer.checkpoint, keys, now())
            self._keep(db, answer.checkpoint, lines)
            db.execute("commit")
        return answer._replace(body=lines)

    def checkpoint(self, origin_hash: str) -> bytes | None:
        """The last head of the log whose origin has this SHA-256 (hex), with our cosignature."""
        with closing(self._open()) as db:
            for origin, checkpoint in db.execute("select origin, checkpoint from heads"):
                if sha256(origin.encode()).hexdigest() == origin_hash:
                    return bytes(checkpoint)
        return None

    def carry_over(self, former: str, origin: str) -> None:
        """Let the log of a new name begin where the one of the former name was seen last."""
        with closing(self._open()) as db:
            db.execute(_CARRY, [origin, former])

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        db.execute("pragma synchronous = full")  # on disk before anybody is answered
        return db

    def _seen(self, db: sqlite3.Connection) -> dict[str, Seen]:
        return {origin: Seen(size, bytes(root)) for origin, size, root in db.execute(_SEEN)}

    def _keep(self, db: sqlite3.Connection, checkpoint: Checkpoint, lines: str) -> None:
        head = checkpoint.head
        kept = bytes(checkpoint) + lines.encode()
        db.execute(_KEEP, [head.origin, head.size, head.root, kept])
