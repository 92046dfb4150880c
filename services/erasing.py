"""Erasing: once it is recorded that personal data was deleted, the keys are destroyed.

The event comes first; if the process dies before the keys are gone, the next one that starts
destroys them, and so it does with keys that came back from an old backup: the log wins.
"""

from __future__ import annotations

from uuid import UUID

from events.erasure import PersonalDataErased
from events.informants import InformantErased
from events.log import Appended, Log
from events.vault import Vault
from services.actions import change
from services.actions import complaints as c
from services.actions import reports as r
from services.actions.complaints import ErasePersonalData
from services.actions.reports import EraseInformant

_ERASED = (PersonalDataErased, InformantErased)


async def erase(vault: Vault, log: change.Log, command: ErasePersonalData) -> Appended:
    """Record it, then destroy the key. `platform.perform(partial(erase, vault), …)`."""
    done = await c.erase_personal_data(log, command)
    await vault.destroy([command.complaint])
    return done


async def erase_informant(vault: Vault, log: change.Log, command: EraseInformant) -> Appended:
    """Record it, then destroy the keys of who reported and of what she told."""
    done = await r.erase_informant(log, command)
    report = await change.load(log, r.Report, command.report)
    await vault.destroy([UUID(report.informant), report.id])
    return done


async def bury(log: Log) -> int:
    """Destroy every key that the log says was destroyed; how many subjects it names."""
    position, many = 0, 0
    while found := await log.of_kinds(_ERASED, position):
        erased = [each.event for each in found if isinstance(each.event, _ERASED)]
        subjects = [UUID(subject) for event in erased for subject in event.subjects]
        await log.vault.destroy(subjects)
        position, many = found[-1].position, many + len(subjects)
    return many
