"""What a file is by its bytes; what is refused, and with which sentence."""

from __future__ import annotations

from io import BytesIO

import pytest

from events.evidence import MEDIA
from services.files import not_taken as n
from services.files.media import LARGEST, media_of
from services.files.names import tidy_name
from services.files.pictures import FORMATS, check_picture, public_copy
from tests.files.samples import PDF, archive, bomb_picture, document, picture

TEN = b"\0" * 10
GOOD = {
    "image/jpeg": picture("JPEG"),
    "image/png": picture("PNG"),
    "image/webp": picture("WEBP"),
    "image/heic": b"\0\0\0\x18ftypheic" + TEN,
    "application/pdf": PDF,
    "video/mp4": b"\0\0\0\x18ftypisom" + TEN,
    "video/quicktime": b"\0\0\0\x14ftypqt  " + TEN,
    "audio/mpeg": b"ID3\x03" + TEN,
    "audio/mp4": b"\0\0\0\x18ftypM4A " + TEN,
    "audio/wav": b"RIFF\x08\0\0\0WAVE" + TEN,
    "text/plain": "充电器着火\r\n".encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": document(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": document(
        "xl/workbook.xml"
    ),
}
BAD = {
    "empty": (b"", n.EMPTY),
    "a program": (b"MZ\x90\0" + TEN, n.NOT_LISTED),
    "a gif": (b"GIF89a" + TEN, n.NOT_LISTED),
    "a web page": (b"\xef\xbb\xbf <!DOCTYPE html><script>", n.WEB_PAGE),
    "a drawing with a script": (b"<svg onload='x'>", n.WEB_PAGE),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", n.WEB_PAGE),
    "an archive": (archive(a=b"x"), n.ARCHIVE),
    "half an archive": (document()[:-30], n.BROKEN),
    "half a picture": (picture()[:200], n.BROKEN),
    "half a pdf": (PDF[:20], n.BROKEN),
    "a picture and an archive": (picture() + archive(a=b"x"), n.TWO_AT_ONCE),
    "a pdf and an archive": (PDF + archive(a=b"x"), n.TWO_AT_ONCE),
    "a picture and a web page": (
        picture()[:2] + b"\xff\xfe\x00\x20<script>alert(1)</script>" + picture()[2:],
        n.TWO_AT_ONCE,
    ),
    "word and excel": (document("word/document.xml", **{"xl/workbook.xml": b"x"}), n.TWO_AT_ONCE),
    "macros": (document(**{"word/vbaProject.bin": b"x"}), n.MACROS),
    "a zip bomb": (document(**{"word/media/a.xml": bytes(30_000_000)}), n.BOMB),
    "parts that lie elsewhere": (document(**{"../../etc/passwd": b"x"}), n.TWO_AT_ONCE),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_taken_is_known_by_its_bytes(kind: str) -> None:
    assert media_of(BytesIO(GOOD[kind])) == kind
    assert kind in MEDIA


def test_every_kind_is_tried() -> None:
    assert set(GOOD) == {code for code, _ in MEDIA}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_taken_says_why(what: str) -> None:
    data, words = BAD[what]
    with pytest.raises(n.NotTaken) as refused:
        media_of(BytesIO(data))
    assert refused.value.words == words


def test_what_is_too_large_is_not_read() -> None:
    class Large(BytesIO):
        def seek(self, at: int, whence: int = 0) -> int:
            return LARGEST + 1 if whence == 2 else super().seek(at, whence)

    with pytest.raises(n.NotTaken) as refused:
        media_of(Large(b"%PDF-"))
    assert refused.value.words == n.TOO_LARGE


@pytest.mark.parametrize(
    ("given", "media", "name"),
    [
        ("小票.jpg", "image/jpeg", "小票.jpg"),
        ("小票.JPEG", "image/jpeg", "小票.JPEG"),
        ("小票.pdf", "image/jpeg", "小票.pdf.jpg"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Users\\林月\\图.png", "image/png", "图.png"),
        ('a"\r\nSet-Cookie: x=1.txt', "text/plain", "a_Set-Cookie_ x=1.txt"),
        ("fdp\u202egpj.exe", "application/pdf", "fdpgpj.exe.pdf"),
        ("\0\x07", "text/plain", "文件.txt"),
        (".", "image/png", "文件.png"),
        ("长" * 500 + ".txt", "text/plain", "长" * 120 + ".txt"),
    ],
)
def test_names_deceive_nobody(given: str, media: str, name: str) -> None:
    assert tidy_name(given, media) == name


@pytest.mark.parametrize("media", FORMATS)
async def test_the_copy_for_others_says_nothing_of_where_and_by_what(media: str) -> None:
    original = picture(FORMATS[media])
    assert b"CANARY-CAMERA" in original
    copy = await public_copy(original, media)
    assert b"CANARY-CAMERA" not in copy.data
    assert b"Exif" not in copy.data
    assert (copy.width, copy.height) == (120, 80)
    assert copy == await public_copy(original, media), "the same again"


async def test_a_picture_that_bursts_is_not_unpacked() -> None:
    with pytest.raises(n.NotTaken) as refused:
        await check_picture(BytesIO(bomb_picture()), "image/png")
    assert refused.value.words == n.TOO_MANY_PIXELS
    broken = picture("PNG")[:60] + picture("PNG")[-12:]
    with pytest.raises(n.NotTaken) as refused:
        await check_picture(BytesIO(broken), "image/png")
    assert refused.value.words == n.BROKEN
