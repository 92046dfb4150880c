"""An operator's own PostgreSQL: nothing is started, only looked at and given our role."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from deploy.postgres.cluster import APP
from deploy.postgres.error import ServerError, first_line
from deploy.postgres.tree import FLOOR

Connection = psycopg.Connection[tuple[Any, ...]]


def prepare(url: str) -> tuple[str, str]:
    """The owner's and the application's conninfo; the latter steps down to our role at once."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            _fit(connection)
            _role(connection)
    except psycopg.OperationalError as error:
        raise ServerError(
            f"无法连接 GONGZHI_DATABASE_URL 指定的数据库：{first_line(error)}",
            f"The database of GONGZHI_DATABASE_URL cannot be reached: {first_line(error)}",
        ) from None
    except psycopg.ProgrammingError:
        # What the driver says repeats the text, which may hold a password.
        raise ServerError(
            "GONGZHI_DATABASE_URL 不是 PostgreSQL 的连接串，应形如 postgresql://用户@主机/库名",
            "GONGZHI_DATABASE_URL is not a PostgreSQL address such as postgresql://user@host/name",
        ) from None
    options = f"{conninfo_to_dict(url).get('options') or ''} -c role={APP}".strip()
    return url, make_conninfo(url, options=options)


def _fit(connection: Connection) -> None:
    """Refuse now what would fail later in ways nobody understands."""
    info = connection.info
    encoding = info.parameter_status("server_encoding")
    if info.server_version // 10000 < FLOOR or encoding != "UTF8":
        raise ServerError(
            f"数据库须为 PostgreSQL {FLOOR} 或更新版本、UTF8 编码。",
            f"The database must be PostgreSQL {FLOOR} or newer, encoded in UTF8.",
        )


def _role(connection: Connection) -> None:
    """Create the role when missing, and see that we may step down to it."""
    role = sql.Identifier(APP)
    try:
        if not connection.execute("select 1 from pg_roles where rolname = %s", [APP]).fetchone():
            connection.execute(sql.SQL("create role {} nologin").format(role))
        if not _may_step_down(connection, role):
            connection.execute(sql.SQL("grant {} to current_user").format(role))
    except errors.InsufficientPrivilege:
        me = connection.info.user
        raise ServerError(
            f"请由数据库管理员运行：create role {APP} nologin; grant {APP} to {me};",
            f"Ask the database's administrator for: create role {APP} nologin; "
            f"grant {APP} to {me};",
        ) from None


def _may_step_down(connection: Connection, role: sql.Identifier) -> bool:
    try:
        connection.execute(sql.SQL("set role {}").format(role))
    except errors.InsufficientPrivilege:
        return False
    connection.execute("reset role")
    return True
