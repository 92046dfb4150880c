"""Gateway: text messages through whatever takes a JSON document over HTTP (a POST).

The document is a template: `{to}`, `{text}` and `{id}` in its texts are filled in, whatever else
it holds stays. The id is the same at every try, so that a gateway can leave out what it has.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

import aiohttp

from services.messages.composing import Message
from services.messages.kinds import Failed
from services.settings import Settings

#: Seconds for one message.
PATIENCE = 20.0


@dataclass(frozen=True)
class Gateway:
    """One address, one header to be let in with, one document."""

    name: ClassVar[str] = "http"

    url: str
    header: tuple[str, str] | None
    body: Any
    patience: float = PATIENCE

    @classmethod
    def of(cls, chosen: Settings) -> Gateway:
        """As it is set; the settings have checked the form of each."""
        header = chosen.sms_header.get_secret_value() if chosen.sms_header else ""
        name, _, value = header.partition(":")
        let_in = (name, value.strip()) if name else None
        return cls(chosen.sms_url, let_in, json.loads(chosen.sms_body))

    async def send(self, message: Message) -> None:
        """Any 2xx is taken to mean that it went. Raises `Failed`."""
        headers = dict([self.header]) if self.header else {}
        body = _filled(self.body, {"to": message.to, "text": message.text, "id": str(message.id)})
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.url, json=body, headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status in (401, 403):
                    raise Failed("sign-in")
                if not 200 <= answer.status < 300:
                    raise Failed("answered", answer.status)
        except TimeoutError:
            raise Failed("slow") from None
        except (aiohttp.ClientError, OSError):
            raise Failed("away") from None


def _filled(template: Any, values: dict[str, str]) -> Any:
    """Only texts are filled in, so that what somebody wrote can be nothing but text."""
    if isinstance(template, dict):
        return {name: _filled(each, values) for name, each in template.items()}
    if isinstance(template, list):
        return [_filled(each, values) for each in template]
    if isinstance(template, str) and template.startswith("{") and template[1:-1] in values:
        return values[template[1:-1]]
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace(f"{{{name}}}", value)
    return template
