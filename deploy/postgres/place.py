"""Where the cluster, its socket and its log live, so that every process finds the same place."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from deploy.postgres.account import Account, account_for
from deploy.postgres.error import ServerError, refused_access

_ELSEWHERE = Path("/var/lib/gongzhi")
_NOTE = "postgres.where"
#: A socket's path must fit into 107 bytes, on some systems into 103.
_LONGEST = 99


@dataclass(frozen=True)
class Place:
    """`home` belongs to the account the server runs as, and to nobody else."""

    home: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "server.log"

    @property
    def run(self) -> Path:
        """The directory of the socket; a deep home gets a short name elsewhere."""
        near = self.home / "run"
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= _LONGEST:
            return near
        return Path("/tmp") / f"gongzhi-{_short(self.home)}"

    @property
    def major(self) -> int | None:
        """The version the data was made by, if there is data."""
        note = self.cluster / "PG_VERSION"
        return int(note.read_text().split(".")[0]) if note.exists() else None

    def make(self) -> None:
        """Create what is missing, private to the account."""
        try:
            for directory in (self.home, self.run):
                _private(directory, self.account)
        except PermissionError:
            raise refused_access(self.home) from None


def find_place(data: Path) -> Place:
    """Inside the data directory; elsewhere when the server's user could not get there."""
    data = Path(os.path.abspath(data))
    try:
        data.mkdir(parents=True, exist_ok=True)
        home = _home(data)
        account = account_for(home / "cluster")
        if not (home / "cluster").exists() and not account.can("-x", home.parent):
            home = _move_elsewhere(data)
        return Place(home, account)
    except PermissionError:
        raise refused_access(data) from None
    except OSError as error:
        raise ServerError(
            f"数据目录 {data} 无法使用：{error.strerror}",
            f"The data directory {data} cannot be used: {error.strerror}",
        ) from error


def _home(data: Path) -> Path:
    note = data / _NOTE
    return Path(note.read_text().strip()) if note.exists() else data / "postgres"


def _move_elsewhere(data: Path) -> Path:
    """Leaves a note, so that the data is found again, by people too."""
    _ELSEWHERE.mkdir(parents=True, exist_ok=True)
    _ELSEWHERE.chmod(0o755)
    home = _ELSEWHERE / _short(data)
    (data / _NOTE).write_text(f"{home}\n")
    return home


def _private(directory: Path, account: Account) -> None:
    """Refuses a directory someone else prepared, which in /tmp anybody could."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if directory.stat().st_uid == os.geteuid():
        account.give(directory)
    if directory.stat().st_uid != account.uid or directory.is_symlink():
        raise refused_access(directory)


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
