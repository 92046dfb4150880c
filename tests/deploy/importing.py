"""A small mapping and small files for the import tests; run as a module it imports one.

`python -m tests.deploy.importing OWNER APP FOLDER` is what a test kills in the middle.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from deploy.importing import Report, import_register, load_mapping
from services.platform import Platform
from tests.opening import open_platform
from tests.people import ZHAO

MAPPING = """
name = "small"
zh = "小登记册"
en = "small register"
subject = "complaints"
natural_key = ["编号"]
ignored = ["编号", "备注"]
[dates]
formats = ["%Y-%m-%d"]
[amounts]
currency = "CNY"
[fields.respondent]
columns = ["被投诉人"]
[fields.category]
columns = ["类别"]
[fields.category.values]
"质量" = "quality"
[steps]
register = "登记日"
accept = "登记日"
start_mediation = "登记日"
outcome = "结束日"
close = "结束日"
[outcome]
column = "结果"
open = ["办理中"]
[outcome.codes."退款"]
agreement = "refund"
zh = "退款"
en = "refunded"
[outcome.codes."不予受理"]
refusal = "R3"
zh = "不是生活消费"
en = "not for daily life"
[restitution]
column = "金额"
empty = true
[satisfaction]
column = "满意"
yes = ["是"]
no = ["否"]
unanswered = [""]
"""
HEADER = "编号,被投诉人,类别,登记日,结束日,结果,金额,满意,备注"
GOOD = "1,榕城照明有限公司,质量,2025-03-01,2025-03-20,退款,120.50,是,"


def csv_of(*rows: str, header: str = HEADER) -> bytes:
    """A file with these rows below the header."""
    return "\r\n".join([header, *rows, ""]).encode()


def many(count: int) -> bytes:
    """A file long enough to be interrupted."""
    return csv_of(*(f"{n},{GOOD.partition(',')[2]}" for n in range(1, count + 1)))


async def import_file(
    platform: Platform, folder: Path, content: bytes, name: str = "file.csv", **options: object
) -> Report:
    """Import the content with the small mapping; the errors stand in errors.csv."""
    file, mapping = folder / name, folder / "small.toml"
    file.write_bytes(content)
    if not mapping.exists():
        mapping.write_text(MAPPING, "utf-8")
    return await import_register(
        platform,
        file,
        load_mapping(mapping),
        options.pop("by", ZHAO),  # type: ignore[arg-type]
        errors_path=folder / "errors.csv",
        **options,  # type: ignore[arg-type]
    )


async def main(owner: str, app: str, folder: str) -> None:
    async with open_platform(owner, app, working=False) as platform:
        path = Path(folder)
        await import_file(platform, path, (path / "file.csv").read_bytes())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
