"""Private files: keys on the operator's disk, for their owner alone, written all at once."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from events.words import Words


class KeyTrouble(Exception):
    """There is no usable key; `words` say what is wrong and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)


def write_new(path: Path, text: str) -> None:
    """Write a file that was not there. Raises `KeyTrouble`: nothing is written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyTrouble(
            f"{path} 已有密钥，不会覆盖", f"there is a key in {path} already; it is not overwritten"
        ) from None
    try:
        with os.fdopen(opened, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # half a key is none
        path.unlink(missing_ok=True)
        raise


def put_in_place(path: Path, text: str) -> None:
    """Put this text in the place of what stands in the file: the one or the other, never less."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    write_new(beside, text)
    os.replace(beside, path)


def read_private(path: Path) -> str:
    """What stands in the file. Raises `KeyTrouble`, also where others could read it."""
    if not path.is_file():
        raise KeyTrouble(f"没有密钥文件 {path}", f"there is no key in {path}")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyTrouble(
            f"别人也能读 {path}：请运行 chmod 600 {path}，并考虑更换密钥",
            f"others can read {path}: run chmod 600 {path}, and think of a new key",
        )
    return path.read_text().strip()
