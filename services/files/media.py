"""Media: what a file is by its bytes, whatever it is called; what cannot be taken, and why.

Whatever is two kinds of file at once, broken off, or made to burst is refused with a sentence that
says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from events.words import Words
from services.files.not_taken import (
    BROKEN,
    EMPTY,
    NOT_LISTED,
    TOO_LARGE,
    TWO_AT_ONCE,
    WEB_PAGE,
    NotTaken,
)
from services.files.office import office_kind

#: Bytes of one file.
LARGEST = 50_000_000
#: Of a file so much is looked at for what else it could be: at its beginning, at its end.
_FIRST, _LAST = 1 << 16, 1 << 17
_TEXTS = ("utf-8-sig", "gb18030")


class Looked(NamedTuple):
    """The beginning and the end of a file, its length, and itself."""

    first: bytes
    last: bytes
    size: int
    file: BinaryIO


def media_of(file: BinaryIO) -> str:
    """What kind of file it is: a code of `MEDIA`. Raises `NotTaken`."""
    looked = _look(file)
    if not looked.size:
        raise NotTaken(EMPTY)
    if looked.size > LARGEST:
        raise NotTaken(TOO_LARGE)
    found = next((kind for is_it, kind in _KINDS if is_it(looked.first)), None)
    if found is None:
        return _text(looked)
    if found == "zip":
        return office_kind(file, looked.size)
    _refuse_two_at_once(looked, found)
    _refuse_broken_off(looked, found)
    return found


def _look(file: BinaryIO) -> Looked:
    size = file.seek(0, 2)
    file.seek(max(0, size - _LAST))
    last = file.read(_LAST)
    file.seek(0)
    first = file.read(_FIRST)
    file.seek(0)
    return Looked(first, last, size, file)


def _is(*begins: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda first: first[at:].startswith(begins)


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda first: first[:4] == b"RIFF" and first[8:12] == kind


def _box(*brands: bytes) -> Callable[[bytes], bool]:
    """A file of boxes (ISO 14496-12), by its first brand."""
    return lambda first: first[4:8] == b"ftyp" and first[8:12] in brands


_KINDS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (_is(b"\xff\xd8\xff"), "image/jpeg"),
    (_is(b"\x89PNG\r\n\x1a\n"), "image/png"),
    (_riff(b"WEBP"), "image/webp"),
    (_riff(b"WAVE"), "audio/wav"),
    (_is(b"%PDF-"), "application/pdf"),
    (_box(b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
    (_box(b"M4A ", b"M4B "), "audio/mp4"),
    (_box(b"qt  "), "video/quicktime"),
    (_is(b"ftyp", at=4), "video/mp4"),
    (_is(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"), "audio/mpeg"),
    (_is(b"PK\x03\x04"), "zip"),
)
#: How a whole one ends, somewhere in its last bytes.
_ENDS = {
    "image/jpeg": b"\xff\xd9",
    "image/png": b"IEND\xae\x42\x60\x82",
    "application/pdf": b"%%EOF",
}
_HTML = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php", b"<iframe")


def _refuse_two_at_once(looked: Looked, kind: str) -> None:
    """A picture that is an archive or a web page as well is made to deceive somebody."""
    archive = b"PK\x05\x06" in looked.last
    document = kind != "application/pdf" and b"%PDF-" in looked.first[:1024]
    page = any(mark in looked.first.lower() for mark in _HTML) and kind.startswith("image/")
    if archive or document or page:
        raise NotTaken(TWO_AT_ONCE)


def _refuse_broken_off(looked: Looked, kind: str) -> None:
    if kind in _ENDS and _ENDS[kind] not in looked.last:
        raise NotTaken(BROKEN)
    if kind in ("image/webp", "audio/wav"):
        said = int.from_bytes(looked.first[4:8], "little") + 8
        if said > looked.size:
            raise NotTaken(BROKEN)


def _text(looked: Looked) -> str:
    """Plain text, in UTF-8 or GB 18030; nothing that a browser or a shell would run."""
    start = looked.first.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((*_HTML, b"<?xml", b"#!")):
        raise NotTaken(WEB_PAGE)
    data = looked.file.read()
    looked.file.seek(0)
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(data)) or not _readable(data):
        raise NotTaken(NOT_LISTED)
    return "text/plain"


def _readable(data: bytes) -> bool:
    for name in _TEXTS:
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return True
    return False


#: What can be handed in, as a form says it, and for the browser's dialog.
LISTED = Words(
    "图片（JPEG、PNG、WebP、HEIC）、PDF、Word、Excel、视频（MP4、MOV）、录音（MP3、M4A、WAV）、文本；"
    "每个最大 50 MB",
    "pictures (JPEG, PNG, WebP, HEIC), PDF, Word, Excel, video (MP4, MOV), recordings (MP3, M4A, "
    "WAV), text; 50 MB each",
)
ACCEPT = ".jpg,.jpeg,.png,.webp,.heic,.pdf,.docx,.xlsx,.mp4,.mov,.mp3,.m4a,.wav,.txt,image/*"
