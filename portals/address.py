"""Address: from which network address a page is asked, so that guessing can be slowed down."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import web

from portals.pages import SETTINGS
from services.settings import Network

Address = IPv4Address | IPv6Address


#: Addresses that are read once: most who send send again.
_MANY = 4096


def client_address(request: web.Request) -> str:
    """Whose tries are counted together: an IPv4 address, or an IPv6 network of one subscriber.

    The connection says it. Only where the peer is a proxy of the operator's own is
    `X-Forwarded-For` believed: its last address that is not such a proxy itself.
    """
    trusted = request.app[SETTINGS].trusted_proxies
    told = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    found = _read(request.remote or "")
    for said in reversed(told):
        if found is None or not _among(found, trusted) or (before := _read(said)) is None:
            break
        found = before
    return _subscriber(found) if found else "unknown"


def through_own_proxy(request: web.Request) -> bool:
    """Whether a proxy of the operator's own hands the request on."""
    peer = _read(request.remote or "")
    return peer is not None and _among(peer, request.app[SETTINGS].trusted_proxies)


@lru_cache(_MANY)
def _read(said: str) -> Address | None:
    """The address; nothing where it is none, as from a socket that has no address."""
    try:
        found = ip_address(said.strip().partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _among(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


@lru_cache(_MANY)
def _subscriber(address: Address) -> str:
    """One subscriber of IPv6 has a whole /64 to choose addresses from."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, 64), strict=False))
