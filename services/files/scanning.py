"""Scanning: each file that waits is shown to the scanner, and what it says is recorded.

What waits stands in a view: after a restart, and when the scanner is back, it goes on by itself.
What is suspicious goes into quarantine; its events stay.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from events.event import system
from events.vault import PersonErased, VaultLocked
from services.actions.evidence import ScanFile, scan_file
from services.actions.refused import Refused
from services.faults import AWAY
from services.files.basket import throw_away_old
from services.files.clamd import Clamd, ScannerAway, Verdict
from services.files.sealing import Altered
from services.files.store import Missing
from services.views.asking import Row

if TYPE_CHECKING:
    from services.platform import Platform

log_ = logging.getLogger("gongzhi.scanning")
#: Seconds between two looks; and of rest while the scanner is away.
POLL, REST = 1.0, 10.0
#: Seconds between two looks for baskets that nobody came back to, and for halves of files.
TIDY = 3600.0


class Scanning:
    """Scans what waits, until cancelled; without a scanner it only tidies baskets."""

    def __init__(self, platform: Platform, scanner: Clamd | None) -> None:
        self.platform, self.scanner = platform, scanner
        self._tidied = 0.0

    async def run(self) -> None:
        while True:
            rest = POLL if self.scanner else TIDY
            try:
                await self._tidy()
                await self.turn()
            except ScannerAway as away:
                log_.warning("the malware scanner is away, files wait: %s", away)
                rest = REST
            except AWAY as gone:
                log_.warning("files wait to be scanned: %s", gone)
                rest = REST
            except Exception:
                log_.exception("scanning goes on after a fault")
                rest = REST
            await asyncio.sleep(rest)

    async def turn(self) -> int:
        """Scan everything that waits now; how many files. Raises `ScannerAway`."""
        after = many = 0
        while self.scanner and (rows := await self.platform.views.files.pending(after)):
            for row in rows:
                many += await self._scan(row, self.scanner)
            after = rows[-1]["position"]
        return many

    async def _scan(self, row: Row, scanner: Clamd) -> bool:
        store = self.platform.files
        try:
            verdict = await scanner.scan(store.parts(row["subject"], row["sha256"]))
        except (VaultLocked, PersonErased):  # it waits for the key; or nobody will read it again
            return False
        except (Missing, Altered) as wrong:
            log_.error("file %s of %s cannot be scanned: %r", row["id"], row["number"], wrong)
            aside = await store.is_aside(row["subject"], row["sha256"])  # as a file handed in twice
            verdict = Verdict("suspicious" if aside else "unscanned", type(wrong).__name__.lower())
        return await self._state(row, verdict, await scanner.version())

    async def _state(self, row: Row, verdict: Verdict, engine: str) -> bool:
        """Record it first: a file that was set aside without an event would be missing."""
        command = ScanFile(
            by=system("scan"), kind=row["kind"], record=row["record"], file=row["id"],
            result=verdict.result, signature=verdict.signature, engine=engine,
            key=f"{row['id']}:scan",
        )  # fmt: skip
        try:
            await self.platform.perform(scan_file, command)
        except Refused as done:  # by another process
            log_.debug("not recorded: %s", done)
            return False
        if verdict.result == "suspicious":
            log_.warning("a file of %s is suspicious and was set aside", row["number"])
            for name in ("sha256", "public_copy"):
                if row[name]:
                    await self.platform.files.set_aside(row["subject"], row[name])
        return True

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if not self._tidied or now - self._tidied > TIDY:
            self._tidied = now
            await self.platform.files.clear_incoming()
            await asyncio.to_thread(throw_away_old, self.platform.files.root)
