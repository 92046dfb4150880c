"""Single sign-on by a party's own provider: OpenID Connect, authorization code with PKCE.

Where the provider is comes from an administrator, and what it says of itself from the provider:
neither may lead this server to addresses inside its own network. Tokens are checked against the
provider's keys, the issuer, our own id, the time, and the number used once of this very request.
"""

from __future__ import annotations

import ipaddress
import json
import secrets
import socket
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    TCPConnector,
    ThreadedResolver,
    encode_basic_auth,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from events.words import Words
from services.actions.refused import Refused

#: What an ID token may be signed with; never "none", never a secret that is shared.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
TIMEOUT, LARGEST = 10.0, 1 << 20
#: Seconds that clocks may differ.
LEEWAY = 60

_AWAY = Words(
    "单位的登录服务现在连不上：{why}。可以先用密码登录，或者过一会儿再试。",
    "Your organisation's sign-in service cannot be reached ({why}). Use your password, or come "
    "again later.",
)
_NOT_THERE = Words("这个地址不能使用：{why}", "This address cannot be used: {why}")
_NOT_TRUE = Words(
    "单位的登录服务给出的凭证不可信，没有登录：{why}。请告诉管理员。",
    "What your organisation's sign-in service said cannot be trusted: {why}. "
    "Please tell the administrator.",
)


Form = dict[str, str]


@dataclass(frozen=True)
class Provider:
    """A party's provider, and who we are to it."""

    party: str
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Asked:
    """What this browser was sent away with, and must come back with."""

    party: str
    state: str
    nonce: str
    verifier: str
    to: str = ""
    #: The code she came with, and what she typed beside it.
    invitation: str = ""
    name: str = ""
    sign_in: str = ""
    link: str = ""

    @classmethod
    def fresh(cls, party: str, **more: str) -> Asked:
        """For one sign-in."""
        made = [secrets.token_urlsafe(32) for _ in range(3)]
        return cls(party, *made, **more)

    @classmethod
    def parse(cls, text: str) -> Asked:
        """Raises `ValueError`, `TypeError`."""
        return cls(**json.loads(text))

    @property
    def text(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Identity:
    """Who the provider says she is."""

    issuer: str
    subject: str
    name: str


class Outside(ThreadedResolver):
    """Names that lead inside lead nowhere: asked at the connection, so that no second answer of
    the name server slips through."""

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> Any:
        found = await super().resolve(host, port, family)
        if any(_is_inside(each["host"]) for each in found):
            raise OSError(f"{host} is inside")
        return found


def _is_inside(host: str) -> bool:
    """Whether it is the address of something in a network of our own; a name is none."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


class Client:
    """Speaks with providers. `inside`: addresses in private networks are allowed."""

    def __init__(self, inside: bool = False) -> None:
        self.inside = inside

    async def sign_in_at(self, provider: Provider, asked: Asked, back: str) -> str:
        """Where the browser is sent. Raises `Refused`."""
        about = await self.metadata(provider)
        challenge = urlsafe_b64encode(sha256(asked.verifier.encode()).digest()).rstrip(b"=")
        query = {
            "response_type": "code", "client_id": provider.client_id, "redirect_uri": back,
            "scope": "openid profile", "state": asked.state, "nonce": asked.nonce,
            "code_challenge": challenge.decode(), "code_challenge_method": "S256",
        }  # fmt: skip
        end = str(about["authorization_endpoint"])
        return f"{end}{'&' if '?' in end else '?'}{urlencode(query)}"

    async def identity(self, provider: Provider, asked: Asked, code: str, back: str) -> Identity:
        """Who came back with this code. Raises `Refused`."""
        about = await self.metadata(provider)
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back,
            "code_verifier": asked.verifier, "client_id": provider.client_id,
        }  # fmt: skip
        # Encoded as in a form first, RFC 6749 §2.3.1.
        who = [quote_plus(each) for each in (provider.client_id, provider.client_secret)]
        auth = {"Authorization": encode_basic_auth(*who)}
        answer = await self._ask(str(about["token_endpoint"]), form, auth)
        keys = await self._ask(str(about["jwks_uri"]))
        return _checked(provider, asked, str(answer.get("id_token", "")), keys)

    async def metadata(self, provider: Provider) -> dict[str, Any]:
        """What the provider says of itself, for exactly this issuer. Raises `Refused`."""
        address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        about = await self._ask(address)
        if about.get("issuer") != provider.issuer:
            raise Refused(_NOT_TRUE.fill(why="issuer"))
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self.check_address(str(about.get(name, "")))
        return about

    def check_address(self, address: str) -> None:
        """Refuse what is not HTTPS, or leads inside. Raises `Refused`."""
        parts = urlsplit(address)
        schemes = ("https", "http") if self.inside else ("https",)
        if parts.scheme not in schemes or not parts.hostname or parts.username:
            raise Refused(_NOT_THERE.fill(why=address[:100] or "—"), field="issuer")
        if not self.inside and _is_inside(parts.hostname):
            raise Refused(_NOT_THERE.fill(why=parts.hostname), field="issuer")

    async def _ask(
        self,
        address: str,
        form: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """A JSON object from the provider; redirects are not followed. Raises `Refused`."""
        self.check_address(address)
        connector = TCPConnector(resolver=ThreadedResolver() if self.inside else Outside())
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=TIMEOUT), connector=connector) as session,
                session.request(
                    "POST" if form else "GET",
                    address,
                    data=form,
                    headers=headers,
                    allow_redirects=False,
                ) as answer,
            ):
                body = await answer.content.read(LARGEST)
                if answer.status != 200:
                    raise Refused(_AWAY.fill(why=answer.status))
        except (ClientError, TimeoutError, OSError) as gone:
            raise Refused(_AWAY.fill(why=type(gone).__name__)) from None
        return _object(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(_AWAY.fill(why="JSON"))
    return found


def _checked(provider: Provider, asked: Asked, token: str, keys: dict[str, Any]) -> Identity:
    """What the token says, once everything about it is right."""
    claims = jwt.JWTClaimsRegistry(
        leeway=LEEWAY, iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id}, exp={"essential": True},
        iat={"essential": True}, sub={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    )  # fmt: skip
    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        claims.validate(read.claims)
    except (JoseError, ValueError, KeyError) as wrong:
        raise Refused(_NOT_TRUE.fill(why=type(wrong).__name__)) from None
    said = read.claims
    audience, party = said["aud"], said.get("azp", provider.client_id)
    if (isinstance(audience, list) and len(audience) > 1) or party != provider.client_id:
        raise Refused(_NOT_TRUE.fill(why="aud"))
    return Identity(provider.issuer, str(said["sub"]), str(said.get("name", "")))
