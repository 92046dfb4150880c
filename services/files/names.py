"""Names: what a file is called, without what could deceive a person, a disk or a header."""

from __future__ import annotations

import re
from unicodedata import category, normalize

MOST = 120
_ENDINGS: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    "video/mp4": (".mp4", ".m4v", ".3gp"),
    "video/quicktime": (".mov",),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a",),
    "audio/wav": (".wav",),
    "text/plain": (".txt", ".csv", ".log", ".md"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}
_RESERVED = re.compile(r'[<>:"|?*/\\]')


def tidy_name(given: str, media: str) -> str:
    """The last part of the name, in plain characters, with the ending that fits the content."""
    name = normalize("NFC", given.replace("\\", "/").rpartition("/")[2])
    name = "".join(each for each in name if category(each)[0] != "C")
    name = _RESERVED.sub("_", name).strip(" .")
    endings = _ENDINGS[media]
    stem, dot, ending = name.rpartition(".")
    if not dot or f".{ending.lower()}" not in endings:
        stem, ending = name, endings[0][1:]
    return f"{stem.strip(' .')[:MOST] or '文件'}.{ending}"


def public_name(media: str) -> str:
    """How a public copy is called: nothing of its first name."""
    return f"public-copy{_ENDINGS[media][0]}"
