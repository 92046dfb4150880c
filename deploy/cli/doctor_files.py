"""What the doctor says of evidence files and of their scanner."""

from __future__ import annotations

from deploy.cli.finding import Finding
from events.words import Words, both
from services.files.checking import wrong_files
from services.files.clamd import Clamd, ScannerAway
from services.platform import Platform
from services.settings import Settings

_FILES = Words("证据文件", "evidence files")
_SCANNER = Words("病毒扫描", "malware scanner")


async def files_finding(platform: Platform) -> Finding:
    """Whether every file is there; whether each is whole, `gongzhi files check` says."""
    missing = [each async for each in wrong_files(platform, whole=False)]
    if not missing:
        return Finding(
            _FILES, True, Words("都在磁盘上（是否完好：gongzhi files check）",
                                "all are on disk (whether whole: gongzhi files check)"),
        )  # fmt: skip
    first, many = missing[0], len(missing)
    return Finding(
        _FILES,
        False,
        Words(
            f"缺 {many} 个，例如 {first.number} 的 {first.sha256[:8]}。请从备份恢复 data/files",
            f"{many} are missing, such as {first.sha256[:8]} of {first.number}. "
            "Restore data/files from a backup",
        ),
    )


async def scanner_finding(chosen: Settings) -> Finding:
    """Whether the scanner answers; that there is none is said, and is no fault."""
    if not chosen.clamd:
        none = Words(
            "未配置：文件显示“未配置扫描”，只有承办单位确认后能打开（GONGZHI_CLAMD）",
            "none is set: files open only to who carries the case, after a warning (GONGZHI_CLAMD)",
        )
        return Finding(_SCANNER, True, none)
    try:
        return Finding(_SCANNER, True, both(await Clamd(chosen.clamd).version()))
    except ScannerAway as away:
        said = Words(f"没有应答，文件在等待：{away}", f"no answer, files wait: {away}")
        return Finding(_SCANNER, False, said)
