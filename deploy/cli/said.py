"""What the command says: zh-CN or English, by `--lang`, else GONGZHI_LANG, else LANG."""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import NoReturn

import typer
import typer.rich_utils
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


def told(words: Words, code: int) -> int:
    """One clear line on stderr; the exit code, to end with."""
    errors.print(words.say(language()), markup=False)
    return code


def fail(zh: str, en: str, code: int = 1) -> NoReturn:
    """One clear line on stderr, and out with the exit code."""
    raise typer.Exit(told(Words(zh, en), code))


def language_first(given: list[str]) -> list[str]:
    """`--lang` may stand anywhere; the command line knows it in front only."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(given)
    for word in words:
        if word == "--lang":
            front += [word, *islice(words, 1)]
        else:
            (front if word.startswith("--lang=") else rest).append(word)
    return front + rest


def speak() -> None:
    """The frame that the command-line library puts around our help, in Chinese too."""
    if language() == "zh":
        frame = typer.rich_utils
        frame.ARGUMENTS_PANEL_TITLE = "参数"
        frame.OPTIONS_PANEL_TITLE = "选项"
        frame.COMMANDS_PANEL_TITLE = "命令"
        frame.DEFAULT_STRING = "[默认：{}]"
        frame.REQUIRED_LONG_STRING = "[必填]"
        frame.ENVVAR_STRING = "[环境变量：{}]"
