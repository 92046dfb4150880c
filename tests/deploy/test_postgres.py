"""The server we run ourselves: started, shared, killed, and found again with all it had."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from deploy.postgres import Server, ServerError, Tree, find_tree, open_database
from deploy.postgres.cluster import APP
from deploy.postgres.error import failed
from services.settings import Settings
from tests.database import Dsns, data_directory, tree_of

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module", params=["wheel", "system"])
def tree(request: pytest.FixtureRequest) -> Tree:
    found = tree_of(request.param)
    if found is None:
        pytest.skip(f"no PostgreSQL from {request.param} on this machine")
    return found


@pytest.fixture
def data() -> Iterator[Path]:
    with data_directory() as path:
        yield path


@pytest.fixture(scope="module")
def lasting(tree: Tree) -> Iterator[Path]:
    """Made once per tree, because making a cluster takes most of the time."""
    with data_directory() as path:
        yield path


@pytest.fixture
def own(lasting: Path, tree: Tree) -> Iterator[Server]:
    server = Server(lasting, tree)
    server.ensure()
    yield server
    server.stop()


def ask(dsn: str, question: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(question).fetchone()
    return row and row[0]


def tell(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute(statement)


def kill_all(server: Server) -> None:
    """As a power cut would: the server and every process it made, without a word."""
    assert server.pid
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for pid in (server.pid, *map(int, children)):
        with suppress(ProcessLookupError):  # a connection's process may have ended by itself
            os.kill(pid, signal.SIGKILL)


def gone(pid: int) -> bool:
    """A process that has ended but was not yet collected counts as gone."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def test_both_roles_get_in_without_a_password(own: Server) -> None:
    assert ask(own.owner_dsn, "select current_user") == "gz"
    assert ask(own.app_dsn, "select current_user") == APP
    rights = "select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = '{}'"
    assert ask(own.owner_dsn, rights.format(APP)) is False


def test_chinese_and_accents_are_letters(own: Server) -> None:
    assert ask(own.app_dsn, "select lower('Ä')") == "ä"
    assert ask(own.app_dsn, r"select '食品安全' ~ '^\w+$'") is True
    assert ask(own.app_dsn, "show server_encoding") == "UTF8"


def test_what_is_committed_is_on_disk(own: Server) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert ask(own.app_dsn, f"show {setting}") == "on"


def test_the_server_listens_on_a_private_socket_only(own: Server) -> None:
    assert ask(own.app_dsn, "show listen_addresses") == ""
    assert stat.S_IMODE(own.place.run.stat().st_mode) == 0o700
    assert own.place.run.stat().st_uid != 0


def test_a_second_server_joins_the_first(own: Server, tree: Tree) -> None:
    second = Server(own.place.home.parent, tree)
    second.ensure()
    assert second.pid == own.pid
    second.stop()
    assert ask(own.app_dsn, "select 1") == 1


def test_the_last_to_leave_stops_the_server(own: Server, tree: Tree) -> None:
    second, pid = Server(own.place.home.parent, tree), own.pid
    assert pid
    second.ensure()
    own.stop()
    assert ask(second.app_dsn, "select 1") == 1
    second.stop()
    assert gone(pid)
    assert own.pid is None


def test_two_processes_starting_at_once_share_one_server(tree: Tree, data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from deploy.postgres import Server, find_trees\n"
        "tree = next(t for t in find_trees() if t.kind == sys.argv[2])\n"
        "server = Server(Path(sys.argv[1]), tree); server.ensure(); print(server.pid, flush=True)\n"
        "sys.stdin.read(); server.stop()"
    )
    command = [sys.executable, "-c", code, str(data), tree.kind]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    pids = {process.stdout.readline() for process in both if process.stdout}
    for process in both:
        process.communicate()
    assert len(pids) == 1
    assert [process.returncode for process in both] == [0, 0]
    assert gone(int(pids.pop()))


def test_nothing_committed_is_lost_when_everything_is_killed(own: Server) -> None:
    tell(own.owner_dsn, "create table kept (n int)")
    for n in range(20):
        tell(own.owner_dsn, f"insert into kept values ({n})")
    kill_all(own)
    own.ensure()
    assert ask(own.owner_dsn, "select count(*) from kept") == 20


def test_a_killed_server_is_started_again_by_another_process(own: Server, tree: Tree) -> None:
    kill_all(own)
    second = Server(own.place.home.parent, tree)
    second.ensure()
    assert ask(second.app_dsn, "select 1") == 1
    second.stop()


def test_a_server_that_another_process_started_again_is_stopped_by_the_last_to_leave(
    own: Server, tree: Tree
) -> None:
    kill_all(own)
    second = Server(own.place.home.parent, tree)
    second.ensure()
    pid = second.pid
    assert pid
    second.stop()
    assert ask(own.app_dsn, "select 1") == 1
    own.stop()
    assert gone(pid)


def test_the_death_of_the_first_process_alone_is_survived(own: Server) -> None:
    assert own.pid
    with psycopg.connect(own.owner_dsn):
        os.kill(own.pid, signal.SIGKILL)
        own.ensure()
    assert ask(own.owner_dsn, "select 1") == 1


def test_a_stale_pid_file_does_not_matter(own: Server) -> None:
    own.stop()
    note = own.place.cluster / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{own.place.cluster}\n1\n5432\n{own.place.run}\n\n")
    own.place.account.give(note)
    own.ensure()
    assert ask(own.app_dsn, "select 1") == 1


def test_a_number_given_out_again_since_the_server_died_does_not_matter(own: Server) -> None:
    own.stop()
    stranger = subprocess.Popen(["sleep", "60"], **own.place.account.drop)
    notes = own.place.cluster / "postmaster.pid", own.place.run / ".s.PGSQL.5432.lock"
    for note in notes:
        note.write_text(f"{stranger.pid}\n{own.place.cluster}\n1\n5432\n{own.place.run}\n\n")
        own.place.account.give(note)
    try:
        own.ensure()
        assert ask(own.app_dsn, "select 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_server_that_dies_right_after_it_answered_is_started(
    own: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = own._running
    answers = iter([True])
    monkeypatch.setattr(own, "_running", lambda: next(answers, None) or found())
    kill_all(own)
    own.ensure()
    assert ask(own.app_dsn, "select 1") == 1


def test_a_deep_directory_gets_a_short_socket(tree: Tree, data: Path) -> None:
    server = Server(data / ("深" * 40), tree)
    server.ensure()
    assert len(os.fsencode(server.place.run)) < 86
    assert ask(server.app_dsn, "select 1") == 1
    server.stop()
    server.place.run.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has directories others cannot enter")
def test_a_private_directory_of_root_stays_private(tree: Tree, data: Path) -> None:
    private = data / "private"
    private.mkdir(mode=0o700)
    server = Server(private / "gongzhi", tree)
    server.ensure()
    home = server.place.home
    assert ask(server.app_dsn, "select 1") == 1
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert home.is_relative_to("/var/lib/gongzhi")
    assert Server(private / "gongzhi", tree).place.home == home
    server.stop()
    subprocess.run(["rm", "-r", str(home)], check=True)


def test_data_of_another_version_is_refused_with_a_hint(own: Server) -> None:
    own.stop()
    note = own.place.cluster / "PG_VERSION"
    note.write_text("14\n")
    with pytest.raises(ServerError, match="PostgreSQL 14") as refusal:
        own.ensure()
    note.write_text(f"{own.tree.major}\n")
    assert "export the log" in refusal.value.en


def test_a_server_that_cannot_start_says_why(own: Server) -> None:
    own.stop()
    control = own.place.cluster / "global" / "pg_control"
    aside = control.rename(control.with_suffix(".aside"))
    with pytest.raises(ServerError, match="数据库无法启动") as refusal:
        own.ensure()
    aside.rename(control)
    assert "pg_control" in refusal.value.log


def test_a_full_disk_is_called_a_full_disk() -> None:
    said = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'
    error = failed("数据库无法启动", "The server cannot start", said)
    assert "磁盘已满" in error.zh
    assert "disk is full" in error.en


def test_programs_that_are_not_there_are_named_in_one_sentence(data: Path) -> None:
    with pytest.raises(ServerError, match="GONGZHI_DATABASE_URL"):
        find_tree(data / "nowhere")


def test_the_settings_lead_to_a_database(data: Path) -> None:
    opened = open_database(Settings(data=data))
    assert opened.server
    assert ask(opened.app, "select current_user") == APP
    opened.close()


def test_a_database_of_the_operators_own_is_used_as_it_is(database: Dsns) -> None:
    opened = open_database(Settings.model_validate({"database_url": database.owner}))
    assert opened.server is None
    assert ask(opened.owner, "select current_user") == "gz"
    assert ask(opened.app, "select current_user") == APP


def test_an_operators_database_that_is_not_there_is_said() -> None:
    nowhere = "postgresql://nobody:hidden@127.0.0.1:1/none"
    with pytest.raises(ServerError, match="GONGZHI_DATABASE_URL") as refusal:
        open_database(Settings.model_validate({"database_url": nowhere}))
    assert "hidden" not in refusal.value.zh + refusal.value.en
