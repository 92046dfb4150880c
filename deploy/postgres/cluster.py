"""Makes a cluster and writes its configuration; settings an operator may override come last."""

from __future__ import annotations

import shutil
import subprocess

from deploy.postgres.account import me
from deploy.postgres.error import ServerError, failed
from deploy.postgres.place import Place
from deploy.postgres.tree import Tree

OWNER = "gz"
APP = "gongzhi_app"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
_CONF = "gongzhi.conf"
_ROOMY = 256 * 1024 * 1024


def init_when_needed(tree: Tree, place: Place) -> None:
    """Made under another name and renamed when complete: half a cluster is never started."""
    if place.major is not None:
        return refuse_foreign(tree, place)
    draft = place.home / "cluster.new"
    shutil.rmtree(draft, ignore_errors=True)
    command = [str(tree.bin / "initdb"), "-D", str(draft), "-U", OWNER, *_options(tree)]
    done = subprocess.run(
        command,
        cwd=place.home,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **place.account.drop,
    )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise failed(
            "无法建立数据库", "The database cannot be created", done.stdout.decode(errors="replace")
        )
    with (draft / "postgresql.conf").open("a") as conf:
        conf.write(f"\ninclude '{_CONF}'\n")
    draft.rename(place.cluster)


def refuse_foreign(tree: Tree, place: Place) -> None:
    """Data files of another major version cannot be read, and must not be tried."""
    if place.major == tree.major:
        return
    raise ServerError(
        f"数据由 PostgreSQL {place.major} 建立，现有程序是 {tree.major}：请用原版本导出日志，"
        "在新的数据目录导入，视图会重建。",
        f"The data was made by PostgreSQL {place.major}, the programs here are {tree.major}: "
        "export the log with the old version and import it into a new data directory; "
        "the views are rebuilt.",
    )


def _options(tree: Tree) -> list[str]:
    """Plain `C` would silently break Chinese trigrams, `\\w` and lower case."""
    locale = ["--locale=C.UTF-8"]
    if tree.major >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        "--encoding=UTF8",
        "--data-checksums",
        "--auth-local=peer",
        "--auth-host=scram-sha-256",
        "--no-instructions",
        *locale,
    ]


def configure(place: Place) -> None:
    """Written at every start, so that a new version of the platform brings its settings along."""
    settings = "\n".join(f"{name} = '{value}'" for name, value in _settings(place).items())
    _write(place, _CONF, f"# Written at every start; use ALTER SYSTEM to override.\n{settings}\n")
    everyone = "peer map=gz"
    _write(place, "pg_hba.conf", f"local all all {everyone}\nlocal replication all {everyone}\n")
    _write(place, "pg_ident.conf", _ident(place))


def _settings(place: Place) -> dict[str, str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.run),
        "unix_socket_permissions": "0700",
        "cluster_name": "gongzhi",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "100",
        "shared_buffers": "256MB",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "wal_level": "logical",
    }
    if shutil.disk_usage("/dev/shm").total < _ROOMY:
        # Parallel workers talk through /dev/shm, which containers keep at 64 MB.
        settings["max_parallel_workers_per_gather"] = "0"
    return settings


def _ident(place: Place) -> str:
    """The kernel vouches for who connects; there is no password anywhere."""
    people = dict.fromkeys(["root", "nobody", "postgres", place.account.name, me().name])
    return "".join(f'gz "{name}" {role}\n' for name in people for role in (OWNER, APP))


def _write(place: Place, name: str, text: str) -> None:
    path = place.cluster / name
    path.write_text(text)
    path.chmod(0o600)
    place.account.give(path)
