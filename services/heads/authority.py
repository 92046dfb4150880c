"""Authority: asks a time-stamping authority (RFC 3161) and believes no more than it has signed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from events.proofs.timestamps import Token
from services.settings import Settings

TIMEOUT = 30.0
#: A token with a chain of certificates is smaller.
LARGEST = 1 << 16


class NotStamped(Exception):
    """The authority cannot be reached, or what it answered is no stamp of what was asked."""


class Stamp(NamedTuple):
    """The answer as it came, and the time it says."""

    data: bytes
    time: datetime


class Authority:
    """A time-stamping authority; `certificate` = a PEM file of the roots it is trusted by."""

    def __init__(self, address: str, certificate: Path | None = None) -> None:
        self._address, self._certificate = address, certificate

    @property
    def name(self) -> str:
        """Where it is asked, without what an address may hold in secret."""
        return urlsplit(self._address).hostname or self._address

    async def stamp(self, data: bytes) -> Stamp:
        """A stamp of exactly these bytes. Raises `NotStamped`."""
        asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        answer = await self._ask(asked.as_bytes())
        try:
            found = decode_timestamp_response(answer)
            self._check(asked, found, data)
            token = Token.parse(answer)
        except (OSError, ValueError, VerificationError) as wrong:
            raise NotStamped(f"{self.name}: {wrong}") from None
        return Stamp(answer, token.time)

    async def _ask(self, query: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query"}
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=TIMEOUT)) as session,
                session.post(self._address, data=query, headers=headers) as answer,
            ):
                if answer.status != 200:
                    raise NotStamped(f"{self.name}: {answer.status}")
                return await answer.content.read(LARGEST)
        except (ClientError, TimeoutError, OSError) as gone:
            raise NotStamped(f"{self.name}: {gone or 'timeout'}") from None

    def _check(self, asked: TimeStampRequest, found: TimeStampResponse, data: bytes) -> None:
        """Of this request, of these bytes, and by whom we trust. Raises `ValueError` and others."""
        if found.status not in (0, 1):
            raise ValueError(f"not granted: {', '.join(found.status_string) or found.status}")
        if found.tst_info.nonce != asked.nonce:
            raise ValueError("the nonce is of another request")
        if found.tst_info.message_imprint.message != sha256(data).digest():
            raise ValueError("it stamps something else")
        if self._certificate is not None:
            builder = VerifierBuilder.from_request(asked)
            for trusted in x509.load_pem_x509_certificates(self._certificate.read_bytes()):
                builder = builder.add_root_certificate(trusted)
            builder.build().verify_message(found, data)


def authority(settings: Settings) -> Authority | None:
    """The one that is set, if one is."""
    return Authority(settings.tsa_url, settings.tsa_certificate) if settings.tsa_url else None
