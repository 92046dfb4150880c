"""Who may do what: one table, asked by the link, the page, the POST and the API alike.

A right names the command, the kinds of party and the roles that may give it, the relation
the acting party must have to the record, and the states it may be in. Unknown = denied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from events.event import Acting
from events.terms import ROLES
from events.words import Words
from services.actions.refused import AlreadyDecided, NotAllowed

if TYPE_CHECKING:
    from services.actions.aggregate import Aggregate
    from services.actions.command import Command


@dataclass(frozen=True)
class Right:
    """One row of the table. Empty `relations` or `states` = any."""

    command: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    relations: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def fits(self, by: Acting) -> bool:
        return by.party.kind in self.kinds and by.role in self.roles

    def fits_relation(self, relation: str) -> bool:
        return not self.relations or relation in self.relations

    def fits_state(self, state: str) -> bool:
        return not self.states or state in self.states


def rights() -> tuple[Right, ...]:
    """The whole table, subject by subject."""
    from services.rights import TABLE

    return TABLE


def may(by: Acting, command: str, relation: str | None = None, state: str | None = None) -> bool:
    """May this be done, as far as it is known: without relation or state, "ever"."""
    return any(
        right.fits(by)
        and (relation is None or right.fits_relation(relation))
        and (state is None or right.fits_state(state))
        for right in rights()
        if right.command == command
    )


def allowed(by: Acting, relation: str, state: str, among: Iterable[str]) -> list[str]:
    """Those of the commands that this party may give to this record now, in order."""
    return [command for command in among if may(by, command, relation, state)]


def check_ever(command: Command) -> None:
    """Refuse a command that this party in this role may never give."""
    check_kind(command.by, type(command))


def check_kind(by: Acting, kind: type[Command], relation: str | None = None) -> None:
    """Refuse commands of this kind, ever or by what the party is to the record: also the form."""
    if not may(by, kind.__name__, relation):
        raise _not_allowed(by, kind)


def check(command: Command, aggregate: Aggregate) -> None:
    """Refuse by role, by relation to the record, then by the record's state."""
    name = type(command).__name__
    relation = aggregate.relation(command.by)
    check_kind(command.by, type(command), relation)
    if aggregate.version and not may(command.by, name, relation, aggregate.state):
        raise _too_late(command, aggregate)


def _not_allowed(by: Acting, kind: type[Command]) -> NotAllowed:
    who = f"{by.party.name}（{ROLES[by.role].zh}）"
    return NotAllowed(
        Words(
            f"{who}不能对这条记录“{kind.SAYS.zh}”。需要的话，请与承办单位联系。",
            f"{by.party.name} ({ROLES[by.role].en}) may not do this here: "
            f"{kind.SAYS.en}. Please contact the body in charge.",
        )
    )


def _too_late(command: Command, aggregate: Any) -> AlreadyDecided:
    said = aggregate.last.said() if aggregate.last else Words("", "")
    return AlreadyDecided(
        Words(
            f"现在不能“{command.SAYS.zh}”：最近一步是“{said.zh}”。您填写的内容还在。",
            f"This is not possible now ({command.SAYS.en}); the latest step is: {said.en}. "
            "What you typed is kept.",
        )
    )
