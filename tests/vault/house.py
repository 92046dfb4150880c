"""A house to look through: one platform, a desk at it, and every place where a word may be left.

Each text about a person carries one mark. Of what was erased it is in no table or definition of the
database, no file of it (its indexes and write-ahead log), no file of ours, no export.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from deploy.postgres import Server
from events.event import Acting
from events.proofs.keys import SignerKey
from services.actions.evidence import AddEvidence, add_evidence
from services.files.basket import Basket
from services.files.keeping import keep_all
from services.heads.export import Export, Span
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from tests.caught_up import caught_up
from tests.database import Dsns
from tests.files.samples import picture
from tests.heads.test_export import verified
from tests.opening import open_platform
from tests.portals.desks import Client
from tests.vault.desk import desk
from tests.vault.test_erasure import everything, files_with

#: Any writing beside the mark: quotes, marks of direction, characters beyond the first plane.
WRITTEN = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
#: The same lives at every run; each is too long to be made shorter.
LIVES = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@dataclass
class House:
    """One platform, one desk at it, where everything lies, and what never may be found there."""

    platform: Platform
    clerk: Client
    by: Acting
    folder: Path
    at: Dsns
    data: Path
    mark: str
    key: SignerKey
    began: float

    async def add(self, kind: str, record: UUID, subject: str, words: str, file: bool) -> None:
        """A statement, and a file whose content and name are the person's."""
        basket = Basket.of(self.folder / "files", b"secret", "she", words)
        if file:
            await basket.add(f"{self.mark}.txt", BytesIO(words.encode()))
            await basket.add(f"{self.mark}.jpg", BytesIO(picture()))
        chosen = await keep_all(self.platform.files, basket, subject)
        known: dict[str, Any] = {"kind": kind, "record": record, "files": chosen}
        await self.platform.perform(add_evidence, AddEvidence(by=self.by, note=words, **known))

    async def answers(self, *addresses: str) -> str:
        """What the pages say at this desk."""
        said = [await self.clerk.get(address) for address in addresses]
        assert [each.status for each in said] == [200] * len(addresses)
        return "\n".join([await each.text() for each in said])

    async def nothing_is_left(self) -> None:
        """Outside the pages: database, files, export."""
        await caught_up(self.platform)
        await self.platform.reads.record()
        await self._exported()
        assert self.mark not in everything(self.at.owner)
        with psycopg.connect(self.at.owner, autocommit=True) as connection:
            connection.execute("checkpoint")
        assert list(files_with([self.mark], *self._places())) == []

    def _places(self) -> list[Path]:
        """Our own files, those of this database, and what was written ahead since we began."""
        ahead = [p for p in self.data.rglob("pg_wal/*") if p.stat().st_mtime >= self.began]
        with psycopg.connect(self.at.owner) as connection:
            (oid,) = connection.execute(
                "select oid from pg_database where datname = current_database()"
            ).fetchone() or (0,)
        (own,) = self.data.rglob(f"base/{oid}")
        return [self.folder, own, *ahead]

    async def _exported(self) -> None:
        """The whole log as it leaves the house; it proves itself by what is in it alone."""
        into = self.folder / f"export-{secrets.token_hex(4)}"
        await Publisher(self.platform.pool, KeySigner(self.key)).publish()
        policy = f"log {self.key.verifier}\nquorum none\n".encode()
        await Export(self.platform.pool, into, policy).log(Span(), lambda done, of: None)
        assert "entries and" in await verified(into)

    async def back_up(self) -> None:
        """The keys as an old backup has them."""
        await self._do("drop table if exists backup", "create table backup as table vault.keys")

    async def put_back(self) -> None:
        await self._do("truncate vault.keys", "insert into vault.keys table backup")

    async def _do(self, *statements: str) -> None:
        async with await psycopg.AsyncConnection.connect(self.at.owner) as connection:
            for statement in statements:
                await connection.execute(statement.encode())


@asynccontextmanager
async def opened(server: Server, at: Dsns, folder: Path, by: Acting) -> AsyncIterator[House]:
    async with (
        open_platform(at.owner, at.app, files=folder / "files") as platform,
        desk(platform, by, limit_address=0, limit_account=0) as clerk,
    ):
        yield House(
            platform, clerk, by, folder, at, server.place.home, secrets.token_hex(8),
            SignerKey.generate("test.example/log"), time.time(),
        )  # fmt: skip
