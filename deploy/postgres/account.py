"""The system user the server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from deploy.postgres.error import ServerError


class Drop(TypedDict, total=False):
    """What `subprocess` needs to give up root's privileges."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """A user with an entry in passwd; initdb does not work without one."""

    name: str
    uid: int
    gid: int

    @property
    def drop(self) -> Drop:
        """Empty unless we are root: only then there is something to give up."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Whether this user may reach the path; the kernel is asked, not the mode bits."""
        return subprocess.run(["test", test, str(path)], cwd="/", **self.drop).returncode == 0

    def give(self, path: Path) -> None:
        """Make the account the owner, which only root needs to do and can."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def me() -> Account:
    """The user we are."""
    try:
        return _account(pwd.getpwuid(os.geteuid()))
    except KeyError:
        raise ServerError(
            f"当前用户（uid {os.geteuid()}）没有系统账户名，无法运行 PostgreSQL。",
            f"The current user (uid {os.geteuid()}) has no passwd entry; PostgreSQL needs one.",
        ) from None


def account_for(cluster: Path) -> Account:
    """Whoever owns the data runs the server; for new data as root: postgres, else nobody."""
    if os.geteuid() != 0:
        return me()
    if cluster.exists():
        return _account(pwd.getpwuid(cluster.stat().st_uid))
    return _unprivileged()


def _unprivileged() -> Account:
    for name in ("postgres", "nobody"):
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise ServerError(
        "以 root 运行时需要系统用户 postgres 或 nobody。",
        "Running as root needs the system user postgres or nobody.",
    )


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
