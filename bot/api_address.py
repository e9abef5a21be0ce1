"""The address of the Bot API server. The token is a part of every request's address, so the way there is judged."""

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

_SIGNS: Final = re.compile(r"[!-~]+")
_HOST: Final = re.compile(r"[A-Za-z0-9_.:-]+")
# Names that are never given out on the internet.
_NAMES_NEARBY: Final = (".local", ".internal", ".lan", ".home.arpa", ".test")
_SHARED: Final = ipaddress.ip_network("100.64.0.0/10")  # of a provider's own network, or of a VPN


def checked(text: str) -> str:
    """The address without its last slash. Raises ValueError with what is wrong about it, in plain words."""
    if not _SIGNS.fullmatch(text):
        raise ValueError("there is a sign or a blank in it that no address has")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("it is no address") from None
    if parts.scheme not in {"http", "https"}:
        raise ValueError("it does not begin with https:// or http://")
    if not host or port == 0 or not _HOST.fullmatch(host):
        raise ValueError("it names no server")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("it has more than a server, a port and a path")
    if parts.path.rstrip("/").endswith("/bot"):
        raise ValueError("the /bot at its end is added by Hamroh itself")
    if parts.scheme == "http" and not (_is_here(parts) or _is_nearby(parts)):
        raise ValueError("http:// would send the token through the internet for everybody to read")
    return text.rstrip("/")


def is_in_clear(address: str) -> bool:
    """Whether requests, and the token with them, leave this machine without encryption."""
    parts = urlsplit(address)
    return parts.scheme == "http" and not _is_here(parts)


def _is_here(parts: SplitResult) -> bool:
    host = _host(parts)
    number = _number(host)
    return host == "localhost" or host.endswith(".localhost") or (number is not None and number.is_loopback)


def _is_nearby(parts: SplitResult) -> bool:
    """Whether the server is in a network of one's own: by its number, or by a name that only such a network gives."""
    host = _host(parts)
    number = _number(host)
    if number is None:
        return not _is_number(host) and ("." not in host or host.endswith(_NAMES_NEARBY))
    shared = number.version == 4 and number in _SHARED
    return shared or (number.is_private and not number.is_unspecified)


def _is_number(host: str) -> bool:
    """Whether a network library may read it as the number of a machine: 2130706433, 0x7f000001, 127.1."""
    return re.fullmatch(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*\.?", host) is not None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removesuffix(".")


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(number, "ipv4_mapped", None) or number
