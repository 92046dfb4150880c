"""Along: files of one record that become evidence of another too, under that one's own key."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from uuid import UUID

from events.evidence import NewFile
from events.ids import derived_id
from events.vault import PersonErased
from events.words import Words
from services.actions.refused import ERASED, AlreadyDecided, Refused
from services.files.keeping import made_copy
from services.files.sealing import Altered
from services.files.store import Missing, Store

Row = dict[str, Any]


def may_go_along(rows: Iterable[Row]) -> list[Row]:
    """Of the files of a record those that still stand: not withdrawn, not set aside."""
    return [
        each for each in rows
        if each["original"] and not each["withdrawn"] and each["scan"] != "suspicious"
    ]  # fmt: skip


async def taken_along(
    store: Store, rows: Iterable[Row], record: UUID, domain: str
) -> tuple[NewFile, ...]:
    """These files, kept once more for the record; the same again for the same record.

    Where something is masked, nothing is made for readers: it would show what was hidden.
    """
    try:
        return tuple([await _taken(store, each, record, domain) for each in rows])
    except PersonErased:
        raise AlreadyDecided(ERASED) from None


async def _taken(store: Store, row: Row, record: UUID, domain: str) -> NewFile:
    subject = str(record)
    try:
        data = await store.read(row["subject"], row["sha256"])
    except (Missing, Altered):
        raise Refused(_NOT_READ.fill(name=row["name"]), field="along") from None
    kept = await store.keep(subject, BytesIO(data), domain)
    copy = "" if row["masks"] else await made_copy(store, subject, kept.sha256, row["media"])
    return NewFile(
        id=str(derived_id(record, row["id"])), name=str(row["name"]), media=row["media"],
        size=kept.size, sha256=kept.sha256, public_copy=copy,
    )  # fmt: skip


_NOT_READ = Words(
    "文件“{name}”现在读不出来，没有带去。请取消勾选，并告诉平台运营方。",
    "The file “{name}” cannot be read now and did not go along. Leave it out, and tell the "
    "operator of the platform.",
)
