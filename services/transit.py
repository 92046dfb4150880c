"""Transit: a ring whose keys never leave OpenBao (or Vault); it wraps and unwraps on request.

Over its HTTP API, many data keys in one request, in a thread, with a token or an AppRole. What is
wrapped there says under which version of the key. While the server is away nothing opens and
nothing personal is entered, as with a missing key; everything else goes on.
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote, urlsplit

from events.keyring import Keyring, NoSuchKey, Wrapped, named
from services.private_files import KeyTrouble

log_ = logging.getLogger("gongzhi.transit")
#: Seconds for one request.
TIMEOUT = 5.0
#: Data keys in one request.
PART = 250
_LOCAL = ("127.0.0.1", "::1", "localhost")
#: "Answers" of the server that say something about our request, and are read.
_READ = (200, 204, 400, 403, 404)


class Away(NoSuchKey):
    """The server did not answer, or refused us."""


@dataclass(frozen=True)
class Server:
    """Where it is, and how we prove who we are."""

    url: str
    mount: str = "transit"
    token: str = ""
    role_id: str = ""
    secret_id: str = ""
    certificate: Path | None = None

    def check(self) -> None:
        """Keys go over TLS, but for a server on this very machine. Raises `KeyTrouble`."""
        parts = urlsplit(self.url)
        local = parts.scheme == "http" and parts.hostname in _LOCAL
        if not parts.hostname or not (parts.scheme == "https" or local):
            raise KeyTrouble(
                f"GONGZHI_TRANSIT_URL：{self.url} 不是 https 地址",
                f"GONGZHI_TRANSIT_URL: {self.url} is no https address",
            )
        if not self.token and not (self.role_id and self.secret_id):
            raise KeyTrouble(
                "请设置 GONGZHI_TRANSIT_TOKEN，或者 ROLE_ID 和 SECRET_ID",
                "set GONGZHI_TRANSIT_TOKEN, or GONGZHI_TRANSIT_ROLE_ID and _SECRET_ID",
            )


class Client:
    """Speaks to the server; one for all rings, so that it signs in once."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._token, self._signing_in = server.token, Lock()

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The answer, after signing in anew where the token has run out. Raises `Away`."""
        token = self._token or self._sign_in("")
        status, answer = self._send(method, f"{self.server.mount}/{path}", body, token)
        if status == 403 and self.server.role_id:
            token = self._sign_in(token)
            status, answer = self._send(method, f"{self.server.mount}/{path}", body, token)
        if status in (200, 204) or "batch_results" in (answer.get("data") or {}):
            return answer.get("data") or {}
        raise Away(f"{path}: {status} {'; '.join(map(str, answer.get('errors') or []))}")

    def _sign_in(self, expired: str) -> str:
        """A token for our role; whoever waited for another takes that one."""
        with self._signing_in:
            if self._token and self._token != expired:
                return self._token
            proof = {"role_id": self.server.role_id, "secret_id": self.server.secret_id}
            status, answer = self._send("POST", "auth/approle/login", proof, "")
            if status != 200:
                raise Away(f"auth/approle/login: {status}")
            self._token = str(answer["auth"]["client_token"])
            return self._token

    def _send(self, method: str, path: str, body: Any, token: str) -> tuple[int, dict[str, Any]]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"X-Vault-Request": "true", "Content-Type": "application/json"}
        connection = self._connection()
        try:
            base = urlsplit(self.server.url).path.rstrip("/")
            given = {**headers, **({"X-Vault-Token": token} if token else {})}
            connection.request(method, f"{base}/v1/{path}", data, given)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status not in _READ:
                raise Away(f"{path}: {answer.status}")
            return answer.status, json.loads(text) if text else {}
        except (OSError, HTTPException, ValueError) as gone:
            raise Away(f"{path}: {type(gone).__name__}") from None
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.server.url)
        host = parts.hostname or ""
        if parts.scheme == "http":
            return HTTPConnection(host, parts.port or 80, timeout=TIMEOUT)
        context = ssl.create_default_context(cafile=self.server.certificate)
        return HTTPSConnection(host, parts.port or 443, timeout=TIMEOUT, context=context)


@dataclass(frozen=True)
class TransitRing:
    """One key there, with all its versions; `before` opens what a file's ring wrapped earlier."""

    client: Client
    key: str
    domain: str
    #: The version that wraps; 0 where the server did not say.
    latest: int
    before: Keyring

    @property
    def first(self) -> str | None:
        return self._name(self.latest) if self.latest else None

    @property
    def keys(self) -> tuple[str, ...]:
        """Names, as they are shown."""
        return tuple(filter(None, (self.first, *self.before.keys)))

    def knows(self, kek: str) -> bool:
        return kek.startswith(self._name("")) or self.before.knows(kek)

    async def wrap_all(self, keys: Sequence[bytes]) -> list[Wrapped]:
        asked = [{"plaintext": b64encode(key).decode()} for key in keys]
        return [self._wrapped(each) for each in await self._batch("encrypt", asked)]

    async def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        """What a file's ring wrapped opens here; all else is asked for, and None while away."""
        found = await self.before.unwrap_all(wrapped)
        there = [n for n, each in enumerate(wrapped) if not self.before.knows(each.kek)]
        asked = [{"ciphertext": wrapped[n].key.decode("ascii", "replace")} for n in there]
        try:
            answers = await self._batch("decrypt", asked)
        except Away as away:
            log_.warning("keys of persons cannot be unwrapped: %s", away)
            return found
        for n, answer in zip(there, answers, strict=True):
            # What does not open has an error, and a plaintext that is empty.
            found[n] = b64decode(answer.get("plaintext", "")) or None
        return found

    async def rewrap_all(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        """Anew under the latest version; what is there already never leaves the server."""
        old = [each for each in wrapped if self.before.knows(each.kek)]
        keys = [self.before.unwrap(*each) for each in old]
        there = [each for each in wrapped if not self.before.knows(each.kek)]
        asked = [{"ciphertext": each.key.decode("ascii", "replace")} for each in there]
        moved = iter(await self.wrap_all(keys) if keys else [])
        renewed = iter([self._wrapped(each) for each in await self._batch("rewrap", asked)])
        return [next(moved if self.before.knows(each.kek) else renewed) for each in wrapped]

    async def _batch(self, act: str, items: list[dict[str, str]]) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for start in range(0, len(items), PART):
            part = {"batch_input": items[start : start + PART]}
            answer = await asyncio.to_thread(
                self.client.ask, "POST", f"{act}/{quote(self.key)}", part
            )
            found += answer["batch_results"]
        return found

    def _wrapped(self, answer: dict[str, str]) -> Wrapped:
        text = answer.get("ciphertext", "")
        if not text.startswith("vault:v"):
            raise NoSuchKey(f"{self.key}: {answer.get('error', 'no ciphertext')}")
        return Wrapped(self._name(text.split(":")[1][1:]), text.encode())

    def _name(self, version: int | str) -> str:
        return named(f"transit/{self.key}#{version}", self.domain)


@dataclass(frozen=True)
class Transit:
    """Where the ring is: a key at the server, and the ring of a file that was used before."""

    client: Client
    key: str
    before: Callable[[str], Keyring]

    def read(self, domain: str) -> TransitRing:
        """With the version that is now the latest; 0 while the server is away."""
        return TransitRing(self.client, self.key, domain, self._latest(), self.before(domain))

    make = read

    def _latest(self) -> int:
        try:
            return int(self.client.ask("GET", f"keys/{quote(self.key)}")["latest_version"])
        except (Away, KeyError, ValueError) as away:
            log_.error("the transit key %s cannot be used: %s", self.key, away)
            return 0
