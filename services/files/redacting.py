"""Redacting: the public copy made anew from the sealed original, before the act is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TypeVar

from services.actions.evidence import LiftRedaction, RedactImageArea, RedactText
from services.actions.files import Area, HasFiles, Range
from services.files.pictures import FORMATS, public_copy
from services.files.store import Store

C = TypeVar("C", RedactImageArea, LiftRedaction)
#: What stands for a hidden character.
BLOCK = "█"


def public_text(told: Mapping[str, str], masks: Iterable[Range]) -> dict[str, str]:
    """The texts with what is masked hidden, character for character."""
    found = {name: list(text) for name, text in told.items()}
    for mask in masks:
        text = found.get(mask.field, [])
        for at in range(mask.start - 1, min(mask.end, len(text))):
            text[at] = BLOCK if not text[at].isspace() else text[at]
    return {name: "".join(text) for name, text in found.items()}


def hash_of(texts: Mapping[str, str]) -> str:
    """One hash of all public texts: of each name and text, in the order of the names."""
    digest = sha256()
    for name in sorted(texts):
        for part in (name, texts[name]):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def with_text(command: RedactText, record: HasFiles, told: Mapping[str, str]) -> RedactText:
    """The command with the hash of the texts that come of it."""
    masks = [*record.masks.values(), Range(command.field, command.start, command.end)]
    return command.model_copy(
        update={
            "public_copy": hash_of(public_text(told, masks)),
            "based_on": tuple(record.masks),
            "lengths": {name: len(text) for name, text in told.items()},
        }
    )


def without_text(
    command: LiftRedaction, record: HasFiles, told: Mapping[str, str]
) -> LiftRedaction:
    """The command with the hash of the texts that come of it."""
    masks = [range_ for mask, range_ in record.masks.items() if mask != command.mask]
    copy = hash_of(public_text(told, masks))
    return command.model_copy(update={"public_copy": copy, "based_on": tuple(record.masks)})


async def with_picture(command: C, record: HasFiles, store: Store) -> C:
    """The command with the hash of the picture that comes of it, which is kept."""
    file = record.files.get(command.file)
    if file is None or file.withdrawn or file.media not in FORMATS:  # the rule refuses it
        return command
    areas = {k: v for k, v in file.areas.items() if k != command.mask}
    if isinstance(command, RedactImageArea):
        area = Area(command.left, command.top, command.width, command.height)
        areas[command.mask] = area
    original = await store.read(record.subject, file.sha256)
    made = await public_copy(original, file.media, areas.values())
    kept = await store.keep_bytes(record.subject, made.data)
    return command.model_copy(update={"public_copy": kept.sha256, "based_on": tuple(file.areas)})
