"""Files as people hand them in, and as those who mean harm do; made here, small."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

#: A text that no scanner knows, but for the signature the tests give to theirs.
VIRUS = b"GONGZHI-TEST-SIGNATURE-of-a-harmless-text-that-a-test-calls-a-virus\n"
_EXIF_CAMERA, _EXIF_GPS = 0x010F, 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (120, 80), where: bool = True) -> bytes:
    """A photo that says which camera made it, and where."""
    made = Image.new("RGB", size, (200, 120, 40))
    exif = Image.Exif()
    if where:
        exif[_EXIF_CAMERA] = "CANARY-CAMERA"
        exif[_EXIF_GPS] = {1: "N", 2: (26.0, 4.0, 30.0), 3: "E", 4: (119.0, 18.0, 0.0)}
    out = BytesIO()
    made.save(out, kind, exif=exif)
    return out.getvalue()


def bomb_picture() -> bytes:
    """A PNG of a few bytes that says it has 40,000 by 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def document(body: str = "word/document.xml", **parts: bytes) -> bytes:
    """A Word or Excel document with these parts besides."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in {"[Content_Types].xml": b"<Types/>", body: b"<x/>", **parts}.items():
            archive.writestr(name, data)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
