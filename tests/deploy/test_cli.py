"""The `gongzhi` command as a person gives it: real processes, a real database, both languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.database import Dsns
from tests.deploy.importing import GOOD, HEADER, MAPPING

pytestmark = pytest.mark.postgres

COMMANDS = (
    (), ("serve",), ("portal",), ("worker",), ("demo",), ("doctor",), ("figures",), ("settings",),
    ("import",), ("import", "complaints"), ("import", "divisions"), ("import", "list"),
    ("import", "reverse"), ("log",), ("log", "tail"), ("log", "show"), ("log", "stats"),
    ("views",), ("views", "list"), ("views", "rebuild"), ("views", "digest"), ("user",),
    ("user", "add"), ("user", "disable"), ("user", "password"), ("access",),
)  # fmt: skip
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
            [str(Path(sys.executable).parent / "gongzhi"), "--lang", lang, *words],
            cwd=self.folder, env=self.environment, input=typed, text=True,
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{words}: {done.returncode}\n{said}"
        assert "Traceback" not in said
        return said


@pytest.fixture
def shell(tmp_path: Path, database: Dsns) -> Shell:
    return Shell(tmp_path, database)


def test_every_command_explains_itself_in_both_languages(shell: Shell) -> None:
    with ThreadPoolExecutor(4) as at_once:
        in_english = at_once.map(lambda words: shell.gives(*words, "--help", lang="en"), COMMANDS)
        for words, said in zip(COMMANDS, in_english, strict=True):
            assert not re.search("[\u4e00-\u9fff]", said), (words, said)
        in_chinese = at_once.map(lambda words: shell.gives(*words, "--help"), COMMANDS[::4])
        assert all(re.search("[\u4e00-\u9fff]", said) for said in in_chinese)


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
    assert "没有" in shell.gives("import", "list")


def test_what_is_wrong_is_one_sentence_with_its_own_code(shell: Shell) -> None:
    shell.gives("no-such-command", code=2)
    shell.gives("log", "show", "seven", code=2)
    shell.environment["GONGZHI_PORT"] = "many"
    assert "port" in shell.gives("settings", code=2)
    del shell.environment["GONGZHI_PORT"]
    shell.environment["GONGZHI_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    for lang, part in (("zh", "数据库"), ("en", "database")):
        assert part in shell.gives("log", "stats", code=4, lang=lang)
