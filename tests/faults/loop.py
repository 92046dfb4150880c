"""The kill loop: writers, a worker, a follower and the database are killed at random under load."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psycopg

from deploy.postgres import Server
from tests.deploy.test_crash import kill_server
from tests.faults.parts import Lines

WRITERS = 3
#: What is killed how often, and how long everything is left alone in between (seconds).
TARGETS = ["writer"] * 4 + ["worker"] * 3 + ["follower"] * 2 + ["connection"] * 3 + ["server"] * 2
PAUSE = (0.05, 0.9)
_CONNECTIONS = "select pid from pg_stat_activity where datname = current_database()"


class Process(NamedTuple):
    """A running part, and how it is started again."""

    name: str
    given: tuple[str, ...]

    def start(self, complaints: Path) -> subprocess.Popen[bytes]:
        """What it has to complain of is added to a file."""
        kind = self.name.partition("-")[0]
        command = [sys.executable, "-m", "tests.faults.parts", kind, *self.given]
        with complaints.open("ab") as said:
            return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)


class Kills:
    """Everything that runs, and the blows it was dealt."""

    def __init__(self, server: Server, folder: Path, chance: random.Random) -> None:
        self.server, self.chance = server, chance
        self.dealt: Counter[str] = Counter()
        self.writers = [folder / f"writer-{n}" for n in range(WRITERS)]
        self.followed = folder / "follower"
        each = [
            Process(f"writer-{n}", (server.app_dsn, str(p))) for n, p in enumerate(self.writers)
        ]
        each.append(Process("follower", (server.app_dsn, str(self.followed))))
        each.append(Process("worker", (server.owner_dsn, server.app_dsn)))
        self.complaints = folder / "complaints"
        self.running = {process: process.start(self.complaints) for process in each}

    def deal(self, kills: int, say: Callable[[str], None]) -> None:
        """So many blows at random moments; whoever was killed is started again at once."""
        for nth in range(1, kills + 1):
            time.sleep(self.chance.uniform(*PAUSE))
            self._one(self.chance.choice(TARGETS))
            if nth % 10 == 0:
                say(f"{nth}/{kills} kills, {self.acknowledged():,} commands acknowledged")

    def _one(self, target: str) -> None:
        self.dealt[target] += 1
        if target == "server":
            kill_server(self.server)
            self.server.ensure()
        elif target == "connection":
            self._kill_connection()
        else:
            self._kill(self.chance.choice([p for p in self.running if p.name.startswith(target)]))

    def _kill(self, process: Process) -> None:
        self._end(process)
        self.running[process] = process.start(self.complaints)

    def _end(self, process: Process) -> None:
        """Nobody ends by himself: a writer would for a conflict, which nobody else can cause."""
        child = self.running[process]
        if child.poll() is not None:
            raise AssertionError(f"{process.name} ended: {self.complaints.read_text()[-2000:]}")
        child.kill()
        child.wait()

    def _kill_connection(self) -> None:
        """A server process dies: PostgreSQL ends all others too and recovers."""
        with suppress(psycopg.OperationalError, ProcessLookupError, IndexError):
            with psycopg.connect(self.server.owner_dsn) as connection:
                rows = connection.execute(_CONNECTIONS).fetchall()
            os.kill(self.chance.choice(rows)[0], signal.SIGKILL)

    def acknowledged(self) -> int:
        return sum(map(_lines, self.writers))

    def until_acknowledged(self, more: int) -> None:
        """Life goes on after the last blow."""
        goal = self.acknowledged() + more
        _until(lambda: self.acknowledged() >= goal, "nothing is acknowledged any more")

    def until_followed(self) -> None:
        """Also the follower, which may have been killed each time before it had begun."""
        _until(lambda: _lines(self.followed) > 0, "nobody follows")

    def end(self) -> None:
        """All of them; whoever had ended before is told of after the last."""
        with ExitStack() as stack:
            for process in self.running:
                stack.callback(self._end, process)


@contextmanager
def under_load(server: Server, folder: Path, seed: int) -> Iterator[Kills]:
    """All parts run; they are ended however this ends."""
    kills = Kills(server, folder, random.Random(seed))
    try:
        kills.until_acknowledged(50)
        yield kills
    finally:
        kills.end()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _until(reached: Callable[[], bool], complaint: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > until:
            raise AssertionError(complaint)
        time.sleep(0.05)


def lines_of(paths: list[Path]) -> list[Lines]:
    return [Lines(path) for path in paths]
