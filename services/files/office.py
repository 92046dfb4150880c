"""Office: whether an archive is a Word or Excel document, looked at without unpacking it."""

from __future__ import annotations

from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from services.files.not_taken import ARCHIVE, BOMB, BROKEN, MACROS, TWO_AT_ONCE, NotTaken

_BODY = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Parts of a document, bytes unpacked, and how many times smaller a large part may be packed.
_PARTS, _UNPACKED, _RATIO, _SMALL = 5_000, 500_000_000, 200, 1_000_000


def office_kind(file: BinaryIO, size: int) -> str:
    """The kind of document. Raises `NotTaken`."""
    try:
        parts = _parts(file)
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        raise NotTaken(BROKEN) from None
    finally:
        file.seek(0)
    names = {part.filename for part in parts}
    kinds = [kind for name, kind in _BODY.items() if name in names]
    if "[Content_Types].xml" not in names or not kinds:
        raise NotTaken(ARCHIVE)
    _refuse_strange(parts, size)
    if len(kinds) > 1:
        raise NotTaken(TWO_AT_ONCE)
    return kinds[0]


def _parts(file: BinaryIO) -> list[ZipInfo]:
    file.seek(0)
    with ZipFile(file) as archive:
        return archive.infolist()


def _refuse_strange(parts: list[ZipInfo], size: int) -> None:
    """Macros, parts that would unpack elsewhere, and what is made to burst."""
    for part in parts:
        if part.filename.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs", ".bat")):
            raise NotTaken(MACROS)
        if part.filename.startswith(("/", "\\")) or ".." in part.filename.split("/"):
            raise NotTaken(TWO_AT_ONCE)
    packed = sum(part.compress_size for part in parts)
    bursting = any(
        part.file_size > _SMALL and part.file_size > _RATIO * max(1, part.compress_size)
        for part in parts
    )
    whole = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or whole > _UNPACKED or packed > size or bursting:
        raise NotTaken(BOMB)
