"""Tallies: sums over a table of a view that stay right while its rows change.

Counting a million rows for a figure takes a second; a tally has the sum ready. The database adds
what a statement changed, in the same transaction, so that no event needs to know what the row
was before, and a rebuild counts once, at its end. Price: one more statement for each that writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: Does what a trigger was given, in the schema where its table stands now.
_ADD_UP = """
    create function views.add_up() returns trigger language plpgsql as $add$
    declare step text;
    begin
        foreach step in array tg_argv loop execute format(step, tg_table_schema); end loop;
        return null;
    end $add$"""


@dataclass(frozen=True)
class Tally:
    """Which table is summed up, by which columns, and each sum as an SQL aggregate.

    `n` is among the sums, `count(*)`: what nothing is left of does not stay.
    """

    of: str
    by: tuple[str, ...]
    sums: Mapping[str, str]

    def statements(self, table: str, of: str) -> Iterator[str]:
        """Makes `table` the sums over the table `of`, and keeps it so; once."""
        begin = f"insert into {table} ({self._columns}) {self._select(of)}"
        triggers = "; ".join(self._triggers(table.partition(".")[2], of))
        there = (
            f"select from pg_trigger where tgrelid = '{of}'::regclass and tgname = 'tally_insert'"
        )
        new = "to_regproc('views.add_up') is null"
        yield f"do $do$ begin if {new} then {_ADD_UP}; end if; end $do$"
        yield (
            f"do $do$ begin lock table {of} in share row exclusive mode;"
            f" if not exists ({there}) then {begin}; {triggers}; end if; end $do$"
        )

    def _triggers(self, table: str, of: str) -> Iterator[str]:
        """What came is added, what is gone is taken off; the schema is where the table stands."""
        target = f"%I.{table}"
        come, gone = self._select("come"), self._select("gone", sign="-")
        new, old = "new table as come", "old table as gone"
        for what, tables, changed in (
            ("insert", new, come),
            ("update", f"{old} {new}", f"{come} union all {gone}"),
            ("delete", old, gone),
        ):
            steps = [self._add(target, changed)]
            if what != "insert":
                steps.append(self._tidy(target))
            quoted = ", ".join(f"$sql${step}$sql$" for step in steps)
            yield (
                f"create trigger tally_{what} after {what} on {of} referencing {tables}"
                f" for each statement execute function views.add_up({quoted})"
            )

    def _add(self, target: str, changed: str) -> str:
        keys = ", ".join(self.by)
        sums = ", ".join(f"sum({name})" for name in self.sums)
        moved = " or ".join(f"sum({name}) <> 0" for name in self.sums)
        then = ", ".join(f"{name} = t.{name} + excluded.{name}" for name in self.sums)
        return (
            f"insert into {target} as t ({self._columns}) select {keys}, {sums}"
            f" from ({changed}) c group by {keys} having {moved} order by {keys}"
            f" on conflict ({keys}) do update set {then}"
        )

    def _tidy(self, target: str) -> str:
        keys = ", ".join(self.by)
        return f"delete from {target} where n = 0 and ({keys}) in (select {keys} from gone)"

    def _select(self, of: str, sign: str = "") -> str:
        keys = ", ".join(self.by)
        sums = ", ".join(f"{sign}{sql} as {name}" for name, sql in self.sums.items())
        return f"select {keys}, {sums} from {of} group by {keys}"

    @property
    def _columns(self) -> str:
        return ", ".join((*self.by, *self.sums))
