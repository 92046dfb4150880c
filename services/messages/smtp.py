"""SMTP: e-mail through the operator's mail server, with the standard library in a thread."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from pathlib import Path
from typing import ClassVar

from services.messages.composing import Message
from services.messages.kinds import Failed
from services.settings import Settings

#: Seconds for each step of the conversation.
PATIENCE = 10.0


@dataclass(frozen=True)
class Smtp:
    """One mail server. `security`: encrypted after a plain greeting, from the first, or never."""

    name: ClassVar[str] = "smtp"

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = ""
    certificate: Path | None = None
    patience: float = PATIENCE

    @classmethod
    def of(cls, chosen: Settings) -> Smtp:
        """As it is set."""
        password = chosen.smtp_password.get_secret_value() if chosen.smtp_password else ""
        return cls(
            chosen.smtp_host, chosen.smtp_port, chosen.smtp_security, chosen.mail_from,
            chosen.smtp_user, password, chosen.smtp_certificate,
        )  # fmt: skip

    async def send(self, message: Message) -> None:
        """Done once the server has taken it. Raises `Failed`."""
        await asyncio.to_thread(self._send, message)

    def _send(self, message: Message) -> None:
        try:
            self._converse(message)
        except smtplib.SMTPAuthenticationError:
            raise Failed("sign-in") from None
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            raise Failed("insecure") from None
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise Failed("refused", code, final=code >= 500) from None
        except smtplib.SMTPResponseException as answer:
            raise Failed("answered", answer.smtp_code) from None
        except TimeoutError:
            raise Failed("slow") from None
        except (smtplib.SMTPException, OSError):
            raise Failed("away") from None

    def _converse(self, message: Message) -> None:
        trust = ssl.create_default_context(cafile=self.certificate)
        with self._connected(trust) as server:
            if self.security == "starttls":
                server.starttls(context=trust)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(self._letter(message), parseaddr(self.sender)[1], [message.to])

    def _connected(self, trust: ssl.SSLContext) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.patience, context=trust)
        return smtplib.SMTP(self.host, self.port, timeout=self.patience)

    def _letter(self, message: Message) -> EmailMessage:
        """The same `Message-ID` at every try: what arrives twice can be known as one."""
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = self.sender, message.to, message.subject
        host = parseaddr(self.sender)[1].rpartition("@")[2]
        made["Message-ID"], made["Date"] = f"<{message.id}@{host}>", formatdate()
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(message.text)
        return made
