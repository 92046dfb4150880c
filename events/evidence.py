"""Evidence: files and statements added to a record, scanned, withdrawn; what is masked for others.

They stand in the stream of the record itself, whatever its kind, and change nothing of where it
stands: no clock starts anew, no form is out of date for them. The bytes lie beside the log, sealed
under the same key as `name`; here are their hashes.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from events.event import Event, PartyRef, Personal
from events.reports.report import told_by
from events.words import Code, Words, both

CASES = Code(
    "case_kind",
    {
        "complaint": Words("投诉", "complaint"),
        "report": Words("举报", "report"),
        "follow-up": Words("跟进", "follow-up"),
        "member-pledge": Words("会员承诺", "member's pledge"),
        "enquiry": Words("咨询", "enquiry"),
    },
)
SCANS = Code(
    "scan",
    {
        "pending": Words("待扫描", "to be scanned"),
        "safe": Words("安全", "safe"),
        "suspicious": Words("可疑，已隔离", "suspicious, set aside"),
        "unscanned": Words("未能扫描", "could not be scanned"),
    },
)
#: What can be handed in, by what the bytes are.
MEDIA = Code(
    "media",
    {
        "image/jpeg": Words("JPEG 图片", "JPEG picture"),
        "image/png": Words("PNG 图片", "PNG picture"),
        "image/webp": Words("WebP 图片", "WebP picture"),
        "image/heic": Words("HEIC 图片", "HEIC picture"),
        "application/pdf": Words("PDF 文件", "PDF document"),
        "video/mp4": Words("MP4 视频", "MP4 video"),
        "video/quicktime": Words("MOV 视频", "MOV video"),
        "audio/mpeg": Words("MP3 录音", "MP3 recording"),
        "audio/mp4": Words("M4A 录音", "M4A recording"),
        "audio/wav": Words("WAV 录音", "WAV recording"),
        "text/plain": Words("文本文件", "text file"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Words(
            "Word 文档", "Word document"
        ),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Words(
            "Excel 表格", "Excel sheet"
        ),
    },
)
FIELDS = Code("told_field", {"facts": Words("事实", "facts"), "request": Words("要求", "request")})


def mark_of(sha256: str) -> str:
    """The short form of a hash, by which people know a file."""
    return sha256[:8]


def size_of(size: int) -> Words:
    """A size as people say it."""
    for unit, many in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= many:
            return both(f"{size / many:.1f} {unit}")
    return Words(f"{size} 字节", f"{size} bytes")


class FileEvent(Event, frozen=True, kw_only=True):
    """What all of these say: kind and number of the record; who it is about, where that may be."""

    BESIDE: ClassVar[bool] = True

    case: str
    number: str
    enterprise: PartyRef | None = None
    #: The one party that may read it in any list, where the record itself is so (121 §37).
    only_for: str = ""

    def _actor(self) -> Words:
        return told_by(self.by) if self.case == "report" else super()._actor()

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "case": CASES[self.case]}


class FileAdded(FileEvent, frozen=True, kw_only=True):
    """A file was handed in: what it is by its bytes, and the hash that proves it unchanged."""

    TOPIC = "file-added"
    SAYS = Words(
        "{by} 为{case} {number} 添加了证据文件 {mark}（{what}，{large}）",
        "{by} added evidence file {mark} to {case} {number} ({what}, {large})",
    )

    file: str
    named: Personal
    media: str
    size: int
    sha256: str
    #: SHA-256 of the copy without metadata that others may be shown; "" where there is none.
    public_copy: str = ""
    #: The act it was handed in with: the name of a command.
    purpose: str = ""

    def _values(self) -> dict[str, object]:
        said = {"mark": mark_of(self.sha256), "what": MEDIA[self.media]}
        return {**super()._values(), **said, "large": size_of(self.size)}


class StatementAdded(FileEvent, frozen=True, kw_only=True):
    """Somebody said more while the record was open."""

    TOPIC = "statement-added"
    SAYS = Words("{by} 为{case} {number} 补充了说明", "{by} added a statement to {case} {number}")

    text: Personal


class FileScanned(FileEvent, frozen=True, kw_only=True):
    """A scanner looked for malware."""

    TOPIC = "file-scanned"
    SAYS = Words(
        "{by} 扫描了{case} {number} 的证据文件 {mark}：{found}{what}",
        "{by} scanned evidence file {mark} of {case} {number}: {found}{what}",
    )

    file: str
    sha256: str
    result: str
    #: What was found, by the scanner's name; or why it could not be scanned.
    signature: str = ""
    engine: str = ""

    def _values(self) -> dict[str, object]:
        what = (
            Words(f"（{self.signature}）", f" ({self.signature})") if self.signature else both("")
        )
        said = {"mark": mark_of(self.sha256), "found": SCANS[self.result], "what": what}
        return {**super()._values(), **said}


class FileWithdrawn(FileEvent, frozen=True, kw_only=True):
    """A file is withdrawn: it is shown no more; that it was there, and its hash, remain."""

    TOPIC = "file-withdrawn"
    SAYS = Words(
        "{by} 撤回了{case} {number} 的证据文件 {mark}{because}",
        "{by} withdrew evidence file {mark} of {case} {number}{because}",
    )

    file: str
    sha256: str
    #: Why, in a consumer's own words; whoever acts in office gives `reason`.
    hers: Personal | None = None

    def _values(self) -> dict[str, object]:
        said = Words(f"：{self.reason}", f": {self.reason}") if self.reason else both("")
        return {**super()._values(), "mark": mark_of(self.sha256), "because": said}


class RedactionEvent(FileEvent, frozen=True, kw_only=True):
    """The copy that others may be shown was made anew: with which mask more or less, and why."""

    mask: str
    #: SHA-256 of the copy that came of it.
    public_copy: str


class TextRedacted(RedactionEvent, frozen=True, kw_only=True):
    """Some characters of what was told are hidden from others."""

    TOPIC = "text-redacted"
    SAYS = Words(
        "{by} 遮盖了{case} {number} “{field}”公开文本的第 {start} 至 {end} 字：{reason}",
        "{by} masked characters {start} to {end} of the {field} in the public copy of "
        "{case} {number}: {reason}",
    )

    field: str
    #: From which character to which, counted from 1.
    start: int
    end: int

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "field": FIELDS[self.field]}


class ImageAreaRedacted(RedactionEvent, frozen=True, kw_only=True):
    """A rectangle of a picture is hidden from others; in thousandths of its width and height."""

    TOPIC = "image-area-redacted"
    SAYS = Words(
        "{by} 遮盖了{case} {number} 证据文件 {mark} 公开副本的一处：{reason}",
        "{by} masked an area of the public copy of evidence file {mark}, {case} {number}: {reason}",
    )

    file: str
    sha256: str
    left: int
    top: int
    width: int
    height: int

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "mark": mark_of(self.sha256)}


class RedactionLifted(RedactionEvent, frozen=True, kw_only=True):
    """A mask was taken away again."""

    TOPIC = "redaction-lifted"
    SAYS = Words(
        "{by} 取消了{case} {number} 公开副本的一处遮盖：{reason}",
        "{by} lifted a mask from the public copy of {case} {number}: {reason}",
    )

    #: The file, or "" for a text.
    file: str = ""


class NewFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is kept already and is to be named in an event."""

    id: str
    name: str
    media: str
    size: int
    sha256: str
    public_copy: str = ""
