"""Evidence in records: what happens, what is refused and with which sentence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from events.complaints import ComplaintRegistered
from events.event import Personal, system
from events.evidence import (
    FileAdded,
    FileScanned,
    FileWithdrawn,
    ImageAreaRedacted,
    NewFile,
    RedactionLifted,
    StatementAdded,
    TextRedacted,
)
from events.ids import new_id
from services.actions import evidence as ev
from services.actions.complaints import AcceptComplaint, Complaint, complainant
from services.actions.complaints.deciding import accept
from services.actions.evidence.adding import add, scan, withdraw
from services.actions.evidence.redaction import lift, mask_area, mask_text
from services.actions.files import MOST
from tests.given import Given, given
from tests.people import CONSUMER, COUNCIL, QIAN, ZHAO

ID = UUID(int=77)
SHA = "ab" * 32


def photo(**fields: object) -> NewFile:
    given_ = {"id": str(new_id()), "name": "照片.jpg", "media": "image/jpeg", "size": 3, **fields}
    return NewFile(sha256=SHA, public_copy="cd" * 32, **given_)  # type: ignore[arg-type]


def complaint(*more: object) -> Given[Complaint]:
    told = Personal.committed(str(ID), {"name": "林月"})
    begun = ComplaintRegistered(
        by=CONSUMER, number="GZ-1", handler=COUNCIL, complainant=told, told=told,
        occurred_on=date(2026, 3, 2),
    )  # fmt: skip
    found = given(Complaint, begun, *more)
    found.record.id = ID
    return found


def on(by: object = ZHAO, **fields: object) -> dict[str, object]:
    return {"by": by, "kind": "complaint", "record": ID, **fields}


def with_photo(by: object = ZHAO) -> tuple[Given[Complaint], str]:
    each = photo()
    return complaint((add, ev.AddEvidence(**on(by, files=(each,))))), each.id


def test_files_and_a_statement_come_in_together() -> None:
    command = ev.AddEvidence(**on(files=(photo(), photo()), note="还有小票"))
    found = complaint().when(add, command)
    assert [type(each) for each in found.record.new] == [StatementAdded, FileAdded, FileAdded]
    first = found.record.new[1]
    assert isinstance(first, FileAdded)
    assert (first.named.get("name"), first.enterprise) == ("照片.jpg", None)
    assert "abababab" in first.said().zh
    assert "照片.jpg" not in first.said().zh, "what a consumer calls her file is hers"


def test_they_stand_beside_the_course_of_the_case() -> None:
    """No clock, no state, no order of days, no form that is out of date for them."""
    found, _ = with_photo()
    record = found.record
    assert (record.version, record.changed, record.state) == (2, 1, "received")
    assert record.last_on == date(2026, 3, 2)
    early = AcceptComplaint(by=ZHAO, complaint=ID, occurred_on=date(2026, 3, 3))
    assert found.when(accept, early).refusal is None


def test_nothing_at_all_is_refused() -> None:
    complaint().when(add, ev.AddEvidence(**on())).refused("请选择文件", "files")


def test_a_record_takes_so_many() -> None:
    many = tuple(photo() for _ in range(MOST + 1))
    complaint().when(add, ev.AddEvidence(**on(files=many))).refused("最多 100 个")


def test_the_consumer_adds_while_it_is_open() -> None:
    she = complainant(ID)
    assert complaint().when(add, ev.AddEvidence(**on(she, note="又坏了"))).refusal is None
    closed = complaint()
    closed.record.state = "closed"
    closed.when(add, ev.AddEvidence(**on(she, note="又坏了"))).refused("现在不能")


def test_others_add_nothing() -> None:
    complaint().when(add, ev.AddEvidence(**on(QIAN, note="我也说"))).refused("不能对这条记录")


def test_a_scan_is_stated_once() -> None:
    found, file = with_photo()
    by = system("scan")
    command = ev.ScanFile(**on(by, file=file, result="suspicious", signature="Eicar"))
    found.when(scan, command).then(FileScanned, result="suspicious", sha256=SHA)
    assert found.record.files[file].scan == "suspicious"
    found.record.new = []
    found.when(scan, command).refused("已经扫描")
    found.when(scan, ev.ScanFile(**on(by, file="no", result="safe"))).refused("没有找到")


def test_withdrawing_hides_and_keeps() -> None:
    found, file = with_photo(CONSUMER)
    she, body = complainant(ID), ZHAO
    assert found.record.may_see_original(she, file), "hers, though she was nobody yet"
    command = ev.WithdrawFile(**on(she, file=file, reason="传错了照片"))
    found.when(withdraw, command).then(FileWithdrawn, reason="", sha256=SHA)
    (event,) = found.record.new
    assert isinstance(event, FileWithdrawn)
    assert event.hers is not None, "her reason is hers"
    assert not found.record.may_see_file(she, file)
    assert found.record.may_see_file(body, file)
    found.record.new = []
    again = ev.WithdrawFile(**on(body, file=file, reason="再撤回一次"))
    found.when(withdraw, again).refused("已经撤回")


def test_the_consumer_is_not_shown_what_the_body_added() -> None:
    found, file = with_photo(ZHAO)
    she = complainant(ID)
    assert not found.record.may_see_file(she, file)
    command = ev.WithdrawFile(**on(she, file=file, reason="这不是我的文件"))
    found.when(withdraw, command).refused("没有找到")
    assert not found.record.may_see_file(QIAN, file)


def test_words_are_masked_within_the_text() -> None:
    fields = {"field": "facts", "reason": "遮盖投诉人姓名", "lengths": {"facts": 10}}
    ok = ev.RedactText(**on(start=3, end=5, public_copy="x", **fields))
    found = complaint()
    found.when(mask_text, ok).then(TextRedacted, start=3, end=5)
    found.record.new = []
    found.when(mask_text, ev.RedactText(**on(start=1, end=2, **fields))).refused("别人改动了遮盖")
    for start, end, said in ((5, 3, "不能在开始之前"), (1, 11, "只有 10 个字")):
        complaint().when(mask_text, ev.RedactText(**on(start=start, end=end, **fields))).refused(
            said, "end"
        )


@pytest.mark.parametrize(
    ("area", "field"),
    [((0, 0, 0, 5), "width"), ((0, 0, 5, 0), "height"), ((600, 0, 500, 5), "width")],
)
def test_an_area_lies_within_the_picture(area: tuple[int, ...], field: str) -> None:
    found, file = with_photo()
    named = dict(zip(("left", "top", "width", "height"), area, strict=True))
    command = ev.RedactImageArea(**on(file=file, reason="遮盖路人车牌", **named))
    found.when(mask_area, command)
    assert found.refusal is not None
    assert found.refusal.field == field


def test_a_mask_is_lifted_again() -> None:
    found, file = with_photo()
    area = {"left": 0, "top": 0, "width": 100, "height": 100}
    one = ev.RedactImageArea(**on(file=file, reason="遮盖路人车牌", public_copy="ee", **area))
    found.when(mask_area, one).then(ImageAreaRedacted, public_copy="ee")
    assert found.record.files[file].public_copy == "ee"
    found.record.new = []
    off = ev.LiftRedaction(
        **on(file=file, mask=one.mask, based_on=(one.mask,), public_copy="cd", reason="遮错了地方")
    )
    found.when(lift, off).then(RedactionLifted)
    assert (found.record.files[file].areas, found.record.files[file].public_copy) == ({}, "cd")
