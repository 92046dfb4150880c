"""Fuzzing: hostile values for every form and address of the application, the same at each run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote

import aiohttp
from yarl import URL

#: What people, programs and attackers send.
HOSTILE = (
    "", " ", "\u3000", "0", "-1", "1e309", "9" * 40, "-" + "9" * 30, "１２３", "٣", "NaN", "null",
    "true", "[]", "{}", "𠮷", "䶮", "🧧" * 50, "\u202egnirts", "\u200f", "\u0000", "a\x00b",
    "\x1b[31m",
    "a\r\nSet-Cookie: x=y", "../../../etc/passwd", "..\\..\\x", "%00", "%ff%fe", "'", "' or 1=1--",
    '"><script>alert(1)</script>', "{{7*7}}", "{% raw %}", "${jndi:x}", "=cmd|' /C calc'!A0",
    "01900000-0000-7000-8000-0000000000aa", "00000000-0000-0000-0000-000000000000", "2026-02-30",
    "9999-12-31", "0001-01-01", "x" * 3000, "长" * 3000, "\ufeff", "\ufffe", "e\u0301" * 30,
)  # fmt: skip
#: As they come over the wire, some of them no UTF-8 and no form at all.
_RAW = (
    b"", b"\xff\xfe=\xff", b"a=%ff%fe&b=%c3%28", b"%", b"&&&==&", b"csrf=%ED%A0%80", b"\x00\x01",
    b"x%5B%5D=1&x=2&x=3", b"a" * 9000, b'{"csrf": ["x"]}', b"--b\r\n\r\nbroken",
    b"--b\r\nContent-Disposition: form-data",
    b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n*\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="x"; filename="../../x"\r\n\r\nMZ\r\n--b--\r\n',
)  # fmt: skip
_KINDS = (
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data",
    "application/json", "text/plain; charset=nonsense", "application/octet-stream", "x",
)  # fmt: skip
#: Uploads: what they hold, and what they say it is.
_FILES = (
    (b"", "image/png"), (b"MZ\x90\0", "application/pdf"), (b"\x89PNG\r\n\x1a\n\0", "image/png"),
    (b"%PDF-1.7\n%\xff", "text/html"), (b"PK\x05\x06" + b"\0" * 18, "x/" + "y" * 200),
    (b"\xff\xd8\xff\xe0" + b"\0" * 99, "image/jpeg"), (b"<svg onload=x>", "image/svg+xml"),
    (b"a,b\n=1,2\n", "text/csv"), (b"GIF89a\xff\xff\xff\xff", "multipart/mixed"),
)  # fmt: skip
_NAMES = (
    "../../etc/passwd", "\u202egpj.exe", "𠮷䶮🧧.pdf", "x" * 500 + ".png", "", "CON",
    ".", 'a"; name="csrf.txt',
)  # fmt: skip
#: What people type, by how the name of what is asked ends.
_PLAUSIBLE = {
    "-year": "2026", "-month": "11", "-day": "20", "phone": "13800001234", "amount": "100",
    "claimed": "100", "password": "一句足够长的口令", "time": "14:30",
}  # fmt: skip
_TEXT = "充电器用了三天就冒烟"
#: Of headers; some are no UTF-8.
_HEADERS = ("Cookie", "Authorization", "Accept-Language", "X-Forwarded-For", "Origin", "Referer")
HEADER_VALUES = (
    "gongzhi=\udcff\udcfe",
    "Bearer gzt_\udcff",
    "a=b; gongzhi=" + "x" * 500,
    "=",
    "\udce9",
)


class Fuzz:
    """Seeded: what it sends depends on the address alone."""

    def __init__(self, address: str, seed: int = 20261126) -> None:
        self._chance = random.Random(f"{seed} {address!r}")

    def form(self, names: list[str]) -> list[tuple[str, str]]:
        """A form with hostile values; one missing, or twice, or as an array."""
        fields = [(name, self.value()) for name in names if self._chance.random() > 0.1]
        if names and self._chance.random() < 0.5:
            fields += [(self._chance.choice(names), self.value()) for _ in range(3)]
            fields += [(f"{self._chance.choice(names)}[]", self.value())]
        return fields

    def nearly(self, asked: dict[str, list[str]], most: int) -> Iterator[dict[str, str]]:
        """A form as people fill it in, but for one answer; so many of them, each a new form."""
        names = [name for name in asked if name not in ("csrf", "key")]
        for wrong in self._chance.sample(names, min(most, len(names))):
            fields = {name: self._plausible(name, offered) for name, offered in asked.items()}
            yield {**fields, wrong: self.value(), "key": f"{self._chance.getrandbits(64):x}"}

    def _plausible(self, name: str, offered: list[str]) -> str:
        if offered:
            return self._chance.choice(offered)
        return next((text for end, text in _PLAUSIBLE.items() if name.endswith(end)), _TEXT)

    def parts(self, csrf: str, names: list[str]) -> aiohttp.FormData:
        """The same as parts, two of its fields as files; or a file where none is asked for."""
        sent = aiohttp.FormData([("csrf", csrf)], default_to_multipart=True)
        for name in names:
            sent.add_field(name, self.value())
        for name in ("files", self._chance.choice(names or ["x"])):
            data, kind = self._chance.choice(_FILES)
            named = self._chance.choice(_NAMES)
            sent.add_field(name, data, filename=named, content_type=kind)
        return sent

    def value(self) -> str:
        return self._chance.choice(HOSTILE)

    def raw(self) -> tuple[bytes, str]:
        """A body that is no form, and what it says it is."""
        return self._chance.choice(_RAW), self._chance.choice(_KINDS)

    def header(self) -> tuple[str, str]:
        return self._chance.choice(_HEADERS), self._chance.choice(HEADER_VALUES)

    def queries(self, address: str, names: list[str], many: int) -> Iterator[URL]:
        """The address with hostile query values, escaped as a browser would, and as none would."""
        path = address.partition("?")[0]
        for _ in range(many):
            chosen = self._chance.sample(names, min(4, len(names)))
            query = "&".join(f"{name}={quote(self.value())}" for name in [*chosen, *chosen[:1]])
            yield URL(f"{path}?{query}", encoded=True)
        yield URL(f"{path}?{self._chance.choice(names)}=%ff%fe&=&&%", encoded=True)

    def paths(self, pattern: str, many: int) -> Iterator[URL]:
        """The pattern of a route with hostile values in its places."""
        for _ in range(many):
            parts = [
                quote(self.value() or "0", safe="")[:200] if "{" in part else part
                for part in pattern.split("/")
            ]
            yield URL("/".join(parts), encoded=True)
