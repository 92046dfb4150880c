"""Outside parties: testing bodies, which others ask to test, and auditing bodies, which only read.

Both handle no case of their own; their people come by invitation like everybody's.
"""

from __future__ import annotations

from events.log import Appended
from events.parties import AuditingBodyEstablished, TestingBodyEstablished
from services.actions.change import Log
from services.actions.establish import EstablishAuditingBody, EstablishTestingBody, placed
from services.actions.parties import Party, enter


async def establish_testing_body(log: Log, command: EstablishTestingBody) -> Appended:
    return await enter(log, placed(command), testing)


async def establish_auditing_body(log: Log, command: EstablishAuditingBody) -> Appended:
    return await enter(log, command, auditing)


def testing(party: Party, command: EstablishTestingBody) -> None:
    place = {"division": command.division, "division_name": command.division_name}
    party.record(TestingBodyEstablished, command, name=command.name, **place)


def auditing(party: Party, command: EstablishAuditingBody) -> None:
    party.record(AuditingBodyEstablished, command, name=command.name)
