"""Calendar file: a session as iCalendar (RFC 5545), for the calendar of whoever has to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from aiohttp import web

from events.complaints.terms import MEETINGS
from events.event import CHINA
from events.words import Words
from portals.pages import language
from services.appointments import Appointment

#: Octets of a line, with the space that continues one before.
_LONGEST = 73


def calendar_file(number: str, made: Appointment, summary: str, place: str) -> str:
    """The session; sent again after it was moved, it replaces the one that was there."""
    invited = made.session
    hour, minute = (int(part) for part in invited.time.split(":"))
    begins = datetime(
        invited.day.year, invited.day.month, invited.day.day, hour, minute, tzinfo=CHINA
    )
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gongzhi//Mediation//ZH", "BEGIN:VEVENT",
        f"UID:{number}@gongzhi", f"SEQUENCE:{made.version}", f"DTSTAMP:{_utc(made.recorded_at)}",
        f"DTSTART:{_utc(begins)}", f"SUMMARY:{_text(summary)}", f"LOCATION:{_text(place)}",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def as_download(request: web.Request, number: str, made: Appointment) -> web.Response:
    """The file to be opened by a calendar, in the language of the page."""
    summary = Words(f"消费纠纷调解 {number}", f"Mediation of complaint {number}")
    where = Words("{how}：{place}", "{how}: {place}").fill(
        how=MEETINGS[made.session.meeting], place=made.session.place
    )
    said = language(request)
    return web.Response(
        text=calendar_file(number, made, summary.say(said), where.say(said)),
        content_type="text/calendar", charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{number}.ics"'},
    )  # fmt: skip


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    """What would end a value or begin another is said with a backslash."""
    for mark, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        said = said.replace(mark, safe)
    return said


def _folded(line: str) -> Iterator[str]:
    """No line longer than 75 octets, no character divided."""
    part = ""
    for each in line:
        if len((part + each).encode()) > _LONGEST:
            yield part
            part = " "
        part += each
    yield part
