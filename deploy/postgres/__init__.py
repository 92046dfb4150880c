"""The database: an operator's own, else one we run from a wheel or from the system's programs."""

from __future__ import annotations

from dataclasses import dataclass

from deploy.postgres.error import ServerError
from deploy.postgres.external import prepare
from deploy.postgres.place import find_place
from deploy.postgres.server import Server
from deploy.postgres.tree import Tree, find_tree, find_trees
from services.settings import Settings

__all__ = ["Database", "Server", "ServerError", "Tree", "find_tree", "find_trees", "open_database"]


@dataclass(frozen=True)
class Database:
    """Two ways in: `owner` lays tables, `app` runs the platform."""

    owner: str
    app: str
    server: Server | None

    def close(self) -> None:
        """Leave the server if we run one; it stops when we were the last."""
        if self.server is not None:
            self.server.stop()


def open_database(settings: Settings) -> Database:
    """The operator's database, else our own server; `ServerError` says what to mend."""
    if settings.database_url is not None:
        owner, app = prepare(settings.database_url.get_secret_value())
        return Database(owner, app, None)
    tree = find_tree(settings.postgres_tree, find_place(settings.data).major)
    server = Server(settings.data, tree)
    server.ensure()
    return Database(server.owner_dsn, server.app_dsn, server)
