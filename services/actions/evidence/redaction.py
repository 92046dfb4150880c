"""Redaction: masks on the copy that others may see, each with its reason, each reversible.

The copy is made from the sealed original by `services/redacting.py` before the act is recorded;
the act names its hash and the masks that it was made with. If somebody else masked something
meanwhile, the act is refused, so that the last hash always belongs to all masks that stand.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from events.evidence import FIELDS, ImageAreaRedacted, RedactionLifted, TextRedacted
from events.ids import new_id
from events.log import Appended
from events.words import Words
from services.actions.change import Log
from services.actions.command import Given, Reason, ask, one_of
from services.actions.evidence.adding import OnRecord, on_record, the_file
from services.actions.files import HasFiles
from services.actions.refused import AlreadyDecided, NotFound, Refused

#: Kinds of pictures that a public copy is made of.
PICTURES = ("image/jpeg", "image/png", "image/webp")
_Thousandth = Annotated[int, Field(ge=0, le=1000)]


class OnCopy(OnRecord):
    """A command that makes the public copy anew; `based_on` = the masks that stood."""

    mask: str = Field(default_factory=lambda: str(new_id()))
    public_copy: str = ""
    based_on: tuple[str, ...] = ()


class RedactText(OnCopy):
    """Hide some characters of what was told."""

    SAYS = Words("遮盖文字", "Mask words")

    field: Annotated[Given, one_of(FIELDS)] = ask(
        "遮盖哪一段？", "In which text?", widget="radios", options=FIELDS
    )
    start: Annotated[int, Field(ge=1)] = ask(
        "从第几个字？", "From which character?", widget="number"
    )
    end: Annotated[int, Field(ge=1)] = ask("到第几个字？", "To which character?", widget="number")
    reason: Reason = ask("为什么遮盖？", "Why is it masked?", widget="area")
    #: How long each text is.
    lengths: dict[str, int] = Field(default_factory=dict)


async def redact_text(log: Log, command: RedactText) -> Appended:
    return await on_record(log, command, mask_text)


def mask_text(record: HasFiles, command: RedactText) -> None:
    length = command.lengths.get(command.field, 0)
    if not length:
        raise Refused(_NO_TEXT, field="field")
    if command.end < command.start:
        raise Refused(_BACKWARDS, field="end")
    if command.end > length:
        raise Refused(_TOO_FAR.fill(length=length), field="end")
    _refuse_outdated(tuple(record.masks), command)
    record.beside(
        TextRedacted, command, mask=command.mask, field=command.field, start=command.start,
        end=command.end, reason=command.reason, public_copy=command.public_copy,
    )  # fmt: skip


class RedactImageArea(OnCopy):
    """Hide a rectangle of a picture, given in thousandths of its width and height."""

    SAYS = Words("遮盖图片的一处", "Mask an area of the picture")

    file: str
    left: _Thousandth
    top: _Thousandth
    width: _Thousandth
    height: _Thousandth
    reason: Reason = ask("为什么遮盖？", "Why is it masked?", widget="area")


async def redact_image_area(log: Log, command: RedactImageArea) -> Appended:
    return await on_record(log, command, mask_area)


def mask_area(record: HasFiles, command: RedactImageArea) -> None:
    found = the_file(record, command.file)
    if found.media not in PICTURES:
        raise Refused(_NO_PICTURE)
    if found.withdrawn:
        raise AlreadyDecided(_WITHDRAWN)
    if not command.width or not command.height:
        raise Refused(_EMPTY, field="width" if not command.width else "height")
    for start, size in (("left", "width"), ("top", "height")):
        if getattr(command, start) + getattr(command, size) > 1000:
            raise Refused(_OUTSIDE, field=size)
    _refuse_outdated(tuple(found.areas), command)
    record.beside(
        ImageAreaRedacted, command, mask=command.mask, file=found.id, sha256=found.sha256,
        left=command.left, top=command.top, width=command.width, height=command.height,
        reason=command.reason, public_copy=command.public_copy,
    )  # fmt: skip


class LiftRedaction(OnCopy):
    """Take a mask away again; `file` = "" for one on a text."""

    SAYS = Words("取消遮盖", "Lift the mask")

    file: str = ""
    reason: Reason = ask("为什么取消？", "Why is it lifted?", widget="area")


async def lift_redaction(log: Log, command: LiftRedaction) -> Appended:
    return await on_record(log, command, lift)


def lift(record: HasFiles, command: LiftRedaction) -> None:
    masks = tuple(the_file(record, command.file).areas if command.file else record.masks)
    if command.mask not in masks:
        raise NotFound(_NO_MASK)
    _refuse_outdated(masks, command)
    record.beside(
        RedactionLifted, command, mask=command.mask, file=command.file, reason=command.reason,
        public_copy=command.public_copy,
    )  # fmt: skip


def _refuse_outdated(masks: tuple[str, ...], command: OnCopy) -> None:
    if masks != command.based_on:
        raise AlreadyDecided(_OUTDATED)


_NO_TEXT = Words("这一段没有可以遮盖的文字", "There is nothing to mask in this text")
_BACKWARDS = Words("结束的字不能在开始之前", "The end cannot be before the start")
_TOO_FAR = Words("这段文字只有 {length} 个字", "This text has only {length} characters")
_NO_PICTURE = Words(
    "只有 JPEG、PNG、WebP 图片可以遮盖", "Only JPEG, PNG and WebP pictures can be masked"
)
_WITHDRAWN = Words("这个文件已经撤回", "This file was withdrawn already")
_EMPTY = Words("遮盖的宽和高都要大于 0", "Width and height must be more than 0")
_OUTSIDE = Words("遮盖的范围超出了图片", "The area reaches outside the picture")
_NO_MASK = Words("没有找到这处遮盖", "There is no such mask")
_OUTDATED = Words(
    "在您填写期间，别人改动了遮盖。请重新打开这一页，核对后再提交。",
    "Somebody else changed the masks meanwhile. Open the page again, check, and send once more.",
)
