"""The bench itself: rows judge rightly, peers take turns, what fails says why and stops nothing."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import pytest
import typer
from rich.console import Console

from deploy.cli import bench as command
from deploy.postgres import Server
from deploy.postgres.cluster import APP
from events.words import Words
from tests.bench import appends, chart, copying, proofs, stock, table
from tests.bench.all import MEASUREMENTS
from tests.bench.bench import MOST, Absent, Bench, Measurement, chosen, measure
from tests.bench.http import call, get
from tests.bench.peers.installed import npm_package
from tests.bench.place import Own, open_place
from tests.bench.rounds import Timing, alternating, produce
from tests.bench.row import Goal, Row, faster, lower, share, within

NAME = Words("一", "one")


@pytest.fixture
def bench(server: Server) -> Bench:
    """Short rounds on the test server."""
    return Bench(Own(server), seconds=0.1, rounds=1, events=100, say=lambda _: None)


# -- rows --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "ratio", "met"),
    [
        (faster(NAME, 350.0, 10.0, 35), 35, True),
        (faster(NAME, 349.0, 10.0, 35), 34.9, False),
        (faster(NAME, 349.0, None, 35), None, None),
        (faster(NAME, 349.0, 10.0, None), 34.9, None),
        (lower(NAME, 2.0, 24.0, 12), 12, True),
        (lower(NAME, 2.1, 24.0, 12), 24 / 2.1, False),
        (share(NAME, 60.0, 100.0, 0.5), 0.6, True),
        (within(NAME, 5.0, 5, "ms"), None, True),
        (within(NAME, 5.1, 5, "ms", peer=101.0), 5.1 / 101, False),
        (within(NAME, 0, 0, "events"), None, True),
        (Row(NAME, note="was not measured"), None, None),
    ],
)
def test_a_row_is_met_when_its_figure_is_on_the_right_side(
    row: Row, ratio: float | None, met: bool | None
) -> None:
    assert row.met is met
    assert row.ratio == (ratio if ratio is None else pytest.approx(ratio))


def test_json_has_every_figure_and_the_machine() -> None:
    rows = [faster(NAME, 70.0, 2.0, 35, unit="/s", against="peer", limit=80.0)]
    whole = json.loads(table.as_json(rows, {"cores": 2}, {"fsync": 900.0}))
    row = whole["rows"][0]
    assert {"name", "ours", "peer", "limit", "ratio", "goal", "met"} <= set(row)
    assert (row["name"], row["ratio"], row["goal"], row["met"]) == ("one", 35.0, "≥ 35 ×", True)
    assert whole["machine"] == {"cores": 2}
    assert whole["limits"] == {"fsync": 900.0}


def test_the_table_cuts_nothing_and_speaks_both_languages() -> None:
    rows = [within(NAME, 4.0, 5, "ms", note="a long sentence " * 20), Row(NAME, note="absent")]
    for language, words in (("zh", ("本平台", "一", "是")), ("en", ("ours", "one", "yes"))):
        console = Console(width=120, record=True, file=io.StringIO())
        table.show(console, rows, language, {"fsync": 941.0})
        text = console.export_text()
        assert all(word in text for word in words)
        assert text.count("sentence") == 20
        assert "absent" in text
        assert "fsync 941 /s" in text


def test_the_chart_is_a_picture_with_a_bar_for_every_judged_row() -> None:
    rows = [
        faster(NAME, 70.0, 2.0, 35, against="A & B <C>"),
        lower(NAME, 3.0, 6.0, 12),
        within(NAME, 0, 0, "events"),
        within(NAME, 4, 0, "events"),
        within(NAME, 0.0, 5, "ms"),
        Row(NAME, note="absent"),
    ]
    picture = ElementTree.fromstring(chart.draw(rows))
    bars = [r for r in picture.iter("{http://www.w3.org/2000/svg}rect") if r.get("y")]
    assert [bar.get("fill") == chart.REACHED for bar in bars] == [True, False, True, False, True]
    assert all(float(bar.get("width", 0)) > 0 for bar in bars)


@pytest.mark.parametrize(
    ("row", "reached"),
    [
        (faster(NAME, 70.0, 1.0, 35), 2),
        (lower(NAME, 1.0, 6.0, 12), 0.5),
        (within(NAME, 10.0, 5, "ms"), 0.5),
        (within(NAME, 2.5, 5, "ms"), 2),
    ],
)
def test_a_bar_beyond_the_line_is_always_better(row: Row, reached: float) -> None:
    assert chart.share_of_goal(row) == pytest.approx(reached)


# -- rounds ------------------------------------------------------------------------------


async def test_sides_take_turns_and_the_median_counts() -> None:
    seen: list[str] = []
    rates = {"ours": iter([1.0, 9.0, 3.0]), "peer": iter([4.0, 5.0, 60.0])}

    async def side(name: str) -> Timing:
        seen.append(name)
        return Timing(next(rates[name]))

    found = await alternating(3, {}, ours=lambda: side("ours"), peer=lambda: side("peer"))
    assert seen == ["ours", "peer", "peer", "ours", "ours", "peer"]
    assert (found["ours"].per_second, found["peer"].per_second) == (3.0, 5.0)


async def test_a_peer_that_fails_is_left_out_and_ours_must_not_fail() -> None:
    async def good() -> Timing:
        return Timing(1.0)

    async def bad() -> Timing:
        raise OSError("no such program\nmore")

    failed: dict[str, str] = {}
    assert set(await alternating(2, failed, ours=good, peer=bad)) == {"ours"}
    assert failed == {"peer": "OSError: no such program"}
    with pytest.raises(OSError, match="no such program"):
        await alternating(2, {}, ours=bad, peer=good)


async def test_latencies_are_milliseconds_of_each_act() -> None:
    timing = await produce(4, 0.1, lambda: asyncio.sleep(0.01), each=2)
    assert 9 < timing.p50 <= timing.p99 <= timing.longest
    assert timing.per_second > 2 * 4 / 0.1 * 0.5


# -- the run -----------------------------------------------------------------------------


async def _fine(bench: Bench) -> AsyncIterator[Row]:
    yield Row(NAME, 1.0)


async def _breaks(bench: Bench) -> AsyncIterator[Row]:
    yield Row(NAME, 2.0)
    raise ValueError("the disk is full")


async def _absent(bench: Bench) -> AsyncIterator[Row]:
    if bench:
        raise Absent("peer is not here: make bench-peers")
    yield Row(NAME)


async def _endless(bench: Bench) -> AsyncIterator[Row]:
    await asyncio.sleep(60)
    yield Row(NAME)


async def test_what_fails_is_absent_or_takes_too_long_says_why_and_stops_nothing(
    bench: Bench,
) -> None:
    kinds = {"breaks": _breaks, "absent": _absent, "endless": _endless}
    asked = {name: Measurement(rows, NAME, 1) for name, rows in (*kinds.items(), ("fine", _fine))}
    asked["long"] = Measurement(_fine, NAME, 5)
    rows = [row async for row in measure(bench, asked, most=1.5)]
    assert [row.ours for row in rows] == [2.0, None, None, None, None, None]
    notes = [row.note for row in rows]
    assert notes[1] == "failed: ValueError: the disk is full"
    assert notes[2] == "peer is not here: make bench-peers"
    assert notes[3].startswith("stopped after")
    assert notes[5] == "no time was left; gongzhi bench --only long"
    again = [row async for row in measure(bench, {"fine": asked["fine"]})]
    assert [row.ours for row in again] == [1.0]


def test_only_what_was_named_is_measured_and_the_set_is_bounded() -> None:
    assert list(chosen(MEASUREMENTS, ["bulk"])) == ["bulk"]
    assert list(chosen(MEASUREMENTS, [])) == list(MEASUREMENTS)
    assert sum(one.seconds for one in MEASUREMENTS.values()) <= MOST


async def test_bulk_is_measured_against_copy(bench: Bench) -> None:
    rows = [row async for row in copying.rows(bench)]
    assert rows[0].ours
    assert rows[0].limit
    assert bench.limits["copy"] == rows[0].limit


async def test_offline_verification_is_measured_against_hashing(bench: Bench) -> None:
    checked, tiles = [row async for row in proofs.rows(bench)]
    assert checked.ours
    assert checked.limit
    assert checked.ratio
    assert tiles.met


@asynccontextmanager
async def _nobody(bench: Bench) -> AsyncIterator[dict[str, appends.Round]]:
    if bench:
        raise Absent("nobody is here")
    yield {}


async def test_appends_are_measured_where_only_the_library_is_there(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    peers = {"stock": stock.sides, "UmaDB": _nobody}
    monkeypatch.setattr(appends, "PEERS", peers)
    rows = {row.against or row.name.en: row async for row in appends.rows(bench)}
    assert rows["eventsourcing, 16 threads"].ratio
    assert rows["eventsourcing, 4 processes"].ratio
    assert rows["UmaDB, 64 threads"].note == "nobody is here"
    assert rows["UmaDB, 64 threads"].met is None
    contended = rows["Gongzhi without conflicts"]
    assert contended.note.endswith(" 0 wrongly")
    assert contended.goal == Goal(0.95)


def test_a_peer_from_npm_that_is_absent_says_how_to_get_it() -> None:
    with pytest.raises(Absent, match="make bench-peers"):
        npm_package("no-such-package")


@pytest.mark.parametrize("tables", [True, False])
def test_an_operators_server_gives_databases_and_takes_them_back(
    server: Server, tables: bool
) -> None:
    """As `GONGZHI_DATABASE_URL` names it: by its address alone."""
    with open_place(server.dsn("postgres")) as place:
        dsns = place.database(tables)
        with psycopg.connect(dsns.app) as connection:
            laid = connection.execute("select to_regclass('log.events') is not null").fetchone()
            me = connection.execute("select current_user").fetchone()
        assert (laid, me) == ((tables,), (APP,))
        place.drop(dsns)
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(dsns.owner)


# -- the client --------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [True, False])
async def test_the_client_asks_again_on_kept_and_on_closed_connections(kept: bool) -> None:
    asked = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        while await reader.readline():
            while await reader.readline() != b"\r\n":
                pass
            asked += 1
            more = b"" if kept else b"Connection: close\r\n"
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + more + b"\r\nhe")
            await writer.drain()
            writer.write(b"llo")
            if not kept:
                break
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        timing = await call(port, 3, 0.2, lambda: get("/", port))
        assert timing.per_second > 0
        assert asked >= 6
        with pytest.raises(RuntimeError, match="not 201"):
            await call(port, 1, 0.2, lambda: get("/", port), status=201)


# -- the command -------------------------------------------------------------------------


def test_an_unknown_name_is_one_sentence_in_the_chosen_language() -> None:
    gongzhi = Path(sys.executable).with_name("gongzhi")
    for language, words in (("zh", "没有“nothing”这项测试"), ("en", "no measurement 'nothing'")):
        done = subprocess.run(
            [gongzhi, "bench", "--lang", language, "--only", "nothing"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 2
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_server_that_cannot_be_reached_is_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--only", "bulk"],
        env=os.environ | {"GONGZHI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1


def test_an_installed_copy_says_that_it_needs_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    with pytest.raises(typer.Exit):
        command.bench()
    assert "make bench" in capsys.readouterr().err
