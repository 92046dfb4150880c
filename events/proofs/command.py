"""The command line of the verifier, in zh-CN and English: standard library and `cryptography` only.

It needs no database, no server and no network. Exit codes: see `verdicts.Verdict`; 2 for a command
that is given wrongly, 70 for a fault of the program itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from events.proofs.bundles import POLICY, Bundle
from events.proofs.checks import check_consistency, check_heads, check_receipt
from events.proofs.deep import SKEW, Deep
from events.proofs.policies import Policy
from events.proofs.reports import Report
from events.proofs.verdicts import Failed, Malformed, Said

USAGE, FAULT = 2, 70
CODES = Said(
    "退出码：0 通过，10 见证不足，20 分叉，30 已被改动，40 格式不对，50 不完整，2 用法不对",
    "exit codes: 0 ok, 10 unwitnessed, 20 diverged, 30 tampered, 40 malformed, 50 incomplete, "
    "2 wrong usage",
)


class Wrong(Exception):
    """The command was given wrongly: one sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)


def main(given: Sequence[str] | None = None, program: str = "verify") -> NoReturn:
    """Runs the command and ends the process with its exit code."""
    words = list(sys.argv[1:] if given is None else given)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console that cannot write Chinese shows it escaped instead of failing.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(words, language_of(words), program))


def run(given: Sequence[str], language: str, program: str = "verify") -> int:
    """Checks what the words ask for, prints the report; the exit code."""
    try:
        asked = _parser(language, program).parse_args(list(given))
        report: Report = asked.check(asked)
    except Wrong as wrong:
        print(wrong.said.say(language), file=sys.stderr)
        return USAGE
    except SystemExit as ended:  # after --help
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return 130
    except Failed as failed:
        report, asked = Report().fail(failed), argparse.Namespace(json="--json" in given)
    except Exception as fault:
        print(_our_fault(fault).say(language), file=sys.stderr)
        return FAULT
    print(report.as_json() if asked.json else report.text(language))
    return int(report.verdict)


def language_of(words: Sequence[str]) -> str:
    """`--lang`, else GONGZHI_LANG or the locale; zh where nothing says another."""
    chosen = ""
    for nth, word in enumerate(words):
        if word == "--lang" and nth + 1 < len(words):
            chosen = words[nth + 1]
        elif word.startswith("--lang="):
            chosen = word.partition("=")[2]
    for name in ("GONGZHI_LANG", "LC_ALL", "LANG"):
        chosen = chosen or os.environ.get(name, "")
    return "en" if chosen.lower().startswith("en") else "zh"


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the chosen language and raises `Wrong` instead of ending."""

    language = "zh"

    def error(self, message: str) -> NoReturn:
        raise Wrong(
            f"命令的写法不对。写法见 {self.prog} --help", f"{message}. See {self.prog} --help"
        )

    def format_help(self) -> str:
        text = super().format_help()
        return text if self.language == "en" else text.replace("usage: ", "用法：")


def _parser(language: str, program: str) -> _Parser:
    def t(zh: str, en: str) -> str:
        return Said(zh, en).say(language)

    _Parser.language = language
    top = _new(
        t, program, t("离线核验日志、回执和检查点", "Check logs, receipts and heads offline")
    )
    commands = top.add_subparsers(title=t("命令", "commands"), metavar="COMMAND", required=True)

    def command(name: str, check: Callable[[argparse.Namespace], Report], said: str) -> _Parser:
        made: _Parser = commands.add_parser(name, help=said, add_help=False)
        _common(made, t, said)
        made.set_defaults(check=check)
        return made

    one = command("bundle", _bundle, t("整个导出包，逐条核对", "A whole exported bundle, in depth"))
    one.add_argument("directory", type=Path, metavar="DIR", help=t("目录", "its directory"))
    one.add_argument("--time", action="store_true", help=t("核对记录时间", "check recorded times"))
    one.add_argument(
        "--skew", type=int, default=SKEW, metavar="S", help=t("容许的秒数", "seconds allowed")
    )
    one.add_argument("--tsa", type=Path, metavar="PEM", help=t("时间戳机构证书", "its certificate"))
    one.add_argument(
        "--tree-only", action="store_true", help=t("只核对树", "hash entries, do not read them")
    )
    one = command("receipt", _receipt, t("一份回执", "One receipt"))
    one.add_argument("file", type=Path, metavar="FILE", help=t("回执文件", "the receipt"))
    one.add_argument("--text", metavar="TEXT|FILE", help=t("您写的文字", "the text you wrote"))
    one = command(
        "consistency",
        _consistency,
        t("两个检查点是否同一历史", "Whether two heads are one history"),
    )
    one.add_argument("heads", nargs="+", type=Path, metavar="A B [PROOF]", help=t("文件", "files"))
    one = command("heads", _heads, t("各见证方的检查点是否一致", "Whether witnesses' heads agree"))
    one.add_argument("heads", nargs="+", type=Path, metavar="W", help=t("文件", "files"))
    one.add_argument("--bundle", type=Path, metavar="DIR", help=t("含瓦片的目录", "has the tiles"))
    return top


def _new(t: Callable[[str, str], str], program: str, said: str) -> _Parser:
    top = _Parser(prog=program, add_help=False, allow_abbrev=False)
    top.description, top.epilog = said, t(*CODES)
    top._optionals.title = t("选项", "options")
    top.add_argument("-h", "--help", action="help", help=t("显示帮助", "show this help"))
    top.add_argument("--lang", metavar="zh|en", help=t("语言", "the language"))
    return top


def _common(made: _Parser, t: Callable[[str, str], str], said: str) -> None:
    made.description, made.epilog = said, t(*CODES)
    made._positionals.title, made._optionals.title = t("参数", "arguments"), t("选项", "options")
    made.add_argument("-h", "--help", action="help", help=t("显示帮助", "show this help"))
    made.add_argument("--lang", metavar="zh|en", help=t("语言", "the language"))
    made.add_argument("--json", action="store_true", help=t("输出 JSON", "print JSON"))
    made.add_argument(
        "--policy", type=Path, metavar="FILE", help=t("您信任的日志和见证方", "whom you trust")
    )


def _bundle(asked: argparse.Namespace) -> Report:
    if not asked.directory.is_dir():
        raise Wrong(f"没有目录 {asked.directory}", f"there is no directory {asked.directory}")
    return Deep(
        Bundle(asked.directory), _policy(asked.policy) if asked.policy else None,
        asked.time, asked.skew, asked.tree_only, asked.tsa,
    ).run()  # fmt: skip


def _receipt(asked: argparse.Namespace) -> Report:
    policy = _policy(asked.policy or _beside(asked.file))
    data = _read(asked.file)
    if asked.text is None:
        return check_receipt(data, policy)
    return check_receipt(data, policy, _text(asked.text))


def _consistency(asked: argparse.Namespace) -> Report:
    if len(asked.heads) not in (2, 3):
        raise Wrong("应为 A B [证明]", "two heads are needed, and at most one proof")
    policy = _policy(asked.policy or _beside(asked.heads[0]))
    one, other, *proof = map(_read, asked.heads)
    return check_consistency(one, other, proof[0] if proof else None, policy)


def _heads(asked: argparse.Namespace) -> Report:
    policy = _policy(asked.policy or _beside(asked.heads[0]))
    tiles = Bundle(asked.bundle) if asked.bundle else None
    return check_heads([(str(path), _read(path)) for path in asked.heads], policy, tiles)


def _beside(path: Path) -> Path:
    """The policy that lies with the file, with the verifier, or here."""
    for folder in (path.parent, Path(sys.argv[0]).parent, Path()):
        if (folder / POLICY).is_file():
            return folder / POLICY
    raise Wrong(
        "需要 --policy：写明您信任哪个日志、哪些见证方",
        "--policy is needed: it says whom you trust",
    )


def _policy(path: Path) -> Policy:
    try:
        return Policy.parse(_read(path))
    except Malformed as wrong:
        raise wrong.at(str(path)) from wrong


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Wrong(f"无法读取 {path}", f"{path} cannot be read") from fault


def _text(given: str) -> bytes:
    """The text itself, or the content of the file of this name."""
    try:
        return Path(given).read_bytes()
    except (OSError, ValueError):
        return given.encode("utf-8", "surrogateescape")


def _our_fault(fault: Exception) -> Said:
    what = f"{type(fault).__name__}: {fault}".splitlines()[0]
    return Said(f"核验程序出错了（{what}）", f"the verifier failed ({what})")
