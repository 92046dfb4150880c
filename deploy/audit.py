"""Audit: are there known weaknesses in what is locked? Asks pip-audit and npm, and never guesses.

Whoever has no network to ask is told so; only a weakness that was found fails. What was answered
for the same lock files is good for a day.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "package-lock.json")
#: What is kept of an answer, beside the environment that it is about.
KEPT = ROOT / ".venv" / ".audit.json"
DAY, PATIENCE = 86_400, 60
_NO_PIP_AUDIT = ("pip-audit 没有安装：pip install pip-audit", "pip-audit is not installed")


class CouldNotAsk(Exception):
    """The registry was not reached, or does not answer such questions."""


def python_weaknesses(answer: str) -> list[str]:
    """What `pip-audit --format json` found. Raises `CouldNotAsk` where it says nothing of most."""
    found = _object(answer).get("dependencies", [])
    asked = [each for each in found if "vulns" in each]
    if not asked or len(asked) < len(found) / 2:
        raise CouldNotAsk("PyPI")
    return [
        f"{each['name']} {each['version']}: {weak['id']}"
        + (f" → {', '.join(weak['fix_versions'])}" if weak.get("fix_versions") else "")
        for each in asked
        for weak in each["vulns"]
    ]


def npm_weaknesses(answer: str) -> list[str]:
    """What `npm audit --json` found. Raises `CouldNotAsk`."""
    found = _object(answer)
    if "vulnerabilities" not in found:
        raise CouldNotAsk("npm")
    weak = found["vulnerabilities"].values()
    return [f"{each['name']} {each['range']}: {each['severity']}" for each in weak]


def _object(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError:
        raise CouldNotAsk(answer[:80]) from None
    return found if isinstance(found, dict) else {}


def _python() -> list[str]:
    tool = _tool()
    return python_weaknesses(
        _said([tool, "-r", LOCKS[0], "--require-hashes", "--disable-pip", "--format", "json",
               "--progress-spinner", "off", "--timeout", "5"])
    )  # fmt: skip


def _tool() -> str:
    beside = Path(sys.executable).with_name("pip-audit")
    found = str(beside) if beside.exists() else shutil.which("pip-audit")
    if found is None:
        raise CouldNotAsk(" / ".join(_NO_PIP_AUDIT))
    return found


def _npm() -> list[str]:
    own = ROOT / ".venv" / "bin" / "npm"
    found = shutil.which("npm") or (str(own) if own.exists() else None)
    if found is None:
        raise CouldNotAsk("npm")
    return npm_weaknesses(_said([found, "audit", "--json", "--package-lock-only"]))


def _said(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as gone:
        raise CouldNotAsk(type(gone).__name__) from None
    return done.stdout


def _mark() -> str:
    """Of which locks an answer was about."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in LOCKS)).hexdigest()


def _remembered() -> bool:
    try:
        kept = json.loads(KEPT.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(kept.get("mark") == _mark() and kept.get("at", 0) > time.time() - DAY)


def _asked() -> Iterator[tuple[str, list[str] | None, str]]:
    """Lock file, what was found in it (None = could not ask), and why not."""
    for name, ask in zip(LOCKS, (_python, _npm), strict=True):
        try:
            yield name, ask(), ""
        except CouldNotAsk as why:
            yield name, None, str(why)


def main() -> int:
    """0 = nothing known, or nobody to ask; 1 = something was found."""
    if _remembered():
        print("ok      audit: 今天已查 / asked within a day")
        return 0
    weak, all_asked = False, True
    for name, found, why in _asked():
        if found is None:
            all_asked = False
            print(
                f"-       {name}: 无法查询已知漏洞，没有检查 / could not ask, not checked ({why})"
            )
        elif found:
            weak = True
            print("\n".join([f"FAILED  {name}:", *(f"        {each}" for each in found)]))
        else:
            print(f"ok      {name}: 没有已知漏洞 / nothing known")
    if all_asked and not weak:
        draft = KEPT.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"mark": _mark(), "at": time.time()}), "utf-8")
        draft.replace(KEPT)
    return int(weak)


if __name__ == "__main__":
    sys.exit(main())
