"""Not taken: why a file cannot be taken, and what to do about it."""

from __future__ import annotations

from events.words import Words


class NotTaken(Exception):
    """A file that cannot be taken; `words` say why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


EMPTY = Words(
    "文件是空的（0 字节）。请重新选择文件。", "the file is empty (0 bytes). Choose it again."
)
TOO_LARGE = Words(
    "超过 50 MB。请压缩、截取，或者分成几个文件再上传。",
    "it is larger than 50 MB. Make it smaller, or divide it into several files.",
)
NOT_LISTED = Words(
    "不是可以上传的文件类型。请换成图片、PDF、Word、Excel、视频、录音或者文本文件。",
    "this kind of file cannot be taken. Use a picture, PDF, Word, Excel, video, recording or text.",
)
ARCHIVE = Words(
    "是压缩包。请解压后分别上传里面的文件。",
    "it is an archive. Unpack it and upload the files in it.",
)
WEB_PAGE = Words(
    "是网页或者程序，不能上传。请改用截图或者 PDF。",
    "it is a web page or a program. Use a screenshot or a PDF instead.",
)
TWO_AT_ONCE = Words(
    "同时是两种文件，可能被人动过手脚。请用原来的软件另存一份再上传。",
    "it is two kinds of file at once and may be tampered with. Save it anew and upload that.",
)
BROKEN = Words(
    "不完整，可能没有传完或者已损坏。请重新上传，或者另存一份。",
    "it is not complete: cut off or damaged. Upload it again, or save it anew.",
)
MACROS = Words(
    "里面有宏（可以运行的程序）。请另存为不带宏的文档。",
    "it contains macros (programs). Save it without macros.",
)
BOMB = Words(
    "解压后大得不正常，为了安全没有接收。请另存一份再上传。",
    "it unpacks to an abnormal size and was not taken, for safety. Save it anew and upload that.",
)
TOO_MANY_PIXELS = Words(
    "像素太多（超过 1.2 亿）。请缩小后再上传。",
    "it has too many pixels (more than 120 million). Make it smaller.",
)
TOO_MANY = Words(
    "文件太多，这个没有接收。一次最多 20 个、合计 200 MB；提交后可以继续补充。",
    "too many files: this one was not taken. At most 20 and 200 MB at a time; more can be added "
    "after sending.",
)
FULL = Words(
    "现在上传的人太多，没有地方暂存。请过一会儿再试。",
    "there is no room for uploads just now. Try again in a while.",
)
