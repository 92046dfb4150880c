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
from deploy.postgres import Database, ServerError, open_database
from events.schema import WrongSchema
from services.actions.refused import Refused
from services.platform import Platform, open_platform
from services.settings import Settings

T = TypeVar("T")


def settings(**changes: Any) -> Settings:
    """The settings in force; a wrong one is named."""
    try:
        return Settings(**{k: v for k, v in changes.items() if v is not None})
    except (ValidationError, FileNotFoundError, ValueError) as wrong:
        fail(f"设置有误：{wrong}", f"A setting is wrong: {wrong}", 2)


@asynccontextmanager
async def platform(chosen: Settings, *, working: bool = True) -> AsyncIterator[Platform]:
    """The database (ours is started when needed) and the platform on it."""
    async with (
        database(chosen) as found,
        open_platform(found.owner, found.app, working=working) as opened,
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

    return faults_told(lambda: asyncio.run(main()))


def faults_told(work: Callable[[], T]) -> T:
    """Run it; what can be expected to go wrong is told in one sentence with its exit code."""
    try:
        return work()
    except Refused as refused:
        fail(refused.words.zh, refused.words.en, 3)
    except ServerError as error:
        fail(error.zh, error.en, 4)
    except WrongSchema as error:
        fail(f"数据库版本不符：{error}", f"The database is of another version: {error}", 4)
    except (psycopg.OperationalError, PoolTimeout) as error:
        fail(f"连不上数据库：{error}", f"The database cannot be reached: {error}", 4)
    except KeyboardInterrupt:
        fail("已中断。", "Interrupted.", 130)
