"""The calendar file of a session, read back as RFC 5545 has it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from events.complaints import MediationScheduled
from portals.calendar_file import calendar_file
from services.appointments import Appointment
from tests.people import LI

_AT = datetime(2026, 11, 27, 4, 5, 6, tzinfo=UTC)


def made(time: str = "14:30", version: int = 4) -> Appointment:
    session = MediationScheduled(
        by=LI, number="GZ-2026-000001-C", day=date(2026, 12, 3), time=time, meeting="place",
        place="二楼", mediator="李强",
    )  # fmt: skip
    return Appointment(session, _AT, version)


def unfolded(text: str) -> dict[str, str]:
    """The properties by name, as a calendar reads them."""
    lines = text.replace("\r\n ", "").split("\r\n")
    return {name: value for name, _, value in (line.partition(":") for line in lines)}


def test_the_session_in_universal_time_under_a_name_that_stays() -> None:
    text = calendar_file("GZ-2026-000001-C", made(), "调解", "鼓楼区, 二楼; 左手\n第一间")
    found = unfolded(text)
    assert found["DTSTART"] == "20261203T063000Z"
    assert found["DTSTAMP"] == "20261127T040506Z"
    assert (found["UID"], found["SEQUENCE"]) == ("GZ-2026-000001-C@gongzhi", "4")
    assert found["LOCATION"] == "鼓楼区\\, 二楼\\; 左手\\n第一间"
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


def test_an_early_hour_is_the_day_before_elsewhere() -> None:
    text = calendar_file("GZ-2026-000001-C", made("7:05"), "调解", "")
    assert unfolded(text)["DTSTART"] == "20261202T230500Z"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_too_long_and_none_is_lost(place: str) -> None:
    text = calendar_file("GZ-2026-000001-C", made(), "调解", place)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    said = unfolded(text)["LOCATION"]
    for mark, safe in (("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
        said = said.replace(mark, safe)
    assert said.replace("\\", "") == place.replace("\\", "")
