"""What an operator may set: environment variables `GONGZHI_*`, or a TOML file."""

from __future__ import annotations

import json
import os
import secrets
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    NonNegativeInt,
    PositiveInt,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

Network = IPv4Network | IPv6Network


def _listed(value: object) -> object:
    """A list in one line, divided by commas, as an environment variable holds it."""
    if not isinstance(value, str):
        return value
    return [each.strip() for each in value.split(",") if each.strip()]


class Settings(BaseSettings):
    """Frozen: read once at start, so that what `shown` prints is what runs."""

    model_config = SettingsConfigDict(env_prefix="GONGZHI_", frozen=True, extra="forbid")

    data: Path = Path(".gongzhi")
    #: A PostgreSQL of your own (libpq conninfo or URL); without it we run one ourselves.
    database_url: SecretStr | None = None
    #: Forces the binaries of the embedded server: a directory that holds `bin/postgres`.
    postgres_tree: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    #: Browsers reach us over HTTPS (a proxy ends it): cookies for HTTPS alone, HSTS.
    https: bool = False
    #: Whose `X-Forwarded-For` is believed: addresses or networks, divided by commas.
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = ()
    #: How much a minute one network address or one account may send, search and download; 0 = any.
    limit_address: NonNegativeInt = 600
    limit_account: NonNegativeInt = 120
    #: Zero bits that browsers look for before a complaint or report is sent; 0 = no work, no codes.
    proof_bits: Annotated[int, Field(ge=0, le=24)] = 16
    lang: str = "zh"
    #: First two digits of the administrative division codes: which province this is.
    province: str = "35"
    #: The largest file `gongzhi import` takes.
    import_bytes: PositiveInt = 50_000_000
    import_rows: PositiveInt = 200_000
    #: Lines of the log as "text" or "json"; by itself text on a terminal, else JSON.
    log: Literal["", "text", "json"] = ""
    #: The least that is logged; by itself warnings on a terminal, else info.
    log_level: Literal["", "debug", "info", "warning", "error"] = ""
    #: Who may read `/metrics` (`Authorization: Bearer …`); made once in the data directory.
    metrics_token: SecretStr | None = None
    #: `/metrics` on a port of its own as well, which a worker needs; on loopback without a token.
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    metrics_host: IPv4Address | IPv6Address = IPv4Address("127.0.0.1")
    #: The key that signs the log's heads: in a file (`data/log.key` by itself), in this text, or
    #: held by a command that signs what it is given, whose public key is then `log_vkey`.
    log_key_file: Path | None = None
    log_key: SecretStr | None = None
    log_signer: str = ""
    log_vkey: str = ""
    #: Who must have seen a head (C2SP tlog-policy), with the witnesses' addresses.
    log_policy_file: Path | None = None
    #: A time-stamping authority (RFC 3161) that stamps the head once a day; its roots as PEM.
    tsa_url: str = ""
    tsa_certificate: Path | None = None
    #: Hours between two checks of the whole log by itself; 0 = never.
    self_check_hours: Annotated[float, Field(ge=0, le=24 * 365)] = 24
    #: The key-encryption keys of the vault: in a file (`data/vault.key` by itself) or in this text.
    vault_key_file: Path | None = None
    vault_key: SecretStr | None = None
    #: Those of informants, in a ring of their own: `data/informants.key` by itself, or this text.
    informant_key_file: Path | None = None
    informant_key: SecretStr | None = None
    #: Where evidence files lie, sealed (`data/files` by itself); on a disk that every process sees.
    files: Path | None = None
    #: ClamAV's daemon: the path of its socket, or host:port. Without it no file counts as safe.
    clamd: str = ""
    #: Or their key-encryption keys stay at OpenBao or Vault (transit), and a token or AppRole.
    transit_url: str = ""
    transit_mount: str = "transit"
    transit_key: str = "gongzhi"
    transit_informant_key: str = "gongzhi-informants"
    transit_token: SecretStr | None = None
    transit_role_id: str = ""
    transit_secret_id: SecretStr | None = None
    transit_certificate: Path | None = None
    #: Providers of single sign-on may be in private networks, and speak HTTP: for tests, and where
    #: parties and platform share a network.
    oidc_inside: bool = False
    #: Whether staff must prove themselves twice, or may: "offered" is for trying things out.
    second_factor: Literal["required", "offered"] = "required"
    #: Whether people in office accept the terms before any page opens, or may read them.
    terms: Literal["required", "offered"] = "required"
    #: Where people reach this site, in messages: `https://…`; by itself host and port.
    public_url: str = ""
    #: What carries text messages and e-mails: "outbox" = nothing leaves.
    text_by: Literal["outbox", "http"] = "outbox"
    mail_by: Literal["outbox", "smtp"] = "outbox"
    #: The gateway for text messages: a POST with this JSON ({to}, {text}, {id}) and a header.
    sms_url: str = ""
    sms_header: SecretStr | None = None
    sms_body: str = '{"to": "{to}", "text": "{text}", "id": "{id}"}'
    #: The server for e-mail; "starttls" and "tls" check its certificate, by roots of your own here.
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_certificate: Path | None = None
    mail_from: str = ""
    #: Days after which a message that went, or was given up, is deleted.
    message_days: PositiveInt = 30
    #: Signs sessions and forms; made once in the data directory when not given.
    secret: SecretStr | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before environment before file; no `.env`, one file is enough."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file())

    @field_validator("sms_body")
    @classmethod
    def _is_json(cls, value: str) -> str:
        try:
            if isinstance(json.loads(value), dict):
                return value
        except ValueError:
            pass
        raise _wrong('应为 JSON 文档，例如 {"to": "{to}"}', "it must be a JSON document")

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        """What carries messages says where to."""
        needed = {"sms_url": self.text_by == "http"}
        needed |= dict.fromkeys(("smtp_host", "mail_from"), self.mail_by == "smtp")
        for name in [name for name, wanted in needed.items() if wanted]:
            if not getattr(self, name):
                raise _wrong(f"还要设 GONGZHI_{name.upper()}", f"set GONGZHI_{name.upper()} too")
        return self

    @property
    def site(self) -> str:
        """Where links in messages lead."""
        scheme = "https" if self.https else "http"
        return self.public_url.rstrip("/") or f"{scheme}://{self.host}:{self.port}"

    @property
    def files_in(self) -> Path:
        """The directory of evidence files."""
        return self.files or self.data / "files"

    def key(self) -> bytes:
        """The secret for sessions and forms."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        return _kept_secret(self.data / "secret")

    def metrics_key(self) -> bytes:
        """The token for `/metrics`, as its bytes are compared."""
        if self.metrics_token is not None:
            return self.metrics_token.get_secret_value().encode()
        return _kept_secret(self.data / "metrics-token")

    def shown(self) -> dict[str, object]:
        """The settings in force, fit to be printed: secrets say only that they are set."""
        return {name: _fit_to_print(value) for name, value in self}


def _wrong(zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("said", "{zh}", {"zh": zh, "en": en})


def _file() -> Path:
    """A file that was asked for by name must exist; the default one need not."""
    named = os.environ.get("GONGZHI_SETTINGS")
    if named and not Path(named).is_file():
        raise FileNotFoundError(f"GONGZHI_SETTINGS: {named}")
    return Path(named or "gongzhi.toml")


def _kept_secret(path: Path) -> bytes:
    """Linked into place when complete: processes that start together agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first
        finally:
            draft.unlink()
    return path.read_text().strip().encode()


def _fit_to_print(value: object) -> object:
    if isinstance(value, SecretStr):
        return "(已设置 / set)"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value) if isinstance(value, Path) else value
