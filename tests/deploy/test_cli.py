"""The `gongzhi` command as a person gives it: real processes, a real database, both languages."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
import typer

from deploy import cli
from deploy.cli.wrong import wrong_usage
from tests.database import Dsns
from tests.deploy.importing import GOOD, HEADER, MAPPING

pytestmark = pytest.mark.postgres

PASSWORD = "a-long-enough-password"


class Shell:
    """A terminal in an empty directory, with the database named in its environment."""

    def __init__(self, folder: Path, dsns: Dsns) -> None:
        self.folder = folder
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GONGZHI_")},
            "GONGZHI_DATABASE_URL": dsns.owner,
            "GONGZHI_DATA": str(folder / "data"),
            "COLUMNS": "200",
        }

    def gives(self, *words: str, code: int = 0, typed: str = "", lang: str = "zh") -> str:
        """What the command prints; its exit code must be this one, never with a traceback."""
        done = subprocess.run(
            [str(Path(sys.executable).parent / "gongzhi"), *(lang and ["--lang", lang]), *words],
            cwd=self.folder, env=self.environment, input=typed, text=True,
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{words}: {done.returncode}\n{said}"
        assert "Traceback" not in said
        return said

    async def asks(self, *words: str, code: int = 0, typed: str = "", lang: str = "zh") -> str:
        """The same, while the platform of the test goes on: its locks are not held meanwhile."""
        return await asyncio.to_thread(self.gives, *words, code=code, typed=typed, lang=lang)


@pytest.fixture
def shell(tmp_path: Path, database: Dsns) -> Shell:
    return Shell(tmp_path, database)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself(language: str) -> None:
    """Whatever commands there are: each says what it is for, in one language."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.explained"], text=True, capture_output=True,
        env={**os.environ, "GONGZHI_LANG": language}, timeout=120, check=True,
    )  # fmt: skip
    told: dict[str, str] = json.loads(done.stdout)
    assert len(told) > 50
    for words, said in told.items():
        assert "Traceback" not in said, words
        assert bool(re.search("[\u4e00-\u9fff]", said)) == (language == "zh"), (words, said)


def test_help_is_given_by_the_command_itself(shell: Shell) -> None:
    assert "Usage: gongzhi" in shell.gives("--help", lang="en")


def test_a_person_is_entered_gets_a_password_and_is_disabled(shell: Shell) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    shell.gives("user", "add", "wang", "--name", "王五", typed=typed)
    shell.gives("user", "password", "wang", typed=typed)
    assert "nobody" in shell.gives("user", "disable", "nobody", "--reason", "已经离职了", code=2)
    assert "王五" in shell.gives("log", "tail")


def test_the_log_and_the_views_are_shown(shell: Shell) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    shell.gives("user", "add", "wang", "--name", "王五", typed=typed)
    assert "王五" in shell.gives("log", "show", "2")
    assert "9999" in shell.gives("log", "show", "9999", code=1)
    assert "person-enrolled" in shell.gives("log", "stats")
    assert "complaint_register" in shell.gives("views", "list")
    before = shell.gives("views", "digest")
    shell.gives("views", "rebuild", "directory")
    assert shell.gives("views", "digest") == before
    shell.gives("views", "rebuild", "no_such_view", code=2)


def test_figures_and_settings(shell: Shell) -> None:
    figures = json.loads(shell.gives("figures", "--json"))
    assert figures
    shell.gives("figures", "--as-of", "2026-02-30", code=2)
    shell.environment["GONGZHI_SECRET"] = "not-to-be-shown-anywhere"
    shown = shell.gives("settings")
    assert "not-to-be-shown-anywhere" not in shown
    assert "port" in shown


def test_an_import_is_tried_without_writing(shell: Shell) -> None:
    (shell.folder / "small.toml").write_text(MAPPING, "utf-8")
    (shell.folder / "file.csv").write_text(f"{HEADER}\n{GOOD}\n", "utf-8")
    asked = ("import", "complaints", "file.csv", "--mapping", "small.toml", "--as", "没有的单位")
    assert "没有的单位" in shell.gives(*asked, "--dry-run", code=2)
    shell.gives("import", "complaints", "--mapping", "nothing.toml", code=2)
    letters = ("import", "letters", "file.csv", "--mapping", "small.toml", "--as", "没有的单位")
    assert "没有的单位" in shell.gives(*letters, code=2)
    assert "没有" in shell.gives("import", "list")


WRONGLY_GIVEN = (
    (("no-such-command",), "没有命令 no-such-command", "No such command 'no-such-command'"),
    (("log", "tial"), "是不是 'tail'", "did you mean 'tail'"),
    (("--no-such-option",), "没有选项 --no-such-option", "No such option: --no-such-option"),
    (("log", "show"), "缺少 position", "Missing argument 'position'"),
    (("log", "show", "seven"), "position 的值不能用：应为整数", "it must be a whole number"),
    (("log", "show", "0"), "不能小于 1", "it must be 1 or more"),
    (("log", "show", "1", "2"), "多出了 2", "unexpected extra argument(s) (2)"),
    (("log", "tail", "-n", "0"), "-n 的值不能用：不能小于 1", "'-n': it must be 1 or more"),
    (("log", "tail", "-n"), "-n 后面要有一个值", "'-n' requires an argument"),
    (("serve", "--port", "70000"), "不能大于 65535", "it must be 65535 or less"),
    (("user", "add", "li.si"), "缺少 --name", "Missing option '--name'"),
    (("user", "disable", "li.si"), "缺少 --reason", "Missing option '--reason'"),
    (("import", "complaints", "f.csv"), "缺少 --mapping", "Missing option '--mapping'"),
)


@pytest.mark.parametrize(("words", "zh", "en"), WRONGLY_GIVEN)
def test_a_bad_argument_is_one_sentence(words: tuple[str, ...], zh: str, en: str) -> None:
    with pytest.raises(typer.TyperException) as wrong:
        cli.app(list(words), prog_name="gongzhi", standalone_mode=False)
    said = wrong_usage(wrong.value)
    assert zh in said.zh
    assert en in said.en
    assert "\n" not in said.zh + said.en
    assert re.search(r"gongzhi.* --help$", said.zh)


def test_bad_arguments_end_with_code_2(shell: Shell) -> None:
    for words, lang, part in (
        (("log", "tail", "-n", "0"), "zh", "不能小于 1"),
        (("log", "tial"), "en", "did you mean 'tail'"),
        (("figures", "--as-of", "2026-02-30"), "zh", "2026-02-30”不是日期"),
        (("portal", "no-such-portal"), "en", "council, association"),
        (("--lang=fr", "settings"), "en", "'fr' is not spoken"),
    ):
        said = shell.gives(*words, code=2, lang=lang)
        assert part in said
        assert len(said.strip().splitlines()) == 1, said


def test_the_language_may_be_named_last_and_is_taken_from_the_environment(shell: Shell) -> None:
    assert "There is no event" in shell.gives("log", "show", "9", "--lang", "en", code=1, lang="")
    shell.environment["GONGZHI_LANG"] = "en_GB.UTF-8"
    assert "There is no event" in shell.gives("log", "show", "9", code=1, lang="")
    shell.environment |= {"GONGZHI_LANG": "", "LANG": "zh_CN.UTF-8"}
    assert "没有序号" in shell.gives("log", "show", "9", code=1, lang="")


@pytest.mark.parametrize(
    ("file", "zh", "en"),
    [
        ("port = 'many'", "port：应为整数", "port: it must be a whole number"),
        ("prot = 8080", "prot：没有这一项", "prot: there is no such setting"),
        ("import_rows = 0", "import_rows：应大于 0", "import_rows: it must be more than 0"),
        ("port = ", "设置文件不能用", "settings file cannot be used"),
    ],
)
def test_a_wrong_setting_is_named(shell: Shell, file: str, zh: str, en: str) -> None:
    (shell.folder / "gongzhi.toml").write_text(file, "utf-8")
    assert zh in shell.gives("settings", code=2)
    assert en in shell.gives("settings", code=2, lang="en")


def test_a_wrong_secret_is_named_but_not_repeated(shell: Shell) -> None:
    (shell.folder / "gongzhi.toml").write_text("secret = 771177", "utf-8")
    said = shell.gives("settings", code=2)
    assert "secret" in said
    assert "771177" not in said


def test_a_database_that_is_not_there_has_a_code_of_its_own(shell: Shell) -> None:
    shell.environment["GONGZHI_DATABASE_URL"] = "postgresql://nobody:hidden@127.0.0.1:1/none"
    for lang, part in (("zh", "无法连接"), ("en", "cannot be reached")):
        said = shell.gives("log", "stats", code=4, lang=lang)
        assert part in said
        assert "hidden" not in said
    assert "无法连接" in shell.gives("serve", code=4)


def test_an_address_that_is_none_is_not_repeated(shell: Shell) -> None:
    shell.environment["GONGZHI_DATABASE_URL"] = "gz:hidden@host"
    assert "连接串" in shell.gives("log", "stats", code=4)
    assert "hidden" not in shell.gives("log", "stats", code=4, lang="en")


def test_a_data_directory_that_cannot_be_used_is_named(shell: Shell) -> None:
    del shell.environment["GONGZHI_DATABASE_URL"]
    (shell.folder / "data").write_text("a file stands here")
    assert str(shell.folder / "data") in shell.gives("log", "stats", code=4)


def test_a_person_gets_a_role_of_the_list_in_a_party_that_is_there(shell: Shell) -> None:
    shell.environment["GONGZHI_PASSWORD"] = PASSWORD
    assert "管理员" in shell.gives("user", "add", "wang", "--name", "王五")
    short = ("user", "add", "li", "--name", "李四")
    assert "登录名“li”不合要求" in shell.gives(*short, code=3)
    add = ("user", "add", "li.si", "--name", "李四")
    assert "没有单位“某某局”" in shell.gives(*add, "--party", "某某局", "--role", "clerk", code=2)
    assert "taken" in shell.gives("user", "add", "wang", "--name", "王", code=3, lang="en")
    assert "已登记 李四" in shell.gives(*add)
    disable = ("user", "disable", "li.si", "--reason")
    assert "reason：至少要写 5 个字" in shell.gives(*disable, "左", code=3)
    assert "disabled" in shell.gives(*disable, "has left the council", lang="en")
    shell.environment["GONGZHI_PASSWORD"] = "short"
    assert "12" in shell.gives("user", "password", "wang", code=3)
    del shell.environment["GONGZHI_PASSWORD"]
    assert "Cancelled" in shell.gives("user", "password", "wang", code=130, lang="en")


def test_lists_that_cannot_be_read_are_refused(shell: Shell) -> None:
    (shell.folder / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    (shell.folder / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    assert "nothing.csv" in shell.gives("import", "divisions", "nothing.csv", code=3)
    assert "UTF-8" in shell.gives("import", "divisions", "bytes.csv", code=3)
    assert "code, name" in shell.gives("import", "divisions", "other.csv", code=3, lang="en")


def test_the_doctor_says_what_is_well(shell: Shell) -> None:
    said = shell.gives("doctor", lang="en")
    for part in ("PostgreSQL", "view trail", "0 events behind", "working calendar", "disk"):
        assert part in said
    assert not re.search("[\u4e00-\u9fff：]", said)
    assert "落后 0 个事件" in shell.gives("doctor")


def test_a_reader_that_has_seen_enough_is_no_fault(shell: Shell) -> None:
    shell.environment["GONGZHI_PASSWORD"] = PASSWORD
    shell.gives("user", "add", "wang", "--name", "王五")
    command = f"{Path(sys.executable).parent / 'gongzhi'} log show 1 | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=shell.folder, env=shell.environment, text=True,
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_a_fault_of_ours_is_a_sentence_and_shows_its_trace_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise ArithmeticError("two and two are five")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 70
    said = capsys.readouterr().err
    assert "two and two are five" in said
    assert "Traceback" not in said
