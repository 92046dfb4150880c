"""The adapter for e-mail against a real SMTP server, encrypted and with a password."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.messages.composing import Message
from services.messages.kinds import Failed
from services.messages.smtp import Smtp
from services.messages.ways import Ways, ways
from services.settings import Settings
from tests.database import Dsns
from tests.messages.lodged import lodge, quiet, rows, turn

MESSAGE = Message(UUID(int=7), "mail", "lin@example.com", "您的投诉 GZ-2026-000001-C", "有新的进展")


class Mailbox:
    """What the server was given; it refuses whom it does not know."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _: Any) -> str:  # noqa: N802
        if to.startswith("nobody"):
            return "550 no such mailbox: nobody@example.com"
        if to.startswith("full"):
            return "452 full"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


def _lets_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == b"right"
    return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, signed by itself, with its key in the same file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("smtp") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@contextmanager
def server(certificate: Path | None = None, port: int = 0) -> Iterator[tuple[Mailbox, int]]:
    """A mail server; with a certificate it takes nothing without STARTTLS and a password."""
    mailbox, secure = Mailbox(), {}
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        secure = {"tls_context": context, "require_starttls": True, "auth_required": True,
                  "authenticator": _lets_in}  # fmt: skip
    port = port or free_port()
    running = Controller(mailbox, hostname="127.0.0.1", port=port, **secure)  # type: ignore[arg-type]
    running.start()
    try:
        yield mailbox, port
    finally:
        running.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def smtp(port: int, **changes: Any) -> Smtp:
    known = {"mail_by": "smtp", "smtp_host": "127.0.0.1", "smtp_port": port,
             "smtp_security": "none", "mail_from": "共治平台 <gongzhi@example.org>"}  # fmt: skip
    made = ways(Settings(**{**known, **changes})).mail
    assert isinstance(made, Smtp)
    return made


async def test_a_letter_arrives_as_it_was_written() -> None:
    with server() as (mailbox, port):
        await smtp(port).send(MESSAGE)
    (got,) = mailbox.got
    assert got["To"] == "lin@example.com"
    assert got["Subject"] == MESSAGE.subject
    assert got["From"] == "共治平台 <gongzhi@example.org>"
    assert got["Message-ID"] == f"<{MESSAGE.id}@example.org>"
    assert got.get_content().strip() == MESSAGE.text


async def test_encrypted_with_user_and_password(certificate: Path) -> None:
    how = {"smtp_security": "starttls", "smtp_user": "gongzhi", "smtp_certificate": certificate}
    with server(certificate) as (mailbox, port):
        await smtp(port, smtp_password="right", **how).send(MESSAGE)
        assert len(mailbox.got) == 1
        with pytest.raises(Failed, match="sign-in"):
            await smtp(port, smtp_password="wrong", **how).send(MESSAGE)
        with pytest.raises(Failed, match="insecure"):  # nobody vouches for its certificate
            await smtp(port, **{**how, "smtp_certificate": None}).send(MESSAGE)


async def test_a_server_without_encryption_gets_nothing() -> None:
    with server() as (mailbox, port), pytest.raises(Failed, match="insecure"):
        await smtp(port, smtp_security="starttls").send(MESSAGE)
    assert mailbox.got == []


@pytest.mark.parametrize(
    ("to", "said", "final"),
    [("nobody@example.com", "refused 550", True), ("full@example.com", "refused 452", False)],
)
async def test_a_mailbox_that_is_not_there_is_told_from_one_that_is_full(
    to: str, said: str, final: bool
) -> None:
    with server() as (_, port), pytest.raises(Failed) as failed:
        await smtp(port).send(Message(UUID(int=8), "mail", to, "题", "文"))
    assert (failed.value.said, failed.value.final) == (said, final)


@pytest.mark.postgres
async def test_away_then_back(database: Dsns) -> None:
    port = free_port()
    async with quiet(database, Ways(mail=smtp(port))) as platform:
        await lodge(platform, phone="059187654321", email="lin@example.com")
        await turn(platform)
        assert await rows(platform) == [("receipt", "retrying", 1, "away")]
        with server(port=port) as (mailbox, _):
            await turn(platform, timedelta(minutes=2))
        assert await rows(platform) == [("receipt", "sent", 2, "")]
    assert len(mailbox.got) == 1
