"""The log: gapless, append-only, repeat-safe; the role that runs cannot change it."""

from __future__ import annotations

import psycopg
import pytest

from events.codec import UnknownForm, decode
from events.complaints import ComplaintAccepted, ComplaintWithdrawn
from events.ids import derived_id, new_id
from events.log import Append, Conflict
from services.platform import Platform
from tests.database import Dsns
from tests.people import ZHAO

pytestmark = pytest.mark.postgres
KEY = new_id()


def accepted(number: str = "GZ-1") -> ComplaintAccepted:
    return ComplaintAccepted(by=ZHAO, number=number)


async def test_positions_are_gapless_even_after_a_conflict(platform: Platform) -> None:
    one, two = new_id(), new_id()
    await platform.log.append([Append(one, 0, [accepted(), accepted()])])
    with pytest.raises(Conflict):
        await platform.log.append([Append(two, 0, [accepted()]), Append(one, 1, [accepted()])])
    done = await platform.log.append([Append(two, 0, [accepted()])])
    assert (done.first, done.last) == (3, 3)
    assert [r.position for r in await platform.log.after(0)] == [1, 2, 3]


async def test_all_streams_of_one_append_or_none(platform: Platform) -> None:
    one, two = new_id(), new_id()
    await platform.log.append([Append(one, 0, [accepted()])])
    with pytest.raises(Conflict):
        await platform.log.append([Append(two, 0, [accepted()]), Append(one, 0, [accepted()])])
    assert await platform.log.load(two) == []


async def test_a_repeated_key_returns_the_first_result_and_adds_nothing(platform: Platform) -> None:
    first = await platform.log.append([Append(new_id(), 0, [accepted()])], KEY)
    again = await platform.log.append([Append(new_id(), 0, [accepted()])], KEY)
    assert (again.first, again.last, again.repeated) == (first.first, first.last, True)
    assert await platform.log.size() == 1


async def test_what_is_read_is_what_was_written(platform: Platform) -> None:
    stream, event = new_id(), accepted("GZ-2026-000001-7")
    await platform.log.append([Append(stream, 0, [event])])
    (found,) = await platform.log.load(stream)
    assert found.event == event
    assert found.recorded_at.microsecond % 1000 == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update log.events set topic = 'x'",
        "delete from log.events",
        "truncate log.events",
        "delete from log.head",
        "drop table log.events",
        "alter table log.events disable trigger all",
    ],
)
async def test_the_application_cannot_change_the_log(
    platform: Platform, database: Dsns, statement: str
) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()])])
    with (
        psycopg.connect(database.app) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    ["update log.events set topic = 'x'", "delete from log.events", "truncate log.events"],
)
async def test_even_the_owner_is_refused(
    platform: Platform, database: Dsns, statement: str
) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()])])
    with (
        psycopg.connect(database.owner) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
    ):
        connection.execute(statement.encode())


@pytest.mark.parametrize("topic", ["never-heard-of.v1", "complaint-accepted.v99", "no-version"])
def test_an_unknown_form_stops_and_names_the_place(topic: str) -> None:
    with pytest.raises(UnknownForm, match="position 7"):
        decode(topic, b"{}", 7)


def test_ids_are_ordered_in_time_and_derived_ids_are_stable() -> None:
    one = new_id()
    assert one.version == 7
    assert derived_id(one, "archive") == derived_id(one, "archive") != derived_id(one, "other")
    assert derived_id(one, "archive").int >> 80 == one.int >> 80


async def test_what_is_rare_is_found_by_its_kind(platform: Platform) -> None:
    often = [Append(new_id(), 0, [accepted()]) for _ in range(300)]
    rare = Append(new_id(), 0, [ComplaintWithdrawn(by=ZHAO, number="GZ-1", reason="已和解")])
    await platform.log.append([*often[:200], rare, *often[200:]])
    (found,) = await platform.log.of_kinds([ComplaintWithdrawn])
    assert (found.position, found.stream) == (201, rare.stream)
    assert await platform.log.of_kinds([ComplaintWithdrawn], after := found.position) == []
    assert len(await platform.log.of_kinds([ComplaintAccepted], after, most=7)) == 7
