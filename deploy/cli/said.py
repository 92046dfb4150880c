"""What the command says: zh-CN or English, by `--lang`, else GONGZHI_LANG, else LANG."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer
from rich.console import Console

from events.words import Words

out = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def language() -> str:
    """Chosen once, before the commands are declared, so that `--help` speaks it too."""
    for n, word in enumerate(sys.argv):
        if word.startswith("--lang="):
            return _short(word.partition("=")[2])
        if word == "--lang" and n + 1 < len(sys.argv):
            return _short(sys.argv[n + 1])
    return _short(os.environ.get("GONGZHI_LANG") or os.environ.get("LANG") or "zh")


def _short(name: str) -> str:
    return "en" if name.lower().startswith("en") else "zh"


def t(zh: str, en: str) -> str:
    """The text in the chosen language."""
    return Words(zh, en).say(language())


def say(zh: str, en: str) -> None:
    out.print(t(zh, en), markup=False)


def fail(zh: str, en: str, code: int = 1) -> NoReturn:
    """One clear line on stderr, and out with the exit code."""
    errors.print(t(zh, en), markup=False)
    raise typer.Exit(code)
