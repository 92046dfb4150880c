"""Complaint files: what was chosen with a complaint is kept under its key, and sent with it."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from events.ids import derived_id
from portals.attaching import any_chosen, kept
from services.actions.complaints import RegisterComplaint


async def with_files(request: web.Request, command: RegisterComplaint) -> RegisterComplaint:
    """The command with the files of its form; the complaint then takes its id from the form.

    Their key is the complaint's own, which must be known first; sent twice, it is the same again.
    """
    if not await any_chosen(request):
        return command
    try:
        id = derived_id(UUID(command.key), "complaint")
    except ValueError:
        id = command.complaint
    files = await kept(request, str(id))
    return command.model_copy(update={"complaint": id, "files": files}) if files else command
