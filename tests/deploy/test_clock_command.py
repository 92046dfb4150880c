"""`gongzhi clock`: the engine from the shell; what is typed wrongly gets one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from deploy.cli.clock import clock
from deploy.cli.said import errors, out
from tests.timekeeping.papers import days, paper


def asked(*words: str, **options: object) -> str:
    """What it prints."""
    with out.capture() as printed:
        clock(*words, **options)  # type: ignore[arg-type]
    return printed.get()


def refused(*words: str, **options: object) -> str:
    """The one sentence; the exit code is never 0."""
    with errors.capture() as printed, pytest.raises(typer.Exit) as ended:
        clock(*words, **options)  # type: ignore[arg-type]
    assert ended.value.exit_code == 2
    return printed.get().strip()


def test_the_date_alone() -> None:
    assert asked("C1", "2026-09-24", date_only=True) == "2026-10-12\n"
    assert asked("C2", "2026-08-02", date_only=True) == "2026-10-01\n"


def test_it_explains() -> None:
    said = asked("C1", "2026-09-24")
    for part in ("当天不计", "国庆节（10月1日至10月7日）", "10月10日", "第十五条", "第1版"):
        assert part in said


def test_an_arrangement_can_be_given_as_a_file(tmp_path: Path) -> None:
    """New Year of 2027 with a bridge: what is provisional without it is not with it."""
    file = tmp_path / "2027.json"
    file.write_bytes(paper(2027, days("2027-01-01", 4), ["2027-01-10"]))
    assert "（暂定）" in asked("C1", "2026-12-24")
    said = asked("C1", "2026-12-24", arranged=[file])
    assert "稳妥 2027年1月6日" in said
    assert "（暂定）" not in said
    file.write_bytes(b"{}")
    assert "没有年份" in refused("C1", "2026-12-24", arranged=[file])
    assert "读不了文件" in refused("C1", "2026-12-24", arranged=[tmp_path / "none.json"])


def test_what_may_not_be_done_before_a_day() -> None:
    said = asked("C18b", "2026-09-24")
    assert "过了 2026年10月26日 才可以进行（名义上到 2026年10月24日）" in said
    assert "稳妥的最后一天" not in said


def test_pause_extension_profile_and_day() -> None:
    said = asked("C2", "2026-07-13", pause=["检测:2026-07-20..2026-08-03"], as_of="2026-08-03")
    assert "60日：已用7日，扣除检测14日" in said
    assert asked("C5", "2026-09-18", extend=[15], date_only=True) == "2026-11-05\n"
    for name in ("zhejiang", "浙江"):
        assert asked("C9", "2026-09-01", profile=name, date_only=True) == "2026-09-15\n"
    assert asked("C19", "2026-09-24", extend=[30], date_only=True) == "2026-11-08\n"
    assert "2026年9月25日 10:20" in asked("C14", "2026-09-24T10:20")


@pytest.mark.parametrize(
    "typed", ["２０２６－０９－２４", "2026年9月24日", "2026/9/24", "20260924", " 2026-09-24 "]
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert asked("ｃ１", typed, date_only=True) == "2026-10-12\n"


@pytest.mark.parametrize(
    ("words", "options", "sentence"),
    [
        (("C41", "2026-09-24"), {}, "没有计时规则“C41”"),
        (("C25", "2026-09-24"), {}, "C25 分为几项"),
        (("C1", "24.9.2026"), {}, "不是日期"),
        (("C1", "2026-02-30"), {}, "不是日期"),
        (("C1", "2026-W39-4"), {}, "不是日期"),
        (("C1", "2026年9月"), {}, "不是日期"),
        (("C1", "2026111"), {}, "不是日期"),
        (("C14", "2026-09-24Tten"), {}, "不是日期"),
        (("C1", "1066-10-14"), {}, "只能计算"),
        (("C10", "2026-09-24"), {"date_only": True}, "没有规定具体天数"),
        (("C2", "2026-07-13"), {"pause": ["lunch"]}, "看不懂"),
        (("C2", "2026-07-13"), {"pause": ["testing:2026-08-03..2026-07-20"]}, "先结束后开始"),
        (("C1", "2026-07-13"), {"pause": ["testing:2026-07-14..2026-07-20"]}, "不因此暂停"),
        (("C1", "2026-07-13"), {"extend": [15]}, "最多延长 0 次"),
        (("C5", "2026-07-13"), {"extend": [16]}, "最多延长 15"),
        (("C9", "2026-07-13"), {"profile": "atlantis"}, "没有档案"),
    ],
)
def test_what_is_wrong_gets_one_sentence(
    words: tuple[str, ...], options: dict[str, object], sentence: str
) -> None:
    said = refused(*words, **options)
    assert sentence in said
    assert "\n" not in said
