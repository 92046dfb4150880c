"""Demo evidence: a receipt in a complaint, a photo and a note in a follow-up; drawn here."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from deploy.demo.loading import Bundle, load_bundle
from deploy.demo.people import clerk
from events.event import Acting
from events.evidence import NewFile
from events.ids import derived_id
from services.actions.evidence import AddEvidence, RedactImageArea, add_evidence, redact_image_area
from services.files.keeping import made_copy
from services.files.redacting import with_picture
from services.platform import Platform
from services.records import seen_by

_RECEIPT = (
    "MINHAI ELECTRIC", "2026-10-08 15:42", "", "48V CHARGER   x1   128.00",
    "LAMP          x2    59.80", "", "TOTAL             187.80", "MEMBER   138 0000 1234",
)  # fmt: skip


def receipt() -> bytes:
    """A receipt as a phone takes it, with the camera's name in it."""
    made = Image.new("RGB", (640, 800), (238, 234, 224))
    pen = ImageDraw.Draw(made)
    pen.rectangle((60, 40, 580, 760), fill="white", outline=(160, 160, 160))
    for number, line in enumerate(_RECEIPT):
        pen.text((100, 90 + 70 * number), line, fill=(40, 40, 40), font_size=28)
    exif = Image.Exif()
    exif[0x010F] = "Demo Phone"
    out = BytesIO()
    made.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


async def hand_in(platform: Platform) -> None:
    """Files where a visitor of the demo looks first."""
    council, regulator = clerk("council", "350100"), clerk("regulator", "350102")
    complaints = await platform.views.complaints.handled_by(council.party.id, state="mediating")
    follow_ups = await platform.views.followups.board(regulator=regulator.party.id)
    found = [("complaint", council, complaints.rows), ("follow-up", regulator, follow_ups.rows)]
    for kind, by, rows in found:
        for row in sorted(rows, key=lambda row: str(row["id"]))[-1:]:  # the newest
            await _hand_in(platform, kind, UUID(str(row["id"])), by)


async def _hand_in(platform: Platform, kind: str, id: UUID, by: Acting) -> None:
    record = await seen_by(platform.log, by, kind, id)
    photo = await _kept(platform, record.subject, id)

    async def add(bundle: Bundle) -> None:
        note = "消费者到窗口补交了购物小票原件，已拍照留存。"
        command = AddEvidence(by=by, kind=kind, record=id, files=(photo,), note=note)
        await bundle.do(add_evidence, command)

    async def mask(bundle: Bundle) -> None:
        area = RedactImageArea(
            by=by, kind=kind, record=id, file=photo.id, left=120, top=705, width=600, height=90,
            reason="遮盖会员手机号",
        )  # fmt: skip
        again = await seen_by(platform.log, by, kind, id)
        await bundle.do(redact_image_area, await with_picture(area, again, platform.files))

    await load_bundle(platform, f"evidence {kind}", add)
    await load_bundle(platform, f"masks {kind}", mask)


async def _kept(platform: Platform, subject: str, id: UUID) -> NewFile:
    kept = await platform.files.keep_bytes(subject, receipt())
    copy = await made_copy(platform.files, subject, kept.sha256, "image/jpeg")
    return NewFile(
        id=str(derived_id(id, "receipt")), name="购物小票.jpg", media="image/jpeg",
        size=kept.size, sha256=kept.sha256, public_copy=copy,
    )  # fmt: skip
