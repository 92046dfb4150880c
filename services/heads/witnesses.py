"""Witnesses: asks each party's witness to cosign the heads, and keeps what they answer.

Nobody waits for them: an append is recorded when it is on disk, logged when a published head
covers it, witnessed when the policy's quorum has cosigned such a head.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from aiohttp import ClientError, ClientSession, ClientTimeout

from events.proofs.checkpoints import Checkpoint
from events.proofs.keys import VerifierKey
from events.proofs.policies import Opened, Policy
from events.proofs.submissions import Submission, cosigned
from events.proofs.texts import decimal
from events.proofs.verdicts import Failed
from services.heads.publisher import Heads
from services.heads.signing import Signer
from services.heads.tree import LogTree
from services.settings import Settings

log_ = logging.getLogger("gongzhi.heads")
#: Seconds for one answer; of rest after a head was cosigned; and the longest after a failure.
TIMEOUT, REST, LONGEST = 5.0, 0.25, 60.0
#: Seconds after which a head that did not grow is cosigned anew: so everybody sees it is the last.
HEARTBEAT = 60.0

_KEEP = """
    insert into log.cosignatures (size, witness, line, last_line) values (%s, %s, %s, %s)
    on conflict (size, witness)
    do update set last_line = excluded.last_line, answered_at = now()"""
#: The largest heads first; the quorum is reached by one of the last few, or nobody is there.
_RECENT = """
    select h.checkpoint, coalesce(string_agg(c.line, '' order by c.witness), '')
    from (select * from log.heads order by size desc limit 200) h
    join log.cosignatures c using (size) group by h.size, h.checkpoint order by h.size desc"""


@dataclass
class Asked:
    """How one witness is doing, as this process knows."""

    name: str
    key: VerifierKey
    url: str
    #: The size it last cosigned; it says so itself where we do not know.
    size: int = 0
    #: When it last cosigned, by the event loop's clock.
    at: float = field(default=0.0, repr=False)
    #: What went wrong the last time; "" when it answered.
    trouble: str = ""
    failures: int = field(default=0, repr=False)


class Witnesses:
    """All witnesses of a policy that has their addresses."""

    def __init__(self, heads: Heads, policy: Policy) -> None:
        self.policy = policy
        self.asked = [
            Asked(name, key, policy.urls[name].rstrip("/"))
            for name, key in policy.witnesses.items()
            if name in policy.urls
        ]
        self._heads, self._tree = heads, LogTree(heads.pool)

    async def run(self) -> None:
        """Ask for ever, each witness by itself, so that one that is away holds nobody up."""
        async with (
            ClientSession(timeout=ClientTimeout(total=TIMEOUT)) as session,
            asyncio.TaskGroup() as all_,
        ):
            for each in self.asked:
                all_.create_task(self._follow(session, each))

    async def ask(self, session: ClientSession, one: Asked) -> bool:
        """Let one witness cosign the latest head; whether there was anything to ask.

        A head that it cosigned within the last `HEARTBEAT` is not asked for again.
        """
        latest = await self._heads.latest()
        now = asyncio.get_running_loop().time()
        if latest is None or (latest.head.size == one.size and now - one.at < HEARTBEAT):
            return False
        status, body = await self._submit(session, one, latest)
        if status == 409 and (size := decimal(body.decode().strip())) <= latest.head.size:
            one.size = size
            status, body = await self._submit(session, one, latest)
        if status != 200:
            raise Refused(f"{status} {body[:200].decode(errors='replace').strip()}")
        await self._keep(one, latest, body)
        one.size, one.at, one.trouble, one.failures = latest.head.size, now, "", 0
        return True

    async def witnessed(self) -> Opened | None:
        """The largest head that the policy's quorum has cosigned, with their lines."""
        async with self._heads.pool.connection() as connection:
            rows = await (await connection.execute(_RECENT)).fetchall()
        for checkpoint, lines in rows:
            opened = self.policy.open(bytes(checkpoint) + lines.encode())
            if opened.witnessed:
                return opened
        return None

    async def _follow(self, session: ClientSession, one: Asked) -> None:
        while True:
            try:
                await self.ask(session, one)
            except (Refused, Failed, ClientError, TimeoutError, OSError, psycopg.Error) as why:
                one.trouble = str(why) or type(why).__name__
                one.failures += 1
                log_.warning("witness %s does not cosign: %s", one.name, one.trouble)
            await asyncio.sleep(min(LONGEST, REST * 2 ** min(one.failures, 10)))

    async def _submit(
        self, session: ClientSession, one: Asked, latest: Checkpoint
    ) -> tuple[int, bytes]:
        proof: list[bytes] = []
        if 0 < one.size < latest.head.size:
            proof = await self._tree.consistency(one.size, latest.head.size)
        data = bytes(Submission(one.size, tuple(proof), bytes(latest)))
        async with session.post(f"{one.url}/add-checkpoint", data=data) as answer:
            return answer.status, await answer.content.read(1 << 16)

    async def _keep(self, one: Asked, latest: Checkpoint, body: bytes) -> None:
        """Its line, and that of another key which the policy knows by the same name (ML-DSA)."""
        names = {k: n for n, k in self.policy.witnesses.items() if k.name == one.key.name}
        lines = cosigned(latest, body, list(names))
        if not any(line.by(one.key) for line in lines):
            raise Refused("its answer has no signature of the key in the policy")
        async with self._heads.pool.connection() as connection:
            for line in lines:
                name = next(name for key, name in names.items() if line.by(key))
                await connection.execute(_KEEP, [latest.head.size, name, str(line), str(line)])


def policy(settings: Settings) -> Policy | None:
    """The one that is set, or stands in the data directory. Raises `Malformed`, `OSError`."""
    text = policy_text(settings)
    return Policy.parse(text) if text is not None else None


def own_policy(signer: Signer) -> bytes:
    """Where none is set: the log's own keys, and no witnesses."""
    logs = "".join(f"log {key}\n" for key in signer.verifiers)
    return f"{logs}quorum none\n".encode()


def amend_policy(settings: Settings, log: VerifierKey) -> Path | None:
    """Let the policy know the log by this key too; where it stands, None where there is none."""
    text = policy_text(settings)
    if text is None:
        return None
    path = policy_path(settings)
    if log not in Policy.parse(text).logs:
        beside = path.with_name(f"{path.name}.new")
        beside.write_bytes(f"log {log}\n".encode() + text)
        beside.replace(path)
    return path


def policy_path(settings: Settings) -> Path:
    """Where the policy is, or would be, kept."""
    return settings.log_policy_file or settings.data / "policy.txt"


def policy_text(settings: Settings) -> bytes | None:
    """The policy as it is written, to be handed on. Raises `OSError`."""
    path = policy_path(settings)
    if settings.log_policy_file is None and not path.exists():
        return None
    return path.read_bytes()


class Refused(Exception):
    """A witness answered, but did not cosign."""
