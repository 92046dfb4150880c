"""Who may do what: one table, asked by the link, the page, the POST and the API alike.

A right names the command, the kinds of party and the roles that may give it, the relation
the acting party must have to the record, the states it may be in, and whether it may be
restricted. To see a case is a right like any other, named by its kind: `SeeComplaint`.
Unknown = denied; and what may not be seen is refused like what is not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from events.event import Acting
from events.terms import ROLES
from events.words import Words
from services import duties
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound

if TYPE_CHECKING:
    from services.actions.aggregate import Aggregate
    from services.actions.command import Command


@dataclass(frozen=True)
class Right:
    """One row of the table. Empty `relations`, `states` or `visibilities` = any."""

    command: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    relations: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    visibilities: tuple[str, ...] = ()

    def fits(self, by: Acting) -> bool:
        return by.party.kind in self.kinds and by.role in self.roles

    def fits_relation(self, relation: str) -> bool:
        return not self.relations or relation in self.relations

    def fits_state(self, state: str) -> bool:
        return not self.states or state in self.states

    def fits_visibility(self, visibility: str) -> bool:
        return not self.visibilities or visibility in self.visibilities


def rights() -> tuple[Right, ...]:
    """The whole table, subject by subject."""
    from services.rights import TABLE

    return TABLE


@cache
def _rights_to(command: str) -> tuple[Right, ...]:
    return tuple(right for right in rights() if right.command == command)


def may(
    by: Acting,
    command: str,
    relation: str | None = None,
    state: str | None = None,
    visibility: str | None = None,
) -> bool:
    """May this be done, as far as it is known: without relation, state or visibility, "ever"."""
    return any(
        right.fits(by)
        and (relation is None or right.fits_relation(relation))
        and (state is None or right.fits_state(state))
        and (visibility is None or right.fits_visibility(visibility))
        for right in _rights_to(command)
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


def sees(by: Acting, aggregate: Aggregate) -> bool:
    """May this party see this case, as it stands?"""
    kind, relation = f"See{type(aggregate).__name__}", aggregate.relation(by)
    return may(by, kind, relation, aggregate.state, aggregate.visibility)


def hidden(by: Acting, aggregate: Aggregate) -> bool:
    """Must this party not even learn that it is there?"""
    return aggregate.visibility == "restricted" and not sees(by, aggregate)


def check(command: Command, aggregate: Aggregate) -> None:
    """Refuse by role, relation and visibility, then by the state, then by her own acts."""
    check_part(command, aggregate)
    check_state(command, aggregate)


def check_part(command: Command, aggregate: Aggregate) -> None:
    """Refuse by what the party is to the record; where it is hidden, as if it were not there."""
    by, name, relation = command.by, type(command).__name__, aggregate.relation(command.by)
    if may(by, name, relation, visibility=aggregate.visibility):
        return
    if hidden(by, aggregate):
        raise NotFound(NOT_THERE)
    raise _not_allowed(by, type(command))


def check_state(command: Command, aggregate: Aggregate) -> None:
    """Refuse what comes too late, or too early, or is not for her who did what it judges."""
    name, relation = type(command).__name__, aggregate.relation(command.by)
    state, visibility = aggregate.state, aggregate.visibility
    if aggregate.version and not may(command.by, name, relation, state, visibility):
        raise _too_late(command, aggregate)
    duties.check(command.by, name, aggregate)


#: Of what is not there and of what is hidden alike.
NOT_THERE = Words("没有找到这条记录", "There is no such record")


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
