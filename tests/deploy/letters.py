"""A public letter box as a file, with the shipped mapping."""

from __future__ import annotations

from pathlib import Path

from deploy.importing import Report, import_register, load_mapping, shipped_mappings
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.people import LI

MAPPING = next(p for p in shipped_mappings() if p.stem == "cn_public_letters")
HEADER = "信件编号,来信时间,来信标题,来信内容,回复内容,回复时间"
ANSWERED = (
    "LX-1,2024-03-01 09:30:00,充电器认证,充电器什么时候开始要认证？,"
    "王女士您好：请以公告为准。,2024-03-08 16:05:00"
)
WAITING = "LX-2,2024/2/5,,店里不给发票找谁？,,"
LATE_REPLY = "LX-2,2024/2/5,,店里不给发票找谁？,请向税务部门反映。,2024/4/1"


def letters_of(*rows: str) -> bytes:
    """A file with these rows below the header."""
    return "\r\n".join([HEADER, *rows, ""]).encode()


async def import_letters(
    platform: Platform, folder: Path, *rows: str, name: str = "信箱.csv", **options: object
) -> Report:
    """Import the rows; the errors stand in errors.csv."""
    file = folder / name
    file.write_bytes(letters_of(*rows))
    report = await read_in(platform, file, **options)
    await caught_up(platform)
    return report


async def read_in(platform: Platform, file: Path, **options: object) -> Report:
    """Import the file; the errors stand beside it."""
    return await import_register(
        platform, file, load_mapping(MAPPING), options.pop("by", LI),  # type: ignore[arg-type]
        errors_path=file.with_name("errors.csv"), **options,  # type: ignore[arg-type]
    )  # fmt: skip


async def by_reference(platform: Platform) -> dict[str, Row]:
    """The enquiries of the office that count, by the number of their letter."""
    rows = (await platform.views.enquiries.handled_by(LI.party.id)).rows
    return {row["reference"]: row for row in rows if row["state"] != "reversed"}
