"""Runs PostgreSQL for us: one server per data directory, shared by all who need it."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from deploy.postgres import cluster
from deploy.postgres.cluster import APP, ENVIRONMENT, OWNER
from deploy.postgres.error import ServerError, failed, refused_access
from deploy.postgres.place import find_place
from deploy.postgres.tree import Tree, reachable

DATABASE = "gongzhi"
_PATIENCE = 300.0
_LARGE_LOG = 10_000_000
_SOCKET_LOCK = ".s.PGSQL.5432.lock"
_CANNOT_START = ("数据库无法启动", "The database server cannot start")
#: How long a server that was killed may need to disappear, with all its processes.
_DYING = 10.0


class Server:
    """Starts the server or joins a running one; the last to leave stops it.

    Everyone holds a shared lock on `users`, which the kernel lets go when a process dies, however
    it dies. So a server never disappears under somebody, and none is left behind for good.
    """

    def __init__(self, data: Path, tree: Tree) -> None:
        self.place = find_place(data)
        self.tree = tree
        self._child: subprocess.Popen[bytes] | None = None
        self._using: int | None = None

    @property
    def owner_dsn(self) -> str:
        """Who lays the tables."""
        return self.dsn(DATABASE, OWNER)

    @property
    def app_dsn(self) -> str:
        """Who runs the platform: may add to the log, may not change it."""
        return self.dsn(DATABASE, APP)

    def dsn(self, dbname: str, user: str = OWNER) -> str:
        """How to reach one database over the socket."""
        return make_conninfo(host=str(self.place.run), port=5432, dbname=dbname, user=user)

    @property
    def pid(self) -> int | None:
        """The running server's process, whoever started it."""
        try:
            return int((self.place.cluster / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def ensure(self) -> None:
        """After this the server answers and has our role and database."""
        try:
            self.place.make()
            with self._alone():
                self._enter()
        except OSError as error:
            raise failed(*_CANNOT_START, str(error)) from error

    def _enter(self) -> None:
        """Who used it before goes on using it, also when this attempt fails."""
        newly = self._using is None
        self._join()
        try:
            self._serve()
        except BaseException:
            if newly:
                self._leave()
            raise

    def _serve(self) -> None:
        """A server may die right after it answered; then it is started like any other."""
        if self._running():
            with suppress(ServerError):
                return self._found()
            if self._running():
                return self._found()
        self._start()
        self._found()

    def stop(self) -> None:
        """Leave; stop the server when nobody else is using it."""
        with self._alone():
            if self._using is None:
                return
            if self._last():
                self._shut_down()
            self._leave()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        try:
            handle = os.open(self.place.home, os.O_RDONLY)
        except PermissionError:
            raise refused_access(self.place.home) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _join(self) -> None:
        if self._using is None:
            path = self.place.home / "users"
            self._using = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            self.place.account.give(path)
            fcntl.flock(self._using, fcntl.LOCK_SH)

    def _leave(self) -> None:
        if self._using is not None:
            os.close(self._using)
            self._using = None
        self._child = None

    def _last(self) -> bool:
        """Whether our shared lock can become the only one."""
        assert self._using is not None
        try:
            fcntl.flock(self._using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _running(self) -> bool:
        """A server that is starting, stopping or dying is waited for; a stale pid file is not."""
        until = time.monotonic() + _DYING
        while (pid := self.pid) is not None:
            state = self._state()
            if state == "ready":
                return True
            if state == "silent" and not self._is_ours(pid):
                self._forget()
                return False
            if state == "silent" and time.monotonic() > until:
                return False
            time.sleep(0.05)
        return False

    def _is_ours(self, pid: int) -> bool:
        """Whether a number in a pid file still means our server, and not whoever got it next."""
        try:
            if Path(f"/proc/{pid}/comm").read_text().strip() != "postgres":
                return False
            return os.path.samefile(f"/proc/{pid}/cwd", self.place.cluster)
        except PermissionError:
            return True
        except OSError:
            return False

    def _forget(self) -> None:
        """Lock files of a dead server stop the next one when their number was given out again.

        What still holds the old server's memory is noticed by PostgreSQL without them.
        """
        for path in (self.place.cluster / "postmaster.pid", self.place.run / _SOCKET_LOCK):
            path.unlink(missing_ok=True)

    def _state(self) -> str:
        """`ready`, `busy` (answers, but is starting or stopping) or `silent`."""
        try:
            psycopg.connect(self.dsn("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "FATAL" not in str(error):
                return "silent"
            return "busy" if "the database system is" in str(error) else "ready"
        return "ready"

    def _start(self) -> None:
        """The processes of a killed server may still hold its memory for a moment."""
        tree = reachable(self.tree, self.place.account)
        cluster.init_when_needed(tree, self.place)
        cluster.configure(self.place)
        until = time.monotonic() + _DYING
        while True:
            try:
                return self._launch(tree)
            except ServerError as error:
                if "is still in use" not in error.log or time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def _launch(self, tree: Tree) -> None:
        """In a session of its own: Ctrl-C in our terminal is ours to handle, not the server's."""
        with self._log() as log:
            begin = log.tell()
            self._child = subprocess.Popen(
                [tree.bin / "postgres", "-D", self.place.cluster],
                cwd=self.place.home,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.place.account.drop,
            )
        # Collected as soon as it ends, else its number would look alive to the next server.
        Thread(target=self._child.wait, name="postgres", daemon=True).start()
        self._wait_ready(self._child, begin)

    def _log(self) -> BinaryIO:
        """Appended to; a log grown large is set aside once, so that two files are the most."""
        path = self.place.log
        if path.exists() and path.stat().st_size > _LARGE_LOG:
            path.rename(path.with_suffix(".log.old"))
        log = path.open("ab")
        self.place.account.give(path)
        return log

    def _wait_ready(self, child: subprocess.Popen[bytes], begin: int) -> None:
        """Recovery after a crash may take long; a server that has ended will never answer."""
        until = time.monotonic() + _PATIENCE
        while child.poll() is None and time.monotonic() < until:
            if self._state() == "ready":
                return
            time.sleep(0.02)
        self._end_child()
        said = self.place.log.read_bytes()[begin:].decode(errors="replace")
        raise failed(*_CANNOT_START, said)

    def _shut_down(self) -> None:
        """The server may be our child, or have been started anew by someone who has left since."""
        self._end_child()
        if (pid := self.pid) is not None and self._state() != "silent":
            # Only then the number is the server's; after a crash it may be anybody's.
            _end(pid, self.place.cluster / "postmaster.pid")

    def _end_child(self) -> None:
        """Fast: open transactions are rolled back, what was committed is on disk."""
        if self._child is not None:
            if self._child.poll() is None:
                self._child.send_signal(signal.SIGINT)
            self._child.wait()
            self._child = None

    def _found(self) -> None:
        """The application's role and our database, once."""
        try:
            with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
                _lay_foundations(connection)
        except psycopg.OperationalError as error:
            zh, en = "数据库拒绝工作", "The database server refuses to work"
            raise failed(zh, en, str(error)) from None


def _lay_foundations(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    role, database = sql.Identifier(APP), sql.Identifier(DATABASE)
    if not connection.execute("select 1 from pg_roles where rolname = %s", [APP]).fetchone():
        connection.execute(sql.SQL("create role {} login").format(role))
    named = "select 1 from pg_database where datname = %s"
    if not connection.execute(named, [DATABASE]).fetchone():
        connection.execute(sql.SQL("create database {}").format(database))


def _end(pid: int, note: Path) -> None:
    """Stop a server that is not our child; it takes its pid file away when it is done."""
    try:
        os.kill(pid, signal.SIGINT)
    except ProcessLookupError:
        return
    until = time.monotonic() + _PATIENCE
    while note.exists() and time.monotonic() < until:
        time.sleep(0.02)
