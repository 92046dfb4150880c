"""Pictures: the public copy: turned upright, made smaller, without metadata, masks painted black.

Made of nothing but the original and the masks: the same again for the same, by the same version of
Pillow. One at a time in a process: an unpacked picture takes some hundred megabytes.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from services.actions.files import Area
from services.files.not_taken import BROKEN, TOO_MANY_PIXELS, NotTaken

#: Pixels of an original, and of the longer side of a copy.
PIXELS, SIDE = 120_000_000, 2_400
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_one_at_a_time = asyncio.Semaphore(1)


class Copy(NamedTuple):
    """A public copy: its bytes, how wide and how high."""

    data: bytes
    width: int
    height: int


async def public_copy(original: bytes, media: str, areas: Iterable[Area] = ()) -> Copy:
    """The copy with these areas masked. Raises `NotTaken`."""
    async with _one_at_a_time:
        return await asyncio.to_thread(_copied, BytesIO(original), media, tuple(areas))


async def check_picture(file: BinaryIO, media: str) -> None:
    """Raise `NotTaken` for a picture that is broken or unpacks to too much."""
    if media in FORMATS:
        async with _one_at_a_time:
            await asyncio.to_thread(_opened, file, media)
            file.seek(0)


def _copied(source: BinaryIO, media: str, areas: tuple[Area, ...]) -> Copy:
    picture = ImageOps.exif_transpose(_opened(source, media))
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", picture.size, "white")  # without profiles, comments, exif
    whole = picture.convert("RGBA")
    clean.paste(whole, mask=whole.getchannel("A"))
    _mask(clean, areas)
    made = BytesIO()
    options = {"JPEG": {"quality": 85}, "PNG": {}, "WEBP": {"quality": 85}}[FORMATS[media]]
    clean.save(made, FORMATS[media], **options)
    return Copy(made.getvalue(), *clean.size)


def _mask(picture: Image.Image, areas: tuple[Area, ...]) -> None:
    pen, (width, height) = ImageDraw.Draw(picture), picture.size
    for area in areas:
        left, top = area.left * width // 1000, area.top * height // 1000
        right = -(-(area.left + area.width) * width // 1000)
        bottom = -(-(area.top + area.height) * height // 1000)
        pen.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill="black")


def _opened(source: BinaryIO, media: str) -> Image.Image:
    """Unpacked, once it is known how much that is."""
    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(source, formats=[FORMATS[media]])
        if picture.width * picture.height > PIXELS:
            raise NotTaken(TOO_MANY_PIXELS)
        if media == "image/jpeg":
            picture.draft("RGB", (SIDE, SIDE))
        picture.load()
    except Image.DecompressionBombError:
        raise NotTaken(TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise NotTaken(BROKEN) from None
    return picture
