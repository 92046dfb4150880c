"""The records of a bundle as one history, and those whose state is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from events.proofs.states import Erased
from events.proofs.verdicts import Verdict
from tests.proofs.sample import BEGAN, SampleLog, checked, sample_log, state_of, write_bundle


def test_a_hole_in_a_stream_is_named(tmp_path: Path) -> None:
    log = sample_log(9)
    log._versions = {stream: n + 1 for stream, n in log._versions.items()}
    log.add(state_of(9))
    report = checked(write_bundle(tmp_path, log))
    assert report.verdict is Verdict.TAMPERED
    assert "#10 (leaf 9): version 5 of stream" in report.said.en


def test_a_stream_may_begin_with_the_librarys_zero(tmp_path: Path) -> None:
    log = SampleLog()
    log._versions = dict.fromkeys(["00000000-0000-4000-8000-000000000000"], -1)
    log.add(state_of(0))
    assert checked(write_bundle(tmp_path, log)).verdict is Verdict.OK


def test_time_that_falls_is_named(tmp_path: Path) -> None:
    log = sample_log(3)
    log.add(b"{}", at=(BEGAN + 1) * 1000)
    report = checked(write_bundle(tmp_path, log))
    assert "#4 (leaf 3): it was recorded before" in report.said.en


def test_an_entry_that_is_not_canonical_is_malformed(tmp_path: Path) -> None:
    log = sample_log(3)
    log.entries[2] = log.entries[2].replace(b'","at"', b'" ,"at"')
    report = checked(write_bundle(tmp_path, log))
    assert report.verdict is Verdict.MALFORMED
    assert "#3 (leaf 2)" in report.said.en
    assert checked(tmp_path, tree_only=True).verdict is Verdict.OK


def test_entries_with_escapes_and_chinese_are_read(tmp_path: Path) -> None:
    log = SampleLog()
    for topic in ('a"b.v1', "投诉.v1", "tab\t\x01\x7f.v1"):
        log.add(b"{}", topic)
    assert checked(write_bundle(tmp_path, log)).verdict is Verdict.OK


def test_without_witnesses_it_is_said_that_times_are_not_checked(tmp_path: Path) -> None:
    log = sample_log(3)
    bundle = write_bundle(tmp_path, log, checkpoint=log.checkpoint(witnesses=()))
    assert "recorded times unchecked" in checked(bundle, times=True).text("en")


@pytest.mark.parametrize(
    ("at", "said"),
    [(BEGAN - 90_000, "recorded before"), (BEGAN + 90_000, "recorded after")],
)
def test_back_dated_and_post_dated_records_are_caught_by_the_witnesses(
    tmp_path: Path, at: int, said: str
) -> None:
    log = SampleLog()
    for number in range(5):
        log.add(state_of(number), at=min(at, BEGAN + number) * 1000)
    for number in range(5, 9):
        log.add(state_of(number), at=max(at, BEGAN - 90_000) * 1000)
    early = log.checkpoint(5, seen_at=BEGAN + 5)
    last = log.checkpoint(seen_at=BEGAN + 9)
    bundle = write_bundle(
        tmp_path, log, checkpoint=last, more=lambda w: w.put("checkpoints/5", early)
    )
    assert checked(bundle).verdict is Verdict.OK
    report = checked(bundle, times=True)
    assert report.verdict is Verdict.TAMPERED
    assert said in report.said.en
    assert checked(bundle, times=True, skew=100_000).verdict is Verdict.OK


def test_what_the_exporter_may_not_read_is_not_included(tmp_path: Path) -> None:
    log = sample_log(400)
    for index in (*range(256), 300):
        log.states[index] = None
    bundle = write_bundle(tmp_path, log)
    assert not (bundle / "states/000").exists()
    report = checked(bundle)
    assert report.verdict is Verdict.OK
    assert (report.figures["states"], report.figures["not_included"]) == (143, 257)


def _erasing(named: list[int] | None) -> SampleLog:
    log = sample_log(8)
    log.states[3] = Erased(8)
    state = json.dumps({"erased": named}).encode()
    log.add(state, "state-erased.v1")
    if named is None:
        log.states[8] = None
    return log


def test_an_erased_state_is_said_to_be_erased_by_which_event(tmp_path: Path) -> None:
    report = checked(write_bundle(tmp_path, _erasing([4])))
    assert report.verdict is Verdict.OK
    assert report.figures["erased"] == 1
    assert "the state of record 4 was erased by record 9" in report.text("en")
    assert "第 4 条的内容已由第 9 条删除" in report.text("zh")


def test_an_erasure_that_may_not_be_read_is_believed_by_its_topic(tmp_path: Path) -> None:
    assert checked(write_bundle(tmp_path, _erasing(None))).verdict is Verdict.OK


@pytest.mark.parametrize(("by", "named"), [(8, [5]), (8, []), (7, [4]), (999, [4])])
def test_a_false_erasure_is_found(tmp_path: Path, by: int, named: list[int]) -> None:
    log = _erasing(named)
    log.states[3] = Erased(by)
    report = checked(write_bundle(tmp_path, log))
    assert report.verdict is Verdict.TAMPERED
    assert "#4 (leaf 3)" in report.said.en
