"""Imports: begun once, finished by who began, reversed with a reason."""

from __future__ import annotations

import pytest

from events.ids import new_id
from events.imports import ImportBegun, ImportFinished, ImportReversed
from services.actions.imports import BeginImport, FinishImport, ImportBatch, ReverseImport
from tests.given import given
from tests.people import ADMIN, CHEN, IMPORTER, QIAN, ZHAO

BATCH = new_id()
BEGUN = ImportBegun(
    by=IMPORTER, number="IM-2026-000001-7", file="register.csv", file_hash="ab", mapping="nyc",
    subject="complaints", rows=3,
)  # fmt: skip
FINISHED = ImportFinished(
    by=IMPORTER, number="IM-2026-000001-7", file="register.csv", taken=2, known=0, refused=1
)


def begin(by=IMPORTER):  # type: ignore[no-untyped-def]
    return BeginImport(
        by=by, batch=BATCH, number="IM-2026-000001-7", file="register.csv", file_hash="ab",
        mapping="nyc", subject="complaints", rows=3,
    )  # fmt: skip


def finish(by=IMPORTER):  # type: ignore[no-untyped-def]
    return FinishImport(by=by, batch=BATCH, taken=2, known=0, refused=1)


def reverse(by=ZHAO):  # type: ignore[no-untyped-def]
    return ReverseImport(by=by, batch=BATCH, records=2, reason="导入了错误的文件")


def test_a_body_begins_a_batch() -> None:
    given(ImportBatch).when(ImportBatch.begin, begin()).then(
        ImportBegun, number="IM-2026-000001-7", rows=3
    )


def test_an_association_does_not_import_complaints() -> None:
    given(ImportBatch).when(ImportBatch.begin, begin(CHEN)).refused("不能")


def test_a_batch_is_finished_with_its_counts() -> None:
    given(ImportBatch, BEGUN).when(ImportBatch.finish, finish()).then(
        ImportFinished, number="IM-2026-000001-7", file="register.csv", taken=2, refused=1
    )


def test_a_batch_is_finished_once() -> None:
    given(ImportBatch, BEGUN, FINISHED).when(ImportBatch.finish, finish()).refused("最近一步")


@pytest.mark.parametrize("by", [ZHAO, ADMIN])
def test_the_importer_or_an_administrator_reverses_it(by: object) -> None:
    given(ImportBatch, BEGUN, FINISHED).when(ImportBatch.reverse, reverse(by)).then(
        ImportReversed, records=2, reason="导入了错误的文件"
    )


def test_another_council_does_not_reverse_it() -> None:
    given(ImportBatch, BEGUN, FINISHED).when(ImportBatch.reverse, reverse(QIAN)).refused("不能")


def test_a_batch_is_reversed_once() -> None:
    history = (BEGUN, FINISHED, (ImportBatch.reverse, reverse()))
    given(ImportBatch, *history).when(ImportBatch.reverse, reverse()).refused("最近一步")
