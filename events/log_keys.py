"""Log keys: with which keys the log's heads are signed, from when, until when."""

from __future__ import annotations

from events.event import Event
from events.words import Words


class LogKeyEvent(Event, frozen=True, kw_only=True):
    """About one key: the log's name and the public key (C2SP vkey)."""

    origin: str
    vkey: str

    def _values(self) -> dict[str, object]:
        return super()._values() | {"id": self.vkey.split("+")[1] if "+" in self.vkey else "?"}


class LogKeyIntroduced(LogKeyEvent, frozen=True, kw_only=True):
    """A new key signs beside the one before; both have signed the statement of it."""

    TOPIC = "log-key-introduced"
    SAYS = Words(
        "{by} 启用日志 {origin} 的新签名密钥 {id}，与原密钥同时签名，直到原密钥停用",
        "{by} introduced a new signing key {id} of the log {origin}; the former goes on beside it",
    )

    #: A signed note (C2SP) of the new key, by the former key and by itself.
    statement: str


class LogKeyRetired(LogKeyEvent, frozen=True, kw_only=True):
    """From now on this key signs nothing any more."""

    TOPIC = "log-key-retired"
    SAYS = Words(
        "{by} 停用日志 {origin} 的签名密钥 {id}：{reason}",
        "{by} retired the signing key {id} of the log {origin}: {reason}",
    )


class LogKeyReplaced(LogKeyEvent, frozen=True, kw_only=True):
    """The former key was lost: the log goes on under a new name, from the head that is named."""

    TOPIC = "log-key-replaced"
    SAYS = Words(
        "{by} 因原签名密钥丢失，将日志 {former} 改名为 {origin} 继续，新密钥 {id}：{reason}",
        "{by} lost the signing key of the log {former}, which goes on as {origin} with key {id}: "
        "{reason}",
    )

    #: The name of the log until then.
    former: str
    #: Its last head with the cosignatures, verbatim (C2SP checkpoint).
    checkpoint: str
