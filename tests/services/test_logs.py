"""What the running program says about itself: one line per entry, no personal data, with its id."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from events.complaints import ComplaintAccepted
from events.event import Recorded, system
from events.ids import new_id
from events.log import Append, Appended
from events.words import Words
from services import logs
from services.actions.member_questions import FlagBreach
from services.actions.refused import Refused
from services.correlation import correlated
from services.perform import perform
from services.platform import Platform
from services.policies.policy import Policies, Step
from tests.building.counting import Counting, worker_of
from tests.people import ZHAO

log_ = logging.getLogger("gongzhi.tests")
PHONE = "13800001234"
#: A command of a rule, and what its log and its cause would be: neither is looked at.
FLAG = FlagBreach(
    by=system("flag-breach"), member_pledge=new_id(), cause="recheck", cause_number="1"
)
NOTHING: Any = None


class Terminal(io.StringIO):
    """A stream that people look at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The log of the test run itself is put back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("gongzhi").setLevel(logging.NOTSET)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_what_is_not_a_terminal_gets_json_line_by_line() -> None:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    with correlated("01-abc"):
        log_.info("视图 %s\n第二行", "trail")
    log_.warning("later")
    first, second = lines(stream)
    assert first["message"] == "视图 trail\n第二行"
    assert (first["level"], first["logger"]) == ("info", "gongzhi.tests")
    assert first["correlation"] == "01-abc"
    assert first["time"].endswith("+00:00")
    assert second["level"] == "warning"
    assert "correlation" not in second


def test_a_terminal_shows_warnings_as_people_read_them() -> None:
    stream = Terminal()
    logs.set_up(stream=stream)
    log_.info("not shown")
    with correlated("01-abc"):
        log_.warning("database is away\n2026 forged line")
    (line,) = stream.getvalue().splitlines()
    assert "WARNING gongzhi.tests database is away\\n2026 forged line" in line
    assert line.endswith("[01-abc]")


@pytest.mark.parametrize(("form", "is_json"), [("json", True), ("text", False)])
def test_the_form_can_be_chosen(form: str, is_json: bool) -> None:
    stream = Terminal() if is_json else io.StringIO()
    logs.set_up(form, stream=stream)
    log_.error("so")
    assert stream.getvalue().startswith("{") is is_json


def test_the_level_can_be_chosen() -> None:
    stream = io.StringIO()
    logs.set_up("text", "debug", stream=stream)
    log_.debug("seen")
    logging.getLogger("somebody.else").debug("not seen")
    assert len(stream.getvalue().splitlines()) == 1
    assert "DEBUG" in stream.getvalue()


def test_known_fields_stand_beside_the_message() -> None:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    log_.info("GET /x", extra={"route": "/x/{id}", "status": 200, "phone": PHONE})
    (line,) = lines(stream)
    assert (line["route"], line["status"]) == ("/x/{id}", 200)
    assert PHONE not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
def test_of_what_went_wrong_only_the_first_line_is_written(form: str) -> None:
    """The rest of a message of the database or of a form is somebody's row."""
    stream = io.StringIO()
    logs.set_up(form, stream=stream)
    try:
        try:
            raise ValueError(f"refused\nDETAIL: Failing row contains (陈小姐, {PHONE})")
        except ValueError as first:
            raise RuntimeError(f"in vain\nphone={PHONE!r}") from first
    except RuntimeError as wrong:
        log_.error("%s %s", "/x", wrong, exc_info=True)
    said = stream.getvalue()
    assert PHONE not in said
    assert "ValueError: refused" in said
    assert "RuntimeError: in vain" in said
    assert "test_logs.py" in said, "where it happened"
    if form == "json":
        assert "Traceback" in lines(stream)[0]["trace"]


def test_the_id_ends_with_its_block() -> None:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    with correlated("outer"), correlated(""):
        log_.info("still outer")
    log_.info("none")
    first, second = lines(stream)
    assert first["correlation"] == "outer"
    assert "correlation" not in second


async def test_what_a_policy_says_stands_under_the_id_of_what_it_follows() -> None:
    stream = io.StringIO()
    logs.set_up("json", "debug", stream=stream)

    async def refuse(_: object, command: FlagBreach) -> Appended:
        raise Refused(Words("已经提示过", "It was pointed out before"))

    async def policy(_: Recorded) -> AsyncIterator[Step]:
        yield refuse, FLAG.model_copy(update={"correlation": "request-1"})

    following = Policies(NOTHING, [policy])
    await following._act_on(NOTHING)
    (line,) = lines(stream)
    assert (line["correlation"], line["level"]) == ("request-1", "debug")
    assert "已经提示过" in line["message"]


@pytest.mark.postgres
async def test_a_stopped_view_is_said_under_the_id_of_the_event(platform: Platform) -> None:
    stream = io.StringIO()
    logs.set_up("json", stream=stream)
    view = Counting(platform.pool)
    view.unseen = 1
    event = ComplaintAccepted(by=ZHAO, number="GZ-1", correlation="request-2")
    async with worker_of(platform, view) as worker:
        await platform.log.append([Append(new_id(), 0, [event])])
        await worker.catch_up()
    (line,) = [line for line in lines(stream) if line["level"] == "error"]
    assert line["correlation"] == "request-2"
    assert "counting stopped at 1" in line["message"]


async def test_an_act_keeps_the_id_it_continues_and_else_takes_that_of_the_request() -> None:
    seen = []

    async def act(_: object, command: FlagBreach) -> Appended:
        seen.append(command.correlation)
        return Appended(1, 1)

    await perform(NOTHING, act, FLAG)
    with correlated("request-3"):
        await perform(NOTHING, act, FLAG)
        await perform(NOTHING, act, FLAG.model_copy(update={"correlation": "batch-1"}))
    assert seen == ["", "request-3", "batch-1"]
