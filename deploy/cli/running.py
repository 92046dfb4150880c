"""Opens the platform for one command, and closes everything after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
from psycopg_pool import PoolTimeout
from pydantic import ValidationError

from deploy.cli.said import fail
from deploy.cli.wrong import wrong_values
from deploy.postgres import Database, ServerError, open_database
from deploy.postgres.error import first_line
from events.schema import WrongSchema
from events.words import Words
from services.actions.refused import Refused
from services.faults import FULL, READ_ONLY
from services.files.clamd import Clamd
from services.loop import run as run_loop
from services.platform import Platform, open_platform
from services.private_files import KeyTrouble
from services.settings import Settings
from services.vault_keys import keys

T = TypeVar("T")


def settings(**changes: Any) -> Settings:
    """The settings in force; a wrong one is named."""
    try:
        return Settings(**{k: v for k, v in changes.items() if v is not None})
    except ValidationError as wrong:
        words = wrong_values(wrong)
        fail(f"设置有误：{words.zh}", f"A setting is wrong: {words.en}", 2)
    except (OSError, ValueError) as wrong:
        fail(f"设置文件不能用：{wrong}", f"The settings file cannot be used: {wrong}", 2)


def files(chosen: Settings) -> dict[str, Any]:
    """Where evidence files lie, and who scans them."""
    return {"files": chosen.files_in, "scanner": Clamd(chosen.clamd) if chosen.clamd else None}


@asynccontextmanager
async def platform(chosen: Settings, *, working: bool = True) -> AsyncIterator[Platform]:
    """The database (ours is started when needed) and the platform on it."""
    async with (
        database(chosen) as found,
        open_platform(
            found.owner, found.app, working=working, keys=keys(chosen), **files(chosen)
        ) as opened,
    ):
        yield opened


@asynccontextmanager
async def database(chosen: Settings) -> AsyncIterator[Database]:
    found = await asyncio.to_thread(open_database, chosen)
    try:
        yield found
    finally:
        await asyncio.to_thread(found.close)


def run(work: Callable[[Platform], Awaitable[T]], *, working: bool = False) -> T:
    """Do one thing with the platform from the shell; faults become one sentence."""

    async def main() -> T:
        async with platform(settings(), working=working) as opened:
            return await work(opened)

    return faults_told(lambda: run_loop(main()))


def faults_told(work: Callable[[], T]) -> T:
    """Run it; what can be expected to go wrong is told in one sentence with its exit code."""
    try:
        return work()
    except _EXPECTED as fault:
        code, said = next((code, said) for kind, code, said in _FAULTS if isinstance(fault, kind))
        words = said(fault)
        fail(words.zh, words.en, code)


def _because(zh: str, en: str) -> Callable[[Any], Words]:
    def said(fault: Exception) -> Words:
        cause = first_line(fault)
        return Words(f"{zh}：{cause}", f"{en}: {cause}")

    return said


#: What can be expected to go wrong, the narrower first: its exit code and its sentence.
_FAULTS: tuple[tuple[Any, int, Callable[[Any], Words]], ...] = (
    (Refused, 3, lambda refused: refused.words),
    (KeyTrouble, 2, lambda trouble: trouble.words),
    (ValidationError, 3, wrong_values),
    (ServerError, 4, lambda error: Words(error.zh, error.en)),
    (
        WrongSchema,
        4,
        _because(
            "数据库是另一个版本建立的，没有改动它；演示数据可删去数据目录再运行",
            "The database was laid by another version and was left alone; "
            "where it is only a demo, remove its data directory and start again",
        ),
    ),
    (FULL, 4, _because("磁盘已满，没有保存", "The disk is full, nothing was saved")),
    (
        READ_ONLY,
        4,
        _because("数据库现在只能读，没有保存", "The database can only be read, nothing was saved"),
    ),
    (
        (psycopg.OperationalError, PoolTimeout),
        4,
        _because("连不上数据库", "The database cannot be reached"),
    ),
    (psycopg.Error, 4, _because("数据库拒绝了", "The database refused")),
    (KeyboardInterrupt, 130, lambda _: Words("已中断。", "Interrupted.")),
)
_EXPECTED: tuple[type[BaseException], ...] = (
    Refused, KeyTrouble, ValidationError, ServerError, WrongSchema, *FULL, *READ_ONLY,
    psycopg.Error, PoolTimeout, KeyboardInterrupt,
)  # fmt: skip
