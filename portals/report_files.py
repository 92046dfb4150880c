"""Report files: what was chosen with a report is kept under its key, apart from everybody else's.

The key is made in the domain of informants before the report is recorded, so that no other part
of the platform ever holds it.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from aiohttp import web

from events.ids import derived_id
from events.keyring import INFORMANTS
from portals.attaching import kept
from services.actions.reports import RegisterReport


async def with_files(request: web.Request, command: RegisterReport, key: str) -> RegisterReport:
    """The command with the files of its form; the report then takes its id from the form's `key`.

    They are files of their own, also where a complaint made at once has the same.
    """
    try:
        id = derived_id(UUID(key), "report")
    except ValueError:
        id = command.report
    files = tuple(
        msgspec.structs.replace(each, id=str(derived_id(UUID(each.id), "report")))
        for each in await kept(request, str(id), INFORMANTS)
    )
    return command.model_copy(update={"report": id, "files": files}) if files else command
