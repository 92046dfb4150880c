"""Ways: by which adapter text messages and e-mails leave the house; by itself none does.

An adapter takes one message and says nothing, or raises `Failed`. Another one is a class like these
and a line in `ways`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from services.messages.composing import Message
from services.messages.gateway import Gateway
from services.messages.smtp import Smtp
from services.settings import Settings


class Way(Protocol):
    """One adapter; `name` stands with what it carried."""

    name: ClassVar[str]

    async def send(self, message: Message) -> None: ...


class Outbox:
    """Nothing leaves: what would be sent is read on the operator's page."""

    name: ClassVar[str] = "outbox"

    async def send(self, message: Message) -> None:
        """It stands in the queue already."""


@dataclass(frozen=True)
class Ways:
    """The adapter for each way; `site` = where links in messages lead."""

    text: Way = field(default_factory=Outbox)
    mail: Way = field(default_factory=Outbox)
    site: str = "http://127.0.0.1:8080"
    #: Days after which a message that went, or was given up, is deleted.
    days: int = 30

    def of(self, way: str) -> Way:
        return self.mail if way == "mail" else self.text


def ways(chosen: Settings) -> Ways:
    """The adapters as the operator set them."""
    text = Gateway.of(chosen) if chosen.text_by == "http" else Outbox()
    mail = Smtp.of(chosen) if chosen.mail_by == "smtp" else Outbox()
    return Ways(text, mail, chosen.site, chosen.message_days)
