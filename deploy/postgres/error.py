"""Why the database cannot run, said so that an operator can mend it."""

from __future__ import annotations

from pathlib import Path

_CAUSES = (
    ("No space left on device", "磁盘已满，请清出空间后重试。", "The disk is full; make room."),
    ("Disk quota exceeded", "磁盘配额已用完。", "The disk quota is used up."),
    ("Cannot allocate memory", "内存不足。", "There is not enough memory."),
    ("could not resize shared memory", "/dev/shm 空间不足。", "There is not enough /dev/shm."),
    ("Permission denied", "数据目录权限不足。", "The data directory may not be accessed."),
    ("Read-only file system", "数据目录所在文件系统只读。", "The file system is read-only."),
    (
        "could not locate a valid checkpoint",
        "数据目录已损坏，请从备份恢复。",
        "The data is damaged.",
    ),
)


class ServerError(Exception):
    """Said in Chinese and English; `log` holds the last lines of what the server said."""

    def __init__(self, zh: str, en: str, log: str = "") -> None:
        super().__init__(zh)
        self.zh, self.en, self.log = zh, en, log

    def __str__(self) -> str:
        return f"{self.zh}\n{self.log}" if self.log else self.zh


def failed(zh: str, en: str, output: str) -> ServerError:
    """The failure together with its cause, where what was printed names one we know."""
    for sign, cause_zh, cause_en in _CAUSES:
        if sign in output:
            return ServerError(f"{zh}：{cause_zh}", f"{en}: {cause_en}", _tail(output))
    return ServerError(f"{zh}。", f"{en}.", _tail(output))


def refused_access(path: Path) -> ServerError:
    """Somebody else's data, or a place we may not write to."""
    return ServerError(
        f"无权使用 {path}：它属于另一用户，请用创建它的用户运行，或另设 GONGZHI_DATA。",
        f"{path} belongs to another user; run as that user or choose another GONGZHI_DATA.",
    )


def first_line(error: Exception) -> str:
    """What a driver says, without its hints and positions."""
    return (str(error).splitlines() or ["?"])[0]


def _tail(output: str, lines: int = 8) -> str:
    return "\n".join(output.strip().splitlines()[-lines:])
